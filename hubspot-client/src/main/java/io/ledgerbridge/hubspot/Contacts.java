package io.ledgerbridge.hubspot;

import java.time.Instant;

/**
 * Standard properties of contacts. A contact needs an e-mail address, a first or a last name.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide">HubSpot's guide</a>
 */
public final class Contacts {

    /** Unique over primary and additional addresses of all contacts, and kept in lower case. A key for upserts and reads. */
    public static final Property<String> EMAIL = Property.text("email");

    /** Further addresses, with a semicolon between them; a contact is found by each. Read it, do not write it. */
    public static final Property<String> ADDITIONAL_EMAILS = Property.text("hs_additional_emails");

    public static final Property<String> FIRST_NAME = Property.text("firstname");

    public static final Property<String> LAST_NAME = Property.text("lastname");

    public static final Property<String> SALUTATION = Property.text("salutation");

    public static final Property<String> PHONE = Property.text("phone");

    public static final Property<String> MOBILE_PHONE = Property.text("mobilephone");

    public static final Property<String> JOB_TITLE = Property.text("jobtitle");

    /** Text; the associated company is another thing. */
    public static final Property<String> COMPANY_NAME = Property.text("company");

    public static final Property<String> WEBSITE = Property.text("website");

    public static final Property<String> ADDRESS = Property.text("address");

    public static final Property<String> CITY = Property.text("city");

    public static final Property<String> STATE = Property.text("state");

    public static final Property<String> ZIP = Property.text("zip");

    public static final Property<String> COUNTRY = Property.text("country");

    /** Moves forward only: HubSpot ignores a step back without an error. */
    public static final Property<String> LIFECYCLE_STAGE = Property.option("lifecyclestage");

    /** The id of the user who is responsible. */
    public static final Property<String> OWNER = Property.option("hubspot_owner_id");

    /** When the record was made in HubSpot. Read only. */
    public static final Property<Instant> CREATED = Property.datetime("createdate");

    /** Named unlike that of all other types. Read only. */
    public static final Property<Instant> MODIFIED = Property.datetime("lastmodifieddate");

    private Contacts() {}
}
