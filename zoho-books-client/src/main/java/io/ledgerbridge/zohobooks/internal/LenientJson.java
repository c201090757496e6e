package io.ledgerbridge.zohobooks.internal;

import com.squareup.moshi.Json;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import io.ledgerbridge.zohobooks.model.CustomField;
import io.ledgerbridge.zohobooks.model.CustomFields;
import io.ledgerbridge.zohobooks.model.RawJson;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Zoho Books really sends: {@code ""} for missing values of every type, numbers as text and identifiers as
 * numbers, stamps with an offset without colon, fields that are not there. Missing texts become empty, missing lists too;
 * other missing values become null. Amounts and identifiers never pass through {@code double}. A value that cannot be
 * what it should be is told with its place: it becomes neither zero nor missing.
 */
public final class LenientJson {

    private static final DateTimeFormatter STAMPS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");
    private static final int DATE_LENGTH = 10;
    private static final int LARGEST_SCALE = 60;
    private static final int BEGINNING = 120;

    public static final JsonAdapter<String> TEXT = scalar(text -> text);
    public static final JsonAdapter<BigDecimal> DECIMAL = scalar(LenientJson::decimal);
    public static final JsonAdapter<LocalDate> DATE = scalar(LenientJson::date);
    public static final JsonAdapter<OffsetDateTime> STAMP = scalar(LenientJson::stamp);

    private static final Moshi MOSHI = new Moshi.Builder()
            .add(String.class, TEXT)
            .add(BigDecimal.class, DECIMAL)
            .add(LocalDate.class, DATE)
            .add(OffsetDateTime.class, STAMP)
            .add(Instant.class, scalar(LenientJson::instant))
            .add(Integer.class, scalar(LenientJson::whole))
            .add(Boolean.class, scalar(LenientJson::bool))
            .add(boolean.class, scalar(LenientJson::bool))
            .add(RawJson.class, new RawAdapter())
            .add(LenientJson::listOrRecord)
            .build();

    private LenientJson() {}

    public static Moshi moshi() {
        return MOSHI;
    }

    /** As much of a text as an error message should show, on one line. */
    public static String beginning(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= BEGINNING ? line : line.substring(0, BEGINNING) + "...";
    }

    public static @Nullable BigDecimal decimal(String text) {
        String plain = text.strip();
        if (plain.endsWith("%")) {
            plain = plain.substring(0, plain.length() - 1).strip();
        }
        if (plain.isEmpty()) {
            return null;
        }
        BigDecimal decimal = new BigDecimal(plain);
        if (Math.abs((long) decimal.scale()) > LARGEST_SCALE) {
            throw new NumberFormatException("no amount has an exponent like this");
        }
        return decimal;
    }

    public static @Nullable LocalDate date(String text) {
        String plain = text.strip();
        return plain.isEmpty() ? null : LocalDate.parse(plain.substring(0, Math.min(DATE_LENGTH, plain.length())));
    }

    public static @Nullable OffsetDateTime stamp(String text) {
        return text.isBlank() ? null : OffsetDateTime.parse(text.strip(), STAMPS);
    }

