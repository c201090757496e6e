package io.ledgerbridge.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RollingWindowTest {

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T00:00:00Z"));

    @Test
    void noWindowSeesMoreThanTheLimitEvenWhenAnswersTakeTime() throws Exception {
        RollingWindow window = new RollingWindow(3, Duration.ofSeconds(60), 2);
        List<Long> answered = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            try (RollingWindow.Permit permit = window.enter(time)) {
                long sentAt = time.nanoTime();
                long stillCounted = answered.stream()
                        .filter(at -> sentAt - at < Duration.ofSeconds(60).toNanos())
                        .count();
                assertThat(stillCounted).isLessThan(3);
                time.sleep(Duration.ofSeconds(2));
                answered.add(time.nanoTime());
            }
        }
    }

    @Test
    void aPauseHoldsEveryoneBackUntilItsEnd() throws Exception {
        RollingWindow window = new RollingWindow(100, Duration.ofSeconds(60), 4);
        window.pause(time, Duration.ofSeconds(60));
        window.pause(time, Duration.ofSeconds(5));

        window.enter(time).close();

        assertThat(Duration.ofNanos(time.nanoTime())).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whatOthersHaveUsedIsLeftToThemUntilItsWindowEnds() throws Exception {
        RollingWindow window = new RollingWindow(10, Duration.ofSeconds(10), 4);
        window.enter(time).close();
        window.usedInAll(time, 1);
        window.usedInAll(time, 9);
        window.usedInAll(time, 9);
        window.enter(time).close();
        assertThat(time.nanoTime()).isZero();
        window.enter(time).close();
        assertThat(Duration.ofNanos(time.nanoTime())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void callsThatHaveJustLeftTheWindowAreNotTakenForThoseOfOthers() throws Exception {
        RollingWindow window = new RollingWindow(2, Duration.ofSeconds(10), 4);
        window.enter(time).close();
        window.enter(time).close();
        time.sleep(Duration.ofMillis(10_100));
        window.usedInAll(time, 2);
        window.enter(time).close();
        window.enter(time).close();
        assertThat(Duration.ofNanos(time.nanoTime())).isEqualTo(Duration.ofMillis(10_100));
    }

    @Test
    void aHigherLimitLetsThoseWhoWaitGoAtOnce() throws Exception {
        RollingWindow window = new RollingWindow(1, Duration.ofSeconds(60), 4);
        window.enter(time).close();
        time.schedule(Duration.ofSeconds(5), () -> window.limit(2, Duration.ofSeconds(30)));
        window.enter(time).close();
        assertThat(Duration.ofNanos(time.nanoTime())).isEqualTo(Duration.ofSeconds(5));
        window.enter(time).close();
        assertThat(Duration.ofNanos(time.nanoTime())).isEqualTo(Duration.ofSeconds(30));
    }

    @RepeatedTest(200) // the threads meet in another order each time
    void callsInFlightAreBoundedAcrossThreads() throws Exception {
        RollingWindow window = new RollingWindow(100, Duration.ofSeconds(60), 2);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> done = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            CompletableFuture<Void> finished = new CompletableFuture<>();
            done.add(finished);
            threads.add(time.threadFactory().newThread(() -> {
                try (RollingWindow.Permit permit = window.enter(time)) {
                    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    time.sleep(Duration.ofSeconds(1));
                    inFlight.decrementAndGet();
                    finished.complete(null);
                } catch (InterruptedException e) {
                    finished.completeExceptionally(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (CompletableFuture<Void> finished : done) {
            time.await(finished, Duration.ofMinutes(5));
        }

        assertThat(most.get()).isEqualTo(2);
        assertThat(Duration.ofNanos(time.nanoTime())).isEqualTo(Duration.ofSeconds(3));
    }
}
