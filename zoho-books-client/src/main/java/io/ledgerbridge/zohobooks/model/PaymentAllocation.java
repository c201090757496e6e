package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What one payment pays of one invoice, in the payment's currency.
 *
 * @param invoicePaymentId the application itself
 * @param total of the invoice
 * @param balance of the invoice
 */
public record PaymentAllocation(
        @Json(name = "invoice_payment_id") String invoicePaymentId,
        @Json(name = "invoice_id") String invoiceId,
        @Json(name = "invoice_number") String invoiceNumber,
        @Json(name = "amount_applied") @Nullable BigDecimal amountApplied,
        @Json(name = "tax_amount_withheld") @Nullable BigDecimal taxAmountWithheld,
        @Nullable BigDecimal total,
        @Nullable BigDecimal balance,
        @Nullable LocalDate date,
        @Json(name = "due_date") @Nullable LocalDate dueDate) {}
