package io.ledgerbridge.testkit;

import io.ledgerbridge.testkit.HubSpotCatalog.ObjectType;
import io.ledgerbridge.testkit.HubSpotRecords.Refused;
import io.ledgerbridge.testkit.HubSpotRecords.Stored;
import io.ledgerbridge.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A HubSpot account behind HTTP: objects alone and in batches with partial answers, search that lags behind, unique
 * properties, associations with labels, property definitions, pipelines, account details, scopes, and the limits of the live
 * service with their headers and bodies.
 *
 * <p>Tests assert on what it holds: {@link #records} and {@link #associated}. Safe for concurrent use.
 */
public final class FakeHubSpot extends FakeService {

    private static final long PORTAL_ID = 24_680_135L;
    private static final Pattern TOKEN = Pattern.compile("pat-na1-(\\d+)-");
    private static final Pattern RECORD = Pattern.compile("\\d{6,}");
    private static final Set<String> VERSIONS = Set.of("2026-03", "2026-09");
    private static final int BATCH = 100;

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

    private final long portalId;
    private String token;
    private final ZoneId zone;
    private final String companyCurrency;
    private final Set<String> currencies;
    private final HubSpotRecords records;
    private final Set<String> withdrawnScopes = new HashSet<>();
    private final Set<String> switchedOff = new HashSet<>();
    private final HubSpotDefinitions definitions;
    private final HubSpotAssociations pairs;
    private final HubSpotSearch searching;
    private final @Nullable CallWindow general;
    private final @Nullable CallWindow associations;
    private final @Nullable CallWindow search;
    private boolean tokenLives = true;
    private int tokens = 1;
    private int correlation = 1;
    private long answers;
    private boolean otherRateLimitBody;
    private boolean looksForRecordsFirst;
    private final int dailyLimit;
    private int callsToday;
    private @Nullable LocalDate today;

    private FakeHubSpot(Builder builder) {
        super(builder.time);
        zone = builder.zone;
        companyCurrency = builder.companyCurrency;
        currencies = new LinkedHashSet<>(builder.additionalCurrencies);
        currencies.add(companyCurrency);
        portalId = builder.portalId;
        token = "pat-na1-%d-fake-0000-0000-000000000001".formatted(portalId);
        records = new HubSpotRecords(portalId, currencies);
        definitions = new HubSpotDefinitions(records);
        pairs = new HubSpotAssociations(records);
        searching = new HubSpotSearch(records);
        dailyLimit = builder.dailyLimit;
        general = builder.limited ? new CallWindow(builder.plan, Duration.ofSeconds(10)) : null;
        associations = builder.limited ? new CallWindow(associationsOf(builder.plan), Duration.ofSeconds(10)) : null;
        search = builder.limited ? new CallWindow(5, Duration.ofSeconds(1)) : null;
    }

    /** An account in New York with USD, every scope and the limits of the smallest plan. */
    public static Builder builder(TimeSource time) {
        return new Builder(time);
    }

    public synchronized String accessToken() {
        return token;
    }

    /** Rotates the token: the one before is dead. */
    public synchronized String newAccessToken() {
        token = token.substring(0, token.length() - 4) + "%04d".formatted(++tokens);
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

    public synchronized void grantScope(String scope) {
        withdrawnScopes.remove(scope);
    }

    /** The account does not have this object type switched on. */
    public synchronized void switchOff(String type) {
        switchedOff.add(type);
    }

    /** Refuses unique properties on this type. */
    public synchronized void refuseUniqueProperties(String type) {
        definitions.refusedUniqueTypes.add(type);
    }

    /** How long new properties take to appear; nothing by default, a quarter to three quarters of a second live. */
    public synchronized void definitionsAppearAfter(Duration delay) {
        definitions.appearAfter = delay;
    }

    public synchronized boolean hasProperty(String type, String name) {
        return records.definition(existing(type), name) != null;
    }

    /** How a property is defined now, as an answer shows it. */
    public synchronized Map<String, Object> property(String type, String name) {
        try {
            return definitions.shown(existing(type), name);
        } catch (Refused e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Somebody edits what HubSpot tells people about a property. */
    public synchronized void describeProperty(String type, String name, String description) {
        try {
            definitions.describe(existing(type), name, description);
        } catch (Refused e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** So many properties of an account's own fit on each type; 1,000 by default. */
    public synchronized void customPropertiesPerType(int limit) {
        definitions.mostPerType = limit;
    }

    /** An administrator takes a property away; records keep its values. */
    public synchronized void removeProperty(String type, String name) {
        try {
            definitions.archive(existing(type), name);
        } catch (Refused e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** An administrator requires this property of new records, also of those that come by the API. */
    public synchronized void requireOnCreate(String type, String property) {
        records.required(type).add(property);
    }

    /** An administrator requires nothing of new records any more but what HubSpot itself does. */
    public synchronized void requireNothingOnCreate(String type) {
        records.required(type).clear();
    }

    /** How far search is behind the records, two hours at most; 3 seconds by default. */
    public synchronized void searchLag(Duration lag) {
        searching.lag = lag;
    }

    /** Users of the account make a label, with a type id for each direction. */
    public synchronized void defineLabel(String from, String to, int id, int reverseId, String label) {
        pairs.defineLabel(from, to, id, reverseId, label);
    }

    /** Whether reading associations names records that have none; they are left out by default. */
    public synchronized void tellsWhatHasNoAssociations(boolean tells) {
        pairs.tellsWhatHasNone = tells;
    }

    /**
     * Whether an update is refused for a record that is gone before it is for a key that another one has. By default it is the
     * other way round; the reference knows neither.
     */
    public synchronized void looksForRecordsFirst(boolean first) {
        looksForRecordsFirst = first;
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
            Stored made = records.create(existing(type), properties, time.now());
            if (existing(type).standard().containsKey("hs_object_source")) {
                made.properties.put("hs_object_source", "CRM_UI");
            }
            return made.id;
        } catch (Refused e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Changes a record as a user of the account would; the values must be valid. */
    public synchronized void edit(String type, String id, Map<String, String> properties) {
        Stored stored = records.of(existing(type).slug()).get(id);
        if (stored == null) {
            throw new IllegalArgumentException("no " + type + " with id " + id);
        }
        try {
            records.update(existing(type), stored, properties, time.now());
        } catch (Refused e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** An administrator adds a currency. */
    public synchronized void addCurrency(String code) {
        currencies.add(code);
    }

    /** Associates two records as a user of the account would. */
    public synchronized void associate(String type, String id, String toType, String toId) {
        try {
            records.associate(existing(type).slug(), id, existing(toType).slug(), toId);
        } catch (Refused e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Separates two records as a user of the account would. */
    public synchronized void separate(String type, String id, String toType, String toId) {
        records.dissociate(existing(type).slug(), id, existing(toType).slug(), toId);
    }

    /** Moves a record to the recycle bin as a user of the account would. */
    public synchronized void archive(String type, String id) {
        records.archive(existing(type), id);
    }

    /**
     * Merges a record into another as a user of the account would: the other keeps its values and gets the associations, and
     * answers for both ids.
     */
    public synchronized void merge(String type, String id, String into) {
        records.merge(existing(type), id, into);
    }

    /** All records of a type, oldest first. */
    public synchronized List<Held> records(String type) {
        return records.of(existing(type).slug()).values().stream()
                .map(stored -> new Held(stored.id, Map.copyOf(stored.properties)))
                .toList();
    }

    /** Ids of the labels that this record's association with the other has, without the default one. */
    public synchronized Set<Integer> labels(String type, String id, String toType, String toId) {
        Stored stored = records.of(existing(type).slug()).get(id);
        return stored == null
                ? Set.of()
                : Set.copyOf(stored.labels.getOrDefault(existing(toType).slug() + "/" + toId, Set.of()));
    }

    /** Ids of the records of a type that are in the recycle bin. */
    public synchronized Set<String> archived(String type) {
        return Set.copyOf(records.recycleBin(existing(type).slug()).keySet());
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

    /**
     * Starts many accounts behind one address, as the service has them: each request is for the account of its token.
     *
     * @param accounts one at least, each with a portal id of its own
     */
    public static LoopbackServer startAll(Collection<FakeHubSpot> accounts) {
        Map<String, FakeHubSpot> byId = accounts.stream()
                .collect(Collectors.toMap(account -> String.valueOf(account.portalId), Function.identity()));
        FakeHubSpot any = accounts.iterator().next();
        return LoopbackServer.start(request -> {
            Matcher token = TOKEN.matcher(String.valueOf(request.header("Authorization")));
            return token.find() ? byId.getOrDefault(token.group(1), any) : any;
        });
    }

    @Override
    boolean answersFor(HttpUrl url) {
        return url.host().equals("api.hubapi.com");
    }

    @Override
    String template(FakeRequest request) {
        StringBuilder template = new StringBuilder();
        for (String segment : request.path()) {
            template.append('/').append(RECORD.matcher(segment).matches() ? "{id}" : segment);
        }
        return template.toString();
    }

    @Override
    synchronized FakeAnswer handle(FakeRequest request) {
        CallWindow window = window(request);
        if (window != null && !window.admit(time.now())) {
            traffic().limitBroken(time.now(), window.limit() + " calls: " + request.line());
            return withLimits(window == search ? limited("SECONDLY", "secondly") : rateLimited(0), request);
        }
        if (isDaySpent()) {
            traffic().limitBroken(time.now(), dailyLimit + " calls a day: " + request.line());
            return withLimits(limited("DAILY", "daily"), request);
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

    /** Counts the call; the count begins anew at midnight in the account's zone. */
    private boolean isDaySpent() {
        LocalDate date = LocalDate.ofInstant(time.now(), zone);
        if (!date.equals(today)) {
            today = date;
            callsToday = 0;
        }
        if (callsToday >= dailyLimit) {
            return true;
        }
        callsToday++;
        return false;
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
                case "crm/pipelines" -> pipelines(request, path);
                case "crm/limits" -> limits(request);
                case "crm/property-validations" -> validations(request, path);
                default -> FakeAnswer.notImplemented("5", request);
            };
        } catch (Refused e) {
            return error(e.status, e.category, String.valueOf(e.getMessage()), e.context);
        } catch (IOException e) {
            return error(400, null, "Invalid input JSON on line 1, column 1: " + e.getMessage());
        }
    }

    private FakeAnswer account(FakeRequest request) {
        if (request.url().encodedPath().endsWith("/api-usage/daily/private-apps")) {
            return usage();
        }
        if (!request.url().encodedPath().endsWith("/details")) {
            return FakeAnswer.notImplemented("1", request);
        }
        List<String> additional = new ArrayList<>(currencies);
        additional.remove(companyCurrency);
        return FakeAnswer.json(
                200,
                Json.object(
                        "portalId",
                        portalId,
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

    private FakeAnswer usage() {
        return FakeAnswer.json(
                200,
                Json.object(
                        "results",
                        List.of(Json.object(
                                "name",
                                "private-apps-api-calls-daily",
                                "usageLimit",
                                dailyLimit,
                                "currentUsage",
                                callsToday,
                                "collectedAt",
                                time.now().toString(),
                                "resetsAt",
                                LocalDate.ofInstant(time.now(), zone)
                                        .plusDays(1)
                                        .atStartOfDay(zone)
                                        .toInstant()
                                        .toString(),
                                "fetchStatus",
                                "SUCCESS"))));
    }

    private static FakeAnswer pipelines(FakeRequest request, List<String> path) {
        if (!request.method().equals("GET") || path.size() != 4 || !path.get(3).matches("deals|0-3")) {
            return FakeAnswer.notImplemented("14", request);
        }
        return FakeAnswer.json(
                200,
                Json.object(
                        "results",
                        List.of(Json.object(
                                "id",
                                "default",
                                "label",
                                "Sales",
                                "displayOrder",
                                0,
                                "archived",
                                false,
                                "stages",
                                List.of(
                                        stage("closedwon", "Won", 1, true, "1.0"),
                                        stage("appointmentscheduled", "Scheduled", 0, false, "0.2"))))));
    }

    private static Map<String, Object> stage(String id, String label, int order, boolean closed, String probability) {
        return Json.object(
                "id",
                id,
                "label",
                label,
                "displayOrder",
                order,
                "archived",
                false,
                "metadata",
                Json.object("isClosed", String.valueOf(closed), "probability", probability));
    }

    private FakeAnswer limits(FakeRequest request) {
        if (!request.url().encodedPath().endsWith("/custom-properties")) {
            return FakeAnswer.notImplemented("18", request);
        }
        List<Map<String, Object>> byType = new ArrayList<>();
        int all = 0;
        for (ObjectType type : HubSpotCatalog.TYPES.values()) {
            int usage = records.custom(type.slug()).size();
            all += usage;
            byType.add(Json.object(
                    "objectTypeId", type.id(), "limit", definitions.mostPerType, "usage", usage, "percentage", 0));
        }
        return FakeAnswer.json(200, Json.object("overallLimit", 10_000, "overallUsage", all, "byObjectType", byType));
    }

    private static FakeAnswer validations(FakeRequest request, List<String> path) {
        if (!request.method().equals("GET") || path.size() != 4) {
            return FakeAnswer.notImplemented("2.1", request);
        }
        List<Map<String, Object>> results = path.get(3).equals("0-2")
                ? List.of(Json.object(
                        "propertyName",
                        "phone",
                        "propertyValidationRules",
                        List.of(Json.object("ruleType", "MAX_LENGTH", "ruleArguments", List.of("30")))))
                : List.of();
        return FakeAnswer.json(200, Json.object("results", results));
    }

    private FakeAnswer enablement(FakeRequest request) {
        if (!request.url().encodedPath().endsWith("/enablement")) {
            return FakeAnswer.notImplemented("3, enablement of one type", request);
        }
        Map<String, Object> byId = Json.object();
        HubSpotCatalog.TYPES.values().forEach(type -> byId.put(type.id(), !switchedOff.contains(type.slug())));
        return FakeAnswer.json(200, Json.object("enablementByObjectTypeId", byId));
    }

    private FakeAnswer properties(FakeRequest request, List<String> path) throws Refused, IOException {
        ObjectType type = known(path.get(3));
        boolean write = !request.method().equals("GET") && !request.line().endsWith("/batch/read");
        if (write) {
            need(type.schemaScope());
        } else {
            needAny(type.scope() + ".read", "e-commerce");
        }
        return definitions.answer(request, type, String.join("/", path.subList(4, path.size())), time.now());
    }

    private FakeAnswer associations(FakeRequest request, List<String> path, String version)
            throws Refused, IOException {
        ObjectType from = known(path.get(3));
        ObjectType to = known(path.get(4));
        String rest = String.join("/", path.subList(5, path.size()));
        String right = rest.equals("batch/read") || request.method().equals("GET") ? ".read" : ".write";
        need(from.scope() + right);
        need(to.scope() + right);
        return pairs.answer(request, from, to, rest, version, time.now());
    }

    // Objects (sections 5 and 6)

    private FakeAnswer objects(FakeRequest request, List<String> path, String version) throws Refused, IOException {
        ObjectType type = known(path.get(3));
        if (switchedOff.contains(type.slug())) {
            throw new Refused(404, "OBJECT_NOT_FOUND", "Object type " + type.id() + " is not enabled", true);
        }
        String rest = String.join("/", path.subList(4, path.size()));
        boolean read = request.method().equals("GET") || rest.equals("batch/read") || rest.equals("search");
        need(type.scope() + (read ? ".read" : ".write"));
        if (request.method().equals("POST") && rest.startsWith("batch/")) {
            return objectBatch(request, type, rest.substring("batch/".length()), version);
        }
        if (rest.equals("search")) {
            Set<String> names = names(Json.parseObject(request.body()));
            return searching.answer(request, type, time.now(), stored -> shown(type, stored, names));
        }
        return switch (request.method() + (rest.isEmpty() ? "" : path.size() == 5 ? " {id}" : " ...")) {
            case "GET" -> list(request, type);
            case "POST" -> FakeAnswer.json(201, createOne(type, Json.parseObject(request.body())));
            case "GET {id}" -> get(request, type, path.get(4));
            case "PATCH {id}" -> patch(request, type, path.get(4));
            case "DELETE {id}" -> {
                archivable(type, path.get(4));
                records.archive(type, path.get(4));
                yield FakeAnswer.empty(204);
            }
            default -> FakeAnswer.notImplemented("5", request);
        };
    }

    private FakeAnswer list(FakeRequest request, ObjectType type) throws Refused {
        int limit = request.query("limit") == null ? 10 : Integer.parseInt(String.valueOf(request.query("limit")));
        if (limit < 1 || limit > BATCH) {
            throw new Refused(400, "VALIDATION_ERROR", "limit must be between 1 and 100", true);
        }
        Map<String, Stored> all =
                "true".equals(request.query("archived")) ? records.recycleBin(type.slug()) : records.of(type.slug());
        String after = request.query("after");
        List<Stored> left = all.values().stream()
                .filter(stored -> after == null || Long.parseLong(stored.id) > Long.parseLong(after.substring(1)))
                .sorted(Comparator.comparingLong(stored -> Long.parseLong(stored.id)))
                .toList();
        List<Map<String, Object>> results = left.stream()
                .limit(limit)
                .map(stored -> shownAsAsked(request, type, stored))
                .toList();
        Map<String, Object> answer = Json.object("results", results);
        if (left.size() > limit) {
            answer.put("paging", Json.object("next", Json.object("after", "p" + left.get(limit - 1).id)));
        }
        return FakeAnswer.json(200, answer);
    }

    private FakeAnswer get(FakeRequest request, ObjectType type, String id) throws Refused {
        Stored stored = "true".equals(request.query("archived"))
                ? records.recycleBin(type.slug()).get(id)
                : records.find(type, uniqueProperty(request, type), id);
        if (stored == null) {
            throw new Refused(404, "OBJECT_NOT_FOUND", "Object not found.  objectId are usually numeric.", true);
        }
        return FakeAnswer.json(200, shownAsAsked(request, type, stored));
    }

    private @Nullable String uniqueProperty(FakeRequest request, ObjectType type) throws Refused {
        String idProperty = request.query("idProperty");
        if (idProperty != null && !idProperty.equals("hs_object_id") && !records.isUnique(type, idProperty)) {
            throw new Refused(
                    400,
                    "VALIDATION_ERROR",
                    "Unable to perform read by non-unique " + type.id() + " property " + idProperty,
                    true);
        }
        return idProperty;
    }

    private FakeAnswer patch(FakeRequest request, ObjectType type, String id) throws Refused, IOException {
        Map<String, Object> input = Json.parseObject(request.body());
        Stored stored = records.find(type, uniqueProperty(request, type), id);
        if (stored == null) {
            throw new Refused(404, "OBJECT_NOT_FOUND", "Object not found.  objectId are usually numeric.", true);
        }
        if (values(input).isEmpty()) {
            throw new Refused(
                    400, "VALIDATION_ERROR", "No properties found to update, please provide at least one.", true);
        }
        records.update(type, stored, values(input), time.now());
        return FakeAnswer.json(200, shown(type, stored, values(input).keySet()));
    }

    private Map<String, Object> createOne(ObjectType type, Map<String, Object> input) throws Refused {
        String email = values(input).getOrDefault("email", "");
        if (type.slug().equals("contacts") && !email.isEmpty()) {
            Stored owner = records.find(type, "email", email);
            if (owner != null) {
                throw new Refused(409, "CONFLICT", "Contact already exists. Existing ID: " + owner.id, true);
            }
        }
        return createAssociated(type, input);
    }

    /** The record with its associations, or nothing. */
    private Map<String, Object> createAssociated(ObjectType type, Map<String, Object> input) throws Refused {
        Stored stored = records.create(type, values(input), time.now());
        try {
            pairs.inline(type, stored, input);
        } catch (Refused e) {
            records.archive(type, stored.id);
            records.recycleBin(type.slug()).remove(stored.id);
            throw e;
        }
        return shown(type, stored, values(input).keySet());
    }

    private Map<String, Object> shownAsAsked(FakeRequest request, ObjectType type, Stored stored) {
        String properties = request.query("properties");
        Map<String, Object> shown = shown(
                type, stored, properties == null ? Set.of() : new LinkedHashSet<>(List.of(properties.split(","))));
        String asked = request.query("associations");
        if (asked != null) {
            Map<String, Object> associations = Json.object();
            for (String slug : asked.split(",")) {
                ObjectType to = HubSpotCatalog.find(slug);
                Set<String> ids = to == null ? Set.of() : stored.associations.getOrDefault(to.slug(), Set.of());
                if (to != null && !ids.isEmpty()) {
                    associations.put(to.slug().replace('_', ' '), Json.object("results", shownIds(type, to, ids)));
                }
            }
            shown.put("associations", associations);
        }
        return shown;
    }

    private static List<Map<String, Object>> shownIds(ObjectType from, ObjectType to, Set<String> ids) {
        String kind = from.slug().replaceAll("s$", "") + "_to_" + to.slug().replaceAll("s$", "");
        return ids.stream().map(id -> Json.object("id", id, "type", kind)).toList();
    }

    private static Set<String> names(Map<String, Object> body) {
        Set<String> names = new LinkedHashSet<>();
        if (body.get("properties") instanceof List<?> asked) {
            asked.forEach(name -> names.add(String.valueOf(name)));
        }
        return names;
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
        Set<String> names = names(body);
        List<Map<String, Object>> results = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Map<String, Object> input : inputs) {
            Stored stored = records.find(type, idProperty, Json.text(input, "id"));
            if (stored == null) {
                missing.add(Json.text(input, "id"));
            } else {
                results.add(shown(type, stored, names));
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
        return batch(version, 200, results, errors, time.now());
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
        return batch(version, success, results, errors, time.now());
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
            String id = Json.text(input, "id");
            Stored target = records.find(type, idProperty, id);
            boolean isGone = target == null && idProperty == null && !id.isEmpty();
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
                boolean isKey = !property.getKey().equals(idProperty) && records.isUnique(type, property.getKey());
                if (isKey && !(isGone && looksForRecordsFirst)) {
                    Stored owner = records.find(type, property.getKey(), property.getValue());
                    if (owner != null && owner != target) {
                        throw conflict(type, property.getKey(), property.getValue(), owner);
                    }
                }
            }
        }
    }

    private Refused conflict(ObjectType type, String name, String value, Stored owner) {
        return new Refused(
                400,
                "VALIDATION_ERROR",
                "Cannot set PropertyValueCoordinates{portalId=" + portalId
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
        if (stored == null && type.slug().equals("line_items") && !values(input).containsKey(key)) {
            throw new Refused(400, "VALIDATION_ERROR", "A value for " + key + " is required to create", false);
        }
        if (stored == null) {
            stored = records.create(type, values, time.now());
        } else {
            records.update(type, stored, values, time.now());
        }
        Map<String, Object> shown = shown(type, stored, values.keySet());
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
        return shown(type, stored, values(input).keySet());
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
                results.add(createAssociated(type, input));
            } catch (Refused e) {
                if (!traced) {
                    results.forEach(result -> records.archive(type, Json.text(result, "id")));
                    throw e;
                }
                errors.add(batchError(e, input));
            }
        }
        return batch(version, 201, results, errors, time.now());
    }

    // Shapes

    static String nested(Map<String, Object> input, String name) {
        return input.get(name) instanceof Map<?, ?> map ? String.valueOf(map.get("id")) : "";
    }

    /** The properties that were asked for, else the usual ones of the type; names that the type lacks are ignored. */
    private Map<String, Object> shown(ObjectType type, Stored stored, Set<String> names) {
        String modified = type.slug().equals("contacts") ? "lastmodifieddate" : "hs_lastmodifieddate";
        String created = type.slug().equals("commerce_payments") ? "hs_createdate" : "createdate";
        Map<String, Object> properties = Json.object();
        Set<String> asked = names.isEmpty() ? HubSpotCatalog.usual(type.slug()) : names;
        for (String name : asked) {
            String value = name.equals(modified)
                    ? stored.updatedAt.toString()
                    : name.equals(created) ? stored.createdAt.toString() : stored.properties.get(name);
            properties.put(name, value == null ? Json.NULL : value);
        }
        properties.put(created, stored.createdAt.toString());
        properties.put(modified, stored.updatedAt.toString());
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
                false,
                "url",
                "https://app.hubspot.com/contacts/" + portalId + "/record/" + type.id() + "/" + stored.id);
    }

    /** Results come in another order than the inputs, and without their trace ids. */
    static FakeAnswer batch(
            String version,
            int success,
            List<Map<String, Object>> results,
            List<Map<String, Object>> errors,
            Instant now) {
        List<Map<String, Object>> reordered = new ArrayList<>(results);
        Collections.reverse(reordered);
        Map<String, Object> answer = Json.object(
                "status", "COMPLETE", "startedAt", now.toString(), "completedAt", now.toString(), "results", reordered);
        if (!errors.isEmpty()) {
            answer.put("numErrors", errors.size());
            answer.put("errors", errors);
        }
        boolean partial = !errors.isEmpty() && version.equals("2026-03");
        return FakeAnswer.json(partial ? 207 : success, answer);
    }

    private static Map<String, Object> batchError(Refused refused, Map<String, Object> input) {
        String trace = Json.text(input, "objectWriteTraceId");
        Map<String, Object> context = new LinkedHashMap<>(refused.context);
        context.put(
                trace.isEmpty() ? "ids" : "objectWriteTraceId",
                List.of(trace.isEmpty() ? Json.text(input, "id") : trace));
        return Json.object(
                "status", "error", "category", refused.category, "message", refused.getMessage(), "context", context);
    }

    static List<Map<String, Object>> inputs(FakeRequest request, int max) throws Refused, IOException {
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
                    true,
                    Json.object("ids", List.copyOf(twice)));
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
        return error(status, category, message, Map.of());
    }

    private FakeAnswer error(int status, @Nullable String category, String message, Map<String, Object> context) {
        Map<String, Object> body = Json.object("status", "error");
        if (!context.isEmpty()) {
            body.put("context", context);
        }
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

    @Override
    FakeAnswer rateLimited(int code) {
        return limited("TEN_SECONDLY_ROLLING", "ten_secondly_rolling");
    }

    /** The two documented bodies take turns. */
    private FakeAnswer limited(String policy, String name) {
        otherRateLimitBody = !otherRateLimitBody;
        String message = "You have reached your " + name + " limit.";
        if (otherRateLimitBody) {
            return FakeAnswer.json(
                    429,
                    Json.object(
                            "status",
                            "error",
                            "message",
                            message,
                            "errorType",
                            "RATE_LIMIT",
                            "correlationId",
                            "018f2c1e-5a77-7c19-9b0e-000000000003",
                            "policyName",
                            policy));
        }
        return FakeAnswer.json(429, Json.object("status", "error", "message", message, "category", "RATE_LIMITS"));
    }

    @Override
    FakeAnswer silentNoOp(FakeRequest request) {
        return FakeAnswer.json(200, Json.object("status", "COMPLETE", "results", List.of()));
    }

    private static int associationsOf(int plan) {
        return switch (plan) {
            case 250 -> 200;
            case 190 -> 150;
            default -> 100;
        };
    }

    /** Every answer has an id that support knows (section 7.1); search answers carry no limit headers. */
    private FakeAnswer withLimits(FakeAnswer bare, FakeRequest request) {
        String number = String.valueOf(1_000_000_000_000L + ++answers).substring(1);
        FakeAnswer answer = bare.with("X-HubSpot-Correlation-Id", "018f2c1e-0000-7c19-9b0e-" + number);
        CallWindow window = window(request);
        if (window == null || window == search) {
            return answer;
        }
        return answer.with("X-HubSpot-RateLimit-Max", String.valueOf(window.limit()))
                .with("X-HubSpot-RateLimit-Remaining", String.valueOf(window.remaining(time.now())))
                .with("X-HubSpot-RateLimit-Interval-Milliseconds", "10000")
                .with("X-HubSpot-RateLimit-Daily", String.valueOf(dailyLimit))
                .with("X-HubSpot-RateLimit-Daily-Remaining", String.valueOf(dailyLimit - callsToday));
    }

    /** Collects what an account is like. */
    public static final class Builder {
        private final TimeSource time;
        private ZoneId zone = ZoneId.of("America/New_York");
        private String companyCurrency = "USD";
        private final List<String> additionalCurrencies = new ArrayList<>();
        private boolean limited = true;
        private int plan = 100;
        private int dailyLimit = 250_000;
        private long portalId = PORTAL_ID;

        private Builder(TimeSource time) {
            this.time = time;
        }

        /** By which the account is known; {@value #PORTAL_ID} by default. */
        public Builder portalId(long id) {
            this.portalId = id;
            return this;
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

        /** Calls in 10 seconds: 100 (by default), 190 or 250, with associations as the plan has them. */
        public Builder requestsPer10Seconds(int requests) {
            if (!Set.of(100, 190, 250).contains(requests)) {
                throw new IllegalArgumentException("no plan has " + requests + " calls in 10 seconds");
            }
            this.plan = requests;
            return this;
        }

        /** Calls a day, counted anew at midnight in the account's zone; 250,000 by default. */
        public Builder dailyLimit(int calls) {
            this.dailyLimit = calls;
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
