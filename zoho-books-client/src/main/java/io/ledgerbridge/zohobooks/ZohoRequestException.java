package io.ledgerbridge.zohobooks;

/** Zoho Books refused the request itself, or answered in a shape this client does not know. Repeating does not help. */
public final class ZohoRequestException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    public ZohoRequestException(String message, Details details) {
        super(message, details);
    }
}
