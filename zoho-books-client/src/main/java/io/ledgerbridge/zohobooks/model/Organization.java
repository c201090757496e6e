package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;

/**
 * An organisation that the token's user can reach.
 *
 * @param timeZone IANA name or a short one such as {@code PST}
 * @param currencyCode base currency
 */
public record Organization(
        @Json(name = "organization_id") String organizationId,
        String name,
        @Json(name = "time_zone") String timeZone,
        @Json(name = "currency_code") String currencyCode) {

    @Override
    public String toString() {
        return name + " (" + organizationId + ")";
    }
}
