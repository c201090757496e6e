package io.ledgerbridge.hubspot;

import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call to HubSpot did not succeed. Each subclass is a different thing to do: give another token, add a scope, wait,
 * resolve a conflict, correct the data, or try later. The message stands alone in a log; it contains neither the token nor
 * values that were submitted, such as e-mail addresses.
 */
public abstract class HubSpotException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private boolean mayHaveHappened;

    HubSpotException(String message, Failure failure) {
        super(message, failure.cause());
        this.failure = failure;
    }

    /**
     * Whether the call may have been carried out all the same, in this attempt or in one before whose answer was lost: then
     * read back before repeating a creation.
     */
    public boolean mayHaveHappened() {
        return mayHaveHappened;
    }

    void setMayHaveHappened() {
        mayHaveHappened = true;
    }

    /** The HTTP status; 0 if there was no answer. */
    public int status() {
        return failure.status();
    }

    /** HubSpot's category, such as {@code VALIDATION_ERROR}; empty without one. The set is open. */
    public String category() {
        return failure.error().category();
    }

    /** HubSpot's category within the category; empty without one. */
    public String subCategory() {
        return failure.error().subCategory();
    }

    /** The detail, such as {@code PROPERTY_DOESNT_EXIST}; empty without one. The set is open. */
    public String code() {
        return failure.error().code();
    }

    /** The limit that was met, such as {@code DAILY}; empty for other failures. */
    public String policy() {
        return failure.error().policy();
    }

    /** What HubSpot's support asks for; empty without an answer. */
    public String correlationId() {
        return failure.error().correlationId();
    }

    /** The properties at fault; none if HubSpot did not name them. */
    public Set<String> properties() {
        return failure.error().properties();
    }

    /** Scopes any one of which would do; none if HubSpot did not name them or the failure is another. */
    public Set<String> missingScopes() {
        return failure.error().missingScopes();
    }

    /** {@code GET}, {@code POST}, ...; empty if no call was made. */
    public String method() {
        return failure.method();
    }

    /** The path without values of properties; empty if no call was made. */
    public String path() {
        return failure.path();
    }

    /** How many times the call was sent; 0 if it was not. */
    public int attempts() {
        return failure.attempts();
    }

    /** What HubSpot said; its conflicting value must not be shown. */
    ErrorBody error() {
        return failure.error();
    }

    /**
     * What is known of a failed call.
     *
     * @param status 0 if there was no answer
     */
    record Failure(
            String method,
            String path,
            int attempts,
            int status,
            ErrorBody error,
            @Nullable Throwable cause) implements Serializable {

        /** Nothing was sent. */
        static final Failure NOT_SENT = of("", "", 0);

        static Failure of(String method, String path, int attempts) {
            return new Failure(method, path, attempts, 0, ErrorBody.NONE, null);
        }

        Failure because(Throwable newCause) {
            return new Failure(method, path, attempts, status, error, newCause);
        }

        Failure answered(int newStatus, ErrorBody newError) {
            return new Failure(method, path, attempts, newStatus, newError, cause);
        }

        /** How messages begin: what was asked, and what came. */
        String told() {
            StringBuilder told = new StringBuilder(method).append(' ').append(path);
            if (status > 0) {
                told.append(" was answered with status ").append(status);
            }
            if (!error.category().isEmpty()) {
                told.append(' ').append(error.category());
            }
            if (!error.words().isEmpty()) {
                told.append(": ").append(error.words());
            }
            if (!error.correlationId().isEmpty()) {
                told.append(" (correlation id ").append(error.correlationId()).append(')');
            }
            if (attempts > 1) {
                told.append(" (").append(attempts).append(" attempts)");
            }
            return told.toString();
        }
    }
}
