package io.ledgerbridge.testkit;

import io.ledgerbridge.testkit.HubSpotCatalog.ObjectType;
import io.ledgerbridge.testkit.HubSpotCatalog.PropertyDefinition;
import io.ledgerbridge.testkit.HubSpotRecords.Refused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Definitions of properties and their groups (section 10). */
final class HubSpotDefinitions {

    private static final int BATCH = 100;
    private static final int MOST_UNIQUE = 10;
    private static final String GROUP = "group ";

    private final HubSpotRecords records;
    private final Map<String, Set<String>> groups = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> given = new HashMap<>();
    private final Map<String, Map<String, PropertyDefinition>> archived = new LinkedHashMap<>();
    private final Map<String, Instant> visibleFrom = new HashMap<>();
    final Set<String> refusedUniqueTypes = new HashSet<>();
    Duration appearAfter = Duration.ZERO;
    int mostPerType = 1_000;

    HubSpotDefinitions(HubSpotRecords records) {
        this.records = records;
    }

    FakeAnswer answer(FakeRequest request, ObjectType type, String rest, Instant now) throws Refused, IOException {
        String name = rest.contains("/") ? "" : rest;
        return switch (request.method() + " " + (name.equals("groups") ? "groups" : name.isEmpty() ? rest : "{name}")) {
            case "GET " -> FakeAnswer.json(200, Json.object("results", list(type, request, now)));
            case "POST " -> FakeAnswer.json(201, create(type, Json.parseObject(request.body()), now));
            case "POST batch/create" -> createBatch(request, type, now);
            case "GET groups" -> FakeAnswer.json(200, Json.object("results", shownGroups(type, now)));
            case "POST groups" -> createGroup(request, type, now);
            case "GET {name}" -> FakeAnswer.json(200, one(type, name, now));
            case "PATCH {name}" -> change(request, type, name, now);
            case "DELETE {name}" -> {
                archive(type, name);
                yield FakeAnswer.empty(204);
            }
            default -> FakeAnswer.notImplemented("10", request);
        };
    }

    /** Takes a property of the account's own away, as an administrator does; its values stay. */
    void archive(ObjectType type, String name) throws Refused {
        PropertyDefinition definition = records.custom(type.slug()).remove(name);
        if (definition == null) {
            throw new Refused(404, "OBJECT_NOT_FOUND", "Property " + name + " does not exist", true);
        }
        archived.computeIfAbsent(type.slug(), slug -> new LinkedHashMap<>()).put(name, definition);
    }

    Map<String, Object> shown(ObjectType type, String name) throws Refused {
        return one(type, name, Instant.MAX);
    }

    void describe(ObjectType type, String name, String description) throws Refused {
        one(type, name, Instant.MAX);
        given.computeIfAbsent(type.slug() + " " + name, key -> new HashMap<>()).put("description", description);
    }

    private List<Map<String, Object>> list(ObjectType type, FakeRequest request, Instant now) {
        List<Map<String, Object>> all = new ArrayList<>();
        if ("true".equals(request.query("archived"))) {
            archived.getOrDefault(type.slug(), Map.of())
                    .values()
                    .forEach(definition -> all.add(shown(type, definition, true)));
            return all;
        }
        type.standard().values().forEach(definition -> all.add(shown(type, definition, false)));
        records.custom(type.slug()).values().stream()
                .filter(definition -> isVisible(type, definition.name(), now))
                .forEach(definition -> all.add(shown(type, definition, false)));
        return all;
    }

    private boolean isVisible(ObjectType type, String name, Instant now) {
        return !now.isBefore(visibleFrom.getOrDefault(type.slug() + " " + name, Instant.MIN));
    }

    private Map<String, Object> one(ObjectType type, String name, Instant now) throws Refused {
        PropertyDefinition definition = records.definition(type, name);
        if (definition == null || !isVisible(type, name, now)) {
            throw new Refused(404, "OBJECT_NOT_FOUND", "Property " + name + " does not exist", true);
        }
        return shown(type, definition, false);
    }

    private Map<String, Object> shown(ObjectType type, PropertyDefinition definition, boolean isArchived) {
        boolean standard = type.standard().containsKey(definition.name());
        Map<String, Object> input = given.getOrDefault(type.slug() + " " + definition.name(), Map.of());
        return Json.object(
                "name",
                definition.name(),
                "label",
                input.getOrDefault("label", definition.name()),
                "description",
                input.getOrDefault("description", ""),
                "type",
                definition.type(),
                "fieldType",
                definition.fieldType(),
                "groupName",
                input.getOrDefault("groupName", "information"),
                "hubspotDefined",
                standard,
                "hasUniqueValue",
                definition.unique() && !definition.name().equals("email"),
                "archived",
                isArchived,
                "options",
                input.containsKey("options") ? input.get("options") : options(definition),
                "modificationMetadata",
                Json.object(
                        "archivable",
                        !standard,
                        "readOnlyDefinition",
                        standard,
                        "readOnlyValue",
                        definition.readOnly()));
    }

    private List<Map<String, Object>> options(PropertyDefinition definition) {
        Set<String> values =
                definition.type().equals("enumeration") && definition.options().isEmpty()
                        ? records.currencies()
                        : definition.options();
        return values.stream()
                .map(value -> Json.object("label", value, "value", value, "hidden", false))
                .toList();
    }

