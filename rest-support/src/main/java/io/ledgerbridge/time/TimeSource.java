package io.ledgerbridge.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;

/**
 * Tells the time and waits. Safe for concurrent use.
 *
 * <p>A thread that waits for another thread waits through {@link #await}, never through a lock with a time-out, so that
 * an implementation with a clock of its own knows when everyone waits.
 */
public interface TimeSource {

    /** The machine's clock. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /** The wall clock, for stamps. */
    Instant now();

    /** A clock that never goes back, for measuring spans. Only differences mean something. */
    long nanoTime();

    /** Waits that long; returns at once for zero or less. */
    void sleep(Duration duration) throws InterruptedException;

    /** Runs the task once after the delay, on a thread of the implementation. The task must be short. */
    Scheduled schedule(Duration delay, Runnable task);

    /**
     * Waits for the future.
     *
     * @throws TimeoutException if it is not complete when the time-out ends; the future itself goes on
     */
    <T> T await(CompletableFuture<T> future, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException;

    /** Makes daemon threads that this clock knows: it does not run ahead of their work. */
    ThreadFactory threadFactory();

    /** A task that was scheduled. */
    interface Scheduled {

        /** Prevents a run that has not begun. */
        void cancel();
    }
}
