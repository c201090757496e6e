package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.Crm;
import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.hubspot.Problem;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.hubspot.model.Provisioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** HubSpot as a trial run sees it: what is read is true, and what is written is answered as if it had been done. */
public final class TrialTarget implements TargetWriter {

    /** Larger than the ids that HubSpot gives. */
    private static final long FIRST_ID = 900_000_000_000_000_000L;

    private final TargetWriter target;
    private final Map<String, String> idsByKey = new HashMap<>();
    private final List<String> properties = new ArrayList<>();
    private final Map<Kind, Map<String, PropertyDefinition>> made = new HashMap<>();
    private long nextId = FIRST_ID;

    public TrialTarget(TargetWriter target) {
        this.target = target;
    }

    /** Those that would have been made, as {@code companies.zoho_books_key}. */
    List<String> properties() {
        return List.copyOf(properties);
    }

    static boolean isReal(String id) {
        return id.length() < 18 || id.compareTo(String.valueOf(FIRST_ID)) < 0;
    }

    private static List<String> real(List<String> ids) {
        return ids.stream().filter(TrialTarget::isReal).toList();
    }

    // Reading

    @Override
    public Account account() {
        return target.account();
    }

    @Override
    public Duration longestAttempt() {
        return target.longestAttempt();
    }

    @Override
    public Map<String, Boolean> enablement() {
        return target.enablement();
    }

    @Override
    public Map<String, PropertyDefinition> definitions(Kind kind) {
        Map<String, PropertyDefinition> all = new HashMap<>(target.definitions(kind));
        all.putAll(made.getOrDefault(kind, Map.of()));
        return all;
    }

    @Override
    public Map<String, CrmRecord<?>> read(Kind kind, List<String> ids, List<String> names) {
        List<String> real = real(ids);
        List<String> there = names.stream()
                .filter(name -> !made.getOrDefault(kind, Map.of()).containsKey(name))
                .toList();
        return real.isEmpty() ? Map.of() : target.read(kind, real, there);
    }

    @Override
    public Map<String, CrmRecord<?>> readByKey(Kind kind, List<String> keys) {
        return hasKey(kind) ? target.readByKey(kind, keys) : Map.of();
    }

    private boolean hasKey(Kind kind) {
        return !made.getOrDefault(kind, Map.of()).containsKey(BooksProperties.KEY.name());
    }

    @Override
    public Map<String, CrmRecord<?>> findAmongAll(Kind kind, Set<String> keys) {
        return hasKey(kind) ? target.findAmongAll(kind, keys) : Map.of();
    }

    @Override
    public Map<String, CrmRecord<?>> readByEmail(List<String> emails) {
        return target.readByEmail(emails);
    }

    @Override
    public Map<String, List<String>> companiesBy(Property<String> property, List<String> values) {
        return target.companiesBy(property, values);
    }

    @Override
    public Map<String, List<String>> associated(Relation relation, Kind of, List<String> ids) {
        List<String> real = real(ids);
        return real.isEmpty() ? Map.of() : target.associated(relation, of, real);
    }

    @Override
    public long calls() {
        return target.calls();
    }

    // Writing

    @Override
    public Provisioning provision(Kind kind, String group, String label, List<PropertyDefinition> needed) {
        Map<String, PropertyDefinition> present = new HashMap<>(target.definitions(kind));
        Set<String> created = new HashSet<>();
        for (PropertyDefinition definition : needed) {
            if (present.putIfAbsent(definition.name(), definition) == null) {
                created.add(definition.name());
                made.computeIfAbsent(kind, key -> new HashMap<>()).put(definition.name(), definition);
                properties.add(kind.target().slug() + "." + definition.name());
            }
        }
        return new Provisioning(created, Set.of(), Set.of(), Map.of(), List.of(), present);
    }

    @Override
    public void describe(Kind kind, String property, String description) {
        // As if it had been done.
    }

    @Override
    public void archiveProperty(Kind kind, String property) {
        // As if it had been done.
    }

    @Override
    public BatchResult<?> upsert(Kind kind, Map<String, Map<String, String>> valuesByKey) {
        return outcomes(kind.target(), valuesByKey, true);
    }

    @Override
    public BatchResult<?> update(Kind kind, Map<String, Map<String, String>> valuesById) {
        return outcomes(kind.target(), valuesById, false);
    }

    private <T extends Crm> BatchResult<T> outcomes(
            ObjectType<T> type, Map<String, Map<String, String>> values, boolean isNew) {
        Map<String, Outcome<T>> byName = new LinkedHashMap<>();
        values.forEach((name, written) -> {
            String id = isNew ? idsByKey.computeIfAbsent(type.slug() + name, key -> String.valueOf(nextId++)) : name;
            CrmRecord<T> record =
                    new CrmRecord<>(type.record(id), Map.copyOf(written), null, null, false, null, Map.of());
            byName.put(name, isNew ? new Outcome.Created<>(record) : new Outcome.Updated<>(record));
        });
        return BatchResult.of(byName);
    }

    @Override
    public Map<String, Made> create(Kind kind, List<Child> children) {
        Map<String, Map<String, String>> values = new LinkedHashMap<>();
        children.forEach(child -> values.put(child.name(), child.values()));
        BatchResult<?> result = outcomes(kind.target(), values, true);
        Map<String, Made> all = new LinkedHashMap<>();
        children.forEach(child -> all.put(child.name(), new Made(result.of(child.name()), "")));
        return all;
    }

    @Override
    public Map<String, Problem> archive(Kind kind, List<String> ids) {
        return Map.of();
    }

    @Override
    public Map<Pair, Problem> associate(Relation relation, List<Pair> pairs) {
        return Map.of();
    }

    @Override
    public Map<Pair, Problem> dissociate(Relation relation, List<Pair> pairs) {
        return Map.of();
    }
}
