package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payment of a customer. Rows know the numbers of the invoices it went to, details the amounts and the currency.
 *
 * @param paymentMode free text
 * @param unusedAmount what is not applied to an invoice
 * @param invoiceNumbers comma separated, only on rows
 * @param currencyCode empty on rows
 * @param invoices only in the detail
 * @param bcyRefundedAmount in base currency, only on rows
 * @param lastModifiedTime only on rows; the detail calls it {@code updatedTime}
 */
public record CustomerPayment(
        @Json(name = "payment_id") String paymentId,
        @Json(name = "payment_number") String paymentNumber,
        @Json(name = "customer_id") String customerId,
        @Json(name = "customer_name") String customerName,
        @Json(name = "payment_mode") String paymentMode,
        @Nullable LocalDate date,
        @Nullable BigDecimal amount,
        @Json(name = "unused_amount") @Nullable BigDecimal unusedAmount,
        @Json(name = "bcy_refunded_amount") @Nullable BigDecimal bcyRefundedAmount,
        @Json(name = "amount_refunded") @Nullable BigDecimal amountRefunded,
        @Json(name = "tax_amount_withheld") @Nullable BigDecimal taxAmountWithheld,
        @Json(name = "reference_number") String referenceNumber,
        String description,
        @Json(name = "invoice_numbers") String invoiceNumbers,
        @Json(name = "currency_code") String currencyCode,
        @Json(name = "retainerinvoice_id") String retainerInvoiceId,
        List<PaymentAllocation> invoices,
        @Json(name = "last_modified_time") @Nullable Instant lastModifiedTime,
        @Json(name = "updated_time") @Nullable Instant updatedTime) {}
