package io.ledgerbridge.zohobooks.internal;

import com.squareup.moshi.Json;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Zoho Books really sends: {@code ""} for missing values of every type, numbers as text and identifiers as
 * numbers, stamps with an offset without colon, fields that are not there. Missing texts become empty, missing lists too;
 * other missing values become null. Amounts and identifiers never pass through {@code double}.
 */
public final class LenientJson {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");
    private static final int DATE_LENGTH = 10;

    private LenientJson() {}

    public static Moshi moshi() {
        return new Moshi.Builder()
                .add(String.class, scalar(text -> text))
                .add(BigDecimal.class, scalar(LenientJson::decimal))
                .add(Instant.class, scalar(LenientJson::instant))
                .add(LocalDate.class, scalar(LenientJson::date))
                .add(boolean.class, scalar(Boolean::parseBoolean))
                .add(LenientJson::listOrRecord)
                .build();
    }

    private static @Nullable BigDecimal decimal(String text) {
        String plain = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
        return plain.isBlank() ? null : new BigDecimal(plain.strip());
    }

    private static @Nullable Instant instant(String text) {
        return text.isBlank() ? null : OffsetDateTime.parse(text, STAMP).toInstant();
    }

    private static @Nullable LocalDate date(String text) {
        return text.length() < DATE_LENGTH ? null : LocalDate.parse(text.substring(0, DATE_LENGTH));
    }

    private static @Nullable JsonAdapter<?> listOrRecord(
            Type type, java.util.Set<? extends java.lang.annotation.Annotation> annotations, Moshi moshi) {
        Class<?> raw = Types.getRawType(type);
        if (raw == List.class) {
            return new ListAdapter(moshi.adapter(Types.collectionElementType(type, List.class)));
        }
        return raw.isRecord() ? RecordAdapter.of(raw, moshi) : null;
    }

    private interface Reading<T> {
        @Nullable
        T of(String text);
    }

    private static <T> JsonAdapter<T> scalar(Reading<T> reading) {
        return new ReadOnly<T>() {
            @Override
            public @Nullable T fromJson(JsonReader reader) throws IOException {
                switch (reader.peek()) {
                    case STRING, NUMBER -> {
                        String path = reader.getPath();
                        String text = reader.nextString();
                        try {
                            return reading.of(text);
                        } catch (RuntimeException e) {
                            throw new com.squareup.moshi.JsonDataException(
                                    "unreadable value '" + text + "' at " + path, e);
                        }
                    }
                    case BOOLEAN -> {
                        return reading.of(String.valueOf(reader.nextBoolean()));
                    }
                    default -> {
                        reader.skipValue();
                        return null;
                    }
                }
            }
        };
    }

    private abstract static class ReadOnly<T> extends JsonAdapter<T> {
        @Override
        public void toJson(JsonWriter writer, @Nullable T value) {
            throw new UnsupportedOperationException("these records are only read");
        }
    }

    private static final class ListAdapter extends ReadOnly<List<?>> {
        private final JsonAdapter<?> element;

        ListAdapter(JsonAdapter<?> element) {
            this.element = element;
        }

        @Override
        public List<?> fromJson(JsonReader reader) throws IOException {
            if (reader.peek() != JsonReader.Token.BEGIN_ARRAY) {
                reader.skipValue();
                return List.of();
            }
            List<Object> items = new ArrayList<>();
            reader.beginArray();
            while (reader.hasNext()) {
                Object item = element.fromJson(reader);
                if (item != null) {
                    items.add(item);
                }
            }
            reader.endArray();
            return List.copyOf(items);
        }
    }

    private static final class RecordAdapter extends ReadOnly<Object> {
        private final Constructor<?> constructor;
        private final Class<?>[] types;
        private final Map<String, Integer> positions = new HashMap<>();
        private final List<JsonAdapter<?>> adapters = new ArrayList<>();

        private RecordAdapter(Constructor<?> constructor, Class<?>[] types) {
            this.constructor = constructor;
            this.types = types;
        }

        static RecordAdapter of(Class<?> type, Moshi moshi) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
            }
            try {
                RecordAdapter adapter = new RecordAdapter(type.getDeclaredConstructor(types), types);
                for (int i = 0; i < components.length; i++) {
                    Json name = type.getDeclaredField(components[i].getName()).getAnnotation(Json.class);
                    adapter.positions.put(name == null ? components[i].getName() : name.name(), i);
                    adapter.adapters.add(moshi.adapter(components[i].getGenericType()));
                }
                return adapter;
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(type + " must be a public record", e);
            }
        }

        @Override
        public @Nullable Object fromJson(JsonReader reader) throws IOException {
            if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                reader.skipValue();
                return null;
            }
            @Nullable Object[] values = new Object[types.length];
            reader.beginObject();
            while (reader.hasNext()) {
                Integer position = positions.get(reader.nextName());
                if (position == null) {
                    reader.skipValue();
                } else {
                    values[position] = adapters.get(position).fromJson(reader);
                }
            }
            reader.endObject();
            for (int i = 0; i < values.length; i++) {
                if (values[i] == null) {
                    values[i] = missing(types[i]);
                }
            }
            try {
                return constructor.newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(constructor.getDeclaringClass() + " could not be made", e);
            }
        }

        private static @Nullable Object missing(Class<?> type) {
            if (type == String.class) {
                return "";
            }
            if (type == boolean.class) {
                return false;
            }
            return type == List.class ? List.of() : null;
        }
    }
}
