package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What one payment pays of one invoice, in the payment's currency. */
public record PaymentAllocation(
        @Json(name = "invoice_id") String invoiceId,
        @Json(name = "invoice_number") String invoiceNumber,
        @Json(name = "amount_applied") @Nullable BigDecimal amountApplied) {}
