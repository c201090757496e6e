package io.ledgerbridge.zohobooks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which scope an operation needs. */
final class Scopes {

    /** What reading everything needs. */
    static final List<String> READING = List.of(
            "ZohoBooks.contacts.READ",
            "ZohoBooks.invoices.READ",
            "ZohoBooks.customerpayments.READ",
            "ZohoBooks.creditnotes.READ",
            "ZohoBooks.settings.READ");

    private static final Map<String, String> MODULES = Map.of(
            "contacts", "contacts",
            "invoices", "invoices",
            "customerpayments", "customerpayments",
            "creditnotes", "creditnotes");

    private Scopes() {}

    static String neededFor(String method, String path) {
        List<String> segments = List.of(path.split("/", -1));
        String resource = segments.size() > 3 ? segments.get(3) : "";
        String right = switch (method.toUpperCase(Locale.ROOT)) {
            case "POST" -> "CREATE";
            case "DELETE" -> "DELETE";
            default -> "READ";
        };
        return "ZohoBooks." + MODULES.getOrDefault(resource, "settings") + "." + right;
    }

    static String shown(Set<String> scopes) {
        return scopes.isEmpty() ? "scopes that Zoho did not tell" : String.join(" ", new TreeSet<>(scopes));
    }
}
