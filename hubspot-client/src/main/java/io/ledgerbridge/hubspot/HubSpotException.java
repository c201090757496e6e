package io.ledgerbridge.hubspot;

import org.jspecify.annotations.Nullable;

/**
 * A call to HubSpot did not succeed. Each subclass is a different thing to do. The message stands alone in a log and never
 * contains the token.
 */
public abstract class HubSpotException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String category;
    private final @Nullable String correlationId;

    HubSpotException(String message, Details details) {
        super(message, details.cause());
        this.status = details.status();
        this.category = details.category();
        this.correlationId = details.correlationId();
    }

    /** The HTTP status, 0 if there was no answer. */
    public int status() {
        return status;
    }

    /** HubSpot's category, such as {@code VALIDATION_ERROR}. The set is open. */
    public @Nullable String category() {
        return category;
    }

    /** What HubSpot's support asks for. */
    public @Nullable String correlationId() {
        return correlationId;
    }

    /** What is known of a failed call. */
    record Details(
            int status,
            @Nullable String category,
            @Nullable String correlationId,
            @Nullable Throwable cause) {
        static Details cause(Throwable cause) {
            return new Details(0, null, null, cause);
        }
    }
}
