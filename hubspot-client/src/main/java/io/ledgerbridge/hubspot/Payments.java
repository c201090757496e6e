package io.ledgerbridge.hubspot;

import java.math.BigDecimal;
import java.time.Instant;

/** Standard properties of commerce payments. */
public final class Payments {

    public static final Property<BigDecimal> INITIAL_AMOUNT = Property.number("hs_initial_amount");
    public static final Property<Instant> INITIATED_DATE = Property.datetime("hs_initiated_date");
    public static final Property<String> CURRENCY = Property.text("hs_currency_code");
    /** {@code succeeded}, {@code partially_refunded}, {@code refunded}, ... */
    public static final Property<String> STATUS = Property.text("hs_latest_status");
    /** {@code wire_transfer}, {@code card}, {@code cash}, {@code check}, {@code other}, ... */
    public static final Property<String> METHOD = Property.text("hs_payment_method_type");

    public static final Property<String> PROCESSOR = Property.text("hs_processor_type");
    public static final Property<String> REFERENCE_NUMBER = Property.text("hs_reference_number");
    public static final Property<String> INTERNAL_COMMENT = Property.text("hs_internal_comment");
    public static final Property<BigDecimal> REFUNDS_AMOUNT = Property.number("hs_refunds_amount");

    private Payments() {}
}
