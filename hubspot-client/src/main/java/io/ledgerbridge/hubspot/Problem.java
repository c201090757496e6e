package io.ledgerbridge.hubspot;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why one input of a batch was refused. Values that were submitted are not in it.
 *
 * @param category HubSpot's, such as {@code VALIDATION_ERROR}; or {@link #NOT_SENT}, {@link #DUPLICATE_INPUT},
 *     {@link #REFUSED_TOGETHER}
 * @param code the detail, such as {@code INVALID_EMAIL}; null if there is none
 * @param properties the properties at fault; empty if HubSpot did not name them
 * @param message HubSpot's words without submitted values, or ours
 * @param ownerId the record that already has a unique value, if that is the reason
 * @param correlationId what HubSpot's support asks for
 * @param retryable whether the same input may succeed later without being changed
 */
public record Problem(
        String category,
        @Nullable String code,
        Set<String> properties,
        String message,
        @Nullable String ownerId,
        @Nullable String correlationId,
        boolean retryable) {

    /** The batch ended before this input was sent. */
    public static final String NOT_SENT = "NOT_SENT";

    /** Another input of the batch has the same key or id and other values, so none of them was sent. */
    public static final String DUPLICATE_INPUT = "DUPLICATE_INPUT";

    /** HubSpot refused a whole call of creations, and this input may be without fault. It was not written. */
    public static final String REFUSED_TOGETHER = "REFUSED_TOGETHER";

    /** HubSpot gave no category. */
    public static final String UNKNOWN = "UNKNOWN";

    public Problem {
        properties = Set.copyOf(properties);
    }

    static Problem ours(String category, String message, boolean retryable) {
        return new Problem(category, null, Set.of(), message, null, null, retryable);
    }
}
