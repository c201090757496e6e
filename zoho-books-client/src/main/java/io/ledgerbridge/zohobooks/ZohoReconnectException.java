package io.ledgerbridge.zohobooks;

/** The grant has ended: the refresh token was revoked, evicted or belongs to another data centre. Connect again. */
public final class ZohoReconnectException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    public ZohoReconnectException(String message, Details details) {
        super(message, details);
    }
}
