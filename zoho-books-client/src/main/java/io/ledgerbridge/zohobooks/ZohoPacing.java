package io.ledgerbridge.zohobooks;

import io.ledgerbridge.rest.internal.RollingWindow;
import io.ledgerbridge.rest.internal.Settings;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooksException.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls within an organisation's limits: 100 a minute, 5 (free plan) or 10 (paid) at once, and a number a day that
 * is learned from answers. One object per organisation; clients that share it share the limits. Safe for concurrent use.
 *
 * <p>The day's calls are shared with everything else that uses the organisation's API. A client made with
 * {@link ZohoBooks.Builder#background} leaves a reserve of them untouched; others may use them up. A spent day is told at
 * once as a {@link ZohoLimitException}, without a call.
 *
 * @see <a href="https://www.zoho.com/books/api/v3/introduction/">Zoho Books API, limits</a>
 */
public final class ZohoPacing {

    /** Calls a minute unless told otherwise: the vendor's limit with room for other tools. */
    public static final int DEFAULT_REQUESTS_PER_MINUTE = 90;

    /** Calls at once unless told otherwise: one below what the free plan allows. */
    public static final int DEFAULT_IN_FLIGHT = 4;

    /** What counts as the day's limit before an answer has told it: that of the smallest plan. */
    static final int UNKNOWN_LIMIT = 1_000;

    private static final int SMALLEST_RESERVE = 100;
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration DAY = Duration.ofDays(1);

    private final RollingWindow minute;
    private final int inFlight;
    private final int reserve;
    private @Nullable ZohoQuota quota;
    private long quotaUntil;
    private boolean spent;
    private long spentUntil;
    private boolean counting;
    private long countedSince;
    private long enteredBefore;
    private long loweredAt;

    private ZohoPacing(RollingWindow minute, int inFlight, int reserve) {
        this.minute = minute;
        this.inFlight = inFlight;
        this.reserve = reserve;
    }

    /** 90 calls a minute, 4 at once. */
    public static ZohoPacing standard() {
        return builder().build();
    }

    public static ZohoPacing requestsPerMinute(int requests) {
        return builder().requestsPerMinute(requests).build();
    }

    /** No pacing, for servers without limits. */
    public static ZohoPacing unlimited() {
        return new ZohoPacing(
                new RollingWindow(Integer.MAX_VALUE, Duration.ZERO, Integer.MAX_VALUE), Integer.MAX_VALUE, -1);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What the latest answer said of the day's calls; empty before the first, or if the service does not tell. */
    public synchronized Optional<ZohoQuota> quota() {
        return Optional.ofNullable(quota);
    }

    /** How many of these calls a day background work leaves to others. */
    public int reserveOf(int limit) {
        return reserve >= 0 ? reserve : Math.max(SMALLEST_RESERVE, limit / 10);
    }

    /** Calls made so far through this pacing, repetitions included. */
    public long calls() {
        return minute.entered();
    }

    /** Waits for a free slot, unless the day is spent. */
    RollingWindow.Permit enter(TimeSource time, boolean background) throws InterruptedException {
        checkDay(time, background, 0);
        RollingWindow.Permit permit = minute.enter(time);
        try {
            checkDay(time, background, 1);
            return permit;
        } catch (ZohoLimitException e) {
            permit.close();
            throw e;
        }
    }

    /** On the clock that nobody sets: a day ends when it ends. {@code own} is 1 if this call has its slot already. */
    private synchronized void checkDay(TimeSource time, boolean background, int own) {
        long now = time.nanoTime();
        if (spent && spentUntil - now > 0) {
            throw spent("The day's calls of the organisation are used up", time, spentUntil);
        }
        spent = false;
        if (quota != null && quotaUntil - now > 0) {
            if (quota.remaining() <= 0) {
                throw spent("The day's " + quota.limit() + " calls of the organisation are used up", time, quotaUntil);
            }
            int kept = reserveOf(quota.limit());
            if (background && quota.remaining() - (minute.inFlight() - own) <= kept) {
                throw spent(
                        "Of the day's " + quota.limit() + " calls " + quota.remaining() + " are left, and " + kept
                                + " of them are kept for other tools",
                        time,
                        quotaUntil);
            }
        } else if (background && quota == null) {
            checkUnknownDay(time, own);
        }
    }

    private void checkUnknownDay(TimeSource time, int own) {
        long now = time.nanoTime();
        if (!counting || now - countedSince >= DAY.toNanos()) {
            counting = true;
            countedSince = now;
            enteredBefore = minute.entered() - own;
        }
        int kept = reserveOf(UNKNOWN_LIMIT);
        if (minute.entered() - own - enteredBefore >= UNKNOWN_LIMIT - kept) {
            throw spent(
                    "Zoho does not tell how many calls a day it allows, and " + (UNKNOWN_LIMIT - kept)
                            + " were made within a day",
                    time,
                    countedSince + DAY.toNanos());
        }
    }

    private static ZohoLimitException spent(String what, TimeSource time, long until) {
        Instant resumes = time.now().plusNanos(until - time.nanoTime());
        return new ZohoLimitException(what + "; they may be made again at " + resumes + ".", resumes, Failure.NOT_SENT);
    }

    /** Nobody who shares this calls for that long. */
    void pause(TimeSource time, Duration pause) {
        minute.pause(time, pause);
    }

    /** The organisation has too many calls under way, ours or others': one less of ours for a minute at least. */
    synchronized void tooManyAtOnce(TimeSource time) {
        loweredAt = time.nanoTime();
        minute.maxInFlight(minute.maxInFlight() - 1);
    }

    synchronized void answered(TimeSource time, @Nullable ZohoQuota latest) {
        if (latest != null) {
            quota = latest;
            quotaUntil = time.nanoTime()
                    + Duration.between(time.now(), latest.resetsAt()).toNanos();
        }
        if (minute.maxInFlight() < inFlight && time.nanoTime() - loweredAt > MINUTE.toNanos()) {
            loweredAt = time.nanoTime();
            minute.maxInFlight(minute.maxInFlight() + 1);
        }
    }

    synchronized void spentFor(TimeSource time, Duration left) {
        spent = true;
        spentUntil = time.nanoTime() + left.toNanos();
    }

    /** Collects limits; each has a default. */
    public static final class Builder {
        private int requestsPerMinute = DEFAULT_REQUESTS_PER_MINUTE;
        private int inFlight = DEFAULT_IN_FLIGHT;
        private int reserve = -1;

        private Builder() {}

        /** Calls in any 60 seconds; {@value ZohoPacing#DEFAULT_REQUESTS_PER_MINUTE} by default, Zoho allows 100. */
        public Builder requestsPerMinute(int requests) {
            requestsPerMinute = Settings.positive("calls a minute", requests);
            return this;
        }

        /** Calls at once; {@value ZohoPacing#DEFAULT_IN_FLIGHT} by default, Zoho allows 5 on the free plan, else 10. */
        public Builder inFlight(int calls) {
            inFlight = Settings.positive("calls at once", calls);
            return this;
        }

        /** Calls a day that background work leaves untouched; a tenth of the limit, at least 100, by default. */
        public Builder reserve(int calls) {
            if (calls < 0) {
                throw new IllegalArgumentException("the reserve must not be negative, but was " + calls);
            }
            reserve = calls;
            return this;
        }

        public ZohoPacing build() {
            return new ZohoPacing(new RollingWindow(requestsPerMinute, MINUTE, inFlight), inFlight, reserve);
        }
    }
}
