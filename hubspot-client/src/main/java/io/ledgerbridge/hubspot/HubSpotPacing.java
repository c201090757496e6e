package io.ledgerbridge.hubspot;

import io.ledgerbridge.rest.internal.RollingWindow;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;

/**
 * Keeps calls within the limits of a token: one lane for calls in general and one for associations, which HubSpot counts
 * apart, each over a rolling window of 10 seconds. One object per token; clients that share it share the limits. Safe for
 * concurrent use.
 */
public final class HubSpotPacing {

    /** Calls in 10 seconds unless told otherwise: below the 100 of the smallest plan. */
    public static final int DEFAULT_REQUESTS_PER_10_SECONDS = 90;

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int IN_FLIGHT = 6;

    enum Lane {
        GENERAL,
        ASSOCIATIONS
    }

    private final RollingWindow general;
    private final RollingWindow associations;

    private HubSpotPacing(int requests, Duration window, int inFlight) {
        general = new RollingWindow(requests, window, inFlight);
        associations = new RollingWindow(requests, window, inFlight);
    }

    public static HubSpotPacing standard() {
        return requestsPer10Seconds(DEFAULT_REQUESTS_PER_10_SECONDS);
    }

    public static HubSpotPacing requestsPer10Seconds(int requests) {
        return new HubSpotPacing(requests, WINDOW, IN_FLIGHT);
    }

    /** No pacing, for servers without limits. */
    public static HubSpotPacing unlimited() {
        return new HubSpotPacing(Integer.MAX_VALUE, Duration.ZERO, Integer.MAX_VALUE);
    }

    /** Calls made so far through this pacing, repetitions included. */
    public long calls() {
        return general.entered() + associations.entered();
    }

    RollingWindow.Permit enter(Lane lane, TimeSource time) throws InterruptedException {
        return window(lane).enter(time);
    }

    void pause(Lane lane, TimeSource time, Duration pause) {
        window(lane).pause(time, pause);
    }

    private RollingWindow window(Lane lane) {
        return lane == Lane.ASSOCIATIONS ? associations : general;
    }
}
