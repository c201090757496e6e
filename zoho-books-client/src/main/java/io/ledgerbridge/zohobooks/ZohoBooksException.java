package io.ledgerbridge.zohobooks;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A call to Zoho did not succeed. Each subclass is a different thing to do: connect again, correct the configuration, ask
 * for a permission, wait, or give the record up. The message stands alone in a log and never contains a secret.
 */
public abstract class ZohoBooksException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Failure failure;

    ZohoBooksException(String message, Failure failure) {
        super(message, failure.cause());
        this.failure = failure;
    }

    /** The HTTP status; 0 if there was no answer. */
    public int status() {
        return failure.status();
    }

    /** The code of the error envelope; 0 if there was none. Messages vary by module and language, codes do not. */
    public int code() {
        return failure.code();
    }

    /** What Zoho said; empty if it said nothing. */
    public String serviceMessage() {
        return failure.serviceMessage();
    }

    /** {@code GET}, {@code POST} or {@code DELETE}; empty if no call was made. */
    public String method() {
        return failure.method();
    }

    /** The path without its query, which may hold secrets; empty if no call was made. */
    public String path() {
        return failure.path();
    }

    /** How many times the call was sent; 0 if it was not. */
    public int attempts() {
        return failure.attempts();
    }

    /** What is known of a failed call. */
    record Failure(
            String method,
            String path,
            int attempts,
            int status,
            int code,
            String serviceMessage,
            @Nullable Throwable cause)
            implements Serializable {

        /** Nothing was sent. */
        static final Failure NOT_SENT = new Failure("", "", 0, 0, 0, "", null);

        static Failure of(String method, String path, int attempts) {
            return new Failure(method, path, attempts, 0, 0, "", null);
        }

        Failure answered(int newStatus, int newCode, String newServiceMessage) {
            return new Failure(method, path, attempts, newStatus, newCode, newServiceMessage, cause);
        }

        Failure because(Throwable newCause) {
            return new Failure(method, path, attempts, status, code, serviceMessage, newCause);
        }

        /** How messages begin: what was asked, and what came. */
        String told() {
            StringBuilder told = new StringBuilder(method).append(' ').append(path);
            if (status > 0) {
                told.append(" was answered with status ").append(status);
            }
            if (code != 0) {
                told.append(", code ").append(code);
            }
            if (!serviceMessage.isEmpty()) {
                told.append(": ").append(serviceMessage);
            }
            if (attempts > 1) {
                told.append(" (").append(attempts).append(" attempts)");
            }
            return told.toString();
        }
    }
}
