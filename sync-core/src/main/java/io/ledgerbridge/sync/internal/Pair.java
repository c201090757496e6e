package io.ledgerbridge.sync.internal;

/** Ids of two records in HubSpot, in the direction of a {@link Relation}. */
public record Pair(String from, String to) {}
