package io.ledgerbridge.zohobooks;

/** No usable answer after all attempts: network, time-out or an error of the service. Trying later may help. */
public final class ZohoUnavailableException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    ZohoUnavailableException(String message, Failure failure) {
        super(message, failure);
    }
}
