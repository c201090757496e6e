package io.ledgerbridge.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private static final Instant START = Instant.parse("2026-03-02T04:45:30Z");

    private final VirtualTime time = VirtualTime.startingAt(START);

    @Test
    void aSleepingThreadMovesTheClockToTheEndOfItsSleep() throws Exception {
        time.sleep(Duration.ofDays(31));

        assertThat(time.now()).isEqualTo(START.plus(Duration.ofDays(31)));
        assertThat(time.nanoTime()).isEqualTo(Duration.ofDays(31).toNanos());
    }

    @Test
    void aScheduledTaskRunsAtItsInstantWhileAnotherSleeps() throws Exception {
        List<Instant> seen = new ArrayList<>();
        time.schedule(Duration.ofSeconds(5), () -> seen.add(time.now()));
        TimeSource.Scheduled cancelled = time.schedule(Duration.ofSeconds(6), () -> seen.add(time.now()));
        cancelled.cancel();

        time.sleep(Duration.ofMinutes(1));

        assertThat(seen).containsExactly(START.plusSeconds(5));
    }

    @RepeatedTest(20) // the threads start in another order each time
    void timeStandsStillWhileARegisteredThreadComputes() throws Exception {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<String> done = new CompletableFuture<>();
        Thread worker = time.threadFactory().newThread(() -> {
            try {
                for (int i = 1; i <= 3; i++) {
                    time.sleep(Duration.ofSeconds(10));
                    events.add("worker " + Duration.between(START, time.now()).toSeconds());
                }
                done.complete("finished");
            } catch (InterruptedException e) {
                done.completeExceptionally(e);
            }
        });
        Thread other = time.threadFactory().newThread(() -> {
            try {
                time.sleep(Duration.ofSeconds(15));
                events.add("other " + Duration.between(START, time.now()).toSeconds());
            } catch (InterruptedException e) {
                done.completeExceptionally(e);
            }
        });
        worker.start();
        other.start();

        assertThat(time.await(done, Duration.ofMinutes(1))).isEqualTo("finished");
        assertThat(events).containsExactly("worker 10", "other 15", "worker 20", "worker 30");
        assertThat(time.now()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void anOperatorWhoSetsTheClockMovesStampsAndNotSpans() throws Exception {
        time.jump(Duration.ofHours(-2));
        long before = time.nanoTime();
        time.sleep(Duration.ofSeconds(5));

        assertThat(time.now()).isEqualTo(START.minus(Duration.ofHours(2)).plusSeconds(5));
        assertThat(Duration.ofNanos(time.nanoTime() - before)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void awaitingAFutureThatNobodyCompletesEndsAtTheTimeOut() {
        CompletableFuture<String> never = new CompletableFuture<>();

        assertThatThrownBy(() -> time.await(never, Duration.ofSeconds(90))).isInstanceOf(TimeoutException.class);
        assertThat(time.now()).isEqualTo(START.plusSeconds(90));
    }
}
