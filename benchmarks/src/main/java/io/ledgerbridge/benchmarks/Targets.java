package io.ledgerbridge.benchmarks;

/** Prints figures with their targets and remembers whether one was missed. */
final class Targets {

    private boolean missed;

    void tell(String what, String figure, String target, boolean met) {
        missed |= !met;
        System.out.printf("%-62s %14s   target %s%s%n", what, figure, target, met ? "" : "   MISSED");
    }

    boolean missed() {
        return missed;
    }
}
