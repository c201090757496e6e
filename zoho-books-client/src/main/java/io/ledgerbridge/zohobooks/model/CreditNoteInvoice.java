package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An invoice that a credit note was applied to.
 *
 * @param creditnoteInvoiceId the application itself
 * @param creditedAmount in the credit note's currency
 */
public record CreditNoteInvoice(
        @Json(name = "creditnote_invoice_id") String creditnoteInvoiceId,
        @Json(name = "creditnote_id") String creditnoteId,
        @Json(name = "creditnote_number") String creditnoteNumber,
        @Json(name = "invoice_id") String invoiceId,
        @Json(name = "invoice_number") String invoiceNumber,
        @Nullable LocalDate date,
        @Json(name = "credited_amount") @Nullable BigDecimal creditedAmount,
        RawJson raw) {}
