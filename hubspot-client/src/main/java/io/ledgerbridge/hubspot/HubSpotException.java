package io.ledgerbridge.hubspot;

import java.io.Serializable;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
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
        return failure.category();
    }

    /** HubSpot's category within the category; empty without one. */
    public String subCategory() {
        return failure.subCategory();
    }

    /** The detail, such as {@code PROPERTY_DOESNT_EXIST}; empty without one. The set is open. */
    public String code() {
        return failure.code();
    }

    /** The limit that was met, such as {@code DAILY}; empty for other failures. */
    public String policy() {
        return failure.policy();
    }

    /** What HubSpot's support asks for; empty without an answer. */
    public String correlationId() {
        return failure.correlationId();
    }

    /** The properties at fault; none if HubSpot did not name them. */
    public Set<String> properties() {
        return failure.properties();
    }

    /** Scopes any one of which would do; none if HubSpot did not name them or the failure is another. */
    public Set<String> missingScopes() {
        return failure.missingScopes();
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

    Failure failure() {
        return failure;
    }

    /**
     * What is known of a failed call.
     *
     * @param ownerId the record that has a value already; empty without one
     * @param words HubSpot's, without submitted values
     */
    record Failure(
            String method,
            String path,
            int attempts,
            int status,
            String category,
            String subCategory,
            String code,
            String policy,
            String correlationId,
            Set<String> properties,
            Set<String> missingScopes,
            String ownerId,
            String words,
            @Nullable Throwable cause)
            implements Serializable {

        /** Nothing was sent. */
        static final Failure NOT_SENT = of("", "", 0);

        static Failure of(String method, String path, int attempts) {
            return new Failure(method, path, attempts, 0, "", "", "", "", "", Set.of(), Set.of(), "", "", null);
        }

        Failure because(Throwable newCause) {
            return new Failure(
                    method,
                    path,
                    attempts,
                    status,
                    category,
                    subCategory,
                    code,
                    policy,
                    correlationId,
                    properties,
                    missingScopes,
                    ownerId,
                    words,
                    newCause);
        }

        Failure answered(int newStatus, ErrorBody body) {
            return new Failure(
                    method,
                    path,
                    attempts,
                    newStatus,
                    body.category(),
                    body.subCategory(),
                    body.code(),
                    body.policy(),
                    body.correlationId(),
                    sorted(body.properties()),
                    sorted(body.missingScopes()),
                    body.ownerId(),
                    body.words(),
                    cause);
        }

        private static Set<String> sorted(Set<String> names) {
            return Collections.unmodifiableSet(new TreeSet<>(names));
        }

        /** How messages begin: what was asked, and what came. */
        String told() {
            StringBuilder told = new StringBuilder(method).append(' ').append(path);
            if (status > 0) {
                told.append(" was answered with status ").append(status);
            }
            if (!category.isEmpty()) {
                told.append(' ').append(category);
            }
            if (!words.isEmpty()) {
                told.append(": ").append(words);
            }
            if (!correlationId.isEmpty()) {
                told.append(" (correlation id ").append(correlationId).append(')');
            }
            if (attempts > 1) {
                told.append(" (").append(attempts).append(" attempts)");
            }
            return told.toString();
        }
    }
}
