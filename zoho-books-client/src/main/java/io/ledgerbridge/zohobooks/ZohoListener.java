package io.ledgerbridge.zohobooks;

import java.time.Duration;
import java.time.Instant;

/**
 * Hears what a client does, for metrics and for people who ask. Called on the thread that works, so answer at once; what a
 * listener throws is logged and changes nothing.
 */
public interface ZohoListener {

    /** Every attempt, whatever came of it. */
    default void onCall(Call call) {}

    /** A new access token. */
    default void onTokenRenewed(Instant expiresAt) {}

    /** Zoho has told another address of the API than the one that calls went to. */
    default void onRegionChange(RegionChange change) {}

    /** A list that is not quite what was asked for. */
    default void onListingWarning(ListingWarning warning) {}

    /**
     * One attempt of a call.
     *
     * @param path without the query
     * @param status 0 if there was no answer
     * @param code of Zoho's envelope; 0 for a success
     * @param attempt from 1
     * @param took from sending to the answer, without waiting for a free slot
     */
    record Call(String method, String path, int status, int code, int attempt, Duration took) {}

    /**
     * What {@code api_domain} of a token answer told.
     *
     * @param from where calls went before
     * @param told as Zoho wrote it
     * @param followed false if the operator gave the addresses, or if it is no data centre that is switched on: then calls
     *     still go to {@code from}
     */
    record RegionChange(String from, String told, boolean followed) {}

    /** What was noticed while a list was read. */
    record ListingWarning(Kind kind, String path, String message) {

        /** What may be wrong with a list. */
        public enum Kind {
            /** Rows came again, because the list has changed while it was read or by itself; they are left out. */
            REPEATED_ROWS,
            /** Fewer rows came than the service had counted: some were hidden by a change. Read it again. */
            MISSING_ROWS,
            /** A full page did not say whether there is another; the next was asked for. */
            NO_PAGE_CONTEXT,
            /** Rows came that the filters exclude; they are left out. */
            IGNORED_FILTER
        }
    }
}
