package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A tax on a line, with its amount.
 */
public record LineItemTax(
        @Json(name = "tax_id") String taxId,
        @Json(name = "tax_name") String taxName,
        @Json(name = "tax_amount") @Nullable BigDecimal taxAmount,
        @Json(name = "tax_percentage") @Nullable BigDecimal taxPercentage) {}
