package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.HubSpotException.Failure;
import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.rest.internal.RollingWindow;
import io.ledgerbridge.rest.internal.Settings;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls within HubSpot's limits, in three lanes that HubSpot counts apart: calls in general (100, 190 or 250 in any 10
 * seconds, by plan and per token), associations (100, 150 or 200), and searches (5 a second, all tokens of the account
 * together). Lanes begin below the smallest plan and learn the plan's limit from the headers of answers; calls of others
 * that the headers tell of are left room for. One object per token; clients that share it share the limits. Safe for
 * concurrent use.
 *
 * <p>The day's calls are shared by all apps of the account. A client made with {@link HubSpot.Builder#background} leaves a
 * reserve of them untouched. A spent day is told at once as a {@link HubSpotLimitException}, without a call.
 *
 * @see <a href="https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines">Usage guidelines</a>
 */
public final class HubSpotPacing {

    /** Calls in 10 seconds before an answer has told the limit: below the 100 of the smallest plan. */
    public static final int DEFAULT_REQUESTS_PER_10_SECONDS = 90;

    /**
     * Calls at once unless told otherwise. The most that a plan allows, 19 to 25 a second, needs 8 to 10 of them under way
     * when an answer takes 400 ms; more would not be faster and would meet on the same records more often (status 423).
     */
    public static final int DEFAULT_IN_FLIGHT = 10;

    /** Searches a second: one of the account's five stays for others. */
    public static final int SEARCHES_PER_SECOND = 4;

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration SEARCH_WINDOW = Duration.ofSeconds(1);
    private static final Duration DAY_WITHOUT_ZONE = Duration.ofHours(1);
    private static final int SMALLEST_RESERVE = 100;

    /** By so much the end of a day may come early, since it is told in whole seconds. */
    private static final Duration TOLERANCE = Duration.ofMillis(500);

    enum Lane {
        GENERAL,
        ASSOCIATIONS,
        SEARCH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final RollingWindow general;
    private final RollingWindow associations;
    private final RollingWindow search;
    private final int most;
    private final int inFlight;
    private final int reserve;
    private final Day day;
    private int generalMax;
    private int associationsMax;

    /** What the account's tokens share of a day. Associations have a daily limit of their own. */
    private static final class Day {
        @Nullable
        ZoneId zone;

        @Nullable
        HubSpotQuota quota;

        long quotaUntil;

        @Nullable
        Long spentUntil;

        @Nullable
        Long associationsSpentUntil;
    }

    private HubSpotPacing(
            RollingWindow general,
            RollingWindow associations,
            RollingWindow search,
            int most,
            int inFlight,
            int reserve,
            Day day) {
        this.general = general;
        this.associations = associations;
        this.search = search;
        this.most = most;
        this.inFlight = inFlight;
        this.reserve = reserve;
        this.day = day;
    }

    /** What the account's plan allows, 10 calls at once. */
    public static HubSpotPacing standard() {
        return builder().build();
    }

    /** No more than so many calls in 10 seconds, whatever the plan allows. */
    public static HubSpotPacing requestsPer10Seconds(int requests) {
        return builder().requestsPer10Seconds(requests).build();
    }

