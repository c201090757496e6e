package io.ledgerbridge.sync;

import io.ledgerbridge.sync.SyncReport.Calls;
import io.ledgerbridge.sync.SyncReport.Problem;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a connection stands as its store knows it, whatever process has worked on it. Asking costs no call.
 *
 * @param lastPass when all lists of Zoho Books were last read as far as they had to be; null if never
 * @param lastRun null before the first run
 * @param pendingDetails how many details are still to be fetched, one call of Zoho Books each
 * @param backlogEndsAt about when that will be done, as the last run saw it; null if nothing is pending or it could not say
 * @param deferredDetails how many wait for calls that would expire
 * @param owed associations, statuses and company figures that are still to be written
 * @param quarantined records that could not be written
 * @param deletionsToApprove deletions that wait until somebody approves them
 * @param remapToApprove up to how many records another mapping would write anew once somebody approves it
 * @param parkedUntil until when the day's calls of a side are spent; null if they are not
 */
public record SyncStatus(
        String connection,
        @Nullable Instant lastPass,
        @Nullable LastRun lastRun,
        long pendingDetails,
        @Nullable Instant backlogEndsAt,
        long deferredDetails,
        long owed,
        long quarantined,
        long deletionsToApprove,
        long remapToApprove,
        @Nullable Instant parkedUntil) {

    /** The latest run that has ended. */
    public record LastRun(
            String runId,
            Instant startedAt,
            Duration duration,
            SyncReport.Status status,
            Calls calls,
            @Nullable Problem problem) {}
}
