package io.ledgerbridge.hubspot;

import java.util.Optional;

/** Another record has this unique value already, or what was to be made exists. Go on with the one that is there. */
public final class HubSpotConflictException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    HubSpotConflictException(String message, Failure failure) {
        super(message, failure);
    }

    /** The record that has the value; empty if HubSpot did not name it: then find it by the value. */
    public Optional<String> ownerId() {
        return Optional.of(error().ownerId()).filter(id -> !id.isEmpty());
    }
}
