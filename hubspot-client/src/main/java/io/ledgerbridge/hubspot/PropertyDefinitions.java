package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.Outcome.Problem;
import io.ledgerbridge.hubspot.internal.HubSpotApi;
import io.ledgerbridge.hubspot.internal.Wire;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Definitions of the properties of one object type. */
public final class PropertyDefinitions {

    private static final int BATCH = 100;

    private final Calls calls;
    private final HubSpotApi api;
    private final ApiVersion version;
    private final ObjectType type;

    PropertyDefinitions(Calls calls, HubSpotApi api, ApiVersion version, ObjectType type) {
        this.calls = calls;
        this.api = api;
        this.version = version;
        this.type = type;
    }

    /** All that are not archived, by name. */
    public Map<String, PropertyDefinition> list() {
        Wire.PropertiesAnswer answer = calls.execute(Lane.GENERAL, () -> api.properties(version.date(), type.slug()));
        Map<String, PropertyDefinition> definitions = new LinkedHashMap<>();
        for (Wire.PropertyAnswer property :
                answer.results() == null ? List.<Wire.PropertyAnswer>of() : answer.results()) {
            PropertyDefinition definition = definition(property);
            definitions.put(definition.name(), definition);
        }
        return definitions;
    }

    /** Makes the group if it is not there. Groups are per object type. */
    public void ensureGroup(String name, String label) {
        Wire.GroupsAnswer answer = calls.execute(Lane.GENERAL, () -> api.groups(version.date(), type.slug()));
        boolean there =
                answer.results() != null && answer.results().stream().anyMatch(group -> name.equals(group.name()));
        if (!there) {
            Wire.NewGroup group = new Wire.NewGroup(name, label);
            calls.execute(Lane.GENERAL, () -> api.createGroup(version.date(), type.slug(), group));
        }
    }

    /**
     * Makes properties in a group. What exists already is refused and stays as it is.
     *
     * @return what was refused, by name
     */
    public Map<String, Problem> create(String group, List<PropertyDefinition> definitions) {
        Map<PropertyDefinition, Map.Entry<Boolean, Problem>> outcomes = Batches.settle(
                definitions,
                BATCH,
                batch -> send(group, batch),
                problem -> Map.entry(false, problem),
                why -> Map.entry(false, new Problem("UNKNOWN", null, null, why, null, null)));
        Map<String, Problem> refused = new LinkedHashMap<>();
        outcomes.forEach((definition, outcome) -> {
            if (!outcome.getKey()) {
                refused.put(definition.name(), outcome.getValue());
            }
        });
        return refused;
    }

    private Map<PropertyDefinition, Map.Entry<Boolean, Problem>> send(
            String group, List<PropertyDefinition> definitions) {
        Wire.NewProperties request = new Wire.NewProperties(definitions.stream()
                .map(definition -> new Wire.NewProperty(
                        definition.name(),
                        definition.label(),
                        definition.description(),
                        group,
                        definition.type(),
                        definition.fieldType(),
                        definition.hasUniqueValue(),
                        false))
                .toList());
        Wire.PropertiesAnswer answer =
                calls.execute(Lane.GENERAL, () -> api.createProperties(version.date(), type.slug(), request));
        Problem none = new Problem("", null, null, "", null, null);
        Map<PropertyDefinition, Map.Entry<Boolean, Problem>> told = new LinkedHashMap<>();
        for (PropertyDefinition definition : definitions) {
            if (answer.results() != null
                    && answer.results().stream()
                            .anyMatch(made -> definition.name().equals(made.name()))) {
                told.put(definition, Map.entry(true, none));
            }
            if (answer.errors() != null) {
                answer.errors().stream()
                        .filter(error ->
                                definitions.size() == 1 || error.context("name").contains(definition.name()))
                        .findFirst()
                        .ifPresent(error -> told.put(definition, Map.entry(false, Batches.problem(error))));
            }
        }
        return told;
    }

    private static PropertyDefinition definition(Wire.PropertyAnswer property) {
        return new PropertyDefinition(
                text(property.name()),
                text(property.label()),
                text(property.description()),
                text(property.type()),
                text(property.fieldType()),
                Boolean.TRUE.equals(property.hasUniqueValue()),
                property.modificationMetadata() != null
                        && Boolean.TRUE.equals(property.modificationMetadata().readOnlyValue()));
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }
}
