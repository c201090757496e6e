package io.ledgerbridge.zohobooks.internal;

import com.squareup.moshi.JsonDataException;
import io.ledgerbridge.rest.internal.Retrier;
import io.ledgerbridge.rest.internal.TryAgain;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooksException;
import io.ledgerbridge.zohobooks.ZohoBooksException.Details;
import io.ledgerbridge.zohobooks.ZohoConfigurationException;
import io.ledgerbridge.zohobooks.ZohoLimitException;
import io.ledgerbridge.zohobooks.ZohoReconnectException;
import io.ledgerbridge.zohobooks.ZohoUnavailableException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retrofit2.Response;

/**
 * Hands out access tokens: one refresh at a time however many threads ask, ahead of expiry, and never more refreshes than
 * the accounts server allows, since the next one would lock the connection out.
 */
public final class TokenSource {

    private static final int REFRESHES_PER_WINDOW = 10;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final Duration LONGEST_REFRESH = Duration.ofMinutes(5);
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(86_400);

    /** Client and refresh token. {@code toString} shows no secret. */
    public record Grant(String clientId, String clientSecret, String refreshToken) {
        @Override
        public String toString() {
            return "Grant[" + clientId + "]";
        }
    }

    private record Token(String value, Instant expiresAt) {
        @Override
        public String toString() {
            return "Token[until " + expiresAt + "]";
        }
    }

    private final ZohoApi api;
    private final String tokenUrl;
    private final Grant grant;
    private final TimeSource time;
    private final Retrier retrier;
    private final Consumer<String> onApiDomain;
    private final Deque<Instant> refreshes = new ArrayDeque<>();
    private @Nullable Token current;
    private @Nullable CompletableFuture<Token> running;

    public TokenSource(
            ZohoApi api, String tokenUrl, Grant grant, TimeSource time, Retrier retrier, Consumer<String> onApiDomain) {
        this.api = api;
        this.tokenUrl = tokenUrl;
        this.grant = grant;
        this.time = time;
        this.retrier = retrier;
        this.onApiDomain = onApiDomain;
    }

    /** A token that lives for another minute at least. */
    public String token() throws InterruptedException {
        CompletableFuture<Token> refresh;
        boolean mine = false;
        synchronized (this) {
            if (current != null && current.expiresAt().minus(MARGIN).isAfter(time.now())) {
                return current.value();
            }
            if (running == null) {
                running = new CompletableFuture<>();
                mine = true;
            }
            refresh = running;
        }
        return mine ? refresh(refresh).value() : await(refresh).value();
    }

    /** The service refused this token: the next call asks for another. */
    public synchronized void refused(String token) {
        if (current != null && current.value().equals(token)) {
            current = null;
        }
    }

    private Token await(CompletableFuture<Token> refresh) throws InterruptedException {
        try {
            return time.await(refresh, LONGEST_REFRESH);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ZohoBooksException failure) {
                throw failure;
            }
            throw new IllegalStateException("refreshing the token failed", e.getCause());
        } catch (TimeoutException e) {
            throw new ZohoUnavailableException(
                    "Zoho's accounts server did not answer within " + LONGEST_REFRESH.toMinutes()
                            + " minutes; try again later.",
                    Details.cause(e));
        }
    }

    private Token refresh(CompletableFuture<Token> promise) throws InterruptedException {
        try {
            countRefresh();
            Token token = retrier.call(this::ask);
            synchronized (this) {
                current = token;
                running = null;
            }
            promise.complete(token);
            return token;
        } catch (RuntimeException | InterruptedException e) {
            synchronized (this) {
                running = null;
            }
            promise.completeExceptionally(e);
            throw e;
        }
    }

    private synchronized void countRefresh() {
        Instant now = time.now();
        while (!refreshes.isEmpty() && !refreshes.getFirst().isAfter(now.minus(WINDOW))) {
            refreshes.removeFirst();
        }
        if (refreshes.size() >= REFRESHES_PER_WINDOW) {
            throw tooManyRefreshes(refreshes.getFirst().plus(WINDOW));
        }
        refreshes.addLast(now);
    }

    private Token ask() throws TryAgain {
        Response<TokenAnswer> response;
        try {
            response = api.refresh(
                            tokenUrl, "refresh_token", grant.clientId(), grant.clientSecret(), grant.refreshToken())
                    .execute();
        } catch (IOException | JsonDataException e) {
            throw TryAgain.backingOff(new ZohoUnavailableException(
                    "Zoho's accounts server at " + tokenUrl + " could not be reached; check the network and the data"
                            + " centre, then try again.",
                    Details.cause(e)));
        }
        TokenAnswer answer = response.body() != null ? response.body() : failure(response);
        if (answer == null || (response.code() >= 500 && answer.accessToken().isEmpty())) {
            throw TryAgain.backingOff(new ZohoUnavailableException(
                    "Zoho's accounts server answered with status " + response.code() + " and no token.",
                    new Details(response.code(), 0, null)));
        }
        if (answer.accessToken().isEmpty()) {
            throw refusal(answer, response.code());
        }
        onApiDomain.accept(answer.apiDomain());
        return new Token(answer.accessToken(), time.now().plusSeconds(lifeSeconds(answer)));
    }

    private static @Nullable TokenAnswer failure(Response<TokenAnswer> response) {
        try {
            return response.errorBody() == null
                    ? null
                    : LenientJson.moshi()
                            .adapter(TokenAnswer.class)
                            .fromJson(response.errorBody().string());
        } catch (IOException | JsonDataException e) {
            return null;
        }
    }

    /** Old servers tell milliseconds under the same name. */
    private static long lifeSeconds(TokenAnswer answer) {
        if (answer.expiresInSeconds() != null) {
            return answer.expiresInSeconds().longValue();
        }
        BigDecimal life = answer.expiresIn() == null ? BigDecimal.valueOf(3600) : answer.expiresIn();
        return life.compareTo(LONGEST_SECONDS) > 0 ? life.longValue() / 1000 : life.longValue();
    }

    private RuntimeException refusal(TokenAnswer answer, int status) {
        Details details = new Details(status, 0, null);
        return switch (answer.error()) {
            case "invalid_code", "invalid_grant" ->
                new ZohoReconnectException(
                        "Zoho refused the refresh token (" + answer.error()
                                + "): it was revoked, replaced by newer ones, or belongs to another data centre than "
                                + tokenUrl + ". Connect again to get a new one.",
                        details);
            case "invalid_client" ->
                new ZohoConfigurationException(
                        "Zoho does not know this client id at " + tokenUrl
                                + " (invalid_client). Check the client id and the data centre; for organisations in"
                                + " other data centres switch on Multi-DC in the API console.",
                        details);
            case "invalid_client_secret" ->
                new ZohoConfigurationException(
                        "Zoho refused the client secret at " + tokenUrl
                                + " (invalid_client_secret). With Multi-DC each data centre may have a secret of its own.",
                        details);
            default ->
                answer.status().equals("failure")
                        ? tooManyRefreshes(time.now().plus(WINDOW))
                        : new ZohoConfigurationException(
                                "Zoho's accounts server answered '" + answer.error() + "' instead of a token.",
                                details);
        };
    }

    private static ZohoLimitException tooManyRefreshes(Instant until) {
        return new ZohoLimitException(
                "Zoho allows 10 access tokens in 10 minutes for a refresh token; the next may be asked for at " + until
                        + ".",
                until,
                Details.NONE);
    }
}
