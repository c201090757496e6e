package io.ledgerbridge.zohobooks;

/** Client id, client secret, data centre or organisation are wrong. Nothing will work until they are corrected. */
public final class ZohoConfigurationException extends ZohoBooksException {

    private static final long serialVersionUID = 1L;

    public ZohoConfigurationException(String message, Details details) {
        super(message, details);
    }
}
