package io.ledgerbridge.hubspot;

/** The access token is missing, wrong, revoked or expired. Give another one. */
public final class HubSpotAuthenticationException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    HubSpotAuthenticationException(String message, Failure failure) {
        super(message, failure);
    }
}
