package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.model.CrmRecord;
import org.jspecify.annotations.Nullable;

/** What became of one input of a batch. */
public sealed interface Outcome {

    /** It was written; {@code created} is false for an update. */
    record Written(CrmRecord record, boolean created) implements Outcome {}

    /** It was refused; the others were not affected. */
    record Refused(Problem problem) implements Outcome {}

    /** The answer was lost or does not mention it: read it back before doing anything. */
    record Unknown(String why) implements Outcome {}

    /**
     * Why an input was refused.
     *
     * @param category HubSpot's category, such as {@code VALIDATION_ERROR}
     * @param code the detail, such as {@code INVALID_EMAIL}; null if there is none
     * @param property the property at fault, if known
     * @param ownerId the record that already has a unique value, if that is the reason
     * @param correlationId what HubSpot's support asks for
     */
    record Problem(
            String category,
            @Nullable String code,
            @Nullable String property,
            String message,
            @Nullable String ownerId,
            @Nullable String correlationId) {}
}
