package io.ledgerbridge.sync;

import io.ledgerbridge.sync.internal.AuditLog;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on a connection, when and why: {@link SyncEngine#audit}. Reading needs no lease and disturbs no run.
 */
public final class AuditTrail {

    private final AuditLog log;

    AuditTrail(AuditLog log) {
        this.log = log;
    }

    /** Hands over all entries, the oldest first. */
    public void forEach(Consumer<AuditEntry> consumer) {
        log.forEach(consumer);
    }

    /**
     * Everything that was decided on one record, the oldest first.
     *
     * @param stream as in the report
     * @param record its id in Zoho Books
     */
    public List<AuditEntry> ofRecord(String stream, String record) {
        return log.ofRecord(stream, record);
    }

    /** Everything that a run has decided, the oldest first. */
    public List<AuditEntry> ofRun(String runId) {
        return log.ofRun(runId);
    }

    /**
     * Recomputes the chain from its anchor to its head.
     */
    public Verification verify() {
        return log.verify();
    }

    /**
     * Removes the payloads of one record's entries, as for a person who wants to be forgotten; that there was a decision, and
     * when, stays provable.
     *
     * @return how many entries lost their payload
     */
    public int redact(String stream, String record) {
        return log.redact(stream, record);
    }

    /**
     * What a verification found.
     *
     * @param entries how many were looked at
     * @param unsealed of how many only the chain could be checked, since their key ended with an earlier process
     * @param broken the first sequence that does not fit; null if everything fits
     * @param reason what is wrong there; empty if nothing is
     */
    public record Verification(
            long entries, long unsealed, @Nullable Long broken, String reason) {

        public boolean isIntact() {
            return broken == null;
        }
    }
}
