package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A part of a credit note that was paid out.
 *
 * @param amountBcy in base currency
 * @param amountFcy in the credit note's currency
 */
public record CreditNoteRefund(
        @Json(name = "creditnote_refund_id") String creditnoteRefundId,
        @Json(name = "creditnote_id") String creditnoteId,
        @Json(name = "creditnote_number") String creditnoteNumber,
        @Json(name = "customer_name") String customerName,
        @Nullable LocalDate date,
        @Json(name = "refund_mode") String refundMode,
        @Json(name = "reference_number") String referenceNumber,
        String description,
        @Json(name = "amount_bcy") @Nullable BigDecimal amountBcy,
        @Json(name = "amount_fcy") @Nullable BigDecimal amountFcy,
        RawJson raw) {}
