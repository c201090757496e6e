package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invoice. Amounts are in its own currency. Draft and void invoices keep a balance: look at the status before summing.
 *
 * @param status {@code draft}, {@code sent}, {@code overdue}, {@code paid}, {@code void}, ...; the set is open
 * @param exchangeRate base currency units per unit of the document's currency
 * @param lineItems only in the detail, like everything after it up to {@code contactPersons}
 * @param discountType {@code entity_level} or {@code item_level}
 */
public record Invoice(
        @Json(name = "invoice_id") String invoiceId,
        @Json(name = "invoice_number") String invoiceNumber,
        @Json(name = "reference_number") String referenceNumber,
        @Json(name = "customer_id") String customerId,
        @Json(name = "customer_name") String customerName,
        String status,
        @Nullable LocalDate date,
        @Json(name = "due_date") @Nullable LocalDate dueDate,
        @Json(name = "currency_code") String currencyCode,
        @Json(name = "exchange_rate") @Nullable BigDecimal exchangeRate,
        @Nullable BigDecimal total,
        @Nullable BigDecimal balance,
        @Json(name = "shipping_charge") @Nullable BigDecimal shippingCharge,
        @Nullable BigDecimal adjustment,
        @Json(name = "billing_address") @Nullable Address billingAddress,
        @Json(name = "custom_fields") List<CustomField> customFields,
        @Json(name = "last_modified_time") @Nullable Instant lastModifiedTime,
        @Json(name = "line_items") List<LineItem> lineItems,
        List<InvoiceTax> taxes,
        @Json(name = "tax_total") @Nullable BigDecimal taxTotal,
        @Json(name = "discount_total") @Nullable BigDecimal discountTotal,
        @Json(name = "discount_type") String discountType,
        @Json(name = "is_inclusive_tax") boolean isInclusiveTax,
        @Json(name = "price_precision") @Nullable BigDecimal pricePrecision,
        @Json(name = "contact_persons") List<String> contactPersons) {}
