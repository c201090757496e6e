package io.ledgerbridge.testkit;

import io.ledgerbridge.testkit.HubSpotCatalog.ObjectType;
import io.ledgerbridge.testkit.HubSpotCatalog.PropertyDefinition;
import io.ledgerbridge.testkit.HubSpotRecords.Refused;
import io.ledgerbridge.testkit.HubSpotRecords.Stored;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Search (section 9): behind the records by a while, and with its many bounds. */
final class HubSpotSearch {

    private static final int LONGEST_BODY = 3_000;
    private static final int GROUPS = 5;
    private static final int FILTERS_IN_A_GROUP = 6;
    private static final int FILTERS = 18;
    private static final int LARGEST_PAGE = 200;
    private static final int USUAL_PAGE = 10;
    private static final int MOST = 10_000;
    private static final String ID = "hs_object_id";
    private static final Set<String> OPERATORS = Set.of(
            "EQ",
            "NEQ",
            "LT",
            "LTE",
            "GT",
            "GTE",
            "BETWEEN",
            "IN",
            "NOT_IN",
            "HAS_PROPERTY",
            "NOT_HAS_PROPERTY",
            "CONTAINS_TOKEN",
            "NOT_CONTAINS_TOKEN");

    private final HubSpotRecords records;
    Duration lag = Duration.ofSeconds(3);

    HubSpotSearch(HubSpotRecords records) {
        this.records = records;
    }

    FakeAnswer answer(FakeRequest request, ObjectType type, Instant now, Function<Stored, Map<String, Object>> shown)
            throws Refused, IOException {
        if (request.body().length() > LONGEST_BODY) {
            throw refused("The request body is longer than 3000 characters");
        }
        Map<String, Object> body = Json.parseObject(request.body());
        List<Map<String, Object>> groups = ZohoRows.children(body, "filterGroups");
        check(type, body, groups);
        int limit = Json.text(body, "limit").isEmpty()
                ? USUAL_PAGE
                : Json.decimal(body, "limit").intValue();
        int after = Json.text(body, "after").isEmpty() ? 0 : Integer.parseInt(Json.text(body, "after"));
        if (limit < 1 || limit > LARGEST_PAGE || after + limit > MOST) {
            throw refused("Paging beyond 10000 results or by more than 200 is not possible");
        }
        List<Stored> found = records.of(type.slug()).values().stream()
                .map(stored -> stored.asOf(now.minus(lag)))
                .filter(Objects::nonNull)
                .filter(stored -> groups.isEmpty() || groups.stream().anyMatch(group -> matches(type, stored, group)))
                .filter(stored -> containsQuery(stored, Json.text(body, "query")))
                .sorted(order(type, ZohoRows.children(body, "sorts")))
                .toList();
        int end = Math.min(found.size(), after + limit);
        List<Map<String, Object>> results =
                found.subList(Math.min(after, end), end).stream().map(shown).toList();
        Map<String, Object> answer = Json.object("total", found.size(), "results", results);
        if (end < found.size()) {
            answer.put("paging", Json.object("next", Json.object("after", String.valueOf(end))));
        }
        return FakeAnswer.json(200, answer);
    }

    private void check(ObjectType type, Map<String, Object> body, List<Map<String, Object>> groups) throws Refused {
        int filters = 0;
        for (Map<String, Object> group : groups) {
            for (Map<String, Object> filter : ZohoRows.children(group, "filters")) {
                check(type, filter);
            }
            int here = ZohoRows.children(group, "filters").size();
            if (here < 1 || here > FILTERS_IN_A_GROUP) {
                throw refused("A filter group has 1 to 6 filters");
            }
            filters += here;
        }
        if (groups.size() > GROUPS || filters > FILTERS) {
            throw refused("At most 5 filter groups and 18 filters are possible");
        }
        if (ZohoRows.children(body, "sorts").size() > 1) {
            throw refused("Only one sort is possible");
        }
    }

    private void check(ObjectType type, Map<String, Object> filter) throws Refused {
        String operator = Json.text(filter, "operator");
        String name = Json.text(filter, "propertyName");
        if (!OPERATORS.contains(operator)) {
            throw refused("There is no operator " + operator);
        }
        if (operator.endsWith("IN") != filter.containsKey("values")) {
            throw refused("Lists of values belong to IN and NOT_IN");
        }
        boolean known = name.startsWith("associations.")
                ? HubSpotCatalog.find(name.substring("associations.".length())) != null
                : name.equals(ID) || records.definition(type, name) != null;
        if (!known) {
            throw refused("There is no property " + name + " to filter by");
        }
    }

