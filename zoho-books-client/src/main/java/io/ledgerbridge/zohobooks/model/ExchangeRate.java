package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A rate of a currency from a day on.
 *
 * @param rate base currency units per unit of this currency
 */
public record ExchangeRate(
        @Json(name = "exchange_rate_id") String exchangeRateId,
        @Json(name = "currency_id") String currencyId,
        @Json(name = "currency_code") String currencyCode,
        @Json(name = "effective_date") @Nullable LocalDate effectiveDate,
        @Nullable BigDecimal rate,
        RawJson raw) {}
