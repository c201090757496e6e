package io.ledgerbridge.hubspot;

/** Standard properties of companies. */
public final class Companies {

    public static final Property<String> NAME = Property.text("name");
    public static final Property<String> PHONE = Property.text("phone");
    /** A full address; HubSpot keeps the bare host in {@code domain}. */
    public static final Property<String> WEBSITE = Property.text("website");

    public static final Property<String> ADDRESS = Property.text("address");
    public static final Property<String> ADDRESS_2 = Property.text("address2");
    public static final Property<String> CITY = Property.text("city");
    public static final Property<String> STATE = Property.text("state");
    public static final Property<String> ZIP = Property.text("zip");
    public static final Property<String> COUNTRY = Property.text("country");

    private Companies() {}
}