    public static @Nullable Boolean bool(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            case "" -> null;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static @Nullable Instant instant(String text) {
        OffsetDateTime stamp = stamp(text);
        return stamp == null ? null : stamp.toInstant();
    }

    private static @Nullable Integer whole(String text) {
        BigDecimal number = decimal(text);
        return number == null ? null : number.intValueExact();
    }

    private static @Nullable JsonAdapter<?> listOrRecord(
            Type type, Set<? extends Annotation> annotations, Moshi moshi) {
        Class<?> raw = Types.getRawType(type);
        if (raw == List.class) {
            return new ListAdapter<>(moshi.adapter(Types.collectionElementType(type, List.class)));
        }
        if (raw == CustomFields.class) {
            return new CustomFieldsAdapter(new ListAdapter<>(moshi.adapter(CustomField.class)));
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
                        String text = reader.nextString();
                        try {
                            return reading.of(text);
                        } catch (RuntimeException e) {
                            throw new JsonDataException(
                                    "unreadable value '" + beginning(text) + "' at " + reader.getPath(), e);
                        }
                    }
                    case BOOLEAN -> {
                        String text = String.valueOf(reader.nextBoolean());
                        try {
                            return reading.of(text);
                        } catch (RuntimeException e) {
                            throw new JsonDataException("unreadable value '" + text + "' at " + reader.getPath(), e);
                        }
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

    /** The bytes of one object; anything else is none. */
    private static final class RawAdapter extends ReadOnly<RawJson> {
        @Override
        public @Nullable RawJson fromJson(JsonReader reader) throws IOException {
            if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                reader.skipValue();
                return null;
            }
            return RawJson.ofUtf8(reader.nextSource().readByteArray());
        }
    }

    private static final class ListAdapter<T> extends ReadOnly<List<T>> {
        private final JsonAdapter<T> element;

        ListAdapter(JsonAdapter<T> element) {
            this.element = element;
        }

        @Override
        public List<T> fromJson(JsonReader reader) throws IOException {
            if (reader.peek() != JsonReader.Token.BEGIN_ARRAY) {
                reader.skipValue();
                return List.of();
            }
            List<T> items = new ArrayList<>();
            reader.beginArray();
            while (reader.hasNext()) {
                T item = element.fromJson(reader);
                if (item != null) {
                    items.add(item);
                }
            }
            reader.endArray();
            return List.copyOf(items);
        }
    }

    private static final class CustomFieldsAdapter extends ReadOnly<CustomFields> {
        private final ListAdapter<CustomField> fields;

        CustomFieldsAdapter(ListAdapter<CustomField> fields) {
            this.fields = fields;
        }

        @Override
        public CustomFields fromJson(JsonReader reader) throws IOException {
            List<CustomField> read = fields.fromJson(reader);
            return read.isEmpty() ? CustomFields.NONE : new CustomFields(read);
        }
    }

    /** Reads members by name in any order. A record with a {@link RawJson} keeps its own text there. */
    private static final class RecordAdapter extends ReadOnly<Object> {
        private final Constructor<?> constructor;
        private final Class<?>[] types;
        private final JsonReader.Options names;
        private final List<JsonAdapter<?>> adapters;
        private final int rawPosition;

        private RecordAdapter(
                Constructor<?> constructor,
                Class<?>[] types,
                JsonReader.Options names,
                List<JsonAdapter<?>> adapters,
                int rawPosition) {
            this.constructor = constructor;
            this.types = types;
            this.names = names;
            this.adapters = adapters;
            this.rawPosition = rawPosition;
        }

        static RecordAdapter of(Class<?> type, Moshi moshi) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            String[] names = new String[components.length];
            List<JsonAdapter<?>> adapters = new ArrayList<>();
            int rawPosition = -1;
            try {
                for (int i = 0; i < components.length; i++) {
                    types[i] = components[i].getType();
                    Json name = type.getDeclaredField(components[i].getName()).getAnnotation(Json.class);
                    names[i] = name == null ? components[i].getName() : name.name();
                    adapters.add(moshi.adapter(components[i].getGenericType()));
                    if (types[i] == RawJson.class) {
                        rawPosition = i;
                    }
                }
                return new RecordAdapter(
                        type.getDeclaredConstructor(types), types, JsonReader.Options.of(names), adapters, rawPosition);
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
            if (rawPosition < 0) {
                return read(reader, null);
            }
            String place = reader.getPath();
            RawJson raw = RawJson.ofUtf8(reader.nextSource().readByteArray());
            try {
                return read(raw.reader(), raw);
            } catch (JsonDataException | UnreadableRecordException e) {
                throw new UnreadableRecordException(
                        String.valueOf(e.getMessage()).replace(" at $", " at " + place), raw, e);
            }
        }

        private Object read(JsonReader reader, @Nullable RawJson raw) throws IOException {
            @Nullable Object[] values = new Object[types.length];
            reader.beginObject();
            while (reader.hasNext()) {
                int position = reader.selectName(names);
                if (position < 0 || position == rawPosition) {
                    if (position < 0) {
                        reader.skipName();
                    }
                    reader.skipValue();
                } else {
                    values[position] = adapters.get(position).fromJson(reader);
                }
            }
            reader.endObject();
            for (int i = 0; i < values.length; i++) {
                if (values[i] == null) {
                    values[i] = i == rawPosition && raw != null ? raw : missing(types[i]);
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
            if (type == CustomFields.class) {
                return CustomFields.NONE;
            }
            if (type == RawJson.class) {
                return RawJson.NONE;
            }
            return type == List.class ? List.of() : null;
        }
    }
}
