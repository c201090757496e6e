package io.ledgerbridge.testkit;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** JSON as trees of maps, lists, strings, booleans and exact numbers. Members that are null are left out when read. */
final class Json {

    /** Writes a {@code null}, so that trees hold none. */
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private Json() {}

    static Object parse(String text) throws IOException {
        JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text));
        Object value = read(reader);
        if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
            throw new IOException("more than one JSON document");
        }
        return value;
    }

    @SuppressWarnings("unchecked") // JSON objects are read as maps by this class
    static Map<String, Object> parseObject(String text) throws IOException {
        if (!(parse(text) instanceof Map<?, ?> map)) {
            throw new IOException("not a JSON object");
        }
        return (Map<String, Object>) map;
    }

    static ByteString write(@Nullable Object value) {
        Buffer buffer = new Buffer();
        JsonWriter writer = JsonWriter.of(buffer);
        writer.setSerializeNulls(true);
        try {
            write(writer, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.readByteString();
    }

    /** An ordered object from alternating names and values. */
    static Map<String, Object> object(@Nullable Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            object.put(String.valueOf(namesAndValues[i]), value == null ? NULL : value);
        }
        return object;
    }

    static String text(Map<String, Object> object, String name) {
        Object value = object.get(name);
        return value == null || value == NULL ? "" : value.toString();
    }

    /** The number under this name; zero if there is none. */
    static BigDecimal decimal(Map<String, Object> object, String name) {
        return object.get(name) instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.ZERO;
    }

    private static Object read(JsonReader reader) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                reader.beginObject();
                while (reader.hasNext()) {
                    String name = reader.nextName();
                    Object value = read(reader);
                    if (value != NULL) {
                        object.put(name, value);
                    }
                }
                reader.endObject();
                return object;
            }
            case BEGIN_ARRAY -> {
                List<Object> array = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    array.add(read(reader));
                }
                reader.endArray();
                return array;
            }
            case NUMBER -> {
                return new BigDecimal(reader.nextString());
            }
            case BOOLEAN -> {
                return reader.nextBoolean();
            }
            case NULL -> {
                reader.nextNull();
                return NULL;
            }
            default -> {
                return reader.nextString();
            }
        }
    }

    private static void write(JsonWriter writer, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            writer.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                writer.name(String.valueOf(entry.getKey()));
                write(writer, entry.getValue());
            }
            writer.endObject();
        } else if (value instanceof Iterable<?> items) {
            writer.beginArray();
            for (Object item : items) {
                write(writer, item);
            }
            writer.endArray();
        } else if (value instanceof Number number) {
            writer.value(number);
        } else if (value instanceof Boolean bool) {
            writer.value(bool);
        } else {
            writer.value(value == null || value == NULL ? null : value.toString());
        }
    }
}
