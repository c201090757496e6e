package io.ledgerbridge.testkit;

import io.ledgerbridge.testkit.HubSpotCatalog.ObjectType;
import io.ledgerbridge.testkit.HubSpotRecords.Refused;
import io.ledgerbridge.testkit.HubSpotRecords.Stored;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Associations between records, with and without labels (section 11). */
final class HubSpotAssociations {

    private static final int PAIRS = 2_000;
    private static final int READS = 1_000;
    private static final int FROM_IDS = 100;
    private static final int PAGE = 500;

    /** An association type beside the default one of its pair; {@code label} is null for HubSpot's own without. */
    private record Type(int id, String category, @Nullable String label) {}

    private final HubSpotRecords records;
    private final Map<String, Map<Integer, Type>> types = new LinkedHashMap<>();
    boolean tellsWhatHasNone;

    HubSpotAssociations(HubSpotRecords records) {
        this.records = records;
        define("contacts", "companies", new Type(1, "HUBSPOT_DEFINED", "Primary"));
        define("companies", "contacts", new Type(2, "HUBSPOT_DEFINED", "Primary"));
        define("contacts", "companies", new Type(931, "HUBSPOT_DEFINED", "Billing contact"));
        define("companies", "contacts", new Type(930, "HUBSPOT_DEFINED", "Billing contact"));
    }

    /** A label of the account's users, in both directions. */
    void defineLabel(String from, String to, int id, int reverseId, String label) {
        define(from, to, new Type(id, "USER_DEFINED", label));
        define(to, from, new Type(reverseId, "USER_DEFINED", label));
    }

    private void define(String from, String to, Type type) {
        types.computeIfAbsent(from + ">" + to, pair -> new LinkedHashMap<>()).put(type.id(), type);
    }

    FakeAnswer answer(FakeRequest request, ObjectType from, ObjectType to, String rest, String version, Instant now)
            throws Refused, IOException {
        if (!HubSpotCatalog.ASSOCIATIONS.containsKey(from.slug() + ">" + to.slug())) {
            throw new Refused(
                    400,
                    "VALIDATION_ERROR",
                    "No association is defined between " + from.slug() + ">" + to.slug(),
                    true);
        }
        return switch (request.method() + " " + rest) {
            case "POST batch/associate/default" ->
                associate(from, to, FakeHubSpot.inputs(request, PAIRS), version, now);
            case "POST batch/create" -> label(from, to, FakeHubSpot.inputs(request, PAIRS), version, now);
            case "POST batch/read" -> read(from, to, FakeHubSpot.inputs(request, READS), version, now);
            case "POST batch/archive" -> {
                for (Map<String, Object> input : FakeHubSpot.inputs(request, FROM_IDS)) {
                    for (Map<String, Object> target : ZohoRows.children(input, "to")) {
                        records.dissociate(
                                from.slug(), FakeHubSpot.nested(input, "from"), to.slug(), Json.text(target, "id"));
                    }
                }
                yield FakeAnswer.empty(204);
            }
            case "POST batch/labels/archive" -> unlabel(from, to, FakeHubSpot.inputs(request, PAIRS), version, now);
            case "GET labels" -> labels(from, to);
            default -> FakeAnswer.notImplemented("11.2", request);
        };
    }

    /** Makes the associations of a record that is being created. */
    void inline(ObjectType type, Stored stored, Map<String, Object> input) throws Refused {
        for (Map<String, Object> association : ZohoRows.children(input, "associations")) {
            String toId = FakeHubSpot.nested(association, "to");
            for (Map<String, Object> kind : ZohoRows.children(association, "types")) {
                int id = id(kind);
                String to = HubSpotCatalog.TYPES.keySet().stream()
                        .filter(slug -> isDefined(type.slug() + ">" + slug, kind))
                        .findFirst()
                        .orElseThrow(() -> invalid(kind, type.slug()));
                records.associate(type.slug(), stored.id, to, toId);
                addLabel(type.slug(), stored.id, to, toId, id);
            }
        }
    }

    private static int id(Map<String, Object> kind) {
        return Json.decimal(kind, "associationTypeId").intValue();
    }

