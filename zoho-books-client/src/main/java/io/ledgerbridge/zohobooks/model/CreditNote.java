package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A credit note. Amounts are in its own currency.
 *
 * @param status one of {@link Status} or another: the set is open
 * @param balance what is neither applied nor refunded yet
 * @param exchangeRate only in the detail, like everything from here to {@code terms}
 * @param invoices what it was applied to
 * @param updatedTime the detail's name for {@code lastModifiedTime}
 */
public record CreditNote(
        @Json(name = "creditnote_id") String creditnoteId,
        @Json(name = "creditnote_number") String creditnoteNumber,
        String status,
        @Json(name = "reference_number") String referenceNumber,
        @Nullable LocalDate date,
        @Nullable BigDecimal total,
        @Nullable BigDecimal balance,
        @Json(name = "customer_id") String customerId,
        @Json(name = "customer_name") String customerName,
        @Json(name = "currency_id") String currencyId,
        @Json(name = "currency_code") String currencyCode,
        @Json(name = "created_time") @Nullable Instant createdTime,
        @Json(name = "last_modified_time") @Nullable Instant lastModifiedTime,
        @Json(name = "exchange_rate") @Nullable BigDecimal exchangeRate,
        @Json(name = "line_items") List<LineItem> lineItems,
        List<CreditNoteInvoice> invoices,
        @Json(name = "sub_total") @Nullable BigDecimal subTotal,
        @Json(name = "tax_total") @Nullable BigDecimal taxTotal,
        List<InvoiceTax> taxes,
        @Json(name = "billing_address") @Nullable Address billingAddress,
        @Json(name = "shipping_address") @Nullable Address shippingAddress,
        @Json(name = "custom_fields") CustomFields customFields,
        @Json(name = "updated_time") @Nullable Instant updatedTime,
        String notes,
        String terms,
        RawJson raw) {

    /** What the status may be; others must be expected, those of signing and approval among them. */
    public static final class Status {
        public static final String DRAFT = "draft";
        public static final String OPEN = "open";
        public static final String CLOSED = "closed";
        public static final String VOID = "void";
        public static final String PENDING_APPROVAL = "pending_approval";
        public static final String APPROVED = "approved";
        public static final String REJECTED = "rejected";

        private Status() {}
    }
}
