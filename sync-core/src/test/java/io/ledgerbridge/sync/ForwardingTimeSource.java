package io.ledgerbridge.sync;

import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;

/** Does everything by another clock, for those that change a little of it. */
abstract class ForwardingTimeSource implements TimeSource {

    private final TimeSource inner;

    ForwardingTimeSource(TimeSource inner) {
        this.inner = inner;
    }

    @Override
    public Instant now() {
        return inner.now();
    }

    @Override
    public long nanoTime() {
        return inner.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        inner.sleep(duration);
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        return inner.schedule(delay, task);
    }

    @Override
    public <T> T await(CompletableFuture<T> future, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        return inner.await(future, timeout);
    }

    @Override
    public ThreadFactory threadFactory() {
        return inner.threadFactory();
    }
}
