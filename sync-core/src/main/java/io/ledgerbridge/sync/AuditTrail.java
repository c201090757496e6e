package io.ledgerbridge.sync;

import io.ledgerbridge.sync.internal.AuditLog;
import java.io.IOException;
import java.util.ArrayList;
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

    /** Hands over the entries that are meant, the oldest first, without keeping them. */
    public void forEach(AuditQuery query, Consumer<AuditEntry> consumer) {
        log.forEach(query, consumer);
    }

    /** The entries that are meant, the oldest first. */
    public List<AuditEntry> list(AuditQuery query) {
        List<AuditEntry> all = new ArrayList<>();
        log.forEach(query, all::add);
        return all;
    }

    /**
     * Writes the entries that are meant as JSON Lines, the oldest first: one object with the names of {@link AuditEntry} per line. Payloads that
     * were redacted are missing there too. Seals and digests are among it, so that what was handed out can be compared with the trail.
     *
     * @return how many
     * @throws IOException if it cannot be written there
     */
    public long export(AuditQuery query, Appendable to) throws IOException {
        return log.export(query, to);
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
