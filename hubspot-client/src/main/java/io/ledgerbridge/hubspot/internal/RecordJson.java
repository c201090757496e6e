package io.ledgerbridge.hubspot.internal;

import com.squareup.moshi.JsonReader;
import io.ledgerbridge.hubspot.internal.Wire.Input;
import io.ledgerbridge.hubspot.internal.Wire.Inputs;
import io.ledgerbridge.hubspot.internal.Wire.Link;
import io.ledgerbridge.hubspot.internal.Wire.RecordAnswer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** The bulk of what travels, read and written without detours. */
final class RecordJson {

    static final MediaType JSON = MediaType.get("application/json; charset=UTF-8");

    private RecordJson() {}

    private static final int USUAL_INPUT = 400;

    /** The body of a batch that writes. */
    static RequestBody body(Inputs inputs) {
        JsonBytes json = new JsonBytes(inputs.inputs().size() * USUAL_INPUT).raw("{\"inputs\":[");
        boolean first = true;
        for (Input input : inputs.inputs()) {
            json.raw(first ? "" : ",");
            write(json, input);
            first = false;
        }
        return body(json.raw("]}"));
    }

    /** The body of a single write. */
    static RequestBody body(Input input) {
        JsonBytes json = new JsonBytes(USUAL_INPUT);
        write(json, input);
        return body(json);
    }

    private static RequestBody body(JsonBytes json) {
        return RequestBody.create(json.bytes(), JSON, 0, json.size());
    }

    private static void write(JsonBytes json, Input input) {
        json.raw("{");
        boolean first = true;
        if (input.id() != null) {
            json.name("id", true).text(input.id());
            first = false;
        }
        String key = input.idProperty();
        if (key != null) {
            json.name("idProperty", first).text(key);
            first = false;
        }
        if (input.objectWriteTraceId() != null) {
            json.name("objectWriteTraceId", first).text(input.objectWriteTraceId());
            first = false;
        }
        json.name("properties", first).raw("{");
        boolean[] firstProperty = {true};
        boolean[] hasKey = {false};
        input.properties().forEach((name, value) -> {
            json.name(name, firstProperty[0]).text(value);
            firstProperty[0] = false;
            hasKey[0] |= name.equals(key);
        });
        if (key != null && input.id() != null && !hasKey[0]) {
            json.name(key, firstProperty[0]).text(input.id());
        }
        json.raw("}");
        if (!input.associations().isEmpty()) {
            write(json, input.associations());
        }
        json.raw("}");
    }

    private static void write(JsonBytes json, List<Link> links) {
        json.name("associations", false).raw("[");
        boolean first = true;
        for (Link link : links) {
            json.raw(first ? "{\"to\":{\"id\":" : ",{\"to\":{\"id\":")
                    .text(link.to())
                    .raw("},\"types\":[{\"associationCategory\":")
                    .text(link.category())
                    .raw(",\"associationTypeId\":" + link.typeId() + "}]}");
            first = false;
        }
        json.raw("]");
    }

    /** Reads a record; a member in an unexpected shape counts as missing. */
    static final class OfAnswer extends ReadOnlyJson<RecordAnswer> {

        private static final JsonReader.Options MEMBERS = JsonReader.Options.of(
                "id",
                "properties",
                "new",
                "createdAt",
                "updatedAt",
                "archived",
                "url",
                "objectWriteTraceId",
                "associations");

        @Override
        public @Nullable RecordAnswer fromJson(JsonReader reader) throws IOException {
            if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                reader.skipValue();
                return null;
            }
            String id = null;
            Map<String, @Nullable String> properties = Map.of();
            boolean isNew = false;
            Instant createdAt = null;
            Instant updatedAt = null;
            boolean archived = false;
            String url = null;
            String trace = null;
            Map<String, List<String>> associations = Map.of();
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.selectName(MEMBERS)) {
                    case 0 -> id = Wire.scalar(reader);
                    case 1 -> properties = properties(reader);
                    case 2 -> isNew = "true".equals(Wire.scalar(reader));
                    case 3 -> createdAt = Moments.find(Wire.scalar(reader));
                    case 4 -> updatedAt = Moments.find(Wire.scalar(reader));
                    case 5 -> archived = "true".equals(Wire.scalar(reader));
                    case 6 -> url = Wire.scalar(reader);
                    case 7 -> trace = Wire.scalar(reader);
                    case 8 -> associations = associations(reader);
                    default -> {
                        reader.skipName();
                        reader.skipValue();
                    }
                }
            }
            reader.endObject();
            return new RecordAnswer(
                    id == null ? "" : id, properties, isNew, createdAt, updatedAt, archived, url, trace, associations);
        }

        private static Map<String, @Nullable String> properties(JsonReader reader) throws IOException {
            if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                reader.skipValue();
                return Map.of();
            }
            Map<String, @Nullable String> properties = new LinkedHashMap<>();
            reader.beginObject();
            while (reader.hasNext()) {
                properties.put(reader.nextName(), Wire.scalar(reader));
            }
            reader.endObject();
            return properties;
        }

        /** By the name that HubSpot uses here, such as {@code line items}; an id that comes with several types counts once. */
        private static Map<String, List<String>> associations(JsonReader reader) throws IOException {
            if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                reader.skipValue();
                return Map.of();
            }
            Map<String, List<String>> associations = new LinkedHashMap<>();
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                List<String> ids = new ArrayList<>();
                collectIds(reader, ids);
                associations.put(name, ids);
            }
            reader.endObject();
            return associations;
        }

        private static void collectIds(JsonReader reader, List<String> ids) throws IOException {
            switch (reader.peek()) {
                case BEGIN_ARRAY -> {
                    reader.beginArray();
                    while (reader.hasNext()) {
                        collectIds(reader, ids);
                    }
                    reader.endArray();
                }
                case BEGIN_OBJECT -> {
                    reader.beginObject();
                    while (reader.hasNext()) {
                        String name = reader.nextName();
                        if (name.equals("id")) {
                            String id = Wire.scalar(reader);
                            if (id != null && !ids.contains(id)) {
                                ids.add(id);
                            }
                        } else if (name.equals("results")) {
                            collectIds(reader, ids);
                        } else {
                            reader.skipValue();
                        }
                    }
                    reader.endObject();
                }
                default -> reader.skipValue();
            }
        }
    }
}
