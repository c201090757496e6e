package io.ledgerbridge.hubspot.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.ledgerbridge.hubspot.internal.Wire.Input;
import io.ledgerbridge.hubspot.internal.Wire.Inputs;
import io.ledgerbridge.hubspot.internal.Wire.Link;
import io.ledgerbridge.hubspot.internal.Wire.RecordAnswer;
import io.ledgerbridge.hubspot.internal.Wire.Spec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bulk of what travels, read and written without detours. */
final class RecordJson {

    private RecordJson() {}

    static final class OfInputs extends JsonAdapter<Inputs> {
        @Override
        public Inputs fromJson(JsonReader reader) {
            throw new UnsupportedOperationException("inputs are only written");
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Inputs inputs) throws IOException {
            if (inputs == null) {
                throw new IllegalArgumentException("no inputs");
            }
            writer.beginObject().name("inputs").beginArray();
            for (Input input : inputs.inputs()) {
                write(writer, input);
            }
            writer.endArray().endObject();
        }
    }

    static final class OfInput extends JsonAdapter<Input> {
        @Override
        public Input fromJson(JsonReader reader) {
            throw new UnsupportedOperationException("inputs are only written");
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Input input) throws IOException {
            if (input == null) {
                throw new IllegalArgumentException("no input");
            }
            write(writer, input);
        }
    }

    private static void write(JsonWriter writer, Input input) throws IOException {
        writer.beginObject();
        writer.name("id").value(input.id());
        writer.name("idProperty").value(input.idProperty());
        writer.name("objectWriteTraceId").value(input.objectWriteTraceId());
        writer.name("properties").beginObject();
        if (input.idProperty() != null && !input.properties().containsKey(input.idProperty())) {
            writer.name(input.idProperty()).value(input.id());
        }
        for (Map.Entry<String, String> property : input.properties().entrySet()) {
            writer.name(property.getKey()).value(property.getValue());
        }
        writer.endObject();
        if (!input.associations().isEmpty()) {
            writer.name("associations").beginArray();
            for (Link link : input.associations()) {
                write(writer, link);
            }
            writer.endArray();
        }
        writer.endObject();
    }

    private static void write(JsonWriter writer, Link link) throws IOException {
        writer.beginObject()
                .name("to")
                .beginObject()
                .name("id")
                .value(link.to())
                .endObject();
        writer.name("types").beginArray();
        for (Spec type : link.types()) {
            writer.beginObject();
            writer.name("associationCategory").value(type.associationCategory());
            writer.name("associationTypeId").value(type.associationTypeId());
            writer.endObject();
        }
        writer.endArray().endObject();
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
            String createdAt = null;
            String updatedAt = null;
            boolean archived = false;
            String url = null;
            String trace = null;
            Map<String, List<String>> associations = Map.of();
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.selectName(MEMBERS)) {
                    case 0 -> id = text(reader);
                    case 1 -> properties = properties(reader);
                    case 2 -> isNew = truth(reader);
                    case 3 -> createdAt = text(reader);
                    case 4 -> updatedAt = text(reader);
                    case 5 -> archived = truth(reader);
                    case 6 -> url = text(reader);
                    case 7 -> trace = text(reader);
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
                properties.put(reader.nextName(), text(reader));
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
                            String id = text(reader);
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

        private static @Nullable String text(JsonReader reader) throws IOException {
            return switch (reader.peek()) {
                case STRING, NUMBER -> reader.nextString();
                case BOOLEAN -> reader.nextBoolean() ? "true" : "false";
                default -> {
                    reader.skipValue();
                    yield null;
                }
            };
        }

        private static boolean truth(JsonReader reader) throws IOException {
            return "true".equals(text(reader));
        }
    }
}
