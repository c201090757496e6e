package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A currency of the organisation.
 *
 * @param pricePrecision decimals, 0 to 6
 * @param exchangeRate base currency units per unit of this currency
 */
public record Currency(
        @Json(name = "currency_id") String currencyId,
        @Json(name = "currency_code") String currencyCode,
        @Json(name = "currency_name") String currencyName,
        @Json(name = "currency_symbol") String currencySymbol,
        @Json(name = "price_precision") @Nullable Integer pricePrecision,
        @Json(name = "currency_format") String currencyFormat,
        @Json(name = "is_base_currency") boolean isBaseCurrency,
        @Json(name = "exchange_rate") @Nullable BigDecimal exchangeRate,
        @Json(name = "effective_date") @Nullable LocalDate effectiveDate,
        RawJson raw) {}
