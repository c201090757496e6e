package io.ledgerbridge.testkit;

import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Runs something in several threads of a clock at once, and waits for all of them on that clock. */
public final class Together {

    private static final Duration LONGEST = Duration.ofDays(1);

    private Together() {}

    /** What a thread does; it may fail in any way, and then the whole fails. */
    @FunctionalInterface
    public interface Work {

        /** @param number of the thread, from 0 */
        void run(int number) throws Exception;
    }

    /**
     * Runs the work in so many threads.
     *
     * @throws ExecutionException with what the first thread that failed has thrown
     */
    public static void run(TimeSource time, int threads, Work work)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            started.add(time.threadFactory().newThread(() -> {
                try {
                    work.run(number);
                    end.complete(null);
                } catch (Throwable e) {
                    end.completeExceptionally(e);
                }
            }));
        }
        started.forEach(Thread::start);
        for (CompletableFuture<Void> end : ends) {
            time.await(end, LONGEST);
        }
    }
}
