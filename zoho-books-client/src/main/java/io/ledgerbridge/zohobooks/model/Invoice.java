package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice. Amounts are in its own currency, those that begin with {@code bcy} in the base currency. Draft and void
 * invoices keep a balance: look at the status before summing.
 *
 * @param status one of {@link Status} or another: the set is open. A partly paid invoice past its due date shows
 *     {@code overdue}
 * @param exchangeRate base currency units per unit of the document's currency
 * @param lineItems only in the detail, like everything from here to {@code contactPersons}
 * @param discount an amount, or a percentage such as {@code 10%}
 * @param discountType {@code entity_level} or {@code item_level}
 * @param isInclusiveTax whether prices contain their taxes
 * @param pricePrecision decimals of prices, 0 to 6
 * @param contactPersons ids of the persons it is addressed to
 */
public record Invoice(
        @Json(name = "invoice_id") String invoiceId,
        @Json(name = "invoice_number") String invoiceNumber,
        @Json(name = "reference_number") String referenceNumber,
        @Json(name = "customer_id") String customerId,
        @Json(name = "customer_name") String customerName,
        @Json(name = "company_name") String companyName,
        String email,
        String status,
        @Json(name = "current_sub_status") String currentSubStatus,
        @Nullable LocalDate date,
        @Json(name = "due_date") @Nullable LocalDate dueDate,
        @Json(name = "payment_expected_date") @Nullable LocalDate paymentExpectedDate,
        @Json(name = "last_payment_date") @Nullable LocalDate lastPaymentDate,
        @Json(name = "currency_id") String currencyId,
        @Json(name = "currency_code") String currencyCode,
        @Json(name = "exchange_rate") @Nullable BigDecimal exchangeRate,
        @Nullable BigDecimal total,
        @Nullable BigDecimal balance,
        @Json(name = "shipping_charge") @Nullable BigDecimal shippingCharge,
        @Nullable BigDecimal adjustment,
        @Json(name = "write_off_amount") @Nullable BigDecimal writeOffAmount,
        @Json(name = "salesperson_id") String salespersonId,
        @Json(name = "salesperson_name") String salespersonName,
        @Json(name = "invoice_url") String invoiceUrl,
        @Json(name = "billing_address") @Nullable Address billingAddress,
        @Json(name = "shipping_address") @Nullable Address shippingAddress,
        @Json(name = "zcrm_potential_id") String zcrmPotentialId,
        @Json(name = "custom_fields") CustomFields customFields,
        @Json(name = "created_time") @Nullable Instant createdTime,
        @Json(name = "last_modified_time") @Nullable Instant lastModifiedTime,
        @Json(name = "line_items") List<LineItem> lineItems,
        List<InvoiceTax> taxes,
        @Json(name = "sub_total") @Nullable BigDecimal subTotal,
        @Json(name = "tax_total") @Nullable BigDecimal taxTotal,
        String discount,
        @Json(name = "discount_total") @Nullable BigDecimal discountTotal,
        @Json(name = "discount_type") String discountType,
        @Json(name = "is_discount_before_tax") boolean isDiscountBeforeTax,
        @Json(name = "is_inclusive_tax") boolean isInclusiveTax,
        @Json(name = "roundoff_value") @Nullable BigDecimal roundoffValue,
        @Json(name = "adjustment_description") String adjustmentDescription,
        @Json(name = "bcy_total") @Nullable BigDecimal bcyTotal,
        @Json(name = "payment_made") @Nullable BigDecimal paymentMade,
        @Json(name = "credits_applied") @Nullable BigDecimal creditsApplied,
        @Json(name = "tax_amount_withheld") @Nullable BigDecimal taxAmountWithheld,
        @Json(name = "payment_terms") @Nullable Integer paymentTerms,
        @Json(name = "payment_terms_label") String paymentTermsLabel,
        @Json(name = "recurring_invoice_id") String recurringInvoiceId,
        @Json(name = "estimate_id") String estimateId,
        @Json(name = "salesorder_id") String salesorderId,
        String notes,
        String terms,
        @Json(name = "price_precision") @Nullable Integer pricePrecision,
        @Json(name = "contact_persons") List<String> contactPersons,
        RawJson raw) {

    /** What the status may be; others must be expected. */
    public static final class Status {
        public static final String DRAFT = "draft";
        public static final String SENT = "sent";
        public static final String VIEWED = "viewed";
        public static final String UNPAID = "unpaid";
        public static final String PARTIALLY_PAID = "partially_paid";
        public static final String OVERDUE = "overdue";
        public static final String PAID = "paid";
        public static final String VOID = "void";
        public static final String PENDING_APPROVAL = "pending_approval";
        public static final String APPROVED = "approved";
        public static final String REJECTED = "rejected";

        private Status() {}
    }
}
