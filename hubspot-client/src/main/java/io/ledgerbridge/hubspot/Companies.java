package io.ledgerbridge.hubspot;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Standard properties of companies. A company needs a name or a domain; HubSpot does not keep two from having the same.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/objects/companies/guide">HubSpot's guide</a>
 */
public final class Companies {

    public static final Property<String> NAME = Property.text("name");

    /** The bare host of the website, such as {@code harbor.example}. Not unique: it cannot be a key. */
    public static final Property<String> DOMAIN = Property.text("domain");

    /** Filled from the domain if it is not set. */
    public static final Property<String> WEBSITE = Property.text("website");

    public static final Property<String> PHONE = Property.text("phone");

    /** Street and number. */
    public static final Property<String> ADDRESS = Property.text("address");

    public static final Property<String> ADDRESS_2 = Property.text("address2");

    public static final Property<String> CITY = Property.text("city");

    /** Free text. */
    public static final Property<String> STATE = Property.text("state");

    public static final Property<String> ZIP = Property.text("zip");

    /** Free text. */
    public static final Property<String> COUNTRY = Property.text("country");

    /** An internal value in upper case, such as {@code COMPUTER_SOFTWARE}. */
    public static final Property<String> INDUSTRY = Property.option("industry");

    public static final Property<String> DESCRIPTION = Property.text("description");

    public static final Property<BigDecimal> ANNUAL_REVENUE = Property.number("annualrevenue");

    public static final Property<BigDecimal> NUMBER_OF_EMPLOYEES = Property.number("numberofemployees");

    /** Moves forward only: HubSpot ignores a step back without an error. Made by the API it is {@code lead}. */
    public static final Property<String> LIFECYCLE_STAGE = Property.option("lifecyclestage");

    /** The id of the user who is responsible. */
    public static final Property<String> OWNER = Property.option("hubspot_owner_id");

    /** When the record was made in HubSpot. Read only. */
    public static final Property<Instant> CREATED = Property.datetime("createdate");

    /** Read only. */
    public static final Property<Instant> MODIFIED = Property.datetime("hs_lastmodifieddate");

    /** Computed by HubSpot, read only. */
    public static final Property<BigDecimal> ASSOCIATED_CONTACTS = Property.number("num_associated_contacts");

    private Companies() {}
}
