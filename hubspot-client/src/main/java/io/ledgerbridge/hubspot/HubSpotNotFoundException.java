package io.ledgerbridge.hubspot;

/** The record, property or object type does not exist, or is not switched on in this account. */
public final class HubSpotNotFoundException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    HubSpotNotFoundException(String message, Failure failure) {
        super(message, failure);
    }
}
