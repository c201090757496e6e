package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Recheck;
import io.ledgerbridge.sync.internal.Ledger.Sending;
import io.ledgerbridge.sync.internal.Lookup.Wanted;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes up what an earlier run left in the middle. A call whose outcome was never committed may have changed HubSpot, so its
 * records are written once more from the newest source. If the process that sent it did not end properly, it may even send
 * it later: those records are compared again after a day.
 */
final class Recovery {

    private static final int BATCH = 100;

    /** Most calls have sent 100 records. */
    private static final int CALLS = 10;

    private static final String TAKEOVER = "takeover";

    private final Run run;

    Recovery(Run run) {
        this.run = run;
    }

    /** A process was followed that did not end properly; remembered until what it left is taken up. */
    static void noteTakeover(Ledger ledger, Instant at) {
        ledger.changes().checkpoint(TAKEOVER, Map.of(TAKEOVER, at.toString())).commit();
    }

    /** The same outside of a run, for the next one. */
    static void noteTakeover(SyncStore store, Lease lease) {
        Row row = Ledger.checkpointRow(
                lease.connection(), TAKEOVER, Map.of(TAKEOVER, lease.until().toString()));
        store.commit(new Commit(List.of(new Put(row, SyncStore.ANY)), List.of(), lease));
    }

    /** Queues everything that was being sent when an earlier run ended. */
    void takeUp() {
        boolean takenOver = !run.ledger.checkpoint(TAKEOVER).isEmpty();
        Map<String, List<Sending>> calls = run.ledger.sending(CALLS);
        while (!calls.isEmpty()) {
            Changes changes = run.ledger.changes();
            List<Sending> left = calls.values().stream().flatMap(List::stream).toList();
            awaitEnd(left);
            for (int from = 0; from < left.size(); from += BATCH) {
                linkWhatWasMade(left.subList(from, Math.min(left.size(), from + BATCH)), changes);
            }
            for (Sending sent : left) {
                redo(sent, changes);
                if (takenOver) {
                    changes.recheck(sent, run.time.now().plus(run.policies.recheckAfter()));
                }
            }
            calls.keySet().forEach(changes::sent);
            changes.commit();
            calls = run.ledger.sending(CALLS);
        }
        if (takenOver) {
            run.ledger.changes().forget(TAKEOVER).commit();
        }
    }

    /** What HubSpot may still be doing cannot be looked for: a creation without a unique key would be repeated too early. */
    private void awaitEnd(List<Sending> left) {
        Instant latest = left.stream()
                .map(Sending::at)
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Duration rest = Duration.between(run.time.now(), latest.plus(run.target.longestAttempt()));
        if (!rest.isNegative() && !rest.isZero()) {
            EngineCore.pause(run.time, rest);
        }
    }

    /**
     * A record may have been made, and its link not been committed: without a link nobody would miss it if its source were gone
     * by now. The same goes for one that was made in place of another that somebody had deleted.
     */
    private void linkWhatWasMade(List<Sending> sent, Changes changes) {
        Map<Kind, Map<String, Sending>> byKind = new EnumMap<>(Kind.class);
        for (Sending one : sent) {
            boolean mayBeMade = run.identity(one.kind()) == Identity.UNIQUE_KEY
                    || one.parent() != null
                    || run.ledger
                            .link(one.kind(), one.sourceId())
                            .map(link -> link.targetId() == null)
                            .orElse(true);
            if (mayBeMade && run.isOn(one.kind())) {
                byKind.computeIfAbsent(one.kind(), kind -> new LinkedHashMap<>())
                        .put(run.mapping.key(one.sourceId()), one);
            }
        }
        byKind.forEach((kind, byKey) -> {
            List<Wanted> wanted = new ArrayList<>();
            byKey.forEach((key, one) ->
                    wanted.add(new Wanted(key, Objects.requireNonNullElse(one.mark(), key), one.parent(), "")));
            run.lookup.findSent(kind, wanted).forEach((key, record) -> {
                Sending one = byKey.get(key);
                String target = record.id().value();
                Optional<Link> known = one == null ? Optional.empty() : run.ledger.link(kind, one.sourceId());
                if (one != null && known.map(Link::targetId).isEmpty()) {
                    link(one, target, changes);
                } else if (known.isPresent() && !target.equals(known.get().targetId())) {
                    changes.put(known.get().madeAgainAs(target));
                }
            });
        });
    }

