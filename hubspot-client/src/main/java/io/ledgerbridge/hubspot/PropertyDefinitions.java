package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.internal.Wire;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.hubspot.model.PropertyOption;
import io.ledgerbridge.hubspot.model.Provisioning;
import io.ledgerbridge.hubspot.model.Provisioning.Difference;
import io.ledgerbridge.hubspot.model.Provisioning.Kind;
import io.ledgerbridge.hubspot.model.ValidationRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Definitions of the properties of one object type. Reading them needs a scope of the type; making them needs
 * {@link ObjectType#schemaScope}.
 */
public final class PropertyDefinitions {

    private static final int BATCH = 100;

    /** A new definition is readable a moment after it was made. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(250);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Access access;
    private final ObjectType<?> type;

    PropertyDefinitions(Access access, ObjectType<?> type) {
        this.access = access;
        this.type = type;
    }

    /** All that are not archived, by name. */
    public Map<String, PropertyDefinition> list() {
        return list(null);
    }

    /** Those in the recycle bin, by name. */
    public Map<String, PropertyDefinition> listArchived() {
        return list(true);
    }

    private Map<String, PropertyDefinition> list(@Nullable Boolean archived) {
        Wire.Results<Wire.PropertyAnswer> answer = access.call((api, v) -> api.properties(v, type.path(), archived));
        Map<String, PropertyDefinition> definitions = new LinkedHashMap<>();
        for (Wire.PropertyAnswer property : answer.results()) {
            PropertyDefinition definition = definition(property);
            definitions.put(definition.name(), definition);
        }
        return definitions;
    }

    /**
     * Sees to it that properties exist as they are needed. Makes the group and those that are missing, adds options that are
     * missing, waits until new ones can be read, and says what differs: it changes neither types nor uniqueness, which HubSpot
     * does not let be changed.
     *
     * <p>A property in the recycle bin is restored under its name. Costs one call if nothing is missing.
     *
     * @param group name of the group that new ones stand in, such as {@code zoho_books}
     * @param groupLabel what people see
     */
    public Provisioning ensure(String group, String groupLabel, Collection<PropertyDefinition> needed) {
        Map<String, PropertyDefinition> existing = list();
        List<PropertyDefinition> missing = needed.stream()
                .filter(definition -> !existing.containsKey(definition.name()))
                .toList();
        Set<String> archived = Set.of();
        Map<String, Problem> refused = Map.of();
        if (!missing.isEmpty()) {
            archived = listArchived().keySet();
            ensureGroup(group, groupLabel);
            refused = create(group, missing);
            Set<String> made = missing.stream().map(PropertyDefinition::name).collect(Collectors.toSet());
            // Where there is a conflict somebody else was faster, or the answer of an attempt before was lost.
            refused.forEach((name, problem) -> {
                if (!Operation.isConflict(problem)) {
                    made.remove(name);
                }
            });
            existing.putAll(untilThere(made, this::list));
            refused.keySet().removeAll(existing.keySet());
        }
        Set<String> extended = new LinkedHashSet<>();
        List<Difference> differences = new ArrayList<>();
        for (PropertyDefinition definition : needed) {
            PropertyDefinition found = existing.get(definition.name());
            if (found != null) {
                PropertyDefinition complete = withOptionsOf(definition, found, extended, differences);
                existing.put(definition.name(), complete);
                compare(definition, complete, differences);
            } else if (!refused.containsKey(definition.name())) {
                differences.add(
                        new Difference(definition.name(), Kind.ARCHIVED, "readable", "not readable after a minute"));
            }
        }
        Set<String> created = new LinkedHashSet<>();
        Set<String> restored = new LinkedHashSet<>();
        for (PropertyDefinition definition : missing) {
            if (!refused.containsKey(definition.name())) {
                (archived.contains(definition.name()) ? restored : created).add(definition.name());
            }
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        refused.forEach((name, problem) -> reasons.put(name, problem.message()));
        return new Provisioning(created, restored, extended, reasons, differences, existing);
    }

    /** New definitions may take a moment to appear. */
    private <D> Map<String, D> untilThere(Set<String> names, Supplier<Map<String, D>> list) {
        Duration waited = Duration.ZERO;
        Duration wait = FIRST_LOOK;
        Map<String, D> there = list.get();
        while (!there.keySet().containsAll(names) && waited.compareTo(LONGEST_WAIT) < 0) {
            access.calls().sleep(wait);
            waited = waited.plus(wait);
            wait = wait.multipliedBy(2);
            there = list.get();
        }
        return there;
    }

    private PropertyDefinition withOptionsOf(
            PropertyDefinition needed, PropertyDefinition found, Set<String> extended, List<Difference> differences) {
        Set<String> there = found.options().stream().map(PropertyOption::value).collect(Collectors.toSet());
        List<PropertyOption> lacking = needed.options().stream()
                .filter(option -> !there.contains(option.value()))
                .toList();
        if (lacking.isEmpty()
                || !found.type().equals("enumeration")
                || !needed.type().equals("enumeration")) {
            return found;
        }
        try {
            PropertyDefinition complete = addOptions(found.name(), lacking);
            extended.add(found.name());
            return complete;
        } catch (HubSpotRequestException e) {
            differences.add(new Difference(
                    found.name(),
                    Kind.OPTIONS,
                    "with the options " + values(lacking),
                    "without them: " + e.getMessage()));
            return found;
        }
    }

    private static void compare(PropertyDefinition needed, PropertyDefinition found, List<Difference> differences) {
        if (!needed.type().equals(found.type())) {
            differences.add(
                    new Difference(needed.name(), Kind.TYPE, "of type " + needed.type(), "of type " + found.type()));
        }
        if (needed.hasUniqueValue() != found.hasUniqueValue()) {
            differences.add(new Difference(needed.name(), Kind.UNIQUENESS, uniqueness(needed), uniqueness(found)));
        }
        if (found.readOnly() && !needed.readOnly()) {
            differences.add(new Difference(needed.name(), Kind.READ_ONLY, "writable", "read only"));
        }
        if (found.archived()) {
            differences.add(new Difference(needed.name(), Kind.ARCHIVED, "in use", "in the recycle bin"));
        }
    }

    private static String uniqueness(PropertyDefinition definition) {
        return definition.hasUniqueValue() ? "unique" : "not unique";
    }

    private static String values(List<PropertyOption> options) {
        return options.stream().map(PropertyOption::value).collect(Collectors.joining(", "));
    }

    /** Makes the group if it is not there, and waits until it can be read. Groups are per object type. */
    public void ensureGroup(String name, String label) {
        if (!groups().containsKey(name)) {
            try {
                access.call((api, v) -> api.createGroup(v, type.path(), new Wire.NewGroup(name, label)));
            } catch (HubSpotConflictException alreadyThere) {
                // Somebody else was faster, or the answer of an attempt before was lost.
            }
            untilThere(Set.of(name), this::groups);
        }
    }

    private Map<String, Wire.GroupAnswer> groups() {
        Map<String, Wire.GroupAnswer> groups = new LinkedHashMap<>();
        access.call((api, v) -> api.groups(v, type.path())).results().forEach(group -> groups.put(group.name(), group));
        return groups;
    }

    /**
     * Makes properties in a group that exists. What exists already is refused and stays as it is.
     *
     * @return what was refused, by name
     */
    public Map<String, Problem> create(String group, List<PropertyDefinition> definitions) {
        Map<String, Problem> refused = new LinkedHashMap<>();
        Settling.settle(Settling.split(definitions, BATCH), batch -> send(group, batch))
                .forEach((definition, problem) -> refused.put(definition.name(), problem));
        return refused;
    }

    private Settling.Told<PropertyDefinition> send(String group, List<PropertyDefinition> batch) {
        Wire.NewProperties request = new Wire.NewProperties(
                batch.stream().map(definition -> wire(group, definition)).toList());
        Wire.Results<Wire.PropertyAnswer> answer =
                access.call((api, v) -> api.createProperties(v, type.path(), request));
        Set<String> made =
                answer.results().stream().map(Wire.PropertyAnswer::name).collect(Collectors.toSet());
        Set<PropertyDefinition> done = new LinkedHashSet<>(batch);
        done.removeIf(definition -> !made.contains(definition.name()));
        Map<PropertyDefinition, Problem> refused = new LinkedHashMap<>();
        for (Wire.Error error : answer.errors()) {
            Problem problem = Operation.problem(ErrorBody.of(error, Redaction.OF_NOTHING));
            batch.stream()
                    .filter(definition ->
                            batch.size() == 1 || error.context("name").contains(definition.name()))
                    .forEach(definition -> refused.put(definition, problem));
        }
        return new Settling.Told<>(done, refused);
    }

    /**
     * Adds options to an enumeration and keeps those that it has, in their order; options that are there already stay as they
     * are. HubSpot replaces the whole list, so an option that somebody else adds at the same moment can be lost.
     *
     * @return the definition with its options
     */
    public PropertyDefinition addOptions(String property, List<PropertyOption> options) {
        Wire.PropertyAnswer current = access.call((api, v) -> api.property(v, type.path(), property));
        List<Wire.Option> all = new ArrayList<>(current.options());
        Set<String> values = all.stream().map(Wire.Option::value).collect(Collectors.toSet());
        int order = all.stream()
                .mapToInt(option -> option.displayOrder() == null ? 0 : option.displayOrder())
                .max()
                .orElse(-1);
        for (PropertyOption option : options) {
            if (values.add(option.value())) {
                all.add(new Wire.Option(option.label(), option.value(), ++order, option.hidden(), null));
            }
        }
        if (all.size() == current.options().size()) {
            return definition(current);
        }
        Wire.PropertyChange change = new Wire.PropertyChange(all, null);
        return definition(access.call((api, v) -> api.updateProperty(v, type.path(), property, change)));
    }

    /** Changes what HubSpot tells people about a property, and nothing else of it. */
    public PropertyDefinition describe(String property, String description) {
        Wire.PropertyChange change = new Wire.PropertyChange(null, description);
        return definition(access.call((api, v) -> api.updateProperty(v, type.path(), property, change)));
    }

    /** Moves a property to the recycle bin, from where it can be restored for 90 days by making it again. */
    public void archive(String property) {
        access.callMaybeEmpty(Lane.GENERAL, (api, v) -> api.archiveProperty(v, type.path(), property));
    }

    /** What administrators require of values, by property. Since {@code 2026-09} HubSpot refuses what does not comply. */
    public Map<String, List<ValidationRule>> validationRules() {
        Wire.Results<Wire.RulesOfOne> answer = access.call((api, v) -> api.validations(v, type.id()));
        Map<String, List<ValidationRule>> rules = new LinkedHashMap<>();
        for (Wire.RulesOfOne one : answer.results()) {
            rules.put(
                    one.propertyName(),
                    one.propertyValidationRules().stream()
                            .map(rule -> new ValidationRule(
                                    rule.ruleType(),
                                    rule.ruleArguments().stream()
                                            .map(argument -> Objects.requireNonNullElse(Wire.text(argument), ""))
                                            .toList()))
                            .toList());
        }
        return rules;
    }

    private static Wire.NewProperty wire(String group, PropertyDefinition definition) {
        List<Wire.Option> options = new ArrayList<>();
        for (PropertyOption option : definition.options()) {
            options.add(new Wire.Option(option.label(), option.value(), options.size(), option.hidden(), null));
        }
        return new Wire.NewProperty(
                definition.name(),
                definition.label(),
                definition.description(),
                group,
                definition.type(),
                definition.fieldType(),
                definition.hasUniqueValue(),
                false,
                options.isEmpty() ? null : options,
                definition.currencyProperty());
    }

    private static PropertyDefinition definition(Wire.PropertyAnswer property) {
        return new PropertyDefinition(
                property.name(),
                property.label(),
                property.description(),
                property.type(),
                property.fieldType(),
                Boolean.TRUE.equals(property.hasUniqueValue()),
                property.modificationMetadata() != null
                        && Boolean.TRUE.equals(property.modificationMetadata().readOnlyValue()),
                Boolean.TRUE.equals(property.archived()),
                property.options().stream()
                        .map(option -> new PropertyOption(
                                Objects.requireNonNullElse(option.value(), ""),
                                Objects.requireNonNullElse(option.label(), ""),
                                Boolean.TRUE.equals(option.hidden())))
                        .toList(),
                property.currencyPropertyName());
    }
}
