package io.ledgerbridge.testkit;

import io.ledgerbridge.testkit.HubSpotCatalog.ObjectType;
import io.ledgerbridge.testkit.HubSpotCatalog.PropertyDefinition;
import io.ledgerbridge.testkit.HubSpotRecords.Refused;
import io.ledgerbridge.testkit.HubSpotRecords.Stored;
import io.ledgerbridge.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A HubSpot account behind HTTP: objects in batches with partial answers, unique properties, associations, property
 * definitions, account details, scopes, and the three limits of the live service with their headers and bodies.
 *
 * <p>Tests assert on what it holds: {@link #records} and {@link #associated}. Safe for concurrent use.
 */
public final class FakeHubSpot extends FakeService {

    private static final long PORTAL_ID = 24_680_135L;
    private static final Set<String> VERSIONS = Set.of("2026-03", "2026-09");
    private static final int BATCH = 100;
    private static final int ASSOCIATION_BATCH = 2_000;

    /**
     * A record that the account holds.
     *
     * @param properties values as HubSpot keeps them, all text
     */
    public record Held(String id, Map<String, String> properties) {
        /** The value, or an empty text. */
        public String get(String property) {
            return properties.getOrDefault(property, "");
        }
    }

    private final String token = "pat-na1-00000000-fake-0000-0000-000000000001";
    private final ZoneId zone;
    private final String companyCurrency;
    private final Set<String> currencies;
    private final HubSpotRecords records;
    private final Set<String> withdrawnScopes = new HashSet<>();
    private final Set<String> switchedOff = new HashSet<>();
    private final Set<String> refusedUniqueTypes = new HashSet<>();
    private final Map<String, Set<String>> groups = new LinkedHashMap<>();
    private final @Nullable CallWindow general;
    private final @Nullable CallWindow associations;
    private final @Nullable CallWindow search;
    private boolean tokenLives = true;
    private int correlation = 1;
    private boolean otherRateLimitBody;

    private FakeHubSpot(Builder builder) {
        super(builder.time);
        zone = builder.zone;
        companyCurrency = builder.companyCurrency;
        currencies = new LinkedHashSet<>(builder.additionalCurrencies);
        currencies.add(companyCurrency);
        records = new HubSpotRecords(PORTAL_ID, currencies);
        general = builder.limited ? new CallWindow(100, Duration.ofSeconds(10)) : null;
        associations = builder.limited ? new CallWindow(100, Duration.ofSeconds(10)) : null;
        search = builder.limited ? new CallWindow(5, Duration.ofSeconds(1)) : null;
    }

    /** An account in New York with USD, every scope and the limits of the smallest plan. */
    public static Builder builder(TimeSource time) {
        return new Builder(time);
    }

    public String accessToken() {
        return token;
    }

    public ZoneId zone() {
        return zone;
    }

    /** The token is dead from now on. */
    public synchronized void revokeToken() {
        tokenLives = false;
    }

    public synchronized void withdrawScope(String scope) {
        withdrawnScopes.add(scope);
    }

    /** The account does not have this object type switched on. */
    public synchronized void switchOff(String type) {
        switchedOff.add(type);
    }

    /** Refuses unique properties on this type. */
    public synchronized void refuseUniqueProperties(String type) {
        refusedUniqueTypes.add(type);
    }

    /** Whether associating a completed payment marks its invoice paid; it does by default, as documented. */
    public synchronized void marksInvoicesPaidOnAssociation(boolean marks) {
        records.paymentsMarkInvoicesPaid = marks;
    }

    /** Stores 0 for the next {@code hs_amount_billed}, as is reported to happen. */
    public synchronized void losesNextAmountBilled() {
        records.losesAmountBilled = true;
    }

    /** Puts a record there as a user of the account would; it must be valid. */
    public synchronized String seed(String type, Map<String, String> properties) {
        try {
            return records.create(existing(type), properties, time.now()).id;
        } catch (Refused e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** All records of a type, oldest first. */
    public synchronized List<Held> records(String type) {
        return records.of(existing(type).slug()).values().stream()
                .map(stored -> new Held(stored.id, Map.copyOf(stored.properties)))
                .toList();
    }

    /** Ids of the records of another type that are associated with this one. */
    public synchronized Set<String> associated(String type, String id, String toType) {
        Stored stored = records.of(existing(type).slug()).get(id);
        return stored == null
                ? Set.of()
                : Set.copyOf(stored.associations.getOrDefault(existing(toType).slug(), Set.of()));
    }

    /** Number of associated pairs between two types. */
    public synchronized int pairs(String type, String toType) {
        return records.of(type).values().stream()
                .mapToInt(stored ->
                        stored.associations.getOrDefault(toType, Set.of()).size())
                .sum();
    }

    // Requests

    @Override
    boolean answersFor(HttpUrl url) {
        return url.host().equals("api.hubapi.com");
    }

    @Override
    String template(FakeRequest request) {
        StringBuilder template = new StringBuilder();
        for (String segment : request.path()) {
            template.append('/').append(segment.matches("\\d{6,}") ? "{id}" : segment);
        }
        return template.toString();
    }

    @Override
    synchronized FakeAnswer handle(FakeRequest request) {
        CallWindow window = window(request);
        if (window != null && !window.admit(time.now())) {
            traffic().limitBroken(time.now(), window.limit() + " calls: " + request.line());
            return withLimits(rateLimited(0), request);
        }
        if (!tokenLives || !("Bearer " + token).equals(request.header("Authorization"))) {
            return withLimits(
                    error(
                            401,
                            "INVALID_AUTHENTICATION",
                            "Authentication credentials not found. This API supports OAuth 2.0 authentication."),
                    request);
        }
        return withLimits(route(request), request);
    }

    private @Nullable CallWindow window(FakeRequest request) {
        String path = request.url().encodedPath();
        if (path.endsWith("/search")) {
            return search;
        }
        return path.startsWith("/crm/associations/") ? associations : general;
    }

    private FakeAnswer route(FakeRequest request) {
        List<String> path = request.path();
        if (path.contains("v3") || path.contains("v4")) {
            return FakeAnswer.notImplemented("2, numbered versions", request);
        }
        String version = path.stream().filter(VERSIONS::contains).findFirst().orElse(null);
        if (version == null) {
            return error(404, null, "The requested resource was not found: no such API version");
        }
        String start = path.size() < 2 ? "" : path.get(0) + "/" + path.get(1);
        try {
            if (path.get(0).equals("account-info")) {
                return account(request);
            }
            return switch (start) {
                case "crm/object-library" -> enablement(request);
                case "crm/properties" -> properties(request, path);
                case "crm/objects" -> objects(request, path, version);
                case "crm/associations" -> associations(request, path, version);
                case "crm/pipelines" -> FakeAnswer.notImplemented("14", request);
                case "crm/limits" -> FakeAnswer.notImplemented("18", request);
                default -> FakeAnswer.notImplemented("5", request);
            };
        } catch (Refused e) {
            return error(e.status, e.category, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return error(400, null, "Invalid input JSON on line 1, column 1: " + e.getMessage());
        }
    }

    private FakeAnswer account(FakeRequest request) {
        if (!request.url().encodedPath().endsWith("/details")) {
            return FakeAnswer.notImplemented("1, usage", request);
        }
        List<String> additional = new ArrayList<>(currencies);
        additional.remove(companyCurrency);
        return FakeAnswer.json(
                200,
                Json.object(
                        "portalId",
                        PORTAL_ID,
                        "accountType",
                        "STANDARD",
                        "timeZone",
                        zone.getId(),
                        "companyCurrency",
                        companyCurrency,
                        "additionalCurrencies",
                        additional,
                        "uiDomain",
                        "app.hubspot.com",
                        "dataHostingLocation",
                        "na1"));
    }

    private FakeAnswer enablement(FakeRequest request) {
        if (!request.url().encodedPath().endsWith("/enablement")) {
            return FakeAnswer.notImplemented("3, enablement of one type", request);
        }
        Map<String, Object> byId = Json.object();
        HubSpotCatalog.TYPES.values().forEach(type -> byId.put(type.id(), !switchedOff.contains(type.slug())));
        return FakeAnswer.json(200, Json.object("enablementByObjectTypeId", byId));
    }

    // Properties (section 10)

    private FakeAnswer properties(FakeRequest request, List<String> path) throws Refused, IOException {
        ObjectType type = known(path.get(3));
        boolean write = request.method().equals("POST") && !request.line().endsWith("/batch/read");
        if (write) {
            need(type.schemaScope());
        } else {
            needAny(type.scope() + ".read", "e-commerce");
        }
        String rest = String.join("/", path.subList(4, path.size()));
        return switch (request.method() + " " + rest) {
            case "GET " -> FakeAnswer.json(200, Json.object("results", definitions(type)));
            case "POST " -> FakeAnswer.json(201, createProperty(type, Json.parseObject(request.body())));
            case "POST batch/create" -> createProperties(request, type);
            case "GET groups" ->
                FakeAnswer.json(
                        200,
                        Json.object(
                                "results",
                                groups(type).stream()
                                        .map(name -> Json.object("name", name, "label", name, "archived", false))
                                        .toList()));
            case "POST groups" -> createGroup(request, type);
            default ->
                request.method().equals("GET") && path.size() == 5
                        ? oneProperty(type, path.get(4))
                        : FakeAnswer.notImplemented("10", request);
        };
    }

    private List<Map<String, Object>> definitions(ObjectType type) {
        List<Map<String, Object>> all = new ArrayList<>();
        type.standard().values().forEach(definition -> all.add(shown(definition, true)));
        records.custom(type.slug()).values().forEach(definition -> all.add(shown(definition, false)));
        return all;
    }

    private FakeAnswer oneProperty(ObjectType type, String name) throws Refused {
        PropertyDefinition definition = records.definition(type, name);
        if (definition == null) {
            throw new Refused(404, "OBJECT_NOT_FOUND", "Property " + name + " does not exist", true);
        }
        return FakeAnswer.json(200, shown(definition, type.standard().containsKey(name)));
    }

    private Map<String, Object> shown(PropertyDefinition definition, boolean standard) {
        Set<String> options =
                definition.type().equals("enumeration") && definition.options().isEmpty()
                        ? currencies
                        : definition.options();
        return Json.object(
                "name", definition.name(),
                "label", definition.name(),
                "type", definition.type(),
                "fieldType", definition.fieldType(),
                "groupName", standard ? "information" : "zoho_books",
                "hubspotDefined", standard,
                "hasUniqueValue", definition.unique() && !definition.name().equals("email"),
                "archived", false,
                "options",
                        options.stream()
                                .map(value -> Json.object("label", value, "value", value, "hidden", false))
                                .toList(),
                "modificationMetadata",
                        Json.object(
                                "archivable",
                                !standard,
                                "readOnlyDefinition",
                                standard,
                                "readOnlyValue",
                                definition.readOnly()));
    }

    private FakeAnswer createProperties(FakeRequest request, ObjectType type) throws Refused, IOException {
        List<Map<String, Object>> created = new ArrayList<>();
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Map<String, Object> input : inputs(request, BATCH)) {
            try {
                created.add(createProperty(type, input));
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
        return batch("2026-09", 201, created, errors);
    }

    private Map<String, Object> createProperty(ObjectType type, Map<String, Object> input) throws Refused {
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
        if (!groups(type).contains(Json.text(input, "groupName"))) {
            throw new Refused(
                    400, "VALIDATION_ERROR", "Property group " + input.get("groupName") + " does not exist", true);
        }
        if (records.definition(type, name) != null) {
            throw new Refused(409, "OBJECT_ALREADY_EXISTS", "Property named '" + name + "' already exists", true);
        }
        if (unique && refusedUniqueTypes.contains(type.slug())) {
            throw new Refused(400, "VALIDATION_ERROR", "Unique properties cannot be created on " + type.slug(), true);
        }
        PropertyDefinition definition = new PropertyDefinition(
                name, Json.text(input, "type"), Json.text(input, "fieldType"), unique, false, Set.of());
        records.custom(type.slug()).put(name, definition);
        return shown(definition, false);
    }

    private FakeAnswer createGroup(FakeRequest request, ObjectType type) throws Refused, IOException {
        Map<String, Object> input = Json.parseObject(request.body());
        String name = Json.text(input, "name");
        if (!groups(type).add(name)) {
            throw new Refused(409, "OBJECT_ALREADY_EXISTS", "Property group '" + name + "' already exists", true);
        }
        return FakeAnswer.json(201, Json.object("name", name, "label", Json.text(input, "label"), "archived", false));
    }

    private Set<String> groups(ObjectType type) {
        return groups.computeIfAbsent(type.slug(), slug -> new LinkedHashSet<>(Set.of("information")));
    }

    // Objects (sections 5 and 6)

    private FakeAnswer objects(FakeRequest request, List<String> path, String version) throws Refused, IOException {
        ObjectType type = known(path.get(3));
        if (switchedOff.contains(type.slug())) {
            throw new Refused(404, "OBJECT_NOT_FOUND", "Object type " + type.id() + " is not enabled", true);
        }
        String rest = String.join("/", path.subList(4, path.size()));
        boolean read = request.method().equals("GET") || rest.equals("batch/read");
        need(type.scope() + (read ? ".read" : ".write"));
        if (request.method().equals("POST") && rest.startsWith("batch/")) {
            return objectBatch(request, type, rest.substring("batch/".length()), version);
        }
        if (rest.equals("search")) {
            return FakeAnswer.notImplemented("9", request);
        }
        if (request.method().equals("GET") && path.size() == 5) {
            Stored stored = records.find(type, request.query("idProperty"), path.get(4));
            if (stored == null) {
                throw new Refused(404, "OBJECT_NOT_FOUND", "Object not found. objectId: " + path.get(4), true);
            }
            return FakeAnswer.json(200, shown(stored, null));
        }
        return FakeAnswer.notImplemented("5", request);
    }

    private FakeAnswer objectBatch(FakeRequest request, ObjectType type, String operation, String version)
            throws Refused, IOException {
        List<Map<String, Object>> inputs = inputs(request, BATCH);
        noDuplicates(inputs);
        return switch (operation) {
            case "read" -> readBatch(request, type, inputs, version);
            case "create" -> createBatch(type, inputs, version);
            case "update" -> write(type, inputs, version, 200, this::updateOne);
            case "upsert" -> {
                for (Map<String, Object> input : inputs) {
                    checkUpsertKey(type, input);
                }
                yield write(type, inputs, version, 200, this::upsertOne);
            }
            case "archive" -> {
                for (Map<String, Object> input : inputs) {
                    archivable(type, Json.text(input, "id"));
                }
                inputs.forEach(input -> records.archive(type, Json.text(input, "id")));
                yield FakeAnswer.empty(204);
            }
            default -> FakeAnswer.notImplemented("5", request);
        };
    }

    private void archivable(ObjectType type, String id) throws Refused {
        Stored stored = records.of(type.slug()).get(id);
        String status = stored == null ? "draft" : stored.properties.getOrDefault("hs_invoice_status", "draft");
        if (type.slug().equals("invoices") && !status.equals("draft") && !status.equals("open")) {
            throw new Refused(400, "VALIDATION_ERROR", "Invoice " + id + " cannot be deleted, it is " + status, true);
        }
    }

    private FakeAnswer readBatch(FakeRequest request, ObjectType type, List<Map<String, Object>> inputs, String version)
            throws Refused, IOException {
        Map<String, Object> body = Json.parseObject(request.body());
        String idProperty = body.get("idProperty") == null ? null : Json.text(body, "idProperty");
        if (idProperty != null && !idProperty.equals("hs_object_id") && !records.isUnique(type, idProperty)) {
            throw new Refused(
                    400,
                    "VALIDATION_ERROR",
                    "Unable to perform read by non-unique " + type.id() + " property " + idProperty,
                    true);
        }
        Set<String> names = new LinkedHashSet<>();
        if (body.get("properties") instanceof List<?> asked) {
            asked.forEach(name -> names.add(String.valueOf(name)));
        }
        List<Map<String, Object>> results = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Map<String, Object> input : inputs) {
            Stored stored = records.find(type, idProperty, Json.text(input, "id"));
            if (stored == null) {
                missing.add(Json.text(input, "id"));
            } else {
                results.add(shown(stored, names));
            }
        }
        List<Map<String, Object>> errors = missing.isEmpty()
                ? List.of()
                : List.of(Json.object(
                        "status",
                        "error",
                        "category",
                        "OBJECT_NOT_FOUND",
                        "message",
                        "Could not get some " + type.slug() + " objects, they may be deleted or not exist.",
                        "context",
                        Json.object("ids", missing)));
        return batch(version, 200, results, errors);
    }

    private interface OneWrite {
        Map<String, Object> apply(ObjectType type, Map<String, Object> input) throws Refused;
    }

    /** Each input for itself, except where the service refuses the whole call: then nothing is written. */
    private FakeAnswer write(
            ObjectType type, List<Map<String, Object>> inputs, String version, int success, OneWrite one)
            throws Refused {
        rehearse(type, inputs);
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Map<String, Object> input : inputs) {
            try {
                results.add(one.apply(type, input));
            } catch (Refused e) {
                if (e.wholeCall && !isKeyConflict(e)) {
                    throw e;
                }
                errors.add(batchError(e, input));
            }
        }
        return batch(version, success, results, errors);
    }

    /** A conflict that only shows while writing is one input's problem; what {@link #rehearse} finds is the call's. */
    private static boolean isKeyConflict(Refused refused) {
        return String.valueOf(refused.getMessage()).endsWith("already has that value.");
    }

    /** Refuses the whole call for unknown properties and for conflicts on a unique property that is not the key. */
    private void rehearse(ObjectType type, List<Map<String, Object>> inputs) throws Refused {
        for (Map<String, Object> input : inputs) {
            if (values(input).isEmpty()) {
                throw new Refused(
                        400, "VALIDATION_ERROR", "No properties found to update, please provide at least one.", true);
            }
            String idProperty = input.get("idProperty") == null ? null : Json.text(input, "idProperty");
            Stored target = records.find(type, idProperty, Json.text(input, "id"));
            for (Map.Entry<String, String> property : values(input).entrySet()) {
                if (records.definition(type, property.getKey()) == null) {
                    throw new Refused(
                            400,
                            "VALIDATION_ERROR",
                            "Property values were not valid: [{\"isValid\":false,\"message\":\"Property \\\""
                                    + property.getKey()
                                    + "\\\" does not exist\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\""
                                    + property.getKey() + "\"}]",
                            true);
                }
                if (!property.getKey().equals(idProperty) && records.isUnique(type, property.getKey())) {
                    Stored owner = records.find(type, property.getKey(), property.getValue());
                    if (owner != null && owner != target) {
                        throw conflict(type, property.getKey(), property.getValue(), owner);
                    }
                }
            }
        }
    }

    private static Refused conflict(ObjectType type, String name, String value, Stored owner) {
        return new Refused(
                400,
                "VALIDATION_ERROR",
                "Cannot set PropertyValueCoordinates{portalId=" + PORTAL_ID
                        + ", objectTypeId=ObjectTypeId{legacyObjectType="
                        + type.slug().toUpperCase(Locale.ROOT)
                        + "}, propertyName=" + name + ", value=" + value + "} on 1378000000001. " + owner.id
                        + " already has that value.",
                true);
    }

    private void checkUpsertKey(ObjectType type, Map<String, Object> input) throws Refused {
        String key = Json.text(input, "idProperty");
        if (key.isEmpty() || !records.isUnique(type, key)) {
            throw new Refused(
                    400,
                    "VALIDATION_ERROR",
                    "Unable to perform update/upsert by non-unique " + type.id() + " property " + key,
                    true);
        }
    }

    private Map<String, Object> upsertOne(ObjectType type, Map<String, Object> input) throws Refused {
        String key = Json.text(input, "idProperty");
        String value = Json.text(input, "id");
        Stored stored = records.find(type, key, value);
        Map<String, String> values = values(input);
        values.put(key, value);
        boolean created = stored == null;
        if (stored == null) {
            stored = records.create(type, values, time.now());
        } else {
            records.update(type, stored, values, time.now());
        }
        Map<String, Object> shown = shown(stored, values.keySet());
        shown.put("new", created);
        return shown;
    }

    private Map<String, Object> updateOne(ObjectType type, Map<String, Object> input) throws Refused {
        if (input.get("idProperty") != null) {
            throw new Refused(
                    400,
                    "VALIDATION_ERROR",
                    "Unable to perform update/upsert by non-unique " + type.id() + " property "
                            + input.get("idProperty"),
                    true);
        }
        Stored stored = records.find(type, null, Json.text(input, "id"));
        if (stored == null) {
            throw new Refused(
                    404, "OBJECT_NOT_FOUND", "No " + type.slug() + " with ID " + input.get("id") + " exists", false);
        }
        records.update(type, stored, values(input), time.now());
        return shown(stored, values(input).keySet());
    }

    /** All or nothing, unless every input has a trace id of its own. */
    private FakeAnswer createBatch(ObjectType type, List<Map<String, Object>> inputs, String version) throws Refused {
        Set<String> traces = new HashSet<>();
        inputs.forEach(input -> traces.add(Json.text(input, "objectWriteTraceId")));
        boolean traced = !traces.contains("") && traces.size() == inputs.size();
        rehearse(type, inputs);
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> errors = new ArrayList<>();
        Set<Map<String, String>> identical = new HashSet<>();
        for (Map<String, Object> input : inputs) {
            if (type.slug().equals("line_items") && !identical.add(values(input))) {
                continue;
            }
            try {
                Stored stored = records.create(type, values(input), time.now());
                associateInline(type, stored, input);
                results.add(shown(stored, values(input).keySet()));
            } catch (Refused e) {
                if (!traced) {
                    results.forEach(result -> records.archive(type, Json.text(result, "id")));
                    throw e;
                }
                errors.add(batchError(e, input));
            }
        }
        return batch(version, 201, results, errors);
    }

    private void associateInline(ObjectType type, Stored stored, Map<String, Object> input) throws Refused {
        for (Map<String, Object> association : ZohoRows.children(input, "associations")) {
            String toId = nested(association, "to");
            for (Map<String, Object> kind : ZohoRows.children(association, "types")) {
                String to = HubSpotCatalog.ASSOCIATIONS.entrySet().stream()
                        .filter(pair -> pair.getKey().startsWith(type.slug() + ">"))
                        .filter(pair -> String.valueOf(pair.getValue()).equals(Json.text(kind, "associationTypeId")))
                        .map(pair -> pair.getKey().substring(type.slug().length() + 1))
                        .findFirst()
                        .orElse(null);
                if (to == null) {
                    throw new Refused(
                            400,
                            "VALIDATION_ERROR",
                            "Association type " + kind.get("associationTypeId") + " is not valid from " + type.slug(),
                            false);
                }
                records.associate(type.slug(), stored.id, to, toId);
            }
        }
    }

    // Associations (section 11)

    private FakeAnswer associations(FakeRequest request, List<String> path, String version)
            throws Refused, IOException {
        ObjectType from = known(path.get(3));
        ObjectType to = known(path.get(4));
        String pair = from.slug() + ">" + to.slug();
        if (!HubSpotCatalog.ASSOCIATIONS.containsKey(pair)) {
            throw new Refused(400, "VALIDATION_ERROR", "No association is defined between " + pair, true);
        }
        need(from.scope() + ".write");
        need(to.scope() + ".write");
        return switch (String.join("/", path.subList(5, path.size()))) {
            case "batch/associate/default" -> associateDefault(from, to, inputs(request, ASSOCIATION_BATCH), version);
            case "batch/read" -> readAssociations(from, to, inputs(request, 1_000), version);
            case "batch/archive" -> {
                for (Map<String, Object> input : inputs(request, BATCH)) {
                    for (Map<String, Object> target : ZohoRows.children(input, "to")) {
                        records.dissociate(from.slug(), nested(input, "from"), to.slug(), Json.text(target, "id"));
                    }
                }
                yield FakeAnswer.json(200, Json.object("status", "COMPLETE", "results", List.of()));
            }
            default -> FakeAnswer.notImplemented("11.2", request);
        };
    }

    private FakeAnswer associateDefault(
            ObjectType from, ObjectType to, List<Map<String, Object>> inputs, String version) {
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> errors = new ArrayList<>();
        for (Map<String, Object> input : inputs) {
            String fromId = nested(input, "from");
            String toId = nested(input, "to");
            try {
                records.associate(from.slug(), fromId, to.slug(), toId);
                results.add(pairShown(from, fromId, to, toId));
                results.add(pairShown(to, toId, from, fromId));
            } catch (Refused e) {
                errors.add(Json.object(
                        "status",
                        "error",
                        "category",
                        e.category,
                        "message",
                        e.getMessage(),
                        "context",
                        Json.object("fromObjectId", List.of(fromId), "toObjectId", List.of(toId))));
            }
        }
        return batch(version, 200, results, errors);
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

    private FakeAnswer readAssociations(
            ObjectType from, ObjectType to, List<Map<String, Object>> inputs, String version) {
        List<Map<String, Object>> results = new ArrayList<>();
        for (Map<String, Object> input : inputs) {
            Stored stored = records.of(from.slug()).get(Json.text(input, "id"));
            Set<String> ids = stored == null ? Set.of() : stored.associations.getOrDefault(to.slug(), Set.of());
            if (!ids.isEmpty()) {
                results.add(Json.object(
                        "from", Json.object("id", Json.text(input, "id")),
                        "to",
                                ids.stream()
                                        .map(id -> Json.object(
                                                "toObjectId",
                                                Long.parseLong(id),
                                                "associationTypes",
                                                List.of(Json.object(
                                                        "category",
                                                        "HUBSPOT_DEFINED",
                                                        "typeId",
                                                        HubSpotCatalog.ASSOCIATIONS.get(
                                                                from.slug() + ">" + to.slug())))))
                                        .toList()));
            }
        }
        return batch(version, 200, results, List.of());
    }

    // Shapes

    private static String nested(Map<String, Object> input, String name) {
        return input.get(name) instanceof Map<?, ?> map ? String.valueOf(map.get("id")) : "";
    }

    private Map<String, Object> shown(Stored stored, @Nullable Set<String> names) {
        Map<String, Object> properties = Json.object();
        stored.properties.forEach((name, value) -> {
            if (names == null || names.isEmpty() || names.contains(name)) {
                properties.put(name, value);
            }
        });
        if (names != null) {
            names.forEach(name -> properties.putIfAbsent(name, Json.NULL));
        }
        properties.put("hs_object_id", stored.id);
        return Json.object(
                "id",
                stored.id,
                "properties",
                properties,
                "createdAt",
                stored.createdAt.toString(),
                "updatedAt",
                stored.updatedAt.toString(),
                "archived",
                false);
    }

    /** Results come in another order than the inputs, and without their trace ids. */
    private FakeAnswer batch(
            String version, int success, List<Map<String, Object>> results, List<Map<String, Object>> errors) {
        List<Map<String, Object>> reordered = new ArrayList<>(results);
        Collections.reverse(reordered);
        Map<String, Object> answer = Json.object(
                "status",
                "COMPLETE",
                "startedAt",
                time.now().toString(),
                "completedAt",
                time.now().toString(),
                "results",
                reordered);
        if (!errors.isEmpty()) {
            answer.put("numErrors", errors.size());
            answer.put("errors", errors);
        }
        boolean partial = !errors.isEmpty() && version.equals("2026-03");
        return FakeAnswer.json(partial ? 207 : success, answer);
    }

    private static Map<String, Object> batchError(Refused refused, Map<String, Object> input) {
        String trace = Json.text(input, "objectWriteTraceId");
        return Json.object(
                "status",
                "error",
                "category",
                refused.category,
                "message",
                refused.getMessage(),
                "context",
                trace.isEmpty()
                        ? Json.object("ids", List.of(Json.text(input, "id")))
                        : Json.object("objectWriteTraceId", List.of(trace)));
    }

    private List<Map<String, Object>> inputs(FakeRequest request, int max) throws Refused, IOException {
        Map<String, Object> body = Json.parseObject(request.body());
        List<Map<String, Object>> inputs = ZohoRows.children(body, "inputs");
        if (inputs.isEmpty() || inputs.size() > max) {
            throw new Refused(
                    400,
                    "VALIDATION_ERROR",
                    "Invalid number of inputs: " + inputs.size() + ", must be between 1 and " + max,
                    true);
        }
        return inputs;
    }

    private static void noDuplicates(List<Map<String, Object>> inputs) throws Refused {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        for (Map<String, Object> input : inputs) {
            String id = Json.text(input, "id").toLowerCase(Locale.ROOT);
            if (!id.isEmpty() && !seen.add(id)) {
                twice.add(id);
            }
        }
        if (!twice.isEmpty()) {
            throw new Refused(
                    400,
                    "VALIDATION_ERROR",
                    "Duplicate IDs found in batch input: " + twice + ". IDs must be unique",
                    true);
        }
    }

    /** Numbers and booleans are accepted and kept as text. */
    private static Map<String, String> values(Map<String, Object> input) {
        Map<String, String> values = new LinkedHashMap<>();
        if (input.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach(
                    (name, value) -> values.put(String.valueOf(name), value == null ? "" : value.toString()));
        }
        return values;
    }

    private ObjectType known(String slugOrId) throws Refused {
        ObjectType type = HubSpotCatalog.find(slugOrId);
        if (type == null) {
            throw new Refused(404, "OBJECT_NOT_FOUND", "Unable to infer object type from: " + slugOrId, true);
        }
        return type;
    }

    private static ObjectType existing(String slugOrId) {
        ObjectType type = HubSpotCatalog.find(slugOrId);
        if (type == null) {
            throw new IllegalArgumentException("no object type " + slugOrId);
        }
        return type;
    }

    private void need(String scope) throws Refused {
        needAny(scope, scope);
    }

    private void needAny(String scope, String other) throws Refused {
        if (withdrawnScopes.contains(scope) && (scope.equals(other) || withdrawnScopes.contains(other))) {
            throw new Refused(403, "MISSING_SCOPES", scope, true);
        }
    }

    private FakeAnswer error(int status, @Nullable String category, String message) {
        Map<String, Object> body = Json.object("status", "error");
        body.put("correlationId", "018f2c1e-5a77-7c19-9b0e-%012d".formatted(correlation++));
        if (category != null) {
            body.put("category", category);
        }
        if ("MISSING_SCOPES".equals(category)) {
            body.put("message", "This app hasn't been granted all required scopes to make this call.");
            body.put(
                    "errors",
                    List.of(Json.object(
                            "message",
                            "One or more of the following scopes are required.",
                            "context",
                            Json.object("requiredGranularScopes", List.of(message)))));
        } else {
            body.put("message", message);
        }
        return FakeAnswer.json(status, body);
    }

    /** The two documented bodies take turns. */
    @Override
    FakeAnswer rateLimited(int code) {
        otherRateLimitBody = !otherRateLimitBody;
        if (otherRateLimitBody) {
            return FakeAnswer.json(
                    429,
                    Json.object(
                            "status", "error",
                            "message", "You have reached your ten_secondly_rolling limit.",
                            "errorType", "RATE_LIMIT",
                            "correlationId", "018f2c1e-5a77-7c19-9b0e-000000000003",
                            "policyName", "TEN_SECONDLY_ROLLING"));
        }
        return FakeAnswer.json(
                429,
                Json.object(
                        "status", "error",
                        "message", "You have reached your ten_secondly_rolling limit.",
                        "category", "RATE_LIMITS"));
    }

    @Override
    FakeAnswer silentNoOp(FakeRequest request) {
        return FakeAnswer.json(200, Json.object("status", "COMPLETE", "results", List.of()));
    }

    /** Search answers carry no limit headers. */
    private FakeAnswer withLimits(FakeAnswer answer, FakeRequest request) {
        CallWindow window = window(request);
        if (window == null || window == search) {
            return answer;
        }
        return answer.with("X-HubSpot-RateLimit-Max", String.valueOf(window.limit()))
                .with("X-HubSpot-RateLimit-Remaining", String.valueOf(window.remaining(time.now())))
                .with("X-HubSpot-RateLimit-Interval-Milliseconds", "10000")
                .with("X-HubSpot-RateLimit-Daily", "250000")
                .with("X-HubSpot-RateLimit-Daily-Remaining", "249000");
    }

    /** Collects what an account is like. */
    public static final class Builder {
        private final TimeSource time;
        private ZoneId zone = ZoneId.of("America/New_York");
        private String companyCurrency = "USD";
        private final List<String> additionalCurrencies = new ArrayList<>();
        private boolean limited = true;

        private Builder(TimeSource time) {
            this.time = time;
        }

        public Builder zone(ZoneId zone) {
            this.zone = zone;
            return this;
        }

        public Builder currencies(String company, String... additional) {
            this.companyCurrency = company;
            this.additionalCurrencies.addAll(List.of(additional));
            return this;
        }

        public Builder withoutLimits() {
            this.limited = false;
            return this;
        }

        public FakeHubSpot build() {
            return new FakeHubSpot(this);
        }
    }
}
