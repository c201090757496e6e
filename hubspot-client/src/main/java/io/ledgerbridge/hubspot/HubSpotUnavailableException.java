package io.ledgerbridge.hubspot;

/** No usable answer after all attempts. A write may have happened: read back before repeating a create. */
public final class HubSpotUnavailableException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    HubSpotUnavailableException(String message, Details details) {
        super(message, details);
    }
}
