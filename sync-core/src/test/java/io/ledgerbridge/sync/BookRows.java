package io.ledgerbridge.sync;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Reads the records of the fake Zoho Books, which are trees of maps and lists. */
final class BookRows {

    private BookRows() {}

    static String id(Map<String, Object> record, String name) {
        return String.valueOf(record.get(name));
    }

    /** Without spaces around it; empty if there is none. */
    static String text(Map<String, Object> record, String name) {
        Object value = record.get(name);
        return value == null ? "" : value.toString().strip();
    }

    static BigDecimal decimal(Map<String, Object> record, String name) {
        return record.get(name) instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }

    @SuppressWarnings("unchecked") // a tree of maps and lists
    static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }

    @SuppressWarnings("unchecked") // a tree of maps and lists
    static List<Map<String, Object>> list(Object value) {
        return value instanceof List<?> ? (List<Map<String, Object>>) value : List.of();
    }

    static List<Map<String, Object>> lines(Map<String, Object> invoice) {
        return list(invoice.get("line_items"));
    }

    static List<Map<String, Object>> persons(Map<String, Object> contact) {
        return list(contact.get("contact_persons"));
    }

    /** After lines of an unpaid invoice without taxes have changed. */
    static void addToTotals(Map<String, Object> invoice, BigDecimal amount) {
        for (String total : List.of("total", "balance", "sub_total")) {
            invoice.put(total, decimal(invoice, total).add(amount));
        }
    }
}
