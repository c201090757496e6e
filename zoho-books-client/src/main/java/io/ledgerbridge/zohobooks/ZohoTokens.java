package io.ledgerbridge.zohobooks;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that must be kept of one grant: its tokens, where they are valid, and when tokens were asked for, since Zoho allows
 * ten in ten minutes. {@code toString} shows no secret; {@link #toJson()} shows all of them, so seal it.
 *
 * @param refreshToken lives until it is revoked or evicted by the 21st of its user
 * @param accessToken empty if there is none
 * @param accessTokenExpiresAt null if there is no access token
 * @param scopes what was granted; empty if Zoho did not say
 * @param dataCenter whose accounts server gave the tokens: only this one renews and revokes them
 * @param apiDomain where the API is, as the latest answer told it; empty if it told nothing
 * @param refreshes when access tokens were asked for within the last ten minutes
 * @param blockedUntil until when Zoho refuses to give tokens; null if it does not
 * @param refreshingUntil until when another process may be asking for a token; null if none is
 */
public record ZohoTokens(
        String refreshToken,
        String accessToken,
        @Nullable Instant accessTokenExpiresAt,
        Set<String> scopes,
        DataCenter dataCenter,
        String apiDomain,
        List<Instant> refreshes,
        @Nullable Instant blockedUntil,
        @Nullable Instant refreshingUntil) {

    private static final JsonAdapter<Map<String, String>> TEXTS =
            new Moshi.Builder().build().adapter(Types.newParameterizedType(Map.class, String.class, String.class));

    public ZohoTokens {
        scopes = Set.copyOf(scopes);
        refreshes = List.copyOf(refreshes);
    }

    /** A refresh token of this data centre, and nothing else yet. */
    public static ZohoTokens of(String refreshToken, DataCenter dataCenter) {
        return new ZohoTokens(refreshToken, "", null, Set.of(), dataCenter, "", List.of(), null, null);
    }

    ZohoTokens withRefreshToken(String newRefreshToken) {
        return new ZohoTokens(
                newRefreshToken,
                accessToken,
                accessTokenExpiresAt,
                scopes,
                dataCenter,
                apiDomain,
                refreshes,
                blockedUntil,
                refreshingUntil);
    }

    ZohoTokens withAccess(String token, Instant expiresAt, Set<String> newScopes, String newApiDomain) {
        return new ZohoTokens(
                refreshToken,
                token,
                expiresAt,
                newScopes.isEmpty() ? scopes : newScopes,
                dataCenter,
                newApiDomain.isEmpty() ? apiDomain : newApiDomain,
                refreshes,
                null,
                null);
    }

    ZohoTokens withRefreshes(
            List<Instant> newRefreshes, @Nullable Instant newBlockedUntil, @Nullable Instant newRefreshingUntil) {
        return new ZohoTokens(
                refreshToken,
                accessToken,
                accessTokenExpiresAt,
                scopes,
                dataCenter,
                apiDomain,
                newRefreshes,
                newBlockedUntil,
                newRefreshingUntil);
    }

    /** One JSON object of texts with everything in it, secrets too. */
    public String toJson() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("refresh_token", refreshToken);
        texts.put("access_token", accessToken);
        texts.put("access_token_expires_at", text(accessTokenExpiresAt));
        texts.put("scopes", String.join(" ", new TreeSet<>(scopes)));
        texts.put("data_center", dataCenter.location());
        texts.put("api_domain", apiDomain);
        texts.put(
                "refreshes",
                String.join(" ", refreshes.stream().map(Instant::toString).toList()));
        texts.put("blocked_until", text(blockedUntil));
        texts.put("refreshing_until", text(refreshingUntil));
        return TEXTS.toJson(texts);
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the message does not repeat it
     */
    public static ZohoTokens fromJson(String json) {
        try {
            Map<String, String> texts = TEXTS.fromJson(json);
            if (texts == null || !texts.containsKey("refresh_token")) {
                throw new IllegalArgumentException("this is no JSON of Zoho tokens: it lacks refresh_token");
            }
            List<Instant> refreshes = new ArrayList<>();
            for (String refresh : words(texts, "refreshes")) {
                refreshes.add(Instant.parse(refresh));
            }
            return new ZohoTokens(
                    texts.getOrDefault("refresh_token", ""),
                    texts.getOrDefault("access_token", ""),
                    instant(texts, "access_token_expires_at"),
                    Set.copyOf(words(texts, "scopes")),
                    DataCenter.of(texts.getOrDefault("data_center", "us")),
                    texts.getOrDefault("api_domain", ""),
                    refreshes,
                    instant(texts, "blocked_until"),
                    instant(texts, "refreshing_until"));
        } catch (IOException | com.squareup.moshi.JsonDataException | java.time.DateTimeException e) {
            throw new IllegalArgumentException(
                    "this is no JSON of Zoho tokens (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    private static @Nullable Instant instant(Map<String, String> texts, String name) {
        String text = texts.getOrDefault(name, "");
        return text.isEmpty() ? null : Instant.parse(text);
    }

    private static List<String> words(Map<String, String> texts, String name) {
        String text = texts.getOrDefault(name, "").strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }

    @Override
    public String toString() {
        return "ZohoTokens[" + dataCenter + (accessTokenExpiresAt == null ? "" : " until " + accessTokenExpiresAt)
                + "]";
    }
}
