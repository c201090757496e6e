package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.rest.internal.RollingWindow.Permit;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.Together;
import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ZohoPacingTest {

    private final VirtualTime time = VirtualTime.startingAt(Wire.START);

    private int mostAtOnce(ZohoPacing pacing, int threads) throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Together.run(time, threads, number -> {
            try (Permit permit = pacing.enter(time, false)) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                time.sleep(Duration.ofSeconds(1));
                inside.decrementAndGet();
            }
        });
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
        Together.run(time, 8, number -> {
            for (int call = 0; call < 50; call++) {
                clients.get(number % 2).organizations().list();
            }
        });

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
