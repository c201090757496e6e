package io.ledgerbridge.zohobooks;

/** The token is alive but may not do this: a scope, the role of its user or the data centre is wrong. */
public final class ZohoPermissionException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    ZohoPermissionException(String message, Failure failure) {
        super(message, failure);
    }
}
