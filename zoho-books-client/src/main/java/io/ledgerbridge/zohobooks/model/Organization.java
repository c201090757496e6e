package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An organisation that the token's user can reach.
 *
 * @param isOrgActive false for one that was closed; null if Zoho does not say
 * @param version edition of the product: {@code us}, {@code india}, {@code uk}, ...
 * @param planName only in the list
 * @param timeZone IANA name or a short one such as {@code PST}
 * @param fiscalYearStartMonth a number from 0 in the list, a name such as {@code april} in the detail
 * @param currencyCode base currency
 * @param pricePrecision decimals of prices, 0 to 6
 * @param userRole the role of the token's user, which explains refusals
 * @param address only in the detail
 */
public record Organization(
        @Json(name = "organization_id") String organizationId,
        String name,
        @Json(name = "contact_name") String contactName,
        String email,
        @Json(name = "is_default_org") boolean isDefaultOrg,
        @Json(name = "is_org_active") @Nullable Boolean isOrgActive,
        @Json(name = "language_code") String languageCode,
        String country,
        @Json(name = "country_code") String countryCode,
        String version,
        @Json(name = "plan_name") String planName,
        @Json(name = "time_zone") String timeZone,
        @Json(name = "fiscal_year_start_month") String fiscalYearStartMonth,
        @Json(name = "currency_id") String currencyId,
        @Json(name = "currency_code") String currencyCode,
        @Json(name = "currency_symbol") String currencySymbol,
        @Json(name = "price_precision") @Nullable Integer pricePrecision,
        @Json(name = "account_created_date") @Nullable LocalDate accountCreatedDate,
        @Json(name = "user_role") String userRole,
        @Nullable Address address,
        RawJson raw) {

    @Override
    public String toString() {
        return name + " (" + organizationId + ")";
    }
}
