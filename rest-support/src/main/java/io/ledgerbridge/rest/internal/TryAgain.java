package io.ledgerbridge.rest.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an attempt throws when another one may help: how long to wait, and what to tell the caller if none is left. */
public final class TryAgain extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Duration wait;
    private final RuntimeException failure;

    private TryAgain(@Nullable Duration wait, RuntimeException failure) {
        super(failure.getMessage(), failure, false, false);
        this.wait = wait;
        this.failure = failure;
    }

    /** Waits as the service asked, never less. */
    public static TryAgain after(Duration wait, RuntimeException failure) {
        return new TryAgain(wait, failure);
    }

    /** Waits with growing, scattered delays. */
    public static TryAgain backingOff(RuntimeException failure) {
        return new TryAgain(null, failure);
    }

    @Nullable
    Duration askedWait() {
        return wait;
    }

    RuntimeException failure() {
        return failure;
    }
}
