package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.sync.Mapping.Owner;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Users of HubSpot keep what is theirs: takes out of updates what the owner of a property does not let be written. */
final class Owners {

    private final Run run;

    Owners(Run run) {
        this.run = run;
    }

    /**
     * Removes values from updates of records that exist.
     *
     * @param links by record id
     * @param updates values by record id; they may become empty
     * @return what was taken out, to be remembered as if it had been written, so that only another change of the source asks
     *     again
     */
    Map<String, Map<String, String>> takeOut(
            Kind kind, Map<String, Link> links, Map<String, Map<String, String>> updates) {
        Map<String, Map<String, String>> taken = new HashMap<>();
        if (!run.mapping.custom().sharesOwnership(kind.target())) {
            return taken;
        }
        Set<String> toRead = new LinkedHashSet<>();
        Set<String> properties = new LinkedHashSet<>();
        updates.forEach((id, values) -> List.copyOf(values.keySet()).forEach(name -> {
            Link link = links.get(id);
            switch (run.mapping.custom().owner(kind.target(), name)) {
                case ON_CREATE -> {
                    // A new company is whole only with its detail; until then users may have filled in something.
                    if (link != null && !link.fact(Facts.NEW).isEmpty()) {
                        toRead.add(id);
                        properties.add(name);
                    } else {
                        take(id, name, values, taken);
                    }
                }
                case FILL_WHEN_EMPTY -> {
                    toRead.add(id);
                    properties.add(name);
                }
                case SOURCE -> {}
            }
        }));
        if (!toRead.isEmpty()) {
            Map<String, CrmRecord<?>> held = run.target.read(kind, List.copyOf(toRead), List.copyOf(properties));
            toRead.forEach(id -> {
                CrmRecord<?> record = held.get(id);
                Map<String, String> values = updates.getOrDefault(id, Map.of());
                properties.stream()
                        .filter(values::containsKey)
                        .filter(name -> run.mapping.custom().owner(kind.target(), name) != Owner.SOURCE)
                        .filter(name ->
                                record != null && !record.text(name).orElse("").isEmpty())
                        .toList()
                        .forEach(name -> take(id, name, values, taken));
            });
        }
        return taken;
    }

    private static void take(
            String id, String name, Map<String, String> values, Map<String, Map<String, String>> taken) {
        String value = values.remove(name);
        if (value != null) {
            taken.computeIfAbsent(id, one -> new HashMap<>()).put(name, value);
        }
    }
}
