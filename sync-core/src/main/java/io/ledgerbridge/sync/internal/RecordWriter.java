package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.HubSpotPermissionException;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.AuditEntry.Change;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Quarantined;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.Tally.Decision;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes records of one kind and says what became of each. A record without a link is looked for by its key, a contact by
 * its e-mail too; found ones are updated by their id, the rest is upserted by key, so that nothing is made twice whatever
 * was forgotten. Where a key is not unique, the rest is created under its parent, where it is found again.
 */
final class RecordWriter {

    /**
     * A record as it shall be.
     *
     * @param onlyOnCreate values for a record that does not exist yet
     * @param label how people know it
     * @param match of a customer: by what a company is adopted; empty if none is
     */
    record Desired(Link link, String key, Values values, Map<String, String> onlyOnCreate, String label, String match) {
        Desired(Link link, String key, Values values, Map<String, String> onlyOnCreate, String label) {
            this(link, key, values, onlyOnCreate, label, "");
        }

        Desired with(Link newLink) {
            return new Desired(newLink, key, values, onlyOnCreate, label, match);
        }
    }

    static final String UNREAD = "its detail cannot be read: ";
    private static final String ORIGIN = "origin";
    private static final int ALL = Integer.MAX_VALUE;
    private static final Duration FIRST_RETRY = Duration.ofMinutes(5);
    private static final Duration LAST_RETRY = Duration.ofDays(1);
    private static final int MOST_DOUBLINGS = 10;

    private final Run run;
    private final Pairs pairs;

    RecordWriter(Run run, Pairs pairs) {
        this.run = run;
        this.pairs = pairs;
    }

    /**
     * Writes up to 100 records.
     *
     * @return links of those that are in HubSpot now; the others are in quarantine with the given changes
     */
    Map<String, Link> write(Kind kind, List<Desired> desired, Changes changes) {
        if (desired.isEmpty() || !run.isOn(kind)) {
            return Map.of();
        }
        run.mayGoOn();
        WriteBatch batch = new WriteBatch(run, pairs, this, kind, changes);
        try {
            return batch.write(desired);
        } catch (HubSpotPermissionException e) {
            if (kind == Kind.CUSTOMER) {
                throw e;
            }
            run.off.put(kind, String.valueOf(e.getMessage()));
            TakingUp.forgetOn(run, kind);
            Map<String, Link> written = batch.written();
            desired.stream()
                    .map(Desired::link)
                    .filter(link -> link.targetId() != null && !written.containsKey(link.sourceId()))
                    .forEach(link -> changes.put(link.unsure()));
            return written;
        }
    }

    /** Puts a record aside until its source changes. */
    void quarantine(Link link, String label, String reason, Map<String, String> payload, Changes changes) {
        changes.put(Quarantined.of(link, reason, "Correct it in Zoho Books.", payload, ""));
        quarantined(link, label, "", reason, payload, changes);
    }

    /** Puts a record aside until the account has its currency. */
    void awaitCurrency(Link link, String label, String currency, Map<String, String> payload, Changes changes) {
        String reason = CurrencyCheck.lacking(currency);
        changes.put(
                Quarantined.of(link, reason, "Add the currency in HubSpot.", payload, CurrencyCheck.need(currency)));
        quarantined(link, label, "", reason, payload, changes);
    }

    /** Puts a record aside that may well be written later; it is tried again by itself, less and less often. */
    void postpone(
            Link link,
            String label,
            String correlationId,
            String reason,
            Map<String, String> payload,
            Changes changes) {
        postpone(link, label, correlationId, reason, "Nothing: it is tried again by itself.", payload, changes);
    }

    void postpone(
            Link link,
            String label,
            String correlationId,
            String reason,
            String next,
            Map<String, String> payload,
            Changes changes) {
        int attempts = run.ledger
                .quarantined(link.kind(), link.sourceId())
                .filter(before -> before.stamp().equals(link.stamp()))
                .map(before -> before.attempts() + 1)
                .orElse(1);
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        String again = Times.sortable(run.time.now().plus(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY));
        changes.put(new Quarantined(
                link.kind(), link.sourceId(), link.stamp(), reason, next, payload, attempts, again, "", link.origin()));
        changes.put(new Entry(
                Work.RETRY, link.kind() + "/" + link.sourceId(), again, Map.of(ORIGIN, List.of(link.origin()))));
        quarantined(link, label, correlationId, reason, payload, changes);
    }

    private void quarantined(
            Link link,
            String label,
            String correlationId,
            String reason,
            Map<String, String> payload,
            Changes changes) {
        run.tally.decide(link.kind(), link.sourceId(), Decision.QUARANTINED, label, reason);
        changes.audit(link, AuditEntry.Decision.QUARANTINED, correlationId, reason, changed(link, payload));
    }

    /** A record whose detail could not be read, and now could, is not in quarantine for that any more. */
    void releaseUnread(Kind kind, String sourceId, Changes changes) {
        run.ledger
                .quarantined(kind, sourceId)
                .filter(one -> one.reason().startsWith(UNREAD))
                .ifPresent(one -> {
                    changes.release(kind, sourceId);
                    changes.remove(new Entry(Work.RETRY, kind + "/" + sourceId, "", Map.of()));
                });
    }

    /** Queues what was put aside and whose time has come. */
    void takeUpPostponed() {
        List<Entry> due = run.ledger.queuedBefore(Work.RETRY, Times.sortable(run.time.now()), ALL);
        Changes changes = run.ledger.changes();
        for (Entry entry : due) {
            changes.remove(entry);
            Redo.queue(entry.kind(), entry.sourceId(), entry.part(ORIGIN).get(0), changes);
        }
        changes.commit();
    }

    /** What is written, and what was before. */
    static Map<String, Change> changed(Link before, Map<String, String> written) {
        Map<String, Change> changed = new HashMap<>();
        written.forEach(
                (name, value) -> changed.put(name, new Change(before.written().get(name), value)));
        return changed;
    }

    /** Whether this version of the record is in quarantine already, and not to be tried now; if so it is counted there. */
    boolean isQuarantined(Kind kind, String sourceId, String stamp, String label) {
        return run.ledger
                .quarantined(kind, sourceId)
                .filter(quarantined -> quarantined.stamp().equals(stamp) && !quarantined.isDue(run.time.now()))
                .map(quarantined -> {
                    run.tally.decide(kind, sourceId, Decision.QUARANTINED, label, quarantined.reason());
                    return true;
                })
                .orElse(false);
    }
}
