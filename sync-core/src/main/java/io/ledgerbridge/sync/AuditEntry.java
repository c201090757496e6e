package io.ledgerbridge.sync;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One decision, with its reason. The entries of a connection are a chain: each holds the seal of the one before it, and a
 * seal over everything but the payload, of which it holds the digest, so that payloads can be removed and the chain still
 * proves the rest.
 *
 * @param sequence from 1, without gaps
 * @param runId in which run; empty for what was decided outside of runs
 * @param stream as in the report
 * @param record id in Zoho Books
 * @param target id in HubSpot; empty if there is none
 * @param version modification stamp of the source that was decided on; empty if there is none
 * @param correlationId HubSpot's, as far as it tells one
 * @param payload why, and what changed; null if it was redacted
 * @param digest SHA-256 of the payload
 * @param previous seal of the entry before
 * @param seal HMAC-SHA-256 with the connection's key
 * @param keyId which key that was
 */
public record AuditEntry(
        long sequence,
        Instant at,
        String runId,
        String stream,
        String record,
        String target,
        String version,
        Decision decision,
        String correlationId,
        @Nullable Payload payload,
        String digest,
        String previous,
        String seal,
        String keyId) {

    /** What was decided. Records that are unchanged are only counted, in the report of their run. */
    public enum Decision {
        CREATED,
        UPDATED,
        ARCHIVED,
        SKIPPED,
        QUARANTINED,
        ASSOCIATED,
        SEPARATED,
        /** Something that a person has asked for was carried out; the reason names it. */
        COMMANDED,
        /** The day's calls of a side are spent; the reason says until when. */
        PARKED,
        /** The oldest entries were removed when their time was over; the reason says up to which. */
        TRIMMED
    }

    /**
     * What an entry tells beyond its metadata; it may hold personal data.
     *
     * @param reason in words; empty where the change itself says it
     * @param changes by property: what was written, and what the engine had written before
     */
    public record Payload(String reason, Map<String, Change> changes) {}

    /**
     * A change of one value.
     *
     * @param before null if it is not known
     */
    public record Change(@Nullable String before, String after) {}
}
