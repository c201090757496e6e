package io.ledgerbridge.hubspot;

/** The token is alive and may not do this: add one of {@link #missingScopes} to its app or service key. */
public final class HubSpotPermissionException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    HubSpotPermissionException(String message, Failure failure) {
        super(message, failure);
    }
}