    /** A number counts in its own category and direction only. */
    private boolean isDefined(String pair, Map<String, Object> kind) {
        String category = Json.text(kind, "associationCategory");
        if (Integer.valueOf(id(kind)).equals(HubSpotCatalog.ASSOCIATIONS.get(pair))) {
            return category.equals("HUBSPOT_DEFINED");
        }
        Type type = types.getOrDefault(pair, Map.of()).get(id(kind));
        return type != null && type.category().equals(category);
    }

    private static Refused invalid(Map<String, Object> kind, String direction) {
        return new Refused(
                400,
                "VALIDATION_ERROR",
                "Association type " + Json.text(kind, "associationCategory") + " " + id(kind) + " is not valid from "
                        + direction,
                false);
    }

    private void addLabel(String from, String fromId, String to, String toId, int id) {
        Stored stored = records.of(from).get(fromId);
        if (stored != null && types.getOrDefault(from + ">" + to, Map.of()).containsKey(id)) {
            stored.labels
                    .computeIfAbsent(to + "/" + toId, key -> new LinkedHashSet<>())
                    .add(id);
        }
    }

    /** What is done with one pair, and what is told of it. */
    private interface OnePair {
        List<Map<String, Object>> apply(Map<String, Object> input, String fromId, String toId) throws Refused;
    }

