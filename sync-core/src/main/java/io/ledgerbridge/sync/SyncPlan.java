package io.ledgerbridge.sync;

import io.ledgerbridge.sync.SyncReport.Calls;
import io.ledgerbridge.sync.SyncReport.Counts;
import io.ledgerbridge.sync.SyncReport.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do, as {@link SyncEngine#plan} has found. Nothing of it is done.
 *
 * @param streams counts by stream, as a run would report them
 * @param off streams that this account or token does not allow, with the reason
 * @param properties that would be made in HubSpot, as {@code companies.zoho_books_key}
 * @param unfetchedDetails whose content is not in the plan: so many calls of Zoho Books a run needs beyond
 * @param backlogEndsAt when a run would have fetched them; null if there are none, or the limit of the day is not known
 * @param deletionsToApprove as in {@link SyncReport}
 * @param remapToApprove as in {@link SyncReport}
 * @param remapCalls about how many calls that would cost, over the days of a backlog
 * @param problem what ended the planning early, null if nothing did
 * @param calls that planning has cost
 */
public record SyncPlan(
        Map<String, Counts> streams,
        Map<String, String> off,
        List<String> properties,
        long unfetchedDetails,
        @Nullable Instant backlogEndsAt,
        Map<String, Integer> deletionsToApprove,
        long remapToApprove,
        Calls remapCalls,
        @Nullable Problem problem,
        Calls calls) {

    /** How far planning looks. */
    public enum Depth {
        /** What lists tell: a call for 200 records. Details are counted. */
        HEADERS,
        /** Details too, one call each, as far as the day's calls go. What was fetched is kept, so that no run fetches it again. */
        DETAILS
    }
}
