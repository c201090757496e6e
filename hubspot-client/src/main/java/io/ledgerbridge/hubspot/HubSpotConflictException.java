package io.ledgerbridge.hubspot;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another record has this unique value already, or what was to be made exists. Go on with the one that is there. */
public final class HubSpotConflictException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable String conflictingValue;

    HubSpotConflictException(String message, Failure failure, String conflictingValue) {
        super(message, failure);
        this.conflictingValue = conflictingValue;
    }

    /** For finding the input at fault; never shown. */
    String conflictingValue() {
        return conflictingValue == null ? "" : conflictingValue;
    }

    /** The record that has the value; empty if HubSpot did not name it: then find it by the value. */
    public Optional<String> ownerId() {
        return failure().ownerId().isEmpty()
                ? Optional.empty()
                : Optional.of(failure().ownerId());
    }
}
