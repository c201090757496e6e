package io.ledgerbridge.testkit;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A query parameter of a list that the service understands (reference 3.4); all others are silently ignored. */
record ZohoFilter(String column, String text, Predicate<Map<String, Object>> test) {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");
    private static final Set<String> OPEN = Set.of("sent", "overdue", "unpaid", "partially_paid", "viewed", "approved");

    /** Beginnings of the names of documented filters that are not implemented here, by list. */
    private static final Map<String, List<String>> NOT_IMPLEMENTED = Map.of(
            "contacts",
            List.of("email", "contact_name", "company_name", "zcrm_", "search_text"),
            "invoices",
            List.of(
                    "date",
                    "due_date",
                    "created_date",
                    "total",
                    "balance",
                    "custom_field",
                    "item_id",
                    "recurring_invoice_id",
                    "zcrm_",
                    "search_text"),
            "customerpayments",
            List.of("payment_mode", "amount", "filter_by", "invoice_id", "search_text"),
            "contact_persons",
            List.of());

    boolean matches(Map<String, Object> record) {
        return test.test(record);
    }

    Map<String, Object> echo() {
        return Json.object("column_name", column, "search_text", text, "comparator", "equal");
    }

    static List<ZohoFilter> understood(String list, HttpUrl url) {
        List<ZohoFilter> filters = new ArrayList<>();
        for (String name : url.queryParameterNames()) {
            String value = url.queryParameter(name);
            Predicate<Map<String, Object>> test = value == null ? null : test(list, name, value);
            if (value != null && test != null) {
                filters.add(new ZohoFilter(name, value, test));
            }
        }
        return filters;
    }

    /** Whether the query has a documented filter that this fake would wrongly ignore. */
    static boolean lacksOneOf(String list, HttpUrl url) {
        return url.queryParameterNames().stream()
                .filter(name -> test(list, name, String.valueOf(url.queryParameter(name))) == null)
                .anyMatch(name ->
                        NOT_IMPLEMENTED.getOrDefault(list, List.of()).stream().anyMatch(name::startsWith));
    }

    private static @Nullable Predicate<Map<String, Object>> test(String list, String name, String value) {
        return switch (list + " " + name) {
            case "contacts contact_type", "invoices customer_id", "invoices status", "customerpayments customer_id" ->
                record -> value.equals(record.get(name));
            case "contacts filter_by" -> byStatus(value, record -> value.endsWith("." + capital(record.get("status"))));
            case "invoices filter_by" -> byStatus(value, record -> invoiceStatus(value, record));
            case "invoices last_modified_time" -> modifiedAfter(value);
            case "customerpayments date_start" -> record -> text(record, "date").compareTo(value) >= 0;
            case "customerpayments date_end" -> record -> text(record, "date").compareTo(value) <= 0;
            default -> null;
        };
    }

    private static Predicate<Map<String, Object>> byStatus(String value, Predicate<Map<String, Object>> test) {
        return value.equals("Status.All") ? record -> true : test;
    }

    private static boolean invoiceStatus(String filter, Map<String, Object> invoice) {
        String status = text(invoice, "status");
        return switch (filter) {
            case "Status.Unpaid" -> OPEN.contains(status);
            case "Status.OverDue" -> status.equals("overdue");
            case "Status.PartiallyPaid" -> status.equals("partially_paid");
            default -> filter.equals("Status." + capital(status));
        };
    }

    private static @Nullable Predicate<Map<String, Object>> modifiedAfter(String value) {
        OffsetDateTime since;
        try {
            since = OffsetDateTime.parse(value, STAMP);
        } catch (java.time.format.DateTimeParseException e) {
            return null;
        }
        return record ->
                !OffsetDateTime.parse(text(record, "last_modified_time"), STAMP).isBefore(since);
    }

    /** Sorts stamps by their instant, numbers by value, the rest as text. */
    static String comparable(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return String.format("%030.6f", number);
        }
        String text = String.valueOf(value);
        if (text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:.*")) {
            return OffsetDateTime.parse(text, STAMP).toInstant().toString();
        }
        return text;
    }

    private static String text(Map<String, Object> record, String name) {
        return String.valueOf(record.get(name));
    }

    private static String capital(@Nullable Object value) {
        String text = String.valueOf(value);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