    private void link(Sending sent, String target, Changes changes) {
        String owner = sent.origin().substring(sent.origin().indexOf('/') + 1);
        Link link = run.ledger
                .link(sent.kind(), sent.sourceId())
                .orElse(Link.unlinked(
                        sent.kind(),
                        sent.sourceId(),
                        Objects.requireNonNullElse(sent.customer(), sent.kind() == Kind.CONTACT ? owner : "")))
                .withTarget(target)
                .withFacts(Map.of(Facts.MADE, "yes"));
        if (sent.parent() != null) {
            link = run.lookup.madeUnder(sent.parent(), link, changes);
        }
        if (sent.kind() == Kind.LINE_ITEM) {
            link = link.withFacts(Map.of(Facts.INVOICE, owner));
            Optional<Link> invoice = run.ledger.link(Kind.INVOICE, owner).map(changes::latest);
            invoice.ifPresent(known -> changes.put(known.withChild(sent.sourceId())));
            link = link.withCustomer(invoice.map(Link::customerId).orElse(""));
        }
        changes.put(link);
    }

    /** Compares records that a stopped process may have changed late. */
    void recheck() {
        List<Recheck> due = run.ledger.toRecheck(run.time.now(), BATCH);
        while (!due.isEmpty()) {
            Changes changes = run.ledger.changes();
            Map<Kind, List<Sending>> byKind = new EnumMap<>(Kind.class);
            due.forEach(one -> byKind.computeIfAbsent(one.what().kind(), kind -> new ArrayList<>())
                    .add(one.what()));
            byKind.forEach((kind, records) -> recheck(kind, records, changes));
            changes.commit();
            run.ledger.rechecked(due);
            due = run.ledger.toRecheck(run.time.now(), BATCH);
        }
    }

    private void recheck(Kind kind, List<Sending> records, Changes changes) {
        Map<String, Link> links =
                run.ledger.links(kind, records.stream().map(Sending::sourceId).toList());
        List<String> targets = new ArrayList<>();
        Set<String> properties = new TreeSet<>();
        links.values().forEach(link -> {
            if (link.targetId() != null) {
                targets.add(link.targetId());
                properties.addAll(link.written().keySet());
            }
        });
        properties.remove(Link.UNSURE);
        if (targets.isEmpty()) {
            return;
        }
        Map<String, CrmRecord<?>> found = run.target.read(kind, targets, List.copyOf(properties));
        for (Sending one : records) {
            Link link = links.get(one.sourceId());
            if (link != null && link.targetId() != null && differs(link, found.get(link.targetId()))) {
                redo(one, changes);
            }
        }
    }

    private static boolean differs(Link link, @Nullable CrmRecord<?> record) {
        return record == null
                || link.written().entrySet().stream()
                        .filter(written -> !written.getKey().equals(Link.UNSURE))
                        .anyMatch(written -> !Shown.same(
                                written.getValue(),
                                record.text(written.getKey()).orElse("")));
    }

    private void redo(Sending sent, Changes changes) {
        Link pending = changes.latest(Link.unlinked(sent.kind(), sent.sourceId(), ""));
        if (pending.targetId() != null) {
            changes.put(pending.unsure());
        } else {
            run.ledger
                    .link(sent.kind(), sent.sourceId())
                    .map(changes::latest)
                    .ifPresent(link -> changes.put(link.unsure()));
        }
        Redo.queue(sent.kind(), sent.sourceId(), sent.origin(), changes);
    }
}
