package io.ledgerbridge.sync.internal;

import java.util.Map;

/**
 * What {@code zoho_books_version} tells: {@code 1;stamp;digest of the header;digest of the detail}. With it a link that was lost is
 * rebuilt without fetching and writing what HubSpot has already.
 */
final class Version {

    /** Stands for a detail that is there; what it holds need not be told. */
    private static final String DETAIL = "d";

    private Version() {}

    /** Of values that were just mapped from a header. */
    static String ofHeader(String stamp, Map<String, String> values) {
        return "1;" + stamp + ";" + Values.hash(values) + ";";
    }

    /** The same, now that the detail is in HubSpot too; empty if there is no version yet. */
    static String withDetail(String version) {
        return version.endsWith(";") ? version + DETAIL : version;
    }

    /** Whether a record that has this version holds what these values say. */
    static boolean isHeaderOf(String held, Map<String, String> values) {
        String wanted = values.getOrDefault(BooksProperties.VERSION.name(), "");
        return !wanted.isEmpty() && held.startsWith(wanted);
    }

    static boolean hasDetail(String held) {
        return held.endsWith(";" + DETAIL);
    }
}
