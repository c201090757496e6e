package io.ledgerbridge.sync;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a connection of a service is.
 *
 * @param state what it does now
 * @param reason why it does nothing, or why its last run gave no report, in words; empty otherwise
 * @param nextRun when it runs next; null if it does not by itself
 * @param lastReport of the last run in this process; null before
 * @param lastPass when all lists of Zoho Books were last read as far as they had to be, by whatever process; null if never
 * @param interval time between two runs
 * @param stale whether the lists have not been read for three intervals, although nobody has paused it and no day is spent
 */
public record ConnectionStatus(
        String connection,
        State state,
        String reason,
        @Nullable Instant nextRun,
        @Nullable SyncReport lastReport,
        @Nullable Instant lastPass,
        Duration interval,
        boolean stale) {

    /** What a connection does. */
    public enum State {
        /** It waits for its time. */
        WAITING,
        /** It waits for a free worker. */
        DUE,
        RUNNING,
        /** The day's calls of a side are spent; it goes on by itself. */
        PARKED,
        /** Somebody has to do something first, such as signing in again; see the reason. It goes on when it is resumed. */
        BROKEN,
        /** Somebody has paused it. */
        PAUSED
    }
}
