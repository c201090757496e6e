package io.ledgerbridge.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did.
 *
 * @param streams counts by stream: {@code customers}, {@code contacts}, {@code invoices}, {@code lineItems},
 *     {@code payments}
 * @param off streams that this account or token does not allow, with the reason
 * @param pendingDetails records whose details wait for the next run
 * @param backlogEndsAt when they will have been fetched, one call each, at the pace of a minute and with the day's calls that are not
 *     in reserve; null if there are none, or the limit of the day is not known
 * @param deferredDetails records of which probably only payments have changed: their details wait for calls that would expire,
 *     seven days at most
 * @param deletionsToApprove how many records of a stream are gone from Zoho Books at once, so that
 *     {@link SyncEngine#approveDeletions} must say that this is meant; empty if there is nothing to decide
 * @param remapToApprove up to how many records another mapping would write anew, so that {@link SyncEngine#approveRemap} must say that this is
 *     meant; 0 if there is nothing to decide
 * @param parked whether the day's calls of Zoho Books or HubSpot are spent
 * @param resumesAt when a parked connection may go on
 * @param problem what ended the run, null if nothing did
 * @param remarks what a person should know of single records: quarantined, skipped, shortened
 */
public record SyncReport(
        String runId,
        Status status,
        Map<String, Counts> streams,
        Map<String, String> off,
        long pendingDetails,
        @Nullable Instant backlogEndsAt,
        long deferredDetails,
        Map<String, Integer> deletionsToApprove,
        long remapToApprove,
        boolean parked,
        @Nullable Instant resumesAt,
        @Nullable Problem problem,
        Calls calls,
        Duration duration,
        List<Remark> remarks) {

    /** How it ended. */
    public enum Status {
        /** Everything this run knew of is in HubSpot, unchanged, or skipped with a reason. */
        COMPLETE,
        /**
         * So many records are gone from Zoho Books, or would be written anew by another mapping, that somebody must approve it; everything else
         * is as far as it can be.
         */
        DECISION_NEEDED,
        /** Something is quarantined or pending, or the connection is parked. */
        PARTIAL,
        /** Nothing could be done. */
        FAILED
    }

    /**
     * Decisions on the records of a stream. Each record counts once in the first that fits of quarantined, created,
     * updated, skipped, unchanged, so that {@code seen} is their sum; archived ones stand beside.
     */
    public record Counts(
            long seen, long created, long updated, long unchanged, long quarantined, long skipped, long archived) {}

    /** Calls made, repetitions included. */
    public record Calls(long zoho, long hubspot) {}

    /**
     * What ended a run.
     *
     * @param code stable name, such as {@code zoho.reconnect}
     * @param next what to do about it
     */
    public record Problem(String code, String message, String next) {}

    /**
     * A decision on one record that a person should know of.
     *
     * @param decision {@code quarantined}, {@code skipped} or {@code note}
     * @param record stream and number or id, as people know it
     */
    public record Remark(String stream, String decision, String record, String reason) {}
}
