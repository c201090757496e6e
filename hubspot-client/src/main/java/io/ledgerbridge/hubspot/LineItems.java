package io.ledgerbridge.hubspot;

import java.math.BigDecimal;

/** Standard properties of line items. */
public final class LineItems {

    public static final Property<String> NAME = Property.text("name");
    public static final Property<String> DESCRIPTION = Property.text("description");
    public static final Property<BigDecimal> QUANTITY = Property.number("quantity");
    /** Per unit; never negative. */
    public static final Property<BigDecimal> PRICE = Property.number("price");
    /** An amount per unit. */
    public static final Property<BigDecimal> DISCOUNT = Property.number("discount");

    public static final Property<BigDecimal> DISCOUNT_PERCENTAGE = Property.number("hs_discount_percentage");
    public static final Property<String> SKU = Property.text("hs_sku");
    public static final Property<String> CURRENCY = Property.text("hs_line_item_currency_code");
    /** The order shown, from 0. */
    public static final Property<BigDecimal> POSITION = Property.number("hs_position_on_quote");

    private LineItems() {}
}
