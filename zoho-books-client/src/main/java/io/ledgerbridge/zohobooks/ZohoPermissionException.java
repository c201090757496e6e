package io.ledgerbridge.zohobooks;

/** The token is alive but lacks a scope, or its user lacks the role, for this resource. */
public final class ZohoPermissionException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    public ZohoPermissionException(String message, Details details) {
        super(message, details);
    }
}
