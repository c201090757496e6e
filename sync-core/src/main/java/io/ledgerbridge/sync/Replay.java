package io.ledgerbridge.sync;

import io.ledgerbridge.sync.internal.Kind;
import io.ledgerbridge.sync.internal.SourceId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which records shall be written once more: {@link SyncEngine#replay}. Each is read anew from Zoho Books, one call each, and written with
 * everything that comes with it, an invoice with its lines, a customer with its persons, whatever HubSpot has. Immutable.
 *
 * <pre>{@code
 * engine.replay(Replay.records("invoices", List.of("46000000012345")));
 * engine.replay(Replay.decided(AuditQuery.ofRun(report.runId())));
 * engine.replay(Replay.quarantined(record -> record.reason().contains("VALIDATION")));
 * }</pre>
 */
public final class Replay {

    private interface Choice {
        void addTo(Set<SourceId> chosen, SyncEngine engine);
    }

    private final Choice choice;
    private final boolean fromPayload;
    private final boolean forced;

    private Replay(Choice choice, boolean fromPayload, boolean forced) {
        this.choice = choice;
        this.fromPayload = fromPayload;
        this.forced = forced;
    }

    /**
     * These records.
     *
     * @param stream as in the report, or {@code creditNotes}
     * @param ids in Zoho Books
     * @throws IllegalArgumentException if there is no such stream, or an id cannot be one
     */
    public static Replay records(String stream, Collection<String> ids) {
        Kind kind = Kind.ofStream(stream);
        Set<SourceId> named = new LinkedHashSet<>();
        ids.forEach(id -> named.add(SourceId.checked(kind, id)));
        return new Replay((chosen, engine) -> chosen.addAll(named), false, false);
    }

    /** The records of these entries of the audit trail, such as all of a run. */
    public static Replay decided(AuditQuery query) {
        return new Replay(
                (chosen, engine) -> engine.audit().forEach(query, entry -> {
                    if (!entry.record().isEmpty() && !entry.stream().equals(Kind.DEAL.stream())) {
                        chosen.add(new SourceId(Kind.ofStream(entry.stream()), entry.record()));
                    }
                }),
                false,
                false);
    }

    /** Everything in quarantine that fits. */
    public static Replay quarantined(Predicate<QuarantinedRecord> which) {
        return new Replay(
                (chosen, engine) -> engine.quarantine().forEach(one -> {
                    if (which.test(one)) {
                        chosen.add(new SourceId(Kind.ofStream(one.stream()), one.record()));
                    }
                }),
                false,
                false);
    }

    /**
     * Writes what the quarantine holds of these records instead of reading them anew, which costs no call of Zoho Books. A record of which
     * a newer version is known is left alone.
     */
    public Replay fromPayload() {
        return new Replay(choice, true, forced);
    }

    /** With {@link #fromPayload}: also where a newer version is known. The audit trail tells so. */
    public Replay forced() {
        return new Replay(choice, fromPayload, true);
    }

    /** The records that are meant now. */
    Set<SourceId> choose(SyncEngine engine) {
        Set<SourceId> chosen = new LinkedHashSet<>();
        choice.addTo(chosen, engine);
        return chosen;
    }

    boolean isFromPayload() {
        return fromPayload;
    }

    boolean isForced() {
        return forced;
    }
}
