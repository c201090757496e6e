package io.ledgerbridge.zohobooks;

/** Zoho refused the request itself, or answered in a shape this client does not know. Repeating does not help. */
public final class ZohoRequestException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    ZohoRequestException(String message, Failure failure) {
        super(message, failure);
    }
}
