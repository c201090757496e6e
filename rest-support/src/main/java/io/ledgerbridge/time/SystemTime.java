package io.ledgerbridge.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

final class SystemTime implements TimeSource {

    static final SystemTime INSTANCE = new SystemTime();

    private SystemTime() {}

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (!duration.isNegative()) {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        Future<?> scheduled = Timer.THREADS.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public <T> T await(CompletableFuture<T> future, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public ThreadFactory threadFactory() {
        return task -> {
            Thread thread = new Thread(task, "ledgerbridge-worker");
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Made on first use: most programs never schedule. */
    private static final class Timer {
        /** A task that waits for a database holds up no other. */
        static final int SIZE = 4;

        static final ScheduledThreadPoolExecutor THREADS = new ScheduledThreadPoolExecutor(SIZE, task -> {
            Thread thread = new Thread(task, "ledgerbridge-timer");
            thread.setDaemon(true);
            return thread;
        });
    }
}
