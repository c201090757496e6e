package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.rest.internal.RollingWindow.Permit;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ZohoPacingTest {

    private final VirtualTime time = VirtualTime.startingAt(Wire.START);

    private int mostAtOnce(ZohoPacing pacing, int threads) throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            started.add(time.threadFactory().newThread(() -> {
                try (Permit permit = pacing.enter(time, false)) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    time.sleep(Duration.ofSeconds(1));
                    inside.decrementAndGet();
                    end.complete(null);
                } catch (InterruptedException e) {
                    end.completeExceptionally(e);
                }
            }));
        }
        started.forEach(Thread::start);
        for (CompletableFuture<Void> end : ends) {
            time.await(end, Duration.ofHours(1));
        }
        return most.get();
    }

    @Test
    void tooManyCallsAtOnceLowerThemByOneUntilAMinuteHasPassedWithout() throws Exception {
        ZohoPacing pacing = ZohoPacing.standard();
        assertThat(mostAtOnce(pacing, 8)).isEqualTo(4);

        pacing.tooManyAtOnce(time);
        pacing.tooManyAtOnce(time);
        assertThat(mostAtOnce(pacing, 8)).isEqualTo(2);

        time.sleep(Duration.ofSeconds(61));
        pacing.answered(time, null);
        assertThat(mostAtOnce(pacing, 8)).isEqualTo(3);
        time.sleep(Duration.ofSeconds(61));
        pacing.answered(time, null);
        pacing.answered(time, null);
        assertThat(mostAtOnce(pacing, 8)).isEqualTo(4);
    }

    @Test
    void oneCallAtOnceIsLeftHoweverOftenItIsTooMany() throws Exception {
        ZohoPacing pacing = ZohoPacing.standard();
        for (int i = 0; i < 20; i++) {
            pacing.tooManyAtOnce(time);
        }

        assertThat(mostAtOnce(pacing, 3)).isEqualTo(1);
    }

    @Test
    void clientsThatShareAPacingShareItsLimitsAndMeetNoneOfTheVendors() throws Exception {
        FakeZohoBooks fake = FakeZohoBooks.builder(time).build();
        Random latencies = new Random(7);
        Interceptor latency = chain -> {
            try {
                int millis;
                synchronized (latencies) {
                    millis = 20 + latencies.nextInt(381);
                }
                time.sleep(Duration.ofMillis(millis));
            } catch (InterruptedException e) {
                throw new java.io.InterruptedIOException();
            }
            return chain.proceed(chain.request());
        };
        ZohoBooks first = ZohoBooks.builder(
                        ZohoCredentials.refreshToken(fake.clientId(), fake.clientSecret(), fake.refreshToken()))
                .organization(fake.organizationId())
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(latency)
                        .addInterceptor(fake.interceptor())
                        .build())
                .timeSource(time)
                .random(new Random(1))
                .build();
        List<ZohoBooks> clients =
                List.of(first, first.newBuilder().background(true).build());
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ZohoBooks client = clients.get(i % 2);
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            threads.add(time.threadFactory().newThread(() -> {
                for (int call = 0; call < 50; call++) {
                    client.organizations().list();
                }
                end.complete(null);
            }));
        }
        threads.forEach(Thread::start);
        for (CompletableFuture<Void> end : ends) {
            time.await(end, Duration.ofHours(1));
        }

        assertThat(fake.traffic().limitsBroken()).isEmpty();
        assertThat(fake.traffic().count("GET /books/v3/organizations")).isEqualTo(400);
        assertThat(Duration.between(Wire.START, time.now())).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    }

    @Test
    void theReserveIsATenthAndAtLeastAHundred() {
        assertThat(ZohoPacing.standard().reserveOf(1_000)).isEqualTo(100);
        assertThat(ZohoPacing.standard().reserveOf(500)).isEqualTo(100);
        assertThat(ZohoPacing.standard().reserveOf(10_000)).isEqualTo(1_000);
        assertThat(ZohoPacing.builder().reserve(7).build().reserveOf(10_000)).isEqualTo(7);
    }
}
