package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.HubSpotRequestException;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for companies that were in HubSpot before, for customers that have none. */
final class Adoption {

    private final Run run;

    Adoption(Run run) {
        this.run = run;
    }

    /**
     * What was found for one customer.
     *
     * @param candidates ids of companies that belong to no customer
     * @param rivals how many customers they fit
     */
    record Match(List<String> candidates, int rivals) {
        static final Match NOTHING = new Match(List.of(), 0);

        boolean isClear() {
            return candidates.size() == 1 && rivals == 1;
        }

        boolean isDoubtful() {
            return !candidates.isEmpty() && !isClear();
        }

        /** In words, for the report. */
        String doubt() {
            String companies = "the HubSpot companies " + String.join(", ", candidates);
            return candidates.size() > 1
                    ? companies + " fit it equally well"
                    : "the HubSpot company " + candidates.get(0) + " fits " + rivals + " customers";
        }
    }

    /** What fits these customers, by key. */
    Map<String, Match> matches(List<Desired> customers) {
        Optional<Property<String>> property = run.policies.match().property();
        Map<String, List<Desired>> byValue = new HashMap<>();
        customers.stream()
                .filter(one -> !one.match().isEmpty())
                .forEach(one -> byValue.computeIfAbsent(one.match(), value -> new ArrayList<>())
                        .add(one));
        if (property.isEmpty() || byValue.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> found = companiesBy(property.get(), List.copyOf(byValue.keySet()));
        Set<String> free = free(found);
        Map<String, Match> matches = new HashMap<>();
        byValue.forEach((value, rivals) -> {
            List<String> candidates = found.getOrDefault(value, List.of()).stream()
                    .filter(free::contains)
                    .toList();
            rivals.forEach(one -> matches.put(one.key(), new Match(candidates, rivals.size())));
        });
        return matches;
    }

    private Map<String, List<String>> companiesBy(Property<String> property, List<String> values) {
        try {
            return run.target.companiesBy(property, values);
        } catch (HubSpotRequestException e) {
            throw new SyncException(
                    "match.property",
                    "HubSpot cannot search companies by the property " + property + ": " + e.getMessage(),
                    "Create it in HubSpot under Settings > Properties, or choose another MatchPolicy.");
        }
    }

    /** The search lags behind, so the records themselves tell whether they belong to somebody by now. */
    private Set<String> free(Map<String, List<String>> found) {
        Set<String> ids = new LinkedHashSet<>();
        found.values().forEach(ids::addAll);
        Set<String> free = new LinkedHashSet<>();
        if (ids.isEmpty()) {
            return free;
        }
        Map<String, CrmRecord<?>> records =
                run.target.read(Kind.CUSTOMER, List.copyOf(ids), List.of(BooksProperties.KEY.name()));
        records.forEach((id, record) -> {
            boolean hasKey = !record.text(BooksProperties.KEY.name()).orElse("").isEmpty();
            if (!hasKey && run.ledger.byTarget(Kind.CUSTOMER, id).isEmpty()) {
                free.add(id);
            }
        });
        return free;
    }
}
