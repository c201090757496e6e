package io.ledgerbridge.zohobooks.internal;

import java.io.IOException;

/** A body that is no answer: a gateway's page, nothing at all, or JSON that ends in the middle. */
public final class UnusableBodyException extends IOException {

    private static final long serialVersionUID = 1L;

    UnusableBodyException(String message, Throwable cause) {
        super(message, cause);
    }

    UnusableBodyException(String message) {
        super(message);
    }
}
