package io.ledgerbridge.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetrierTest {

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T00:00:00Z"));
    private final Retrier retrier = new Retrier(time, new Random(7), 4, Duration.ofMinutes(5));

    @Test
    void waitsAtLeastAsLongAsAskedAndThenSucceeds() throws Exception {
        AtomicInteger attempts = new AtomicInteger();

        String answer = retrier.call(number -> {
            if (attempts.incrementAndGet() < 3) {
                throw TryAgain.after(Duration.ofSeconds(60), new IllegalStateException("busy"));
            }
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(Duration.ofNanos(time.nanoTime())).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(132));
    }

    @Test
    void givesUpWithTheCallersFailureAfterTheLastAttempt() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> retrier.call(number -> {
                    throw TryAgain.backingOff(new IllegalStateException("down " + attempts.incrementAndGet()));
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("down 4");
        assertThat(Duration.ofNanos(time.nanoTime())).isBetween(Duration.ofMillis(1), Duration.ofSeconds(7));
    }

    @Test
    void doesNotWaitLongerThanAllowed() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> retrier.call(number -> {
                    attempts.incrementAndGet();
                    throw TryAgain.after(Duration.ofMinutes(2), new IllegalStateException("busy"));
                }))
                .hasMessage("busy");
        assertThat(attempts).hasValue(3);
        assertThat(Duration.ofNanos(time.nanoTime())).isLessThan(Duration.ofMinutes(5));
    }
}
