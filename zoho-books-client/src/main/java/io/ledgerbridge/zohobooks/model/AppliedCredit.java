package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A credit note applied to an invoice, as the invoice tells it.
 *
 * @param creditnotesInvoiceId the application itself
 */
public record AppliedCredit(
        @Json(name = "creditnotes_invoice_id") String creditnotesInvoiceId,
        @Json(name = "creditnote_id") String creditnoteId,
        @Json(name = "creditnotes_number") String creditnotesNumber,
        @Json(name = "credited_date") @Nullable LocalDate creditedDate,
        @Json(name = "amount_applied") @Nullable BigDecimal amountApplied,
        RawJson raw) {}
