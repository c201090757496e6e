package io.ledgerbridge.rest.internal;

import dev.failsafe.Execution;
import dev.failsafe.ExecutionContext;
import dev.failsafe.RetryPolicy;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Repeats a call that says {@link TryAgain}. Failsafe decides whether and how long; the waiting is done here, on the
 * clock that everything shares.
 */
public final class Retrier {

    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private final TimeSource time;
    private final RandomGenerator random;
    private final Duration longestWait;
    private final RetryPolicy<Object> policy;

    /** Every call is attempted at most that many times, and waits no longer than that between them altogether. */
    public Retrier(TimeSource time, RandomGenerator random, int attempts, Duration longestWait) {
        this.time = time;
        this.random = random;
        this.longestWait = longestWait;
        this.policy = RetryPolicy.builder()
                .handle(TryAgain.class)
                .withMaxRetries(attempts - 1)
                .withDelayFn(this::delay)
                .build();
    }

    public <T> T call(Attempt<T> attempt) throws InterruptedException {
        Execution<Object> execution = Execution.of(policy);
        Duration waited = Duration.ZERO;
        for (int number = 1; ; number++) {
            try {
                return attempt.run(number);
            } catch (TryAgain again) {
                execution.recordException(again);
                if (execution.isComplete()) {
                    throw again.failure();
                }
                Duration delay = execution.getDelay();
                waited = waited.plus(delay);
                if (waited.compareTo(longestWait) > 0) {
                    throw again.failure();
                }
                time.sleep(delay);
            }
        }
    }

    /** A wait that was asked for gets up to a tenth on top, so that callers who were refused together come back apart. */
    private Duration delay(ExecutionContext<Object> context) {
        TryAgain again = context.getLastException();
        Duration asked = again.askedWait();
        if (asked != null) {
            return asked.plusNanos((long) (asked.toNanos() * 0.1 * random.nextDouble()));
        }
        long doubled = FIRST_DELAY.toNanos() << Math.min(20, context.getAttemptCount() - 1);
        return Duration.ofNanos((long) (Math.min(doubled, LONGEST_DELAY.toNanos()) * random.nextDouble()));
    }

    /** One try of a call. */
    @FunctionalInterface
    public interface Attempt<T> {

        /** @param number from 1 */
        T run(int number) throws TryAgain, InterruptedException;
    }
}
