package io.ledgerbridge.zohobooks;

/** The grant has ended or was not given: the user must connect again. */
public final class ZohoReconnectException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    ZohoReconnectException(String message, Failure failure) {
        super(message, failure);
    }
}
