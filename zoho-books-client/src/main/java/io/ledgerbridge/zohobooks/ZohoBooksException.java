package io.ledgerbridge.zohobooks;

import org.jspecify.annotations.Nullable;

/**
 * A call to Zoho Books did not succeed. Each subclass is a different thing to do: sign in again, correct the
 * configuration, wait, or give the record up. The message stands alone in a log and never contains a secret.
 */
public abstract class ZohoBooksException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    ZohoBooksException(String message, Details details) {
        super(message, details.cause());
        this.status = details.status();
        this.code = details.code();
    }

    /** The HTTP status, 0 if there was no answer. */
    public int status() {
        return status;
    }

    /** The code of the error envelope, 0 if there was none. */
    public int code() {
        return code;
    }

    /**
     * What is known of a failed call.
     *
     * @param status HTTP status, or 0
     * @param code code of Zoho's envelope, or 0
     */
    public record Details(int status, int code, @Nullable Throwable cause) {
        public static final Details NONE = new Details(0, 0, null);

        public static Details cause(Throwable cause) {
            return new Details(0, 0, cause);
        }
    }
}
