package io.ledgerbridge.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a list shows of a record, and what a detail shows of it (reference 4.2 to 4.5): never the same. */
final class ZohoRows {

    private static final Set<String> ONLY_IN_CONTACT_DETAIL = Set.of(
            "billing_address",
            "shipping_address",
            "addresses",
            "contact_persons",
            "primary_contact_id",
            "notes",
            "exchange_rate",
            "opening_balance_amount",
            "opening_balance_amount_bcy",
            "has_transaction",
            "credit_limit",
            "zcrm_account_id");

    private static final Set<String> ONLY_IN_INVOICE_DETAIL = Set.of(
            "line_items",
            "sub_total",
            "tax_total",
            "discount",
            "discount_total",
            "discount_type",
            "discount_percent",
            "is_discount_before_tax",
            "is_inclusive_tax",
            "roundoff_value",
            "adjustment_description",
            "bcy_total",
            "payment_made",
            "credits_applied",
            "tax_amount_withheld",
            "taxes",
            "payment_terms",
            "payment_terms_label",
            "contact_persons",
            "notes",
            "terms",
            "price_precision");

    private ZohoRows() {}

    static Map<String, Object> contact(Map<String, Object> contact) {
        Map<String, Object> row = without(contact, ONLY_IN_CONTACT_DETAIL);
        row.put("customer_name", contact.get("contact_name"));
        row.put("vendor_name", contact.get("contact_name"));
        return row;
    }

    static Map<String, Object> contactDetail(Map<String, Object> contact) {
        Map<String, Object> detail = new LinkedHashMap<>(contact);
        detail.put("contact_persons", personsOf(contact));
        return detail;
    }

    static List<Map<String, Object>> personsOf(Map<String, Object> contact) {
        return children(contact, "contact_persons");
    }

    static Map<String, Object> invoice(Map<String, Object> invoice) {
        Map<String, Object> row = without(invoice, ONLY_IN_INVOICE_DETAIL);
        row.put("billing_address", listAddress(invoice.get("billing_address")));
        row.put("shipping_address", listAddress(invoice.get("shipping_address")));
        row.put("updated_time", invoice.get("last_modified_time"));
        row.put("documents", "");
        row.put("due_days", "");
        return row;
    }

    static Map<String, Object> payment(Map<String, Object> payment) {
        Map<String, Object> row = without(
                payment,
                Set.of("currency_id", "currency_code", "currency_symbol", "exchange_rate", "invoices", "updated_time"));
        BigDecimal rate = (BigDecimal) payment.get("exchange_rate");
        row.put("invoice_numbers", numbers(payment));
        row.put("bcy_amount", inBaseCurrency(payment.get("amount"), rate));
        row.put("bcy_unused_amount", inBaseCurrency(payment.get("unused_amount"), rate));
        row.put("bcy_refunded_amount", inBaseCurrency(payment.get("amount_refunded"), rate));
        row.remove("amount_refunded");
        row.put("documents", "");
        row.put("custom_fields_list", "");
        return row;
    }

    static Map<String, Object> paymentDetail(Map<String, Object> payment) {
        return without(payment, Set.of("last_modified_time"));
    }

    /** What {@code GET /invoices/{id}/payments} lists. */
    static List<Map<String, Object>> paymentsOf(String invoiceId, Collection<Map<String, Object>> payments) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Map<String, Object> payment : payments) {
            for (Map<String, Object> applied : children(payment, "invoices")) {
                if (invoiceId.equals(applied.get("invoice_id"))) {
                    found.add(Json.object(
                            "payment_id", payment.get("payment_id"),
                            "invoice_payment_id", applied.get("invoice_payment_id"),
                            "payment_number", payment.get("payment_number"),
                            "invoice_id", invoiceId,
                            "payment_mode", payment.get("payment_mode"),
                            "date", payment.get("date"),
                            "amount", applied.get("amount_applied"),
                            "reference_number", payment.get("reference_number")));
                }
            }
        }
        return found;
    }

    @SuppressWarnings("unchecked") // the drafts put lists of objects under these names
    static List<Map<String, Object>> children(Map<String, Object> record, String name) {
        Object children = record.get(name);
        return children instanceof List<?> ? (List<Map<String, Object>>) children : List.of();
    }

    private static String numbers(Map<String, Object> payment) {
        return children(payment, "invoices").stream()
                .map(applied -> String.valueOf(applied.get("invoice_number")))
                .collect(Collectors.joining(", "));
    }

    private static @Nullable Object inBaseCurrency(@Nullable Object amount, @Nullable BigDecimal rate) {
        return amount instanceof BigDecimal decimal && rate != null
                ? decimal.multiply(rate).setScale(2, java.math.RoundingMode.HALF_UP)
                : "";
    }

    /** In lists the post code is called {@code zipcode}. */
    private static @Nullable Object listAddress(@Nullable Object address) {
        if (!(address instanceof Map<?, ?> map)) {
            return address;
        }
        Map<String, Object> row = new LinkedHashMap<>();
        map.forEach((name, value) -> row.put(name.equals("zip") ? "zipcode" : String.valueOf(name), value));
        return row;
    }

    private static Map<String, Object> without(Map<String, Object> record, Set<String> names) {
        Map<String, Object> rest = new LinkedHashMap<>(record);
        rest.keySet().removeAll(names);
        return rest;
    }
}
