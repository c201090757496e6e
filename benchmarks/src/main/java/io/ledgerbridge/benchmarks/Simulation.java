package io.ledgerbridge.benchmarks;

import io.ledgerbridge.time.VirtualTime;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Random;
import okhttp3.Interceptor;

/** How the simulated services behave. */
final class Simulation {

    private Simulation() {}

    /** Every call takes 20 to 400 ms. */
    static Interceptor latency(VirtualTime time) {
        Random latencies = new Random(7);
        return chain -> {
            try {
                long millis;
                synchronized (latencies) {
                    millis = 20 + latencies.nextInt(381);
                }
                time.sleep(Duration.ofMillis(millis));
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            return chain.proceed(chain.request());
        };
    }
}
