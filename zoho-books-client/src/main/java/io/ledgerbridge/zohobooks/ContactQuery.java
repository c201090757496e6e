package io.ledgerbridge.zohobooks;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which contacts to list, and in which order. Immutable. */
public final class ContactQuery {

    private final Map<String, String> parameters;

    private ContactQuery(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** Customers; vendors stand in the same list. Check the records too: filters are silently ignored when misunderstood. */
    public static ContactQuery customers() {
        return new ContactQuery(Map.of("contact_type", "customer"));
    }

    /** Latest changes first. */
    public ContactQuery newestFirst() {
        return with("sort_column", "last_modified_time").with("sort_order", "D");
    }

    private ContactQuery with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new ContactQuery(more);
    }

    Map<String, String> parameters() {
        return parameters;
    }
}
