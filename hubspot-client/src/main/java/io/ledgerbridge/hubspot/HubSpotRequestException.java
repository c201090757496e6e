package io.ledgerbridge.hubspot;

/** HubSpot refused the request itself, or answered in a shape this client does not know. Repeating does not help. */
public final class HubSpotRequestException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    HubSpotRequestException(String message, Details details) {
        super(message, details);
    }
}
