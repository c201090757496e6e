package io.ledgerbridge.sync.internal;

/** In which order a list is asked for. */
public enum ListOrder {
    /** By modification, the latest first: a pass can stop where it knows everything. */
    NEWEST_FIRST,
    /** By modification, the oldest first; only to see whether the order means anything. */
    OLDEST_FIRST,
    /** By creation where that is documented: rows do not move while the list is read. */
    BY_CREATION
}
