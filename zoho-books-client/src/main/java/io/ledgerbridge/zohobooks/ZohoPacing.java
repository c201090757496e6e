package io.ledgerbridge.zohobooks;

import io.ledgerbridge.rest.internal.RollingWindow;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls within an organisation's limits: 100 a minute, 5 (free) or 10 at once, and a number a day. One object per
 * organisation; clients that share it share the limits. Safe for concurrent use.
 */
public final class ZohoPacing {

    /** Calls a minute unless told otherwise: the vendor's limit with room for other tools. */
    public static final int DEFAULT_REQUESTS_PER_MINUTE = 90;

    /** Calls at once: one below what the free plan allows. */
    static final int IN_FLIGHT = 4;

    private final RollingWindow minute;
    private volatile @Nullable ZohoQuota quota;

    private ZohoPacing(RollingWindow minute) {
        this.minute = minute;
    }

    public static ZohoPacing standard() {
        return requestsPerMinute(DEFAULT_REQUESTS_PER_MINUTE);
    }

    public static ZohoPacing requestsPerMinute(int requests) {
        return new ZohoPacing(new RollingWindow(requests, Duration.ofSeconds(60), IN_FLIGHT));
    }

    /** No pacing, for servers without limits. */
    public static ZohoPacing unlimited() {
        return new ZohoPacing(new RollingWindow(Integer.MAX_VALUE, Duration.ZERO, Integer.MAX_VALUE));
    }

    /** What the latest answer said of the day's calls; empty before the first, or if the service does not tell. */
    public Optional<ZohoQuota> quota() {
        return Optional.ofNullable(quota);
    }

    /** Calls made so far through this pacing, repetitions included. */
    public long calls() {
        return minute.entered();
    }

    RollingWindow.Permit enter(TimeSource time) throws InterruptedException {
        return minute.enter(time);
    }

    void pause(TimeSource time, Duration pause) {
        minute.pause(time, pause);
    }

    void learned(ZohoQuota latest) {
        quota = latest;
    }
}
