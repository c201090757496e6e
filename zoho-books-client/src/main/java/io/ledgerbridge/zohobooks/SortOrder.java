package io.ledgerbridge.zohobooks;

/** Which end of a sorted list comes first. */
public enum SortOrder {
    ASCENDING("A"),
    DESCENDING("D");

    private final String wire;

    SortOrder(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }
}
