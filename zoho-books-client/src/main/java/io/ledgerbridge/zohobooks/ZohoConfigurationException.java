package io.ledgerbridge.zohobooks;

/** Client id, client secret, data centre, redirect URI or organisation are wrong. Nothing will work until they are corrected. */
public final class ZohoConfigurationException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    ZohoConfigurationException(String message, Failure failure) {
        super(message, failure);
    }
}
