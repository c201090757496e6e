package io.ledgerbridge.zohobooks;

import java.time.Instant;

/** A limit is spent for longer than a call can wait: the daily quota of the organisation, or tokens per refresh token. */
public final class ZohoLimitException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    private final Instant resumesAt;

    public ZohoLimitException(String message, Instant resumesAt, Details details) {
        super(message, details);
        this.resumesAt = resumesAt;
    }

    /** From when on calls may be made again. */
    public Instant resumesAt() {
        return resumesAt;
    }
}
