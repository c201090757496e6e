package io.ledgerbridge.sync;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be written.
 *
 * @param stream as in the report
 * @param record id in Zoho Books
 * @param version modification stamp of the source that should have been written
 * @param reason why it could not, in words
 * @param next what to do about it
 * @param payload the values that HubSpot should have got, by property; empty if it did not come so far
 * @param attempts how often it was tried again by itself
 * @param triedAgainAt when it is tried again by itself; null if it is when its source changes, or when it is replayed
 */
public record QuarantinedRecord(
        String stream,
        String record,
        String version,
        String reason,
        String next,
        Map<String, String> payload,
        int attempts,
        @Nullable Instant triedAgainAt) {}
