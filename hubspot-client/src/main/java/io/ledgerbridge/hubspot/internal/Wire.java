package io.ledgerbridge.hubspot.internal;

import com.squareup.moshi.Json;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import io.ledgerbridge.hubspot.Properties;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What travels. Every member of an answer may be missing. */
public final class Wire {

    static final Moshi MOSHI = new Moshi.Builder()
            .add(RecordAnswer.class, new RecordJson.OfAnswer())
            .add(Texts.class, new TextsJson())
            .add(LooseText.class, new LooseTextJson())
            .add(Nothing.class, new NothingJson())
            .build();

    private static final JsonAdapter<Error> ERROR = MOSHI.adapter(Error.class).lenient();
    private static final JsonAdapter<List<Invalid>> INVALID = MOSHI.<List<Invalid>>adapter(
                    Types.newParameterizedType(List.class, Invalid.class))
            .lenient();

    private static final JsonAdapter<SearchRequest> SEARCH = MOSHI.adapter(SearchRequest.class);

    private Wire() {}

    /** What an error's body says; null if it is none. */
    public static @Nullable Error error(String body) {
        try {
            return body.stripLeading().startsWith("{") ? ERROR.fromJson(body) : null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** The list that HubSpot embeds in the message of a validation error. */
    public static @Nullable List<Invalid> invalid(String json) throws IOException {
        return INVALID.fromJson(json);
    }

    /** How long a search is when it is sent. */
    public static int length(SearchRequest request) {
        return SEARCH.toJson(request).length();
    }

    // Records

    /**
     * A record that is written.
     *
     * @param id record id or value of the key; null for a creation
     * @param idProperty the key; its value stands among the properties too; null if the id is a record id
     */
    public record Input(
            @Nullable String id,
            @Nullable String idProperty,
            @Nullable String objectWriteTraceId,
            Properties properties,
            List<Link> associations) {}

    /** An association of a record that is created. */
    public record Link(String to, String category, int typeId) {}

    public record Spec(String associationCategory, int associationTypeId) {}

    public record Inputs(List<Input> inputs) {}

    public record Id(String id) {}

    public record Ids(List<Id> inputs) {}

    public record ReadRequest(@Nullable String idProperty, List<String> properties, List<Id> inputs) {}

    public record RecordAnswer(
            String id,
            Map<String, @Nullable String> properties,
            boolean isNew,
            @Nullable Instant createdAt,
            @Nullable Instant updatedAt,
            boolean archived,
            @Nullable String url,
            @Nullable String objectWriteTraceId,
            Map<String, List<String>> associations) {}

    public record BatchAnswer(List<RecordAnswer> results, List<Error> errors) {
        /** What an empty body says. */
        public static final BatchAnswer EMPTY = new BatchAnswer(List.of(), List.of());

        public BatchAnswer {
            results = orNone(results);
            errors = orNone(errors);
        }
    }

    /** What most answers are: results, and what there is beside them. */
    public record Results<E>(
            List<E> results,
            List<Error> errors,
            @Nullable Paging paging,
            @Nullable Long total) {
        public Results {
            results = orNone(results);
            errors = orNone(errors);
        }

        /** Where the next page begins; null on the last one. */
        public @Nullable String after() {
            return Wire.after(paging);
        }
    }

    public record Paging(@Nullable Next next) {}

    public record Next(@Nullable LooseText after) {}

    public record Filter(
            String propertyName,
            String operator,
            @Nullable String value,
            @Nullable String highValue,
            @Nullable List<String> values) {}

    public record FilterGroup(List<Filter> filters) {}

    public record Sort(String propertyName, String direction) {}

    public record SearchRequest(
            @Nullable List<FilterGroup> filterGroups,
            @Nullable List<Sort> sorts,
            @Nullable String query,
            List<String> properties,
            int limit,
            @Nullable String after) {}

    // Associations

    public record Pair(Id from, Id to, @Nullable List<Spec> types) {}

    public record Pairs(List<Pair> inputs) {}

    public record Unpair(Id from, List<Id> to) {}

    public record Unpairs(List<Unpair> inputs) {}

    public record LooseId(@Nullable LooseText id) {}

    /** Pairs come in two shapes: with objects, or with ids. */
    public record PairAnswer(
            @Nullable LooseId from,
            @Nullable LooseId to,
            @Nullable LooseText fromObjectId,
            @Nullable LooseText toObjectId) {

        public @Nullable String fromId() {
            return from == null ? text(fromObjectId) : text(from.id());
        }

        public @Nullable String toId() {
            return to == null ? text(toObjectId) : text(to.id());
        }
    }

    public record AssociatedInput(String id, @Nullable String after) {}

    public record AssociatedRequest(List<AssociatedInput> inputs) {}

    public record Label(
            @Nullable String category,
            @Nullable Integer typeId,
            @Nullable String label) {}

    public record Associated(@Nullable LooseText toObjectId, List<Label> associationTypes) {
        public Associated {
            associationTypes = orNone(associationTypes);
        }
    }

    public record AssociatedOfOne(
            @Nullable LooseId from,
            List<Associated> to,
            @Nullable Paging paging) {
        public AssociatedOfOne {
            to = orNone(to);
        }

        public @Nullable String after() {
            return Wire.after(paging);
        }
    }

    // Errors

    public record Error(
            String category,
            @Nullable LooseText subCategory,
            String message,
            String code,
            String correlationId,
            String errorType,
            String policyName,
            @Json(name = "in") String inProperty,
            @Nullable Texts context,
            @Nullable Texts errorTokens,
            List<Invalid> validationResults,
            List<Error> errors) {
        public Error {
            errors = orNone(errors);
            validationResults = orNone(validationResults);
            category = orEmpty(category);
            message = orEmpty(message);
            code = orEmpty(code);
            correlationId = orEmpty(correlationId);
            errorType = orEmpty(errorType);
            policyName = orEmpty(policyName);
            inProperty = orEmpty(inProperty);
        }

        /** A list of the context, empty if it is not there. */
        public List<String> context(String name) {
            return context == null ? List.of() : context.values().getOrDefault(name, List.of());
        }
    }

    /** A value that was refused, as the list in a message tells it. */
    public record Invalid(String name, String error, String message) {
        public Invalid {
            name = orEmpty(name);
            error = orEmpty(error);
            message = orEmpty(message);
        }
    }

    /** Lists of text under names that differ by error. */
    public record Texts(Map<String, List<String>> values) {}

    // Definitions

    public record NewGroup(String name, String label) {}

    public record Option(
            @Nullable String label,
            @Nullable String value,
            @Nullable Integer displayOrder,
            @Nullable Boolean hidden,
            @Nullable String description) {}

    public record NewProperty(
            String name,
            String label,
            String description,
            String groupName,
            String type,
            String fieldType,
            boolean hasUniqueValue,
            boolean formField,
            @Nullable List<Option> options,
            @Nullable String currencyPropertyName) {}

    public record NewProperties(List<NewProperty> inputs) {}

    public record PropertyChange(
            @Nullable List<Option> options, @Nullable String description) {}

    public record Modification(@Nullable Boolean readOnlyValue) {}

    public record PropertyAnswer(
            String name,
            String label,
            String description,
            String type,
            String fieldType,
            @Nullable Boolean hasUniqueValue,
            @Nullable Boolean archived,
            List<Option> options,
            @Nullable String currencyPropertyName,
            @Nullable Modification modificationMetadata) {
        public PropertyAnswer {
            options = orNone(options);
            name = orEmpty(name);
            label = orEmpty(label);
            description = orEmpty(description);
            type = orEmpty(type);
            fieldType = orEmpty(fieldType);
        }
    }

    public record GroupAnswer(String name) {
        public GroupAnswer {
            name = orEmpty(name);
        }
    }

    public record Rule(String ruleType, List<LooseText> ruleArguments) {
        public Rule {
            ruleArguments = orNone(ruleArguments);
            ruleType = orEmpty(ruleType);
        }
    }

    public record RulesOfOne(String propertyName, List<Rule> propertyValidationRules) {
        public RulesOfOne {
            propertyValidationRules = orNone(propertyValidationRules);
            propertyName = orEmpty(propertyName);
        }
    }

    public record StageAnswer(
            String id,
            String label,
            @Nullable Integer displayOrder,
            @Nullable Boolean archived,
            @Nullable Map<String, LooseText> metadata) {
        public StageAnswer {
            id = orEmpty(id);
            label = orEmpty(label);
        }
    }

    public record PipelineAnswer(
            String id,
            String label,
            @Nullable Integer displayOrder,
            @Nullable Boolean archived,
            List<StageAnswer> stages) {
        public PipelineAnswer {
            stages = orNone(stages);
            id = orEmpty(id);
            label = orEmpty(label);
        }
    }

    // Account

    public record AccountAnswer(
            @Nullable LooseText portalId,
            String accountType,
            String timeZone,
            String utcOffset,
            String companyCurrency,
            List<String> additionalCurrencies,
            String uiDomain) {
        public AccountAnswer {
            additionalCurrencies = orNone(additionalCurrencies);
            accountType = orEmpty(accountType);
            timeZone = orEmpty(timeZone);
            utcOffset = orEmpty(utcOffset);
            companyCurrency = orEmpty(companyCurrency);
            uiDomain = orEmpty(uiDomain);
        }
    }

    public record EnablementAnswer(@Nullable Map<String, Boolean> enablementByObjectTypeId) {}

    public record Usage(
            String name,
            @Nullable Integer usageLimit,
            @Nullable Integer currentUsage,
            @Nullable String collectedAt,
            @Nullable String resetsAt,
            String fetchStatus) {
        public Usage {
            name = orEmpty(name);
            fetchStatus = orEmpty(fetchStatus);
        }
    }

    public record Room(
            String objectTypeId,
            @Nullable Integer limit,
            @Nullable Integer usage) {
        public Room {
            objectTypeId = orEmpty(objectTypeId);
        }
    }

    public record RoomAnswer(
            @Nullable Integer overallLimit, @Nullable Integer overallUsage, List<Room> byObjectType) {
        public RoomAnswer {
            byObjectType = orNone(byObjectType);
        }
    }

    // Values that come in several shapes

    /** Text that may be sent as a number or truth value; other shapes are no text. */
    public record LooseText(String value) {}

    /** No body, or one that nobody reads. */
    public enum Nothing {
        INSTANCE
    }

    private static @Nullable String after(@Nullable Paging paging) {
        return paging == null || paging.next() == null
                ? null
                : text(paging.next().after());
    }

    public static @Nullable String text(@Nullable LooseText text) {
        return text == null ? null : text.value();
    }

    /** The elements that are there. */
    private static <E> List<E> orNone(@Nullable List<E> list) {
        if (list == null) {
            return List.of();
        }
        return list.stream().anyMatch(Objects::isNull)
                ? list.stream().filter(Objects::nonNull).toList()
                : list;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Text, a number or a truth value; null if it is something else, which is skipped. */
    static @Nullable String scalar(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case STRING, NUMBER -> reader.nextString();
            case BOOLEAN -> String.valueOf(reader.nextBoolean());
            default -> {
                reader.skipValue();
                yield null;
            }
        };
    }

    private static final class LooseTextJson extends ReadOnlyJson<LooseText> {
        @Override
        public @Nullable LooseText fromJson(JsonReader reader) throws IOException {
            String value = scalar(reader);
            return value == null ? null : new LooseText(value);
        }
    }

    private static final class NothingJson extends ReadOnlyJson<Nothing> {
        @Override
        public Nothing fromJson(JsonReader reader) throws IOException {
            reader.skipValue();
            return Nothing.INSTANCE;
        }
    }

    private static final class TextsJson extends ReadOnlyJson<Texts> {
        @Override
        public @Nullable Texts fromJson(JsonReader reader) throws IOException {
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
            return new Texts(values);
        }

        private static List<String> texts(JsonReader reader) throws IOException {
            List<String> texts = new ArrayList<>();
            boolean list = reader.peek() == JsonReader.Token.BEGIN_ARRAY;
            if (list) {
                reader.beginArray();
            }
            while (!list || reader.hasNext()) {
                String text = scalar(reader);
                if (text != null) {
                    texts.add(text);
                }
                if (!list) {
                    return texts;
                }
            }
            reader.endArray();
            return texts;
        }
    }
}
