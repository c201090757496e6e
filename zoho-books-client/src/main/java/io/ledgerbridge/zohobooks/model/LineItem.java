package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice.
 *
 * @param lineItemCategory {@code line_item}; headings and subtotals stand among the lines too
 * @param discount an amount, or a percentage such as {@code 10%}
 * @param itemTotal after the line's discount; contains the tax if the invoice is inclusive
 */
public record LineItem(
        @Json(name = "line_item_id") String lineItemId,
        @Json(name = "line_item_category") String lineItemCategory,
        @Json(name = "item_order") @Nullable BigDecimal itemOrder,
        String name,
        String description,
        String unit,
        String sku,
        @Nullable BigDecimal quantity,
        @Nullable BigDecimal rate,
        String discount,
        @Json(name = "tax_id") String taxId,
        @Json(name = "line_item_taxes") List<LineItemTax> lineItemTaxes,
        @Json(name = "item_total") @Nullable BigDecimal itemTotal) {}
