package io.ledgerbridge.sync;

import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import java.util.Set;

/** By what a record in HubSpot is known to the tests: its key, or, of a line without one, its invoice and its place there. */
final class Keys {

    private Keys() {}

    static String of(FakeHubSpot hubspot, String type, Held held) {
        String key = held.get("zoho_books_key");
        if (!key.isEmpty() || !type.equals("line_items")) {
            return key;
        }
        Set<String> invoices = hubspot.associated("line_items", held.id(), "invoices");
        String invoice = hubspot.records("invoices").stream()
                .filter(one -> invoices.contains(one.id()))
                .map(one -> one.get("zoho_books_key"))
                .findFirst()
                .orElse("no invoice has " + held.id());
        return invoice + "#" + held.get("hs_position_on_quote");
    }
}
