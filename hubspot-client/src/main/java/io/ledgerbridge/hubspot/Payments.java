package io.ledgerbridge.hubspot;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Standard properties of commerce payments: money received outside HubSpot. The account must be set up for HubSpot's or Stripe's payments.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/objects/commerce-payments/guide">HubSpot's guide</a>
 */
public final class Payments {

    /** What was paid. Required. */
    public static final Property<BigDecimal> INITIAL_AMOUNT = Property.number("hs_initial_amount");

    /** When. Required; a day in the account's time zone. */
    public static final Property<Instant> INITIATED_DATE = Property.datetime("hs_initiated_date");

    /** One of the account's currencies. */
    public static final Property<String> CURRENCY = Property.option("hs_currency_code");

    /** {@code succeeded}, {@code partially_refunded}, {@code refunded}, {@code failed}, ...; {@code processing} if it is not set. A succeeded payment marks invoices that it is associated with as paid. */
    public static final Property<String> STATUS = Property.option("hs_latest_status");

    /** {@code card}, {@code ach}, {@code cash}, {@code check}, {@code wire_transfer}, {@code other}, {@code sepa}, {@code bacs} or {@code pads}. */
    public static final Property<String> METHOD = Property.option("hs_payment_method_type");

    /** {@code none} for what HubSpot had no part in; {@code hs_payments}, {@code byo_stripe}, {@code quickbooks}, {@code xero}. */
    public static final Property<String> PROCESSOR = Property.option("hs_processor_type");

    public static final Property<String> REFERENCE_NUMBER = Property.text("hs_reference_number");

    public static final Property<String> INTERNAL_COMMENT = Property.text("hs_internal_comment");

    public static final Property<String> CUSTOMER_EMAIL = Property.text("hs_customer_email");

    public static final Property<BigDecimal> FEES_AMOUNT = Property.number("hs_fees_amount");

    public static final Property<BigDecimal> REFUNDS_AMOUNT = Property.number("hs_refunds_amount");

    public static final Property<Instant> PAYOUT_DATE = Property.datetime("hs_payout_date");

    /** Last digits of a card or account. */
    public static final Property<String> METHOD_LAST_4 = Property.text("hs_payment_method_last_4");

    public static final Property<String> METHOD_BANK_OR_ISSUER = Property.text("hs_payment_method_bank_or_issuer");

    /** Computed by HubSpot, read only. */
    public static final Property<BigDecimal> NET_AMOUNT = Property.number("hs_net_amount");

    /** Computed by HubSpot, read only. */
    public static final Property<BigDecimal> ASSOCIATED_INVOICES = Property.number("hs_number_of_associated_invoices");

    /** When the record was made in HubSpot. Read only. */
    public static final Property<Instant> CREATED = Property.datetime("hs_createdate");

    /** Read only. */
    public static final Property<Instant> MODIFIED = Property.datetime("hs_lastmodifieddate");

    private Payments() {}
}
