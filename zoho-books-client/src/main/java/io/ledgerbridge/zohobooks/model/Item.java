package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A product or service that is sold.
 *
 * @param status {@code active} or {@code inactive}
 * @param productType {@code goods}, {@code service}, {@code digital_service}
 * @param itemType {@code sales}, {@code sales_and_purchases}, {@code inventory}
 * @param taxPercentage also comes as {@code 70%}
 */
public record Item(
        @Json(name = "item_id") String itemId,
        String name,
        String status,
        String description,
        @Nullable BigDecimal rate,
        String unit,
        String sku,
        @Json(name = "product_type") String productType,
        @Json(name = "item_type") String itemType,
        @Json(name = "account_id") String accountId,
        @Json(name = "account_name") String accountName,
        @Json(name = "tax_id") String taxId,
        @Json(name = "tax_name") String taxName,
        @Json(name = "tax_percentage") @Nullable BigDecimal taxPercentage,
        @Json(name = "custom_fields") CustomFields customFields,
        @Json(name = "created_time") @Nullable Instant createdTime,
        @Json(name = "last_modified_time") @Nullable Instant lastModifiedTime,
        RawJson raw) {}
