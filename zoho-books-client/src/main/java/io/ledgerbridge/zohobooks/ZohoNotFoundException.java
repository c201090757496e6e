package io.ledgerbridge.zohobooks;

/** The record does not exist, or no longer. */
public final class ZohoNotFoundException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    ZohoNotFoundException(String message, Failure failure) {
        super(message, failure);
    }
}
