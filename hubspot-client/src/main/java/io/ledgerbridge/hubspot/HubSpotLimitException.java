package io.ledgerbridge.hubspot;

/** The account's calls of the day are spent; they return at midnight in the account's time zone. */
public final class HubSpotLimitException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    HubSpotLimitException(String message, Details details) {
        super(message, details);
    }
}
