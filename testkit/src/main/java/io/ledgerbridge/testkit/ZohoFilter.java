package io.ledgerbridge.testkit;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A query parameter of a list that the service understands (reference 3.4); all others are silently ignored. */
record ZohoFilter(String column, String text, Predicate<Map<String, Object>> test) {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");
    private static final Set<String> OPEN = Set.of("sent", "overdue", "unpaid", "partially_paid", "viewed", "approved");

    /** What a list can be filtered by, and the beginnings of documented filters that are not implemented here. */
    private record Columns(
            Set<String> exact,
            Set<String> texts,
            Set<String> amounts,
            Set<String> dates,
            List<String> notImplemented) {}

    private static final Map<String, Columns> COLUMNS = Map.of(
            "contacts",
            new Columns(
                    Set.of("contact_type"),
                    Set.of("contact_name", "company_name", "first_name", "last_name", "email", "phone"),
                    Set.of(),
                    Set.of(),
                    List.of("address", "zcrm_", "search_text")),
            "invoices",
            new Columns(
                    Set.of("customer_id", "status", "reference_number", "email"),
                    Set.of("invoice_number", "customer_name"),
                    Set.of("total", "balance"),
                    Set.of("date", "due_date"),
                    List.of("created_date", "custom_field", "item_", "recurring_invoice_id", "zcrm_", "search_text")),
            "customerpayments",
            new Columns(
                    Set.of("customer_id"),
                    Set.of("payment_mode", "customer_name", "reference_number"),
                    Set.of("amount"),
                    Set.of("date"),
                    List.of("filter_by", "invoice_id", "notes", "search_text")),
            "creditnotes",
            new Columns(
                    Set.of("customer_id", "status", "creditnote_number", "reference_number"),
                    Set.of("customer_name"),
                    Set.of("total"),
                    Set.of("date"),
                    List.of("item_", "line_item_id", "tax_id", "location_ids", "search_text")),
            "items",
            new Columns(
                    Set.of(),
                    Set.of("name", "description"),
                    Set.of("rate"),
                    Set.of(),
                    List.of("tax_", "is_taxable", "account_id", "sat_", "unitkey_", "search_text")));

    private static final Columns NONE = new Columns(Set.of(), Set.of(), Set.of(), Set.of(), List.of());

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
                .anyMatch(name -> COLUMNS.getOrDefault(list, NONE).notImplemented().stream()
                        .anyMatch(name::startsWith));
    }

    private static @Nullable Predicate<Map<String, Object>> test(String list, String name, String value) {
        Columns columns = COLUMNS.getOrDefault(list, NONE);
        if (columns.exact().contains(name)) {
            return record -> value.equals(record.get(name));
        }
        for (String column : columns.texts()) {
            Predicate<String> matches = matching(name, column, value.toLowerCase(Locale.ROOT));
            if (matches != null) {
                return record -> matches.test(text(record, column).toLowerCase(Locale.ROOT));
            }
        }
        for (String column : columns.amounts()) {
            IntPredicate bound = amount(name, column);
            if (bound != null) {
                return record -> bound.test(Json.decimal(record, column).compareTo(new BigDecimal(value)));
            }
        }
        for (String column : columns.dates()) {
            IntPredicate bound = date(name, column);
            if (bound != null) {
                return record -> bound.test(text(record, column).compareTo(value));
            }
        }
        return switch (list + " " + name) {
            case "contacts filter_by", "items filter_by", "creditnotes filter_by" ->
                byStatus(value, record -> value.endsWith("." + capital(record.get("status"))));
            case "invoices filter_by" -> byStatus(value, record -> invoiceStatus(value, record));
            case "invoices last_modified_time", "creditnotes last_modified_time" -> modifiedAfter(value);
            case "currencies filter_by" -> record -> !Boolean.TRUE.equals(record.get("is_base_currency"));
            default -> null;
        };
    }

    private static @Nullable Predicate<String> matching(String name, String column, String value) {
        if (name.equals(column)) {
            return value::equals;
        }
        if (name.equals(column + "_startswith")) {
            return text -> text.startsWith(value);
        }
        return name.equals(column + "_contains") ? text -> text.contains(value) : null;
    }

    private static @Nullable IntPredicate amount(String name, String column) {
        if (!name.startsWith(column)) {
            return null;
        }
        return switch (name.substring(column.length())) {
            case "" -> order -> order == 0;
            case "_less_than" -> order -> order < 0;
            case "_less_equals" -> order -> order <= 0;
            case "_greater_than" -> order -> order > 0;
            case "_greater_equals" -> order -> order >= 0;
            default -> null;
        };
    }

    private static @Nullable IntPredicate date(String name, String column) {
        if (!name.startsWith(column)) {
            return null;
        }
        return switch (name.substring(column.length())) {
            case "" -> order -> order == 0;
            case "_start" -> order -> order >= 0;
            case "_end" -> order -> order <= 0;
            case "_before" -> order -> order < 0;
            case "_after" -> order -> order > 0;
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
