package io.ledgerbridge.hubspot;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Standard properties of line items. A line item belongs to exactly one deal, quote, invoice or order, and is deleted with it.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/objects/line-items/guide">HubSpot's guide</a>
 */
public final class LineItems {

    /** What the line says. */
    public static final Property<String> NAME = Property.text("name");

    public static final Property<String> DESCRIPTION = Property.text("description");

    public static final Property<BigDecimal> QUANTITY = Property.number("quantity");

    /** Per unit; never negative. */
    public static final Property<BigDecimal> PRICE = Property.number("price");

    /** An amount <em>per unit</em>. */
    public static final Property<BigDecimal> DISCOUNT = Property.number("discount");

    public static final Property<BigDecimal> DISCOUNT_PERCENTAGE = Property.number("hs_discount_percentage");

    /** The id of a product, whose values are copied where none are given. */
    public static final Property<String> PRODUCT = Property.option("hs_product_id");

    public static final Property<String> SKU = Property.text("hs_sku");

    /** One of the account's currencies; that of the invoice. */
    public static final Property<String> CURRENCY = Property.option("hs_line_item_currency_code");

    /** The id of a tax rate that the account has defined. */
    public static final Property<String> TAX_RATE_GROUP = Property.option("hs_tax_rate_group_id");

    /** The order shown, from 0. */
    public static final Property<BigDecimal> POSITION = Property.number("hs_position_on_quote");

    /** {@code monthly}, {@code annually}, ...; none for what is paid once. */
    public static final Property<String> BILLING_FREQUENCY = Property.option("recurringbillingfrequency");

    /** Quantity times price less discounts. Computed by HubSpot, read only. */
    public static final Property<BigDecimal> AMOUNT = Property.number("amount");

    /** Computed by HubSpot, read only. */
    public static final Property<BigDecimal> TOTAL_DISCOUNT = Property.number("hs_total_discount");

    /** Computed by HubSpot, read only. */
    public static final Property<BigDecimal> TAX_AMOUNT = Property.number("hs_tax_amount");

    /** Read only. */
    public static final Property<Instant> MODIFIED = Property.datetime("hs_lastmodifieddate");

    private LineItems() {}
}