    private static FakeAnswer eachPair(
            List<Map<String, Object>> inputs, String version, int success, Instant now, OnePair one) {
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Map<String, Object> input : inputs) {
            String fromId = FakeHubSpot.nested(input, "from");
            String toId = FakeHubSpot.nested(input, "to");
            try {
                results.addAll(one.apply(input, fromId, toId));
            } catch (Refused e) {
                errors.add(pairError(e, fromId, toId));
            }
        }
        return FakeHubSpot.batch(version, success, results, errors, now);
    }

    private FakeAnswer associate(
            ObjectType from, ObjectType to, List<Map<String, Object>> inputs, String version, Instant now) {
        return eachPair(inputs, version, 200, now, (input, fromId, toId) -> {
            records.associate(from.slug(), fromId, to.slug(), toId);
            return List.of(pairShown(from, fromId, to, toId), pairShown(to, toId, from, fromId));
        });
    }

    private static Map<String, Object> pairError(Refused refused, String fromId, String toId) {
        return Json.object(
                "status",
                "error",
                "category",
                refused.category,
                "message",
                refused.getMessage(),
                "context",
                Json.object("fromObjectId", List.of(fromId), "toObjectId", List.of(toId)));
    }

    private static Map<String, Object> pairShown(ObjectType from, String fromId, ObjectType to, String toId) {
        return Json.object(
                "from", Json.object("id", fromId),
                "to", Json.object("id", toId),
                "associationSpec",
                        Json.object(
                                "associationCategory",
                                "HUBSPOT_DEFINED",
                                "associationTypeId",
                                HubSpotCatalog.ASSOCIATIONS.get(from.slug() + ">" + to.slug())));
    }

    /** The types that are sent replace those that the pair had. Ids are answered as numbers. */
    private FakeAnswer label(
            ObjectType from, ObjectType to, List<Map<String, Object>> inputs, String version, Instant now) {
        return eachPair(inputs, version, 201, now, (input, fromId, toId) -> {
            List<Map<String, Object>> kinds = checkedKinds(from, to, input);
            records.associate(from.slug(), fromId, to.slug(), toId);
            Stored stored = records.of(from.slug()).get(fromId);
            if (stored != null) {
                stored.labels.remove(to.slug() + "/" + toId);
            }
            kinds.forEach(kind -> addLabel(from.slug(), fromId, to.slug(), toId, id(kind)));
            return List.of(Json.object(
                    "fromObjectTypeId",
                    from.id(),
                    "fromObjectId",
                    Long.parseLong(fromId),
                    "toObjectTypeId",
                    to.id(),
                    "toObjectId",
                    Long.parseLong(toId),
                    "labels",
                    List.of()));
        });
    }

    private List<Map<String, Object>> checkedKinds(ObjectType from, ObjectType to, Map<String, Object> input)
            throws Refused {
        List<Map<String, Object>> kinds = ZohoRows.children(input, "types");
        for (Map<String, Object> kind : kinds) {
            if (!isDefined(from.slug() + ">" + to.slug(), kind)) {
                throw invalid(kind, from.slug() + " to " + to.slug());
            }
        }
        return kinds;
    }

    /** Removing the type without a label removes all. */
    private FakeAnswer unlabel(
            ObjectType from, ObjectType to, List<Map<String, Object>> inputs, String version, Instant now) {
        return eachPair(inputs, version, 200, now, (input, fromId, toId) -> {
            for (Map<String, Object> kind : checkedKinds(from, to, input)) {
                int id = id(kind);
                if (Integer.valueOf(id).equals(HubSpotCatalog.ASSOCIATIONS.get(from.slug() + ">" + to.slug()))) {
                    records.dissociate(from.slug(), fromId, to.slug(), toId);
                } else {
                    Stored stored = records.of(from.slug()).get(fromId);
                    if (stored != null) {
                        stored.labels
                                .getOrDefault(to.slug() + "/" + toId, new LinkedHashSet<>())
                                .remove(id);
                    }
                }
            }
            return List.of();
        });
    }

    private FakeAnswer labels(ObjectType from, ObjectType to) {
        List<Map<String, Object>> results = new ArrayList<>();
        String pair = from.slug() + ">" + to.slug();
        results.add(Json.object(
                "category", "HUBSPOT_DEFINED", "typeId", HubSpotCatalog.ASSOCIATIONS.get(pair), "label", null));
        types.getOrDefault(pair, Map.of())
                .values()
                .forEach(type -> results.add(
                        Json.object("category", type.category(), "typeId", type.id(), "label", type.label())));
        return FakeAnswer.json(200, Json.object("results", results));
    }

    private FakeAnswer read(
            ObjectType from, ObjectType to, List<Map<String, Object>> inputs, String version, Instant now) {
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Map<String, Object> input : inputs) {
            String id = Json.text(input, "id");
            Stored stored = records.of(from.slug()).get(id);
            List<String> ids =
                    stored == null ? List.of() : List.copyOf(stored.associations.getOrDefault(to.slug(), Set.of()));
            if (stored != null && !ids.isEmpty()) {
                results.add(page(from, to, stored, ids, Json.text(input, "after")));
            } else if (tellsWhatHasNone) {
                errors.add(Json.object(
                        "status",
                        "error",
                        "category",
                        "OBJECT_NOT_FOUND",
                        "subCategory",
                        "crm.associations.NO_ASSOCIATIONS_FOUND",
                        "message",
                        "No company is associated with contact " + id + ".",
                        "context",
                        Json.object("fromObjectId", List.of(id))));
            }
        }
        return FakeHubSpot.batch(version, 200, results, errors, now);
    }

    private Map<String, Object> page(ObjectType from, ObjectType to, Stored stored, List<String> ids, String after) {
        int start = after.isEmpty() ? 0 : Integer.parseInt(after);
        int end = Math.min(ids.size(), start + PAGE);
        Map<String, Object> result = Json.object(
                "from",
                Json.object("id", stored.id),
                "to",
                ids.subList(start, end).stream()
                        .map(id -> Json.object(
                                "toObjectId", Long.parseLong(id), "associationTypes", typesOf(from, to, stored, id)))
                        .toList());
        if (end < ids.size()) {
            result.put("paging", Json.object("next", Json.object("after", String.valueOf(end))));
        }
        return result;
    }

    private List<Map<String, Object>> typesOf(ObjectType from, ObjectType to, Stored stored, String id) {
        String pair = from.slug() + ">" + to.slug();
        List<Map<String, Object>> shown = new ArrayList<>();
        shown.add(Json.object(
                "category", "HUBSPOT_DEFINED", "typeId", HubSpotCatalog.ASSOCIATIONS.get(pair), "label", null));
        for (Integer label : stored.labels.getOrDefault(to.slug() + "/" + id, Set.of())) {
            Type type = types.getOrDefault(pair, Map.of()).get(label);
            if (type != null) {
                shown.add(Json.object("category", type.category(), "typeId", type.id(), "label", type.label()));
            }
        }
        return shown;
    }
}
