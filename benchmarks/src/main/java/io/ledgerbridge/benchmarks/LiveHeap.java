package io.ledgerbridge.benchmarks;

/** What is in use after a full collection. */
final class LiveHeap {

    private LiveHeap() {}

    static long bytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