    /** No pacing, for servers without limits. */
    public static HubSpotPacing unlimited() {
        RollingWindow open = new RollingWindow(Integer.MAX_VALUE, Duration.ZERO, Integer.MAX_VALUE);
        return new HubSpotPacing(open, open, open, 0, Integer.MAX_VALUE, 0, new Day());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Pacing for another token of the same account: general calls of its own; associations, searches and the day in common. */
    public HubSpotPacing forAnotherToken() {
        return new HubSpotPacing(
                most == 0
                        ? general
                        : new RollingWindow(Math.min(most, DEFAULT_REQUESTS_PER_10_SECONDS), WINDOW, inFlight),
                associations,
                search,
                most,
                inFlight,
                reserve,
                day);
    }

    /** What the latest answer said of the day's calls; empty before the first, or with an OAuth token, which is not told. */
    public Optional<HubSpotQuota> quota() {
        synchronized (day) {
            return Optional.ofNullable(day.quota);
        }
    }

    /** Calls that may be made in any 10 seconds, as far as is known. */
    public int limitPer10Seconds() {
        return general.limit();
    }

    /** How many of these calls a day background work leaves to others. */
    public int reserveOf(int limit) {
        return reserve >= 0 ? reserve : Math.max(SMALLEST_RESERVE, limit / 10);
    }

    /** Calls made so far through this pacing, repetitions included. */
    public long calls() {
        return general == search ? general.entered() : general.entered() + associations.entered() + search.entered();
    }

    /** Waits for a free slot, unless the day is spent. */
    RollingWindow.Permit enter(Lane lane, TimeSource time, boolean background) throws InterruptedException {
        checkDay(lane, time, background);
        RollingWindow.Permit permit = window(lane).enter(time);
        try {
            checkDay(lane, time, background);
            return permit;
        } catch (HubSpotLimitException e) {
            permit.close();
            throw e;
        }
    }

    void pause(Lane lane, TimeSource time, Duration pause) {
        window(lane).pause(time, pause);
    }

    /** The account's zone decides when a day ends, also one that is spent already. */
    void zone(TimeSource time, ZoneId accountZone) {
        synchronized (day) {
            if (accountZone.equals(day.zone)) {
                return;
            }
            day.zone = accountZone;
            long end = time.nanoTime() + untilEndOfDay(time.now()).toNanos();
            day.quotaUntil = end;
            day.spentUntil = moved(day.spentUntil, time, end);
            day.associationsSpentUntil = moved(day.associationsSpentUntil, time, end);
        }
    }

    /** What is over stays so. */
    private static @Nullable Long moved(@Nullable Long until, TimeSource time, long end) {
        return until == null || until - time.nanoTime() <= 0 ? null : Long.valueOf(end);
    }

    /** Whether the end of the account's day is known. */
    boolean knowsZone() {
        synchronized (day) {
            return day.zone != null;
        }
    }

    /** The day is spent. Answers when calls may be made again. */
    Instant spent(Lane lane, TimeSource time, @Nullable Duration asked) {
        synchronized (day) {
            Duration left = asked == null ? untilEndOfDay(time.now()) : asked;
            // Without the zone nobody knows when the day ends: one call an hour finds out.
            if (asked == null && day.zone == null && left.compareTo(DAY_WITHOUT_ZONE) > 0) {
                left = DAY_WITHOUT_ZONE;
            }
            long until = time.nanoTime() + left.toNanos();
            if (lane == Lane.ASSOCIATIONS) {
                day.associationsSpentUntil = until;
            } else {
                day.spentUntil = until;
            }
            return wholeSecond(time.now().plus(left));
        }
    }

    /** Learns from the headers of an answer, refusals included. */
    synchronized void answered(Lane lane, TimeSource time, Headers headers) {
        if (most == 0) {
            return;
        }
        Integer daily = Http.count(headers.get("X-HubSpot-RateLimit-Daily"));
        Integer left = Http.count(headers.get("X-HubSpot-RateLimit-Daily-Remaining"));
        if (daily != null && left != null) {
            synchronized (day) {
                day.quota = new HubSpotQuota(daily, left, time.now());
                day.quotaUntil = time.nanoTime() + untilEndOfDay(time.now()).toNanos();
            }
        }
        Integer max = Http.count(headers.get("X-HubSpot-RateLimit-Max"));
        if (max == null || max < 1 || lane == Lane.SEARCH) {
            return;
        }
        Integer remaining = Http.count(headers.get("X-HubSpot-RateLimit-Remaining"));
        Integer interval = Http.count(headers.get("X-HubSpot-RateLimit-Interval-Milliseconds"));
        Duration window = interval == null || interval == 0 ? WINDOW : Duration.ofMillis(interval);
        learn(lane, max, window);
        boolean countsThisLane = lane == Lane.GENERAL || associationsMax != generalMax;
        if (remaining != null && remaining < max && countsThisLane) {
            window(lane).usedInAll(time, max - remaining);
        }
    }

    /** The headers of associations are not documented: the lower of what they tell and what the plan allows counts. */
    private void learn(Lane lane, int max, Duration window) {
        boolean news = max != (lane == Lane.GENERAL ? generalMax : associationsMax);
        if (!news) {
            return;
        }
        if (lane == Lane.GENERAL) {
            generalMax = max;
            general.limit(Math.min(max, most), window);
        } else {
            associationsMax = max;
        }
        int byPlan = associationsOf(Math.max(generalMax, associationsMax));
        int told = associationsMax == 0 ? byPlan : Math.min(byPlan, associationsMax);
        associations.limit(Math.min(told, most), WINDOW);
    }

    /** What a plan allows of associations where it allows so many calls in general. */
    private static int associationsOf(int max) {
        if (max >= 250) {
            return 200;
        }
        return max >= 190 ? 150 : Math.min(max, 100);
    }

    private void checkDay(Lane lane, TimeSource time, boolean background) {
        synchronized (day) {
            long now = time.nanoTime();
            Long until = lane == Lane.ASSOCIATIONS ? day.associationsSpentUntil : day.spentUntil;
            if (until != null && until - now > TOLERANCE.toNanos()) {
                throw spent("The account's calls of the day are used up", time, until);
            }
            HubSpotQuota told = day.quota;
            if (background && told != null && day.quotaUntil - now > 0) {
                int kept = reserveOf(told.limit());
                if (told.remaining() <= kept) {
                    throw spent(
                            "Of the account's " + told.limit() + " calls a day " + told.remaining() + " are left, and "
                                    + kept + " of them are kept for other tools",
                            time,
                            day.quotaUntil);
                }
            }
        }
    }

    private static HubSpotLimitException spent(String what, TimeSource time, long until) {
        Instant resumes = wholeSecond(time.now().plusNanos(until - time.nanoTime()));
        return new HubSpotLimitException(
                what + "; they may be made again at " + resumes + ".", resumes, Failure.NOT_SENT);
    }

    private static Instant wholeSecond(Instant moment) {
        return moment.plus(TOLERANCE).truncatedTo(ChronoUnit.SECONDS);
    }

    private Duration untilEndOfDay(Instant now) {
        ZoneId known = day.zone == null ? ZoneOffset.UTC : day.zone;
        Instant end =
                now.atZone(known).toLocalDate().plusDays(1).atStartOfDay(known).toInstant();
        return Duration.between(now, end);
    }

    private RollingWindow window(Lane lane) {
        return switch (lane) {
            case GENERAL -> general;
            case ASSOCIATIONS -> associations;
            case SEARCH -> search;
        };
    }

    /** Collects limits; each has a default. */
    public static final class Builder {
        private int most = Integer.MAX_VALUE;
        private int inFlight = DEFAULT_IN_FLIGHT;
        private int searchesPerSecond = SEARCHES_PER_SECOND;
        private int reserve = -1;

        private Builder() {}

        /** The most calls in any 10 seconds; what the plan allows by default. */
        public Builder requestsPer10Seconds(int requests) {
            most = Settings.positive("calls in 10 seconds", requests);
            return this;
        }

        /** Calls at once, in each lane; {@value HubSpotPacing#DEFAULT_IN_FLIGHT} by default. */
        public Builder inFlight(int calls) {
            inFlight = Settings.positive("calls at once", calls);
            return this;
        }

        /** Searches a second; {@value HubSpotPacing#SEARCHES_PER_SECOND} by default, HubSpot allows 5 an account. */
        public Builder searchesPerSecond(int searches) {
            searchesPerSecond = Settings.positive("searches a second", searches);
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

        public HubSpotPacing build() {
            int first = Math.min(most, DEFAULT_REQUESTS_PER_10_SECONDS);
            return new HubSpotPacing(
                    new RollingWindow(first, WINDOW, inFlight),
                    new RollingWindow(first, WINDOW, inFlight),
                    new RollingWindow(searchesPerSecond, SEARCH_WINDOW, inFlight),
                    most,
                    inFlight,
                    reserve,
                    new Day());
        }
    }
}
