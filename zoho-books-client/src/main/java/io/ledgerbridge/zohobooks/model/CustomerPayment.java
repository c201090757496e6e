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
 * @param bcyAmount in base currency, only on rows, like the two after it
 * @param invoiceNumbers comma separated, only on rows
 * @param currencyCode empty on rows
 * @param exchangeRate only in the detail
 * @param retainerInvoiceId set on payments of retainer invoices, which are no invoice payments
 * @param invoices only in the detail
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
        @Json(name = "bcy_amount") @Nullable BigDecimal bcyAmount,
        @Json(name = "bcy_unused_amount") @Nullable BigDecimal bcyUnusedAmount,
        @Json(name = "bcy_refunded_amount") @Nullable BigDecimal bcyRefundedAmount,
        @Json(name = "amount_refunded") @Nullable BigDecimal amountRefunded,
        @Json(name = "bank_charges") @Nullable BigDecimal bankCharges,
        @Json(name = "tax_amount_withheld") @Nullable BigDecimal taxAmountWithheld,
        @Json(name = "account_id") String accountId,
        @Json(name = "account_name") String accountName,
        @Json(name = "reference_number") String referenceNumber,
        String description,
        @Json(name = "invoice_numbers") String invoiceNumbers,
        @Json(name = "currency_id") String currencyId,
        @Json(name = "currency_code") String currencyCode,
        @Json(name = "exchange_rate") @Nullable BigDecimal exchangeRate,
        @Json(name = "payment_type") String paymentType,
        @Json(name = "payment_status") String paymentStatus,
        @Json(name = "online_transaction_id") String onlineTransactionId,
        @Json(name = "retainerinvoice_id") String retainerInvoiceId,
        List<PaymentAllocation> invoices,
        @Json(name = "custom_fields") CustomFields customFields,
        @Json(name = "created_time") @Nullable Instant createdTime,
        @Json(name = "last_modified_time") @Nullable Instant lastModifiedTime,
        @Json(name = "updated_time") @Nullable Instant updatedTime,
        RawJson raw) {}
