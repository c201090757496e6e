package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice or a credit note.
 *
 * @param lineItemId stable while the line exists; editing a document may replace lines
 * @param lineItemCategory {@code line_item}; headings and subtotals stand among the lines too
 * @param itemId empty for a line of free text
 * @param itemOrder from 1
 * @param productType {@code goods}, {@code service}, {@code digital_service}
 * @param discount an amount, or a percentage such as {@code 10%}
 * @param itemTotal after the line's discount; contains the tax if the document is inclusive
 */
public record LineItem(
        @Json(name = "line_item_id") String lineItemId,
        @Json(name = "line_item_category") String lineItemCategory,
        @Json(name = "item_id") String itemId,
        @Json(name = "item_order") @Nullable Integer itemOrder,
        String name,
        String description,
        String unit,
        String sku,
        @Json(name = "product_type") String productType,
        @Nullable BigDecimal quantity,
        @Nullable BigDecimal rate,
        @Json(name = "bcy_rate") @Nullable BigDecimal bcyRate,
        String discount,
        @Json(name = "discount_amount") @Nullable BigDecimal discountAmount,
        @Json(name = "tax_id") String taxId,
        @Json(name = "tax_name") String taxName,
        @Json(name = "tax_type") String taxType,
        @Json(name = "tax_percentage") @Nullable BigDecimal taxPercentage,
        @Json(name = "line_item_taxes") List<LineItemTax> lineItemTaxes,
        @Json(name = "item_total") @Nullable BigDecimal itemTotal,
        @Json(name = "project_id") String projectId,
        @Json(name = "item_custom_fields") CustomFields itemCustomFields) {}
