package io.ledgerbridge.zohobooks;

import com.squareup.moshi.JsonDataException;
import io.ledgerbridge.rest.internal.TryAgain;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooksException.Failure;
import io.ledgerbridge.zohobooks.internal.AccountsApi;
import io.ledgerbridge.zohobooks.internal.AccountsApi.TokenAnswer;
import io.ledgerbridge.zohobooks.internal.WireConverter;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import okhttp3.Call;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import retrofit2.Response;
import retrofit2.Retrofit;

/**
 * Asks an accounts server for tokens. An answer is a success only if it is JSON with an access token, whatever its status
 * says; each of its errors is told as the reaction it asks for.
 */
final class Accounts {

    static final Duration WINDOW = Duration.ofMinutes(10);
    static final String TOKEN_PATH = "/oauth/v2/token";

    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(86_400);
    private static final Duration DEFAULT_LIFE = Duration.ofHours(1);

    private final AccountsApi api;
    private final HttpUrl origin;
    private final TimeSource time;

    Accounts(Call.Factory http, HttpUrl origin, TimeSource time) {
        this.origin = origin;
        this.time = time;
        this.api = new Retrofit.Builder()
                .baseUrl(origin)
                .callFactory(http)
                .addConverterFactory(new WireConverter())
                .build()
                .create(AccountsApi.class);
    }

    /** What a success brings. {@code toString} shows no secret. */
    record Granted(String accessToken, Instant expiresAt, String refreshToken, Set<String> scopes, String apiDomain) {
        @Override
        public String toString() {
            return "Granted[until " + expiresAt + "]";
        }
    }

    /** @throws TryAgain if there was no usable answer */
    Granted refresh(String clientId, String clientSecret, String refreshToken, int attempt) throws TryAgain {
        Map<String, String> form = form("refresh_token", clientId, clientSecret);
        form.put("refresh_token", refreshToken);
        return ask(
                form,
                attempt,
                "it was revoked, replaced by newer ones, or belongs to another data centre than " + origin.host()
                        + ". Connect again to get a new one.");
    }

    /** @throws TryAgain if there was no usable answer; the code may be used up all the same */
    Granted exchange(String clientId, String clientSecret, String code, @Nullable String redirectUri) throws TryAgain {
        Map<String, String> form = form("authorization_code", clientId, clientSecret);
        form.put("code", code);
        if (redirectUri != null) {
            form.put("redirect_uri", redirectUri);
        }
        return ask(
                form,
                1,
                "the code is wrong, older than a minute, was used before, or belongs to another data centre than "
                        + origin.host() + ". Connect again to get a new one.");
    }

    /** Whether the accounts server has confirmed it. */
    boolean revoke(String refreshToken) {
        try {
            Response<TokenAnswer> response = api.revoke(refreshToken).execute();
            TokenAnswer answer = response.body();
            return response.isSuccessful() && (answer == null || answer.error().isEmpty());
        } catch (IOException | JsonDataException e) {
            return false;
        }
    }

    private static Map<String, String> form(String grantType, String clientId, String clientSecret) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", grantType);
        form.put("client_id", clientId);
        form.put("client_secret", clientSecret);
        return form;
    }

    private Granted ask(Map<String, String> form, int attempt, String whatInvalidCodeMeans) throws TryAgain {
        Failure failure = Failure.of("POST", TOKEN_PATH, attempt);
        Response<TokenAnswer> response;
        try {
            response = api.token(form).execute();
        } catch (IOException | JsonDataException e) {
            throw TryAgain.backingOff(new ZohoUnavailableException(
                    "Zoho's accounts server " + origin.host() + " gave no usable answer: " + e.getMessage()
                            + ". Check the network and the data centre, then try again.",
                    failure.because(e)));
        }
        TokenAnswer answer = response.body() == null ? error(response) : response.body();
        if (answer == null || (response.code() >= 500 && answer.accessToken().isEmpty())) {
            throw TryAgain.backingOff(new ZohoUnavailableException(
                    "Zoho's accounts server " + origin.host() + " answered with status " + response.code()
                            + " and no token.",
                    failure.answered(response.code(), 0, "")));
        }
        if (answer.accessToken().isEmpty()) {
            throw refusal(answer, failure.answered(response.code(), 0, answer.error()), whatInvalidCodeMeans);
        }
        String scopes = answer.scope().replace(',', ' ').strip();
        return new Granted(
                answer.accessToken(),
                time.now().plus(life(answer)),
                answer.refreshToken(),
                scopes.isEmpty() ? Set.of() : Set.copyOf(java.util.Arrays.asList(scopes.split("\\s+"))),
                answer.apiDomain());
    }

    private static @Nullable TokenAnswer error(Response<TokenAnswer> response) {
        try {
            return response.errorBody() == null
                    ? null
                    : WireConverter.read(
                            response.errorBody(),
                            io.ledgerbridge.zohobooks.internal.LenientJson.moshi()
                                    .adapter(TokenAnswer.class)::fromJson);
        } catch (IOException | JsonDataException e) {
            return null;
        }
    }

    /** Old servers tell milliseconds under the same name. */
    private static Duration life(TokenAnswer answer) {
        BigDecimal seconds = answer.expiresInSeconds();
        if (seconds == null && answer.expiresIn() != null) {
            boolean milliseconds = answer.expiresIn().compareTo(LONGEST_SECONDS) > 0;
            seconds = milliseconds ? answer.expiresIn().movePointLeft(3) : answer.expiresIn();
        }
        if (seconds == null) {
            return DEFAULT_LIFE;
        }
        Duration life = Duration.ofSeconds(seconds.min(LONGEST_SECONDS).longValue());
        return life.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : life;
    }

    private ZohoBooksException refusal(TokenAnswer answer, Failure failure, String whatInvalidCodeMeans) {
        return switch (answer.error()) {
            case "invalid_code", "invalid_grant" ->
                new ZohoReconnectException(
                        "Zoho refused the grant (" + answer.error() + "): " + whatInvalidCodeMeans, failure);
            case "invalid_client" ->
                new ZohoConfigurationException(
                        "Zoho does not know this client id at " + origin.host()
                                + " (invalid_client). Check the client id and the data centre; for organisations in"
                                + " other data centres switch on Multi-DC in the API console.",
                        failure);
            case "invalid_client_secret" ->
                new ZohoConfigurationException(
                        "Zoho refused the client secret at " + origin.host()
                                + " (invalid_client_secret). With Multi-DC each data centre may have a secret of its own.",
                        failure);
            case "invalid_redirect_uri" ->
                new ZohoConfigurationException(
                        "Zoho refused the redirect URI (invalid_redirect_uri): it must equal the registered one byte for"
                                + " byte.",
                        failure);
            default ->
                answer.status().equals("failure")
                        ? tooManyTokens(time.now().plus(WINDOW), failure)
                        : new ZohoConfigurationException(
                                "Zoho's accounts server " + origin.host() + " answered '" + answer.error()
                                        + "' instead of a token.",
                                failure);
        };
    }

    static ZohoLimitException tooManyTokens(Instant until, Failure failure) {
        return new ZohoLimitException(
                "Zoho gives 10 access tokens in 10 minutes for a refresh token; the next may be asked for at " + until
                        + ".",
                until,
                failure);
    }
}
