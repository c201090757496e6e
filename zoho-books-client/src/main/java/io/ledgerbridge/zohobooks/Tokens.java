package io.ledgerbridge.zohobooks;

import io.ledgerbridge.rest.internal.Retrier;
import io.ledgerbridge.rest.internal.TryAgain;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.Accounts.Granted;
import io.ledgerbridge.zohobooks.ZohoBooksException.Failure;
import io.ledgerbridge.zohobooks.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out access tokens: one refresh at a time however many threads and processes ask, ahead of expiry, and never more
 * refreshes than the accounts server allows, since the next one would lock the connection out.
 *
 * <p>Before a token is asked for, the request is counted and claimed in the store, so that neither a crash nor another
 * process makes it uncounted. A claim ends by itself, later than any call.
 */
final class Tokens {

    private static final Logger log = LoggerFactory.getLogger(Tokens.class);

    private static final int REFRESHES_PER_WINDOW = 10;
    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final Duration CLAIM = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_REFRESH = Duration.ofMinutes(10);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    private static final Duration CONFIGURATION_STAYS_WRONG = Duration.ofMinutes(1);

    /** A token and the address it is good for. */
    record Session(String accessToken, HttpUrl apiUrl, ZohoTokens tokens) {
        @Override
        public String toString() {
            return "Session[" + apiUrl.host() + "]";
        }
    }

    /** @param news what to tell once nobody waits for the token any more, since a listener may make calls */
    private record Current(Session session, long renewAt, List<Runnable> news) {}

    private record Refusal(String refreshToken, ZohoBooksException failure, long until) {}

    private final ZohoCredentials credentials;
    private final @Nullable DataCenter chosen;
    private final TokenStore store;
    private final Regions regions;
    private final Function<HttpUrl, Accounts> accounts;
    private final TimeSource time;
    private final Retrier retrier;
    private final Events events;

    private @Nullable Current current;
    private @Nullable String refused;
    private @Nullable Refusal refusal;
    private @Nullable CompletableFuture<Session> running;

    Tokens(
            ZohoCredentials credentials,
            @Nullable DataCenter chosen,
            TokenStore store,
            Regions regions,
            Function<HttpUrl, Accounts> accounts,
            TimeSource time,
            Retrier retrier,
            Events events) {
        this.credentials = credentials;
        this.chosen = chosen;
        this.store = store;
        this.regions = regions;
        this.accounts = accounts;
        this.time = time;
        this.retrier = retrier;
        this.events = events;
    }

    /** A token that lives for a while. */
    Session session() throws InterruptedException {
        CompletableFuture<Session> refresh;
        boolean mine = false;
        synchronized (this) {
            if (current != null && current.renewAt() - time.nanoTime() > 0) {
                return current.session();
            }
            if (running == null) {
                running = new CompletableFuture<>();
                mine = true;
            }
            refresh = running;
        }
        return mine ? lead(refresh) : await(refresh);
    }

    /** The service refused this token: the next call asks for another. */
    synchronized void refused(String accessToken) {
        if (current != null && current.session().accessToken().equals(accessToken)) {
            current = null;
        }
        refused = accessToken;
    }

