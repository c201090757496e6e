package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A part of a payment that was paid back.
 *
 * @param amountBcy in base currency
 * @param amountFcy in the payment's currency
 */
public record PaymentRefund(
        @Json(name = "payment_refund_id") String paymentRefundId,
        @Json(name = "payment_id") String paymentId,
        @Json(name = "payment_number") String paymentNumber,
        @Json(name = "customer_name") String customerName,
        @Nullable LocalDate date,
        @Json(name = "refund_mode") String refundMode,
        @Json(name = "reference_number") String referenceNumber,
        String description,
        @Json(name = "amount_bcy") @Nullable BigDecimal amountBcy,
        @Json(name = "amount_fcy") @Nullable BigDecimal amountFcy,
        RawJson raw) {}
