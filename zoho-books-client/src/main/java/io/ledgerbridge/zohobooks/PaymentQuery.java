package io.ledgerbridge.zohobooks;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which customer payments to list, and in which order. Immutable. */
public final class PaymentQuery {

    private final Map<String, String> parameters;

    private PaymentQuery(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    public static PaymentQuery all() {
        return new PaymentQuery(Map.of());
    }

    /** Latest changes first. */
    public PaymentQuery newestFirst() {
        return with("sort_column", "last_modified_time").with("sort_order", "D");
    }

    private PaymentQuery with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new PaymentQuery(more);
    }

    Map<String, String> parameters() {
        return parameters;
    }
}
