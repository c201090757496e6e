package io.ledgerbridge.hubspot;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Standard properties of deals.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/objects/deals/guide">HubSpot's guide</a>
 */
public final class Deals {

    public static final Property<String> NAME = Property.text("dealname");

    /** The internal id of a stage, see {@link Pipelines}. */
    public static final Property<String> STAGE = Property.option("dealstage");

    /** The internal id of a pipeline, {@code default} for the first. */
    public static final Property<String> PIPELINE = Property.option("pipeline");

    /** In the deal's currency. */
    public static final Property<BigDecimal> AMOUNT = Property.number("amount");

    /** One of the account's currencies. */
    public static final Property<String> CURRENCY = Property.option("deal_currency_code");

    public static final Property<Instant> CLOSE_DATE = Property.datetime("closedate");

    /** {@code newbusiness} or {@code existingbusiness}, unless the account has others. */
    public static final Property<String> TYPE = Property.option("dealtype");

    public static final Property<String> DESCRIPTION = Property.text("description");

    /** The id of the user who is responsible. */
    public static final Property<String> OWNER = Property.option("hubspot_owner_id");

    /** When the record was made in HubSpot. Read only. */
    public static final Property<Instant> CREATED = Property.datetime("createdate");

    /** Read only. */
    public static final Property<Instant> MODIFIED = Property.datetime("hs_lastmodifieddate");

    /** Computed by HubSpot, read only. */
    public static final Property<BigDecimal> AMOUNT_IN_COMPANY_CURRENCY = Property.number("amount_in_home_currency");

    /** Computed by HubSpot, read only. */
    public static final Property<Boolean> IS_CLOSED_WON = Property.bool("hs_is_closed_won");

    private Deals() {}
}
