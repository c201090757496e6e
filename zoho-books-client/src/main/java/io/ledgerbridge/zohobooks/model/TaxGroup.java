package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Taxes that are levied together.
 *
 * @param taxGroupPercentage their sum
 */
public record TaxGroup(
        @Json(name = "tax_group_id") String taxGroupId,
        @Json(name = "tax_group_name") String taxGroupName,
        @Json(name = "tax_group_percentage") @Nullable BigDecimal taxGroupPercentage,
        List<Tax> taxes,
        RawJson raw) {}
