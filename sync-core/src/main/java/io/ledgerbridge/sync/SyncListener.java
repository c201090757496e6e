package io.ledgerbridge.sync;

/** Hears how runs get on. Called by the thread that runs, maybe by several at a time; it should return soon. */
@FunctionalInterface
public interface SyncListener {

    /** Hears nothing. */
    SyncListener NONE = (stream, done, remaining) -> {};

    /**
     * Some records of a stream were decided on.
     *
     * @param stream as in the report, or {@code details} for the calls that fetch them
     * @param done decided so far in this run
     * @param remaining still to do, as far as is known; -1 while nobody knows
     */
    void progress(String stream, long done, long remaining);

    /** A run begins. */
    default void started(String connection, String runId) {}

    /** A run has ended, however it did. */
    default void ended(String connection, SyncReport report) {}
}
