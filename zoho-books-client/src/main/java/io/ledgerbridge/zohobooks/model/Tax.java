package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A tax, or a group of taxes.
 *
 * @param taxPercentage for instance 18 or 7.5
 * @param taxType {@code tax}, {@code compound_tax} or, for groups, {@code tax_group}
 */
public record Tax(
        @Json(name = "tax_id") String taxId,
        @Json(name = "tax_name") String taxName,
        @Json(name = "tax_percentage") @Nullable BigDecimal taxPercentage,
        @Json(name = "tax_type") String taxType,
        @Json(name = "tax_specific_type") String taxSpecificType,
        @Json(name = "tax_authority_id") String taxAuthorityId,
        @Json(name = "tax_authority_name") String taxAuthorityName,
        @Json(name = "is_default_tax") boolean isDefaultTax,
        @Json(name = "is_value_added") boolean isValueAdded,
        @Json(name = "is_editable") boolean isEditable,
        RawJson raw) {}
