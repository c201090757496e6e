package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What one payment pays of an invoice, as the invoice's own list of payments tells it.
 *
 * @param invoicePaymentId the application itself
 * @param amount in the invoice's currency
 */
public record InvoicePayment(
        @Json(name = "invoice_payment_id") String invoicePaymentId,
        @Json(name = "payment_id") String paymentId,
        @Json(name = "payment_number") String paymentNumber,
        @Json(name = "invoice_id") String invoiceId,
        @Json(name = "payment_mode") String paymentMode,
        String description,
        @Nullable LocalDate date,
        @Json(name = "reference_number") String referenceNumber,
        @Json(name = "exchange_rate") @Nullable BigDecimal exchangeRate,
        @Nullable BigDecimal amount,
        @Json(name = "tax_amount_withheld") @Nullable BigDecimal taxAmountWithheld,
        @Json(name = "online_transaction_id") String onlineTransactionId,
        @Json(name = "is_single_invoice_payment") boolean isSingleInvoicePayment,
        RawJson raw) {}