    private Session await(CompletableFuture<Session> refresh) throws InterruptedException {
        try {
            return time.await(refresh, LONGEST_REFRESH);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ZohoBooksException failure) {
                throw failure;
            }
            throw new IllegalStateException("refreshing the token failed", e.getCause());
        } catch (TimeoutException e) {
            throw new ZohoUnavailableException(
                    "No access token came within " + LONGEST_REFRESH.toMinutes() + " minutes; try again later.",
                    Failure.NOT_SENT.because(e));
        }
    }

    private Session lead(CompletableFuture<Session> promise) throws InterruptedException {
        try {
            Current next = retrier.call(this::renew);
            synchronized (this) {
                current = next;
                running = null;
            }
            promise.complete(next.session());
            next.news().forEach(Runnable::run);
            return next.session();
        } catch (RuntimeException | InterruptedException e) {
            synchronized (this) {
                running = null;
            }
            promise.completeExceptionally(
                    e instanceof InterruptedException
                            ? new ZohoUnavailableException(
                                    "The thread that asked for an access token was interrupted.", Failure.NOT_SENT)
                            : e);
            throw e;
        }
    }

    /** One attempt: the stored token if it is good, else a new one. */
    private Current renew(int attempt) throws TryAgain, InterruptedException {
        while (true) {
            TokenStore.Stored stored = load();
            ZohoTokens tokens = stored.tokens();
            Instant now = time.now();
            Duration left = left(tokens, now);
            if (left.compareTo(MARGIN) > 0) {
                return current(tokens, left.minus(MARGIN));
            }
            failAgain(tokens);
            boolean alive = left.compareTo(Duration.ZERO) > 0;
            Instant busyUntil = tokens.refreshingUntil();
            if (busyUntil != null && busyUntil.isAfter(now) && !busyUntil.isAfter(now.plus(CLAIM))) {
                if (alive) {
                    return current(tokens, min(left, POLL));
                }
                time.sleep(POLL);
                continue;
            }
            List<Instant> refreshes = recent(tokens, now);
            Instant free = nextFree(tokens, refreshes, now);
            if (free.isAfter(now)) {
                if (alive) {
                    return current(tokens, left);
                }
                throw Accounts.tooManyTokens(free, Failure.NOT_SENT);
            }
            refreshes.add(now);
            ZohoTokens claimed = tokens.withRefreshes(refreshes, null, now.plus(CLAIM));
            if (!store.replace(stored.version(), claimed)) {
                continue;
            }
            try {
                return ask(claimed, stored.version() + 1, attempt);
            } catch (ZohoLimitException e) {
                store.replace(stored.version() + 1, claimed.withRefreshes(refreshes, e.resumesAt(), null));
                if (alive) {
                    log.warn("{} The present token is used until then.", e.getMessage());
                    return current(tokens, left);
                }
                throw e;
            } catch (ZohoBooksException e) {
                store.replace(stored.version() + 1, claimed.withRefreshes(refreshes, null, null));
                remember(tokens, e);
                throw e;
            } catch (TryAgain e) {
                store.replace(stored.version() + 1, claimed.withRefreshes(refreshes, null, null));
                if (alive) {
                    log.warn("{} The present token is still good.", e.getMessage());
                    return current(tokens, min(left, Duration.ofSeconds(20)));
                }
                throw e;
            }
        }
    }

    private Current ask(ZohoTokens claimed, long version, int attempt) throws TryAgain {
        DataCenter dataCenter = claimed.dataCenter();
        Granted granted = accounts.apply(regions.accounts(dataCenter))
                .refresh(credentials.clientId(), credentials.clientSecret(dataCenter), claimed.refreshToken(), attempt);
        ZohoTokens renewed =
                claimed.withAccess(granted.accessToken(), granted.expiresAt(), granted.scopes(), granted.apiDomain());
        if (!granted.refreshToken().isEmpty()) {
            renewed = renewed.withRefreshToken(granted.refreshToken());
        }
        if (!store.replace(version, renewed)) {
            log.info("Another process has renewed the token too; each keeps its own.");
        }
        synchronized (this) {
            refused = null;
        }
        Current next = current(renewed, left(renewed, time.now()).minus(MARGIN));
        List<Runnable> news = new ArrayList<>();
        news.add(() -> events.tokenRenewed(granted.expiresAt()));
        change(claimed, renewed).ifPresent(change -> news.add(() -> events.regionTold(change)));
        return new Current(next.session(), next.renewAt(), news);
    }

    /** Compared with where calls have gone so far, which an earlier answer or the operator said. */
    private Optional<ZohoListener.RegionChange> change(ZohoTokens before, ZohoTokens after) {
        String told = after.apiDomain();
        if (told.isEmpty() || told.equals(before.apiDomain())) {
            return Optional.empty();
        }
        HttpUrl from = regions.api(before.dataCenter(), before.apiDomain());
        boolean followed = !regions.areGiven() && regions.isKnown(told);
        HttpUrl to = regions.api(after.dataCenter(), told);
        return followed && from.equals(to)
                ? Optional.empty()
                : Optional.of(new ZohoListener.RegionChange(origin(from), told, followed));
    }

    private static String origin(HttpUrl url) {
        String text = url.toString();
        return text.substring(0, text.length() - 1);
    }

    private Current current(ZohoTokens tokens, Duration goodFor) {
        Session session =
                new Session(tokens.accessToken(), regions.api(tokens.dataCenter(), tokens.apiDomain()), tokens);
        return new Current(session, time.nanoTime() + Math.max(1, goodFor.toNanos()), List.of());
    }

    /** What is stored; a refresh token or data centre that the operator names replaces another one. */
    private TokenStore.Stored load() {
        Optional<TokenStore.Stored> stored = store.load();
        String named = credentials.refreshToken();
        if (stored.isPresent()
                && (named.isEmpty() || isGrantOf(named, stored.get().tokens()))) {
            return stored.get();
        }
        if (named.isEmpty()) {
            throw new ZohoReconnectException(
                    "There are no tokens: neither the credentials nor the token store hold a refresh token. Connect with"
                            + " ZohoOAuth first.",
                    Failure.NOT_SENT);
        }
        ZohoTokens seed = ZohoTokens.of(named, chosen == null ? DataCenter.US : chosen);
        long version = stored.map(TokenStore.Stored::version).orElse(0L);
        return store.replace(version, seed) ? new TokenStore.Stored(version + 1, seed) : load();
    }

    private boolean isGrantOf(String refreshToken, ZohoTokens tokens) {
        return tokens.refreshToken().equals(refreshToken) && (chosen == null || tokens.dataCenter() == chosen);
    }

    private Duration left(ZohoTokens tokens, Instant now) {
        Instant expiresAt = tokens.accessTokenExpiresAt();
        synchronized (this) {
            if (tokens.accessToken().isEmpty()
                    || expiresAt == null
                    || tokens.accessToken().equals(refused)) {
                return Duration.ZERO;
            }
        }
        Duration left = Duration.between(now, expiresAt);
        return left.compareTo(LONGEST_LIFE) > 0 ? Duration.ZERO : left;
    }

    /** Stamps of the future come from a clock that was set back since: they count as of now. */
    private static List<Instant> recent(ZohoTokens tokens, Instant now) {
        List<Instant> recent = new ArrayList<>();
        for (Instant refresh : tokens.refreshes()) {
            Instant at = refresh.isAfter(now) ? now : refresh;
            if (at.isAfter(now.minus(Accounts.WINDOW))) {
                recent.add(at);
            }
        }
        recent.sort(Comparator.naturalOrder());
        return recent;
    }

    private static Instant nextFree(ZohoTokens tokens, List<Instant> recent, Instant now) {
        Instant blocked = tokens.blockedUntil();
        Instant free = now;
        if (blocked != null && blocked.isAfter(now)) {
            Instant longest = now.plus(Accounts.WINDOW);
            free = blocked.isBefore(longest) ? blocked : longest;
        }
        if (recent.size() >= REFRESHES_PER_WINDOW) {
            Instant window = recent.get(recent.size() - REFRESHES_PER_WINDOW).plus(Accounts.WINDOW);
            free = window.isAfter(free) ? window : free;
        }
        return free;
    }

    /** A dead refresh token stays dead; a wrong configuration is not worth another of the ten tokens at once. */
    private synchronized void remember(ZohoTokens tokens, ZohoBooksException failure) {
        long until = failure instanceof ZohoReconnectException
                ? Long.MAX_VALUE
                : time.nanoTime() + CONFIGURATION_STAYS_WRONG.toNanos();
        refusal = new Refusal(tokens.refreshToken(), failure, until);
    }

    private synchronized void failAgain(ZohoTokens tokens) {
        if (refusal != null
                && refusal.refreshToken().equals(tokens.refreshToken())
                && refusal.until() > time.nanoTime()) {
            throw refusal.failure();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
