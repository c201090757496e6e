package io.ledgerbridge.hubspot;

/** Standard properties of contacts. */
public final class Contacts {

    /** Unique over primary and additional addresses of all contacts; kept in lower case. */
    public static final Property<String> EMAIL = Property.text("email");

    public static final Property<String> FIRST_NAME = Property.text("firstname");
    public static final Property<String> LAST_NAME = Property.text("lastname");
    public static final Property<String> PHONE = Property.text("phone");
    public static final Property<String> MOBILE_PHONE = Property.text("mobilephone");
    public static final Property<String> JOB_TITLE = Property.text("jobtitle");

    private Contacts() {}
}
