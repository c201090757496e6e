package io.ledgerbridge.zohobooks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which invoices to list, and in which order. Immutable. */
public final class InvoiceQuery {

    /** An offset without colon, never {@code Z}: the service reads no other form. */
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx");

    private final Map<String, String> parameters;

    private InvoiceQuery(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    public static InvoiceQuery all() {
        return new InvoiceQuery(Map.of());
    }

    /** Invoices modified at or after this instant. */
    public static InvoiceQuery modifiedSince(Instant instant) {
        return all().with("last_modified_time", STAMP.format(instant.atOffset(ZoneOffset.UTC)));
    }

    /** Open invoices; some of them are overdue. */
    public static InvoiceQuery unpaid() {
        return all().with("filter_by", "Status.Unpaid");
    }

    public static InvoiceQuery overdue() {
        return all().with("filter_by", "Status.OverDue");
    }

    /** Latest changes first. */
    public InvoiceQuery newestFirst() {
        return with("sort_column", "last_modified_time").with("sort_order", "D");
    }

    private InvoiceQuery with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new InvoiceQuery(more);
    }

    Map<String, String> parameters() {
        return parameters;
    }
}
