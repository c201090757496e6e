package io.ledgerbridge.hubspot;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of HubSpot's words what was submitted: HubSpot quotes it, and e-mail addresses have no place in a log. Made when
 * a call has failed, from its request.
 */
final class Redaction {

    private static final String HIDDEN = "…";
    private static final Pattern EMAIL = Pattern.compile("[^\\s\"'<>\\[\\]{}(),;:=]+@[^\\s\"'<>\\[\\]{}(),;:=]+");
    private static final Pattern COORDINATE = Pattern.compile("value=.*?\\} on ", Pattern.DOTALL);
    private static final Pattern DUPLICATES = Pattern.compile("batch input: \\[.*?\\]\\.", Pattern.DOTALL);

    /** Where names stand instead of values. */
    private static final Set<String> NAMES =
            Set.of("propertyName", "operator", "direction", "objectWriteTraceId", "associationCategory", "after");

    /** Stands among collected ids when they are values of a key. */
    private static final String BY_KEY = "idProperty";

    private static final int SHORTEST = 2;

    /** For what holds no values, such as definitions. */
    static final Redaction OF_NOTHING = new Redaction(Set.of());

    private final Set<String> values;

    private Redaction(Set<String> values) {
        this.values = values;
    }

    /** Hides what the request about records has submitted; definitions of properties are no secrets. */
    static Redaction ofWhatWasSent(Request request) {
        Set<String> values = new LinkedHashSet<>();
        List<String> path = request.url().pathSegments();
        if (request.url().encodedPath().startsWith("/crm/objects/")) {
            boolean byKey = request.url().queryParameter("idProperty") != null;
            if (byKey) {
                values.add(path.get(path.size() - 1));
            }
            Set<String> ids = new LinkedHashSet<>();
            collect(request, values, ids);
            // Numbers that are ids of records help to find the fault; those that are keys of the caller's are his own.
            ids.removeIf(id -> !ids.contains(BY_KEY) && RecordId.isNumber(id));
            ids.remove(BY_KEY);
            values.addAll(ids);
        }
        return new Redaction(values);
    }

    /** Hides these values. */
    static Redaction ofValues(Set<String> values) {
        return new Redaction(values);
    }

    /** The path without a value that stands in it. */
    static String path(HttpUrl url) {
        String idProperty = url.queryParameter("idProperty");
        String path = url.encodedPath();
        return idProperty == null ? path : path.substring(0, path.lastIndexOf('/') + 1) + "{" + idProperty + "}";
    }

    String of(String words) {
        String redacted = words;
        List<String> longestFirst = new ArrayList<>(values);
        longestFirst.removeIf(value -> value.length() < SHORTEST);
        longestFirst.sort(Comparator.comparing(String::length).reversed());
        for (String value : longestFirst) {
            redacted = Pattern.compile(
                            "(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])",
                            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(redacted)
                    .replaceAll(HIDDEN);
        }
        redacted = DUPLICATES.matcher(withoutCoordinate(redacted)).replaceAll("batch input.");
        return EMAIL.matcher(redacted).replaceAll(HIDDEN);
    }

    /** The words without the value of a {@code propertyName=..., value=...} in them. */
    static String withoutCoordinate(String words) {
        return COORDINATE.matcher(words).replaceAll("value=" + HIDDEN + "} on ");
    }

    private static void collect(Request request, Set<String> values, Set<String> ids) {
        if (request.body() == null) {
            return;
        }
        Buffer body = new Buffer();
        try {
            request.body().writeTo(body);
            collect(JsonReader.of(body).readJsonValue(), "", values, ids);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("a request that was sent can be read", e);
        }
    }

    private static void collect(@Nullable Object json, String name, Set<String> values, Set<String> ids) {
        if (json instanceof Map<?, ?> object) {
            object.forEach((member, value) -> collect(value, String.valueOf(member), values, ids));
        } else if (json instanceof List<?> list) {
            list.forEach(value -> collect(value, name.equals("properties") ? "propertyName" : name, values, ids));
        } else if (json instanceof String value && name.equals(BY_KEY)) {
            ids.add(BY_KEY);
        } else if (json instanceof String value && name.equals("id")) {
            ids.add(value);
        } else if (json instanceof String value && !NAMES.contains(name)) {
            values.add(value);
            values.addAll(List.of(value.split(";")));
        }
    }
}
