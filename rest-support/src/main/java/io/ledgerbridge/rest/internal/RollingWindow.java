package io.ledgerbridge.rest.internal;

import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Lets at most so many calls pass in any window of time. A slot is free again one window after its <em>answer</em>: the
 * vendor may have counted the call at any moment between sending and answering, so this is the earliest safe one.
 *
 * <p>Safe for concurrent use, but all callers must use the same clock.
 */
public final class RollingWindow {

    /** For how long calls that left the window may still be in what the service told: longer than an answer travels. */
    private static final Duration TOLD_LATE = Duration.ofSeconds(2);

    private Duration window;
    private final Deque<Long> answeredAt = new ArrayDeque<>();
    private final Deque<Long> justLeft = new ArrayDeque<>();
    private CompletableFuture<Void> nextAnswer = new CompletableFuture<>();
    private int limit;
    private int maxInFlight;
    private int inFlight;
    private long entered;
    private boolean closed;
    private long closedUntil;

    public RollingWindow(int limit, Duration window, int maxInFlight) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit must be at least 1, but was " + limit);
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("calls in flight must be at least 1, but were " + maxInFlight);
        }
        this.limit = limit;
        this.window = window;
        this.maxInFlight = maxInFlight;
    }

    /** Waits for a free slot. The caller closes the permit when the answer is there, whatever it is. */
    public Permit enter(TimeSource time) throws InterruptedException {
        while (true) {
            Duration wait;
            CompletableFuture<Void> answer;
            synchronized (this) {
                long now = time.nanoTime();
                forgetOlderThan(now - window.toNanos());
                wait = nextChance(now);
                if (wait.isZero()) {
                    inFlight++;
                    entered++;
                    return () -> answered(time);
                }
                answer = nextAnswer;
            }
            try {
                time.await(answer, wait);
            } catch (TimeoutException nextChanceIsDue) {
                // The slot that was waited for is free now, or somebody else was faster: look again.
            } catch (ExecutionException e) {
                throw new IllegalStateException("answers are only ever completed normally", e);
            }
        }
    }

    /** Lets nobody pass before the pause ends, as after a refusal; a longer pause that runs already stays. */
    public synchronized void pause(TimeSource time, Duration pause) {
        long until = time.nanoTime() + pause.toNanos();
        if (!closed || until - closedUntil > 0) {
            closed = true;
            closedUntil = until;
        }
    }

    /** Changes the limit, for instance when the vendor has told it. */
    public void limit(int newLimit) {
        change(() -> limit = Math.max(1, newLimit));
    }

    /** Changes limit and window, when the vendor has told both. */
    public void limit(int newLimit, Duration newWindow) {
        change(() -> {
            limit = Math.max(1, newLimit);
            window = newWindow;
        });
    }

    /** Changes how many calls may be under way at once; those that are under way stay. */
    public void maxInFlight(int calls) {
        change(() -> maxInFlight = Math.max(1, calls));
    }

    /**
     * Leaves room for others who use the same limit.
     *
     * @param used calls of the window that the service has counted, ours among them
     */
    public synchronized void usedInAll(TimeSource time, int used) {
        long now = time.nanoTime();
        forgetOlderThan(now - window.toNanos());
        int others = used - answeredAt.size() - inFlight - justLeft.size();
        for (int i = 0; i < others; i++) {
            answeredAt.addLast(now);
        }
    }

    /** Changes something that those who wait should look at again. */
    private void change(Runnable change) {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            change.run();
            waiting = nextAnswer;
            nextAnswer = new CompletableFuture<>();
        }
        waiting.complete(null);
    }

    public synchronized int maxInFlight() {
        return maxInFlight;
    }

    public synchronized int inFlight() {
        return inFlight;
    }

    public synchronized int limit() {
        return limit;
    }

    /** Calls that were let pass so far. */
    public synchronized long entered() {
        return entered;
    }

    private void forgetOlderThan(long oldest) {
        while (!answeredAt.isEmpty() && answeredAt.getFirst() - oldest <= 0) {
            justLeft.addLast(answeredAt.removeFirst());
        }
        while (!justLeft.isEmpty() && justLeft.getFirst() - oldest + TOLD_LATE.toNanos() <= 0) {
            justLeft.removeFirst();
        }
    }

    private Duration nextChance(long now) {
        if (closed && closedUntil - now > 0) {
            return Duration.ofNanos(closedUntil - now);
        }
        closed = false;
        if (inFlight < maxInFlight && inFlight + answeredAt.size() < limit) {
            return Duration.ZERO;
        }
        if (inFlight < maxInFlight && !answeredAt.isEmpty()) {
            return Duration.ofNanos(answeredAt.getFirst() + window.toNanos() - now);
        }
        return Duration.ofHours(1);
    }

    private void answered(TimeSource time) {
        change(() -> {
            inFlight--;
            if (!window.isZero()) {
                answeredAt.addLast(time.nanoTime());
            }
        });
    }

    /** One slot; closing it says that the call was answered. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }
}
