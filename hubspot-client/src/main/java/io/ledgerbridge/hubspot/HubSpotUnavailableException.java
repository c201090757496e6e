package io.ledgerbridge.hubspot;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No usable answer after all attempts that are safe. Try again later, after looking at {@link #mayHaveHappened}. */
public final class HubSpotUnavailableException extends HubSpotException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    HubSpotUnavailableException(String message, Failure failure, boolean mayHaveHappened) {
        this(message, failure, mayHaveHappened, null);
    }

    HubSpotUnavailableException(
            String message, Failure failure, boolean mayHaveHappened, @Nullable Duration retryAfter) {
        super(message, failure);
        this.retryAfter = retryAfter;
        if (mayHaveHappened) {
            setMayHaveHappened();
        }
    }

    /** How long HubSpot asks to wait, for instance while it moves the account; empty if it does not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
