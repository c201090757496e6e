package io.ledgerbridge.hubspot;

/** HubSpot refused the request itself, or its answer is of no use. Correct the data; repeating does not help. */
public final class HubSpotRequestException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    HubSpotRequestException(String message, Failure failure) {
        super(message, failure);
    }
}
