package io.ledgerbridge.sync.spi;

import org.jspecify.annotations.Nullable;

/**
 * A store cannot be reached, or refuses. Of a commit it is not known then whether it was kept, unless the message says so. A run
 * ends with the problem {@code store.unavailable}, and the next one goes on where it can.
 */
public class SyncStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message for people; without values of rows, which may be personal */
    public SyncStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
