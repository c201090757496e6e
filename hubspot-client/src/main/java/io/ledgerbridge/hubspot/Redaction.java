package io.ledgerbridge.hubspot;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okio.Buffer;

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
    private static final Set<String> NAMES = Set.of(
            "idProperty",
            "propertyName",
            "operator",
            "direction",
            "objectWriteTraceId",
            "associationCategory",
            "after");

    private static final int SHORTEST = 3;

    private final Set<String> values;

    private Redaction(Set<String> values) {
        this.values = values;
    }

    /** Hides what the request about records has submitted; definitions of properties are no secrets. */
    static Redaction ofWhatWasSent(Request request) {
        Set<String> values = new LinkedHashSet<>();
        List<String> path = request.url().pathSegments();
        if (request.url().encodedPath().startsWith("/crm/objects/")) {
            if (request.url().queryParameter("idProperty") != null) {
                values.add(path.get(path.size() - 1));
            }
            collect(request, values);
        }
        return new Redaction(values);
    }

    /** Hides these values. */
    static Redaction ofValues(Set<String> values) {
        Set<String> longEnough = new LinkedHashSet<>(values);
        longEnough.removeIf(value -> value.length() < SHORTEST);
        return new Redaction(longEnough);
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
        longestFirst.sort(Comparator.comparing(String::length).reversed());
        for (String value : longestFirst) {
            redacted = Pattern.compile(
                            "(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])",
                            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                    .matcher(redacted)
                    .replaceAll(HIDDEN);
        }
        redacted = COORDINATE.matcher(redacted).replaceAll("value=" + HIDDEN + "} on ");
        redacted = DUPLICATES.matcher(redacted).replaceAll("batch input.");
        return EMAIL.matcher(redacted).replaceAll(HIDDEN);
    }

    private static void collect(Request request, Set<String> values) {
        if (request.body() == null) {
            return;
        }
        Buffer body = new Buffer();
        try (JsonReader reader = JsonReader.of(body)) {
            request.body().writeTo(body);
            collect(reader, "", values);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("a request that was sent can be read", e);
        }
    }

    private static void collect(JsonReader reader, String name, Set<String> values) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                reader.beginObject();
                while (reader.hasNext()) {
                    collect(reader, reader.nextName(), values);
                }
                reader.endObject();
            }
            case BEGIN_ARRAY -> {
                boolean names = name.equals("properties");
                reader.beginArray();
                while (reader.hasNext()) {
                    collect(reader, names ? "propertyName" : name, values);
                }
                reader.endArray();
            }
            case STRING, NUMBER -> {
                String value = reader.nextString();
                boolean recordId = name.equals("id") && value.matches("\\d+");
                if (value.length() >= SHORTEST && !NAMES.contains(name) && !recordId) {
                    values.add(value);
                }
            }
            default -> reader.skipValue();
        }
    }
}