    private boolean matches(ObjectType type, Stored stored, Map<String, Object> group) {
        return ZohoRows.children(group, "filters").stream().allMatch(filter -> holds(type, stored, filter));
    }

    private boolean holds(ObjectType type, Stored stored, Map<String, Object> filter) {
        String name = Json.text(filter, "propertyName");
        String value = Json.text(filter, "value");
        if (name.startsWith("associations.")) {
            ObjectType to = HubSpotCatalog.find(name.substring("associations.".length()));
            return to != null
                    && stored.associations.getOrDefault(to.slug(), Set.of()).contains(value);
        }
        String held = name.equals(ID) ? stored.id : stored.properties.getOrDefault(name, "");
        PropertyDefinition definition = records.definition(type, name);
        boolean text =
                !name.equals(ID) && (definition == null || definition.type().equals("string"));
        String kind = name.equals(ID) ? "number" : definition == null ? "string" : definition.type();
        return switch (Json.text(filter, "operator")) {
            case "HAS_PROPERTY" -> !held.isEmpty();
            case "NOT_HAS_PROPERTY" -> held.isEmpty();
            case "EQ" -> compare(kind, held, value) == 0;
            case "NEQ" -> !held.isEmpty() && compare(kind, held, value) != 0;
            case "LT" -> !held.isEmpty() && compare(kind, held, value) < 0;
            case "LTE" -> !held.isEmpty() && compare(kind, held, value) <= 0;
            case "GT" -> !held.isEmpty() && compare(kind, held, value) > 0;
            case "GTE" -> !held.isEmpty() && compare(kind, held, value) >= 0;
            case "BETWEEN" ->
                !held.isEmpty()
                        && compare(kind, held, value) >= 0
                        && compare(kind, held, Json.text(filter, "highValue")) <= 0;
            case "IN" -> values(filter).contains(text ? held.toLowerCase(Locale.ROOT) : held);
            case "NOT_IN" -> !held.isEmpty() && !values(filter).contains(text ? held.toLowerCase(Locale.ROOT) : held);
            case "CONTAINS_TOKEN" -> held.toLowerCase(Locale.ROOT).contains(token(value));
            case "NOT_CONTAINS_TOKEN" -> !held.toLowerCase(Locale.ROOT).contains(token(value));
            default -> throw new IllegalStateException("operators are checked before");
        };
    }

    private static String token(String value) {
        return value.toLowerCase(Locale.ROOT).replace("*", "");
    }

    private static List<String> values(Map<String, Object> filter) {
        return filter.get("values") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static boolean containsQuery(Stored stored, String query) {
        return query.isEmpty()
                || stored.properties.values().stream()
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT)));
    }

    private static int compare(String kind, String held, String value) {
        return switch (kind) {
            case "number" -> decimal(held).compareTo(decimal(value));
            case "date", "datetime" -> moment(held).compareTo(moment(value));
            case "enumeration" -> held.compareTo(value);
            default -> held.compareToIgnoreCase(value);
        };
    }

    private static BigDecimal decimal(String text) {
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static Instant moment(String text) {
        if (text.matches("-?\\d+")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }

    private Comparator<Stored> order(ObjectType type, List<Map<String, Object>> sorts) {
        if (sorts.isEmpty()) {
            return Comparator.comparing(stored -> decimal(stored.id));
        }
        String name = Json.text(sorts.get(0), "propertyName");
        PropertyDefinition definition = records.definition(type, name);
        String kind = name.equals(ID) ? "number" : definition == null ? "string" : definition.type();
        Comparator<Stored> rising = (a, b) -> compare(kind, held(a, name), held(b, name));
        return "DESCENDING".equals(Json.text(sorts.get(0), "direction")) ? rising.reversed() : rising;
    }

    private static String held(Stored stored, String name) {
        return name.equals(ID) ? stored.id : stored.properties.getOrDefault(name, "");
    }

    private static Refused refused(@Nullable String message) {
        return new Refused(400, "VALIDATION_ERROR", String.valueOf(message), true);
    }
}
