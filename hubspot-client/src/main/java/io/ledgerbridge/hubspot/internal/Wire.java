package io.ledgerbridge.hubspot.internal;

import com.squareup.moshi.Json;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What travels. Every member of an answer may be missing. */
public final class Wire {

    private Wire() {}

    public static Moshi moshi() {
        return new Moshi.Builder().add(Context.class, new ContextAdapter()).build();
    }

    // Requests

    public record Id(String id) {}

    public record Input(
            String id,
            @Nullable String idProperty,
            @Nullable String objectWriteTraceId,
            Map<String, String> properties) {}

    public record WriteRequest(List<Input> inputs) {}

    public record ReadRequest(@Nullable String idProperty, List<String> properties, List<Id> inputs) {}

    public record ArchiveRequest(List<Id> inputs) {}

    public record Pair(Id from, Id to) {}

    public record PairRequest(List<Pair> inputs) {}

    public record Unpair(Id from, List<Id> to) {}

    public record UnpairRequest(List<Unpair> inputs) {}

    public record NewGroup(String name, String label) {}

    public record NewProperty(
            String name,
            String label,
            String description,
            String groupName,
            String type,
            String fieldType,
            boolean hasUniqueValue,
            boolean formField) {}

    public record NewProperties(List<NewProperty> inputs) {}

    // Answers

    public record RecordAnswer(
            @Nullable String id,
            @Nullable Map<String, @Nullable String> properties,
            @Json(name = "new") @Nullable Boolean isNew) {}

    public record BatchAnswer(
            @Nullable List<RecordAnswer> results, @Nullable List<Error> errors) {}

    public record PairAnswer(@Nullable Id from, @Nullable Id to) {}

    public record PairsAnswer(
            @Nullable List<PairAnswer> results, @Nullable List<Error> errors) {}

    public record Error(
            @Nullable String category,
            @Nullable String message,
            @Nullable String code,
            @Nullable String correlationId,
            @Nullable String errorType,
            @Nullable String policyName,
            @Nullable Context context,
            @Nullable List<Error> errors) {

        /** A list of the context, empty if it is not there. */
        public List<String> context(String name) {
            return context == null ? List.of() : context.values().getOrDefault(name, List.of());
        }
    }

    /** The context of an error: lists of text under names that differ by error. */
    public record Context(Map<String, List<String>> values) {}

    public record AccountAnswer(
            long portalId,
            @Nullable String accountType,
            @Nullable String timeZone,
            @Nullable String utcOffset,
            @Nullable String companyCurrency,
            @Nullable List<String> additionalCurrencies) {}

    public record EnablementAnswer(@Nullable Map<String, Boolean> enablementByObjectTypeId) {}

    public record PropertyAnswer(
            @Nullable String name,
            @Nullable String label,
            @Nullable String description,
            @Nullable String type,
            @Nullable String fieldType,
            @Nullable Boolean hasUniqueValue,
            @Nullable Modification modificationMetadata) {}

    public record Modification(@Nullable Boolean readOnlyValue) {}

    public record PropertiesAnswer(
            @Nullable List<PropertyAnswer> results,
            @Nullable List<Error> errors) {}

    public record GroupAnswer(@Nullable String name) {}

    public record GroupsAnswer(@Nullable List<GroupAnswer> results) {}

    private static final class ContextAdapter extends JsonAdapter<Context> {
        @Override
        public @Nullable Context fromJson(JsonReader reader) throws IOException {
            if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                reader.skipValue();
                return null;
            }
            Map<String, List<String>> values = new LinkedHashMap<>();
            reader.beginObject();
            while (reader.hasNext()) {
                values.put(reader.nextName(), texts(reader));
            }
            reader.endObject();
            return new Context(values);
        }

        private static List<String> texts(JsonReader reader) throws IOException {
            List<String> texts = new ArrayList<>();
            if (reader.peek() == JsonReader.Token.BEGIN_ARRAY) {
                reader.beginArray();
                while (reader.hasNext()) {
                    text(reader, texts);
                }
                reader.endArray();
            } else {
                text(reader, texts);
            }
            return texts;
        }

        private static void text(JsonReader reader, List<String> texts) throws IOException {
            switch (reader.peek()) {
                case STRING, NUMBER -> texts.add(reader.nextString());
                default -> reader.skipValue();
            }
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Context value) {
            throw new UnsupportedOperationException("errors are only read");
        }
    }
}