    private FakeAnswer createBatch(FakeRequest request, ObjectType type, Instant now) throws Refused, IOException {
        List<Map<String, Object>> created = new ArrayList<>();
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Map<String, Object> input : FakeHubSpot.inputs(request, BATCH)) {
            try {
                created.add(create(type, input, now));
            } catch (Refused e) {
                errors.add(Json.object(
                        "status",
                        "error",
                        "category",
                        e.category,
                        "message",
                        e.getMessage(),
                        "context",
                        Json.object("name", List.of(Json.text(input, "name")))));
            }
        }
        return FakeHubSpot.batch("2026-09", 201, created, errors, now);
    }

    private Map<String, Object> create(ObjectType type, Map<String, Object> input, Instant now) throws Refused {
        for (String needed : List.of("name", "label", "type", "fieldType", "groupName")) {
            if (Json.text(input, needed).isEmpty()) {
                throw new Refused(400, "VALIDATION_ERROR", "Some required fields were not set: [" + needed + "]", true);
            }
        }
        String name = Json.text(input, "name");
        boolean unique = Boolean.TRUE.equals(input.get("hasUniqueValue"));
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new Refused(400, "VALIDATION_ERROR", "Invalid property name " + name, true);
        }
        String group = Json.text(input, "groupName");
        if (!groups(type).contains(group) || !isVisible(type, GROUP + group, now)) {
            throw new Refused(400, "VALIDATION_ERROR", "Property group " + group + " does not exist", true);
        }
        if (records.definition(type, name) != null) {
            throw new Refused(409, "OBJECT_ALREADY_EXISTS", "Property named '" + name + "' already exists", true);
        }
        if (unique && refusedUniqueTypes.contains(type.slug())) {
            throw new Refused(400, "VALIDATION_ERROR", "Unique properties cannot be created on " + type.slug(), true);
        }
        if (unique
                && records.custom(type.slug()).values().stream()
                                .filter(PropertyDefinition::unique)
                                .count()
                        >= MOST_UNIQUE) {
            throw new Refused(400, "VALIDATION_ERROR", "At most 10 unique properties are allowed", true);
        }
        // HubSpot does not document how it says this.
        if (records.custom(type.slug()).size() >= mostPerType) {
            throw new Refused(400, "VALIDATION_ERROR", "The limit of custom properties is reached", true);
        }
        PropertyDefinition definition = new PropertyDefinition(
                name, Json.text(input, "type"), Json.text(input, "fieldType"), unique, false, values(input));
        archived.getOrDefault(type.slug(), new HashMap<>()).remove(name);
        records.custom(type.slug()).put(name, definition);
        given.put(type.slug() + " " + name, new HashMap<>(input));
        visibleFrom.put(type.slug() + " " + name, now.plus(appearAfter));
        return shown(type, definition, false);
    }

    private static Set<String> values(Map<String, Object> input) throws Refused {
        Set<String> values = new LinkedHashSet<>();
        for (Map<String, Object> option : ZohoRows.children(input, "options")) {
            if (Json.text(option, "value").isEmpty()
                    || Json.text(option, "label").isEmpty()) {
                throw new Refused(400, "VALIDATION_ERROR", "Options need a label and a value", true);
            }
            if (!values.add(Json.text(option, "value"))) {
                throw new Refused(400, "VALIDATION_ERROR", "Two options have the same value", true);
            }
        }
        return values;
    }

    /** Options that are sent replace the list; a change of uniqueness is answered 200 and ignored. */
    private FakeAnswer change(FakeRequest request, ObjectType type, String name, Instant now)
            throws Refused, IOException {
        Map<String, Object> shown = one(type, name, now);
        if (type.standard().containsKey(name)) {
            throw new Refused(400, "VALIDATION_ERROR", "Property " + name + " is defined by HubSpot", true);
        }
        Map<String, Object> input = Json.parseObject(request.body());
        PropertyDefinition before = records.definition(type, name);
        if (before == null) {
            return FakeAnswer.json(200, shown);
        }
        Map<String, Object> merged = new HashMap<>(given.getOrDefault(type.slug() + " " + name, Map.of()));
        for (String member : List.of("label", "description", "groupName", "options")) {
            if (input.containsKey(member)) {
                merged.put(member, input.get(member));
            }
        }
        given.put(type.slug() + " " + name, merged);
        PropertyDefinition after = new PropertyDefinition(
                name,
                before.type(),
                before.fieldType(),
                before.unique(),
                before.readOnly(),
                input.containsKey("options") ? values(input) : before.options());
        records.custom(type.slug()).put(name, after);
        return FakeAnswer.json(200, shown(type, after, false));
    }

    private List<Map<String, Object>> shownGroups(ObjectType type, Instant now) {
        return groups(type).stream()
                .filter(name -> isVisible(type, GROUP + name, now))
                .map(name -> Json.object("name", name, "label", name, "archived", false))
                .toList();
    }

    private FakeAnswer createGroup(FakeRequest request, ObjectType type, Instant now) throws Refused, IOException {
        Map<String, Object> input = Json.parseObject(request.body());
        String name = Json.text(input, "name");
        if (name.isEmpty() || Json.text(input, "label").isEmpty()) {
            throw new Refused(400, "VALIDATION_ERROR", "Some required fields were not set: [name, label]", true);
        }
        if (!groups(type).add(name)) {
            throw new Refused(409, "OBJECT_ALREADY_EXISTS", "Property group '" + name + "' already exists", true);
        }
        visibleFrom.put(type.slug() + " " + GROUP + name, now.plus(appearAfter));
        return FakeAnswer.json(201, Json.object("name", name, "label", Json.text(input, "label"), "archived", false));
    }

    private Set<String> groups(ObjectType type) {
        return groups.computeIfAbsent(type.slug(), slug -> new LinkedHashSet<>(Set.of("information")));
    }
}
