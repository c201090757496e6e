package io.ledgerbridge.sync;

import io.ledgerbridge.sync.AuditEntry.Decision;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of an audit trail are meant: those that fit everything that is set.
 *
 * <pre>{@code
 * engine.audit().list(AuditQuery.ofRecord("invoices", "46000000012345"));
 * engine.audit().forEach(AuditQuery.all().from(yesterday).decided(Decision.QUARANTINED), entry -> ...);
 * }</pre>
 *
 * @param stream as in the report; null for all
 * @param record id in Zoho Books; null for all
 * @param run id of a run; null for all
 * @param from when the earliest was decided, itself included; null for no bound
 * @param before when the first was decided that is too late; null for no bound
 * @param decisions those that are meant; empty for all
 */
public record AuditQuery(
        @Nullable String stream,
        @Nullable String record,
        @Nullable String run,
        @Nullable Instant from,
        @Nullable Instant before,
        Set<Decision> decisions) {

    public AuditQuery {
        decisions = Set.copyOf(decisions);
    }

    /** Everything. */
    public static AuditQuery all() {
        return new AuditQuery(null, null, null, null, null, Set.of());
    }

    /** What was decided on one record. */
    public static AuditQuery ofRecord(String stream, String record) {
        return new AuditQuery(stream, record, null, null, null, Set.of());
    }

    /** What a run has decided. */
    public static AuditQuery ofRun(String run) {
        return new AuditQuery(null, null, run, null, null, Set.of());
    }

    /** Those of one stream. */
    public AuditQuery stream(String name) {
        return new AuditQuery(name, record, run, from, before, decisions);
    }

    /** Those at this time or later. */
    public AuditQuery from(Instant time) {
        return new AuditQuery(stream, record, run, time, before, decisions);
    }

    /** Those before this time. */
    public AuditQuery before(Instant time) {
        return new AuditQuery(stream, record, run, from, time, decisions);
    }

    /** Those with one of these outcomes. */
    public AuditQuery decided(Decision first, Decision... others) {
        return new AuditQuery(stream, record, run, from, before, EnumSet.of(first, others));
    }
}
