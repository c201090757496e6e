package io.ledgerbridge.hubspot;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Standard properties of invoices. Set {@link #BILLABLE} to false for the mirror of an invoice that is kept elsewhere.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/objects/invoices/guide">HubSpot's guide</a>
 */
public final class Invoices {

    /** Must be one of the account's currencies; the only required property. */
    public static final Property<String> CURRENCY = Property.option("hs_currency");

    public static final Property<String> TITLE = Property.text("hs_title");

    /** Made by HubSpot if it is not set; can be set where the invoice is not billable. */
    public static final Property<String> NUMBER = Property.text("hs_number");

    /** A day in the account's time zone: {@link io.ledgerbridge.hubspot.model.Account#startOfDay}. Now, if it is not set. */
    public static final Property<Instant> INVOICE_DATE = Property.datetime("hs_invoice_date");

    /** A day in the account's time zone. */
    public static final Property<Instant> DUE_DATE = Property.datetime("hs_due_date");

    /** {@code draft}, {@code open}, {@code paid} or {@code voided}. Leaving {@code draft} needs an associated line item, and a contact where the invoice is billable. */
    public static final Property<String> STATUS = Property.option("hs_invoice_status");

    /** True by default: HubSpot sends and collects the invoice. False: it does neither, and does not check it. */
    public static final Property<Boolean> BILLABLE = Property.bool("hs_invoice_billable");

    /** The total, computed from the lines where the invoice is billable. Can be set where it is not; read it back, since HubSpot may keep 0. */
    public static final Property<BigDecimal> AMOUNT_BILLED = Property.number("hs_amount_billed");

    /** Computed by HubSpot, read only. */
    public static final Property<BigDecimal> AMOUNT_PAID = Property.number("hs_amount_paid");

    /** Computed by HubSpot, read only. */
    public static final Property<BigDecimal> BALANCE_DUE = Property.number("hs_balance_due");

    /** Can be set where the invoice is not billable. */
    public static final Property<Instant> PAYMENT_DATE = Property.datetime("hs_payment_date");

    public static final Property<String> PURCHASE_ORDER_NUMBER = Property.text("hs_purchase_order_number");

    /** The buyer sees them. */
    public static final Property<String> COMMENTS = Property.text("hs_comments");

    /** Must be a tax id that the account has set up. */
    public static final Property<String> TAX_ID = Property.text("hs_tax_id");

    public static final Property<String> LANGUAGE = Property.option("hs_language");

    public static final Property<String> LOCALE = Property.option("hs_locale");

    /** Street and number of who pays. */
    public static final Property<String> RECIPIENT_ADDRESS = Property.text("hs_recipient_company_address");

    public static final Property<String> RECIPIENT_ADDRESS_2 = Property.text("hs_recipient_company_address2");

    public static final Property<String> RECIPIENT_CITY = Property.text("hs_recipient_company_city");

    public static final Property<String> RECIPIENT_STATE = Property.text("hs_recipient_company_state");

    public static final Property<String> RECIPIENT_ZIP = Property.text("hs_recipient_company_zip");

    public static final Property<String> RECIPIENT_COUNTRY = Property.text("hs_recipient_company_country");

    public static final Property<String> SHIPPING_ADDRESS = Property.text("hs_recipient_shipping_address");

    public static final Property<String> SHIPPING_ADDRESS_2 = Property.text("hs_recipient_shipping_address2");

    public static final Property<String> SHIPPING_CITY = Property.text("hs_recipient_shipping_city");

    public static final Property<String> SHIPPING_STATE = Property.text("hs_recipient_shipping_state");

    public static final Property<String> SHIPPING_ZIP = Property.text("hs_recipient_shipping_zip");

    public static final Property<String> SHIPPING_COUNTRY = Property.text("hs_recipient_shipping_country");

    /** When it was made where it is kept. */
    public static final Property<Instant> EXTERNAL_CREATED = Property.datetime("hs_external_createdate");

    /** Who made it, such as {@code data_sync}. Read only. */
    public static final Property<String> SOURCE = Property.option("hs_invoice_source");

    /** Where the buyer sees it. Read only. */
    public static final Property<String> LINK = Property.text("hs_invoice_link");

    /** The id of the user who is responsible. */
    public static final Property<String> OWNER = Property.option("hubspot_owner_id");

    /** When the record was made in HubSpot. Read only. */
    public static final Property<Instant> CREATED = Property.datetime("hs_createdate");

    /** Read only. */
    public static final Property<Instant> MODIFIED = Property.datetime("hs_lastmodifieddate");

    private Invoices() {}
}
