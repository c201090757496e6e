package io.ledgerbridge.sync.spi;

import io.ledgerbridge.time.TimeSource;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Says when a connection runs next. Safe for concurrent use.
 *
 * <p>An implementation calls the runner once for each time that was scheduled, at that time or as soon after it as it can,
 * on any thread; the runner returns at once. It may call it more often, as after a restart: a run that finds nothing to do
 * is cheap, and a lease keeps two processes from running one connection.
 */
public interface SyncScheduler {

    /** A scheduler in this process, which forgets everything when it ends; the service schedules anew when it starts. */
    static SyncScheduler inProcess() {
        return inProcess(TimeSource.system());
    }

    /** A scheduler in this process, on this clock. */
    static SyncScheduler inProcess(TimeSource time) {
        return new InProcessScheduler(time);
    }

    /**
     * Begins; before that nothing is called. Called once.
     *
     * @param runner returns soon; what it throws stops nothing else
     */
    void start(Consumer<String> runner);

    /** The connection runs at this time; replaces any earlier word on it. A time in the past means now. */
    void schedule(String connection, Instant at);

    /**
     * The connection runs at this time, unless it has a time already, as one that is kept since the last start, or that another process
     * has given it.
     */
    void scheduleIfAbsent(String connection, Instant at);

    /** The connection does not run until it is scheduled again. */
    void cancel(String connection);

    /** Calls the runner no more; what was scheduled is forgotten, or kept for the next start. */
    void stop();
}
