package io.ledgerbridge.zohobooks.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonEncodingException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Types;
import io.ledgerbridge.rest.internal.UnusableBodyException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;

/**
 * Reads envelopes: code and message, and under the key of the operation its record or its rows. A row with an unreadable
 * value is set apart, so that the others of its page are not lost.
 */
public final class WireConverter extends Converter.Factory {

    private static final JsonAdapter<Answer.PageContext> CONTEXT =
            LenientJson.moshi().adapter(Answer.PageContext.class);
    private static final int BEGINNING_BYTES = 400;

    @Override
    public @Nullable Converter<ResponseBody, ?> responseBodyConverter(
            Type type, Annotation[] annotations, Retrofit retrofit) {
        Class<?> raw = Types.getRawType(type);
        if (raw == Answer.Plain.class) {
            return body -> read(body, WireConverter::plain);
        }
        if (raw == Answer.One.class) {
            JsonAdapter<Object> value = element(type);
            List<String> keys = keys(annotations);
            return body -> read(body, reader -> one(reader, keys, value));
        }
        if (raw == Answer.Rows.class) {
            JsonAdapter<Object> item = element(type);
            List<String> keys = keys(annotations);
            return body -> read(body, reader -> rows(reader, keys, item));
        }
        if (raw.isRecord()) {
            JsonAdapter<Object> adapter = LenientJson.moshi().adapter(type);
            return body -> read(body, adapter::fromJson);
        }
        return null;
    }

    /** What an error's body says; null if it is no envelope. */
    public static Answer.@Nullable Plain failure(String body) {
        try {
            return read(ResponseBody.create(body, null), WireConverter::plain);
        } catch (IOException | JsonDataException e) {
            return null;
        }
    }

    /** A step of reading. */
    public interface Reading<T> {
        @Nullable
        T from(JsonReader reader) throws IOException;
    }

    /** Reads the whole body and says what it began with if it is no answer. */
    public static <T> T read(ResponseBody body, Reading<T> reading) throws IOException {
        Buffer buffer = new Buffer();
        buffer.writeAll(body.source());
        byte[] head =
                buffer.snapshot((int) Math.min(buffer.size(), BEGINNING_BYTES)).toByteArray();
        String beginning = LenientJson.beginning(new String(head, StandardCharsets.UTF_8));
        if (beginning.isEmpty()) {
            throw new UnusableBodyException("an empty body");
        }
        if (!beginning.startsWith("{")) {
            throw new UnusableBodyException("no JSON object but '" + beginning + "'");
        }
        try (JsonReader reader = JsonReader.of(buffer)) {
            T answer = reading.from(reader);
            if (answer == null || reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new UnusableBodyException("JSON with something after it: '" + beginning + "'");
            }
            return answer;
        } catch (EOFException | JsonEncodingException e) {
            throw new UnusableBodyException("JSON that is cut off or broken, beginning with '" + beginning + "'", e);
        } catch (UnreadableRecordException e) {
            throw e.ofTheWhole();
        }
    }

    private static Answer.Plain plain(JsonReader reader) throws IOException {
        Head head = new Head();
        reader.beginObject();
        while (reader.hasNext()) {
            head.take(reader.nextName(), reader);
        }
        reader.endObject();
        return new Answer.Plain(head.code, head.message);
    }

    private static Answer.One<Object> one(JsonReader reader, List<String> keys, JsonAdapter<Object> adapter)
            throws IOException {
        Head head = new Head();
        Object value = null;
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (value == null && keys.contains(name)) {
                value = adapter.fromJson(reader);
            } else {
                head.take(name, reader);
            }
        }
        reader.endObject();
        return new Answer.One<>(head.code, head.message, value);
    }

    private static Answer.Rows<Object> rows(JsonReader reader, List<String> keys, JsonAdapter<Object> adapter)
            throws IOException {
        Head head = new Head();
        List<Object> items = new ArrayList<>();
        List<Answer.Unreadable> unreadable = new ArrayList<>();
        Answer.PageContext context = null;
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (keys.contains(name)) {
                readRows(reader, adapter, items, unreadable);
            } else if (name.equals("page_context")) {
                context = context(reader);
            } else {
                head.take(name, reader);
            }
        }
        reader.endObject();
        return new Answer.Rows<>(head.code, head.message, List.copyOf(items), List.copyOf(unreadable), context);
    }

    private static void readRows(
            JsonReader reader, JsonAdapter<Object> adapter, List<Object> items, List<Answer.Unreadable> unreadable)
            throws IOException {
        if (reader.peek() != JsonReader.Token.BEGIN_ARRAY) {
            reader.skipValue();
            return;
        }
        reader.beginArray();
        while (reader.hasNext()) {
            try {
                Object item = adapter.fromJson(reader);
                if (item != null) {
                    items.add(item);
                }
            } catch (UnreadableRecordException e) {
                unreadable.add(new Answer.Unreadable(e.raw(), String.valueOf(e.getMessage())));
            }
        }
        reader.endArray();
    }

    /** The vendor's documents show it as a list in places. */
    private static Answer.@Nullable PageContext context(JsonReader reader) throws IOException {
        if (reader.peek() != JsonReader.Token.BEGIN_ARRAY) {
            return CONTEXT.fromJson(reader);
        }
        Answer.PageContext first = null;
        reader.beginArray();
        while (reader.hasNext()) {
            Answer.PageContext next = CONTEXT.fromJson(reader);
            first = first == null ? next : first;
        }
        reader.endArray();
        return first;
    }

    private static List<String> keys(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof Key key) {
                return List.of(key.value());
            }
        }
        throw new IllegalArgumentException("an operation with a record needs a key");
    }

    private static JsonAdapter<Object> element(Type type) {
        return LenientJson.moshi().adapter(((ParameterizedType) type).getActualTypeArguments()[0]);
    }

    private static final class Head {
        private int code;
        private String message = "";

        void take(String name, JsonReader reader) throws IOException {
            switch (name) {
                case "code" -> {
                    BigDecimal number = LenientJson.DECIMAL.fromJson(reader);
                    code = number == null ? 0 : code(number);
                }
                case "message" -> {
                    String text = LenientJson.TEXT.fromJson(reader);
                    message = text == null ? "" : text;
                }
                default -> reader.skipValue();
            }
        }

        /** A number that is no code of the vendor's is still an error. */
        private static int code(BigDecimal number) {
            try {
                return number.intValueExact();
            } catch (ArithmeticException e) {
                return -1;
            }
        }
    }
}
