package io.ledgerbridge.zohobooks;

import java.time.Instant;

/**
 * A limit is spent for longer than a call should wait: the organisation's calls of the day, the part of them that is left
 * to other tools, or access tokens of a refresh token. Nothing was lost; {@link #resumesAt()} says when to go on.
 */
public final class ZohoLimitException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    private final Instant resumesAt;

    ZohoLimitException(String message, Instant resumesAt, Failure failure) {
        super(message, failure);
        this.resumesAt = resumesAt;
    }

    /** From when on calls may be made again. */
    public Instant resumesAt() {
        return resumesAt;
    }
}
