package io.ledgerbridge.hubspot;

import java.time.Instant;

/**
 * The calls of the day are spent, those of the account or those that background work may use. No call was made beyond the one
 * that has told it.
 */
public final class HubSpotLimitException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    private final Instant resumesAt;

    HubSpotLimitException(String message, Instant resumesAt, Failure failure) {
        super(message, failure);
        this.resumesAt = resumesAt;
    }

    /** When calls may be made again: midnight in the account's time zone. As long as the zone is
     * not known, that is in an hour at the latest: then one call finds out whether the day has ended. */
    public Instant resumesAt() {
        return resumesAt;
    }
}
