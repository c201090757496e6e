package io.ledgerbridge.zohobooks.internal;

import com.squareup.moshi.Json;
import java.math.BigDecimal;

/** What the accounts server says, success or not: it reports most errors with status 200. */
public record TokenAnswer(
        @Json(name = "access_token") String accessToken,
        @Json(name = "api_domain") String apiDomain,

        @Json(name = "expires_in") @org.jspecify.annotations.Nullable
        BigDecimal expiresIn,

        @Json(name = "expires_in_sec") @org.jspecify.annotations.Nullable
        BigDecimal expiresInSeconds,

        String error,
        String status) {}
