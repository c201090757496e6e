package io.ledgerbridge.benchmarks;

/** Counts and sizes that no clock of this machine can blur. Ends with 1 if a target is missed. */
public final class Figures {

    private Figures() {}

    public static void main(String[] arguments) throws Exception {
        Targets targets = new Targets();
        new ZohoBooksFigures(targets).print();
        new HubSpotFigures(targets).print();
        System.exit(targets.missed() ? 1 : 0);
    }
}
