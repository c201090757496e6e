package io.ledgerbridge.rest.internal;

import java.time.Duration;

/** Refuses settings that cannot be meant, with their name and value. */
public final class Settings {

    private Settings() {}

    /** At least 1. */
    public static int positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, but were " + value);
        }
        return value;
    }

    /** Longer than nothing. */
    public static Duration positive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("the " + what + " must be positive, but was " + duration);
        }
        return duration;
    }
}
