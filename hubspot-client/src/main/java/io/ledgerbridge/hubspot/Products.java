package io.ledgerbridge.hubspot;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Standard properties of products.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/objects/products/guide">HubSpot's guide</a>
 */
public final class Products {

    public static final Property<String> NAME = Property.text("name");

    /** Some accounts refuse a value that another product has. */
    public static final Property<String> SKU = Property.text("hs_sku");

    /** Per unit, in the company's currency. */
    public static final Property<BigDecimal> PRICE = Property.number("price");

    public static final Property<String> DESCRIPTION = Property.text("description");

    /** The id of the folder it lies in. */
    public static final Property<String> FOLDER = Property.text("hs_folder");

    /** Read only. */
    public static final Property<Instant> MODIFIED = Property.datetime("hs_lastmodifieddate");

    private Products() {}
}
