package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that a HubSpot account holds, by key, so that two accounts can be compared whatever their ids. */
final class Contents {

    private static final List<String> TYPES =
            List.of("companies", "contacts", "invoices", "line_items", "commerce_payments");

    private Contents() {}

    /** Values and associations of all records; two records of one key, or one without, are a failure. */
    static Map<String, Object> of(FakeHubSpot hubspot) {
        return of(hubspot, "");
    }

    static Map<String, Object> of(FakeHubSpot hubspot, String story) {
        Map<String, String> keys = new HashMap<>();
        TYPES.forEach(type -> hubspot.records(type)
                .forEach(held -> assertThat(keys.put(type + held.id(), Keys.of(hubspot, type, held)))
                        .isNull()));
        Map<String, Object> contents = new TreeMap<>();
        for (String type : TYPES) {
            for (Held held : hubspot.records(type)) {
                String key = type + " " + keys.get(type + held.id());
                TreeMap<String, String> values = new TreeMap<>(held.properties());
                // Whether the version tells of the detail depends on what else was written with it.
                values.computeIfPresent("zoho_books_version", (name, version) -> version.replaceAll(";d$", ";"));
                assertThat(contents.put(key, values))
                        .as("a second %s %s", key, story)
                        .isNull();
                for (String other : TYPES) {
                    TreeSet<String> associated = new TreeSet<>();
                    hubspot.associated(type, held.id(), other)
                            .forEach(id -> associated.add(String.valueOf(keys.get(other + id))));
                    contents.put(key + " > " + other, associated);
                }
            }
        }
        return contents;
    }

    static List<String> differences(Map<String, Object> expected, Map<String, Object> actual) {
        if (expected.equals(actual)) {
            return List.of();
        }
        TreeSet<String> all = new TreeSet<>(expected.keySet());
        all.addAll(actual.keySet());
        return all.stream()
                .filter(key -> !Objects.equals(expected.get(key), actual.get(key)))
                .map(key -> key + ": " + expected.get(key) + " became " + actual.get(key))
                .toList();
    }
}
