package io.ledgerbridge.benchmarks;

import io.ledgerbridge.time.VirtualTime;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import okhttp3.Interceptor;

/** Threads and latencies on the virtual clock. */
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

    static void inThreads(VirtualTime time, int count, Runnable work) throws Exception {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            threads.add(time.threadFactory().newThread(() -> {
                try {
                    work.run();
                    end.complete(null);
                } catch (RuntimeException e) {
                    end.completeExceptionally(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (CompletableFuture<Void> end : ends) {
            time.await(end, Duration.ofHours(1));
        }
    }
}
