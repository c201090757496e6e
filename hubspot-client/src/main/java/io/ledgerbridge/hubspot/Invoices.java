package io.ledgerbridge.hubspot;

import java.math.BigDecimal;
import java.time.Instant;

/** Standard properties of invoices. */
public final class Invoices {

    /** Must be one of the account's currencies; the only required property. */
    public static final Property<String> CURRENCY = Property.text("hs_currency");

    public static final Property<String> TITLE = Property.text("hs_title");
    public static final Property<String> NUMBER = Property.text("hs_number");
    public static final Property<Instant> INVOICE_DATE = Property.datetime("hs_invoice_date");
    public static final Property<Instant> DUE_DATE = Property.datetime("hs_due_date");
    /** {@code draft}, {@code open}, {@code paid} or {@code voided}; needs an associated line item. */
    public static final Property<String> STATUS = Property.text("hs_invoice_status");
    /** False for the mirror of an invoice kept elsewhere: HubSpot then neither sends nor collects it. */
    public static final Property<Boolean> BILLABLE = Property.bool("hs_invoice_billable");

    public static final Property<BigDecimal> AMOUNT_BILLED = Property.number("hs_amount_billed");
    public static final Property<String> PURCHASE_ORDER_NUMBER = Property.text("hs_purchase_order_number");
    public static final Property<String> RECIPIENT_ADDRESS = Property.text("hs_recipient_company_address");
    public static final Property<String> RECIPIENT_ADDRESS_2 = Property.text("hs_recipient_company_address2");
    public static final Property<String> RECIPIENT_CITY = Property.text("hs_recipient_company_city");
    public static final Property<String> RECIPIENT_STATE = Property.text("hs_recipient_company_state");
    public static final Property<String> RECIPIENT_ZIP = Property.text("hs_recipient_company_zip");

    private Invoices() {}
}
