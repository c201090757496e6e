package io.ledgerbridge.hubspot;

import java.util.Set;

/** The token is alive but lacks a scope. */
public final class HubSpotPermissionException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    private final transient Set<String> scopes;

    HubSpotPermissionException(String message, Set<String> scopes, Details details) {
        super(message, details);
        this.scopes = Set.copyOf(scopes);
    }

    /** Scopes any one of which would do; empty if HubSpot did not name them. */
    public Set<String> scopes() {
        return scopes == null ? Set.of() : scopes;
    }
}
