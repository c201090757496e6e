package io.ledgerbridge.testkit;

import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The accounts server of the fake: grants, refreshes and revokes tokens (reference 1.4 to 1.8). */
final class FakeZohoAccounts {

    static final String CLIENT_ID = "1000.FAKECLIENT";
    static final String CLIENT_SECRET = "fake-client-secret-1f7a";

    private static final Pattern SECRET = Pattern.compile("1000\\.[a-z]+\\d+\\.0*(\\d+)");
    private static final int REFRESH_TOKENS = 20;
    private static final int TOKENS_PER_WINDOW = 10;
    private static final Duration CODE_LIFE = Duration.ofSeconds(60);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(3600);

    private final TimeSource time;
    private final String organizationId;
    private final String apiDomain;
    /** In the order in which they were granted. */
    private final Map<String, Set<String>> scopesByRefreshToken = new LinkedHashMap<>();

    private final Map<String, Deque<Instant>> issuedByRefreshToken = new HashMap<>();
    private final Map<String, AccessToken> accessTokens = new HashMap<>();
    private final Map<String, Instant> grantCodes = new HashMap<>();
    private final Set<String> grantedScopes;
    private boolean clientKnown = true;
    private int nextToken = 1;

    private record AccessToken(Instant expiresAt, Set<String> scopes) {}

    /** @param grantedScopes what users grant; the set may change */
    FakeZohoAccounts(TimeSource time, String organizationId, String apiDomain, Set<String> grantedScopes) {
        this.time = time;
        this.organizationId = organizationId;
        this.apiDomain = apiDomain;
        this.grantedScopes = grantedScopes;
    }

    /** One more than a user may have silently ends the oldest. */
    String newRefreshToken() {
        if (scopesByRefreshToken.size() >= REFRESH_TOKENS) {
            revoke(scopesByRefreshToken.keySet().iterator().next());
        }
        String token = secret("refresh");
        scopesByRefreshToken.put(token, grantedScopes);
        return token;
    }

    /** Every secret tells whose it is, see {@link #organization}. */
    private String secret(String kind) {
        return "1000." + kind + nextToken++ + "." + "0".repeat(Math.max(0, 16 - organizationId.length()))
                + organizationId;
    }

    /** The organisation of the token that a request carries; empty if it carries none. */
    static String organization(FakeRequest request) {
        String authorization = request.header("Authorization");
        Matcher secret = SECRET.matcher(authorization == null ? request.url() + " " + request.body() : authorization);
        return secret.find() ? secret.group(1) : "";
    }

    String newGrantCode() {
        String code = secret("code");
        grantCodes.put(code, time.now().plus(CODE_LIFE));
        return code;
    }

    void forgetClient() {
        clientKnown = false;
    }

    void revokeAll() {
        scopesByRefreshToken.clear();
    }

    void revoke(String refreshToken) {
        scopesByRefreshToken.remove(refreshToken);
    }

    void expireAccessTokens() {
        accessTokens.clear();
    }

    /** The scopes of a live access token, null for a dead or unknown one. */
    @Nullable
    Set<String> scopes(String accessToken) {
        AccessToken token = accessTokens.get(accessToken);
        return token == null || !token.expiresAt().isAfter(time.now()) ? null : token.scopes();
    }

    FakeAnswer token(FakeRequest request) {
        Map<String, String> form = form(request);
        if (!clientKnown || !CLIENT_ID.equals(form.get("client_id"))) {
            return error("invalid_client");
        }
        if (!CLIENT_SECRET.equals(form.get("client_secret"))) {
            return error("invalid_client_secret");
        }
        return switch (form.getOrDefault("grant_type", "")) {
            case "refresh_token" -> refresh(form.getOrDefault("refresh_token", ""));
            case "authorization_code" -> exchange(form.getOrDefault("code", ""));
            default -> error("unsupported_grant_type");
        };
    }

    FakeAnswer revokeByRequest(FakeRequest request) {
        String token = request.query("token");
        if (token == null || !scopesByRefreshToken.containsKey(token)) {
            return error("invalid_code");
        }
        revoke(token);
        return FakeAnswer.json(200, Json.object("status", "success"));
    }

    private FakeAnswer refresh(String refreshToken) {
        Set<String> scopes = scopesByRefreshToken.get(refreshToken);
        if (scopes == null) {
            return error("invalid_code");
        }
        Deque<Instant> issued = issuedByRefreshToken.computeIfAbsent(refreshToken, token -> new ArrayDeque<>());
        Instant now = time.now();
        while (!issued.isEmpty() && !issued.getFirst().isAfter(now.minus(WINDOW))) {
            issued.removeFirst();
        }
        if (issued.size() >= TOKENS_PER_WINDOW) {
            return FakeAnswer.json(
                    400,
                    Json.object(
                            "error_description",
                            "You have made too many requests continuously. Please try again after some time.",
                            "error",
                            "Access Denied",
                            "status",
                            "failure"));
        }
        issued.addLast(now);
        return FakeAnswer.json(200, grant(scopes));
    }

    private FakeAnswer exchange(String code) {
        Instant expires = grantCodes.remove(code);
        if (expires == null || !expires.isAfter(time.now())) {
            return error("invalid_code");
        }
        Map<String, Object> answer = grant(grantedScopes);
        answer.put("refresh_token", newRefreshToken());
        return FakeAnswer.json(200, answer);
    }

    private Map<String, Object> grant(Set<String> scopes) {
        String token = secret("access");
        accessTokens.put(token, new AccessToken(time.now().plus(TOKEN_LIFE), scopes));
        return Json.object(
                "access_token",
                token,
                "scope",
                String.join(" ", scopes),
                "api_domain",
                apiDomain,
                "token_type",
                "Bearer",
                "expires_in",
                TOKEN_LIFE.toSeconds());
    }

    /** The accounts server reports errors with status 200. */
    private static FakeAnswer error(String error) {
        return FakeAnswer.json(200, Json.object("error", error));
    }

    /** Parameters from the body and, as the service allows it too, from the query. */
    private static Map<String, String> form(FakeRequest request) {
        Map<String, String> form = new HashMap<>();
        HttpUrl decoded = HttpUrl.get("http://form/")
                .newBuilder()
                .encodedQuery(request.body())
                .build();
        for (HttpUrl source : new HttpUrl[] {request.url(), decoded}) {
            for (int i = 0; i < source.querySize(); i++) {
                String value = source.queryParameterValue(i);
                form.put(source.queryParameterName(i), value == null ? "" : value.replace('+', ' '));
            }
        }
        return form;
    }
}
