package io.ledgerbridge.rest.internal;

import java.io.IOException;

/** A body that is no answer: a gateway's page, nothing at all, or JSON that ends in the middle. */
public final class UnusableBodyException extends IOException {

    private static final long serialVersionUID = 1L;

    public UnusableBodyException(String message, Throwable cause) {
        super(message, cause);
    }

    public UnusableBodyException(String message) {
        super(message);
    }
}
