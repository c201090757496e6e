package io.ledgerbridge.hubspot.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonEncodingException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.ledgerbridge.rest.internal.UnusableBodyException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;

/**
 * JSON both ways. What comes is judged by its content, not by its type or status, and never quoted in a message: it may hold
 * what people have written.
 */
public final class WireConverter extends Converter.Factory {

    @Override
    public @Nullable Converter<ResponseBody, ?> responseBodyConverter(
            Type type, Annotation[] annotations, Retrofit retrofit) {
        JsonAdapter<Object> adapter = Wire.MOSHI.adapter(type);
        boolean mayBeEmpty = type == Wire.Nothing.class;
        if (type == Wire.BatchAnswer.class) {
            return body -> {
                byte[] bytes = body.bytes();
                Wire.BatchAnswer answer = AnswerScanner.scan(bytes);
                return answer != null ? answer : read(new Buffer().write(bytes), adapter, mayBeEmpty);
            };
        }
        return body -> {
            Buffer buffer = new Buffer();
            buffer.writeAll(body.source());
            return read(buffer, adapter, mayBeEmpty);
        };
    }

    @Override
    public @Nullable Converter<?, RequestBody> requestBodyConverter(
            Type type, Annotation[] parameterAnnotations, Annotation[] methodAnnotations, Retrofit retrofit) {
        if (type == Wire.Inputs.class) {
            return (Wire.Inputs inputs) -> RecordJson.body(inputs);
        }
        if (type == Wire.Input.class) {
            return (Wire.Input input) -> RecordJson.body(input);
        }
        JsonAdapter<Object> adapter = Wire.MOSHI.adapter(type);
        return value -> {
            Buffer buffer = new Buffer();
            adapter.toJson(JsonWriter.of(buffer), value);
            return RequestBody.create(buffer.snapshot(), RecordJson.JSON);
        };
    }

    private static Object read(Buffer buffer, JsonAdapter<Object> adapter, boolean mayBeEmpty) throws IOException {
        long length = buffer.size();
        long start = 0;
        while (start < length && Character.isWhitespace(buffer.getByte(start))) {
            start++;
        }
        if (start == length) {
            if (mayBeEmpty) {
                return Wire.Nothing.INSTANCE;
            }
            throw new UnusableBodyException("an empty body");
        }
        if (buffer.getByte(start) != '{') {
            String what = buffer.getByte(start) == '<' ? "a page of HTML or XML" : "a text that is no JSON object";
            throw new UnusableBodyException(what + " (" + length + " bytes)");
        }
        try (JsonReader reader = JsonReader.of(buffer)) {
            Object answer = adapter.fromJson(reader);
            if (answer == null || reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new UnusableBodyException("JSON with something after it (" + length + " bytes)");
            }
            return answer;
        } catch (EOFException | JsonEncodingException e) {
            throw new UnusableBodyException("JSON that is cut off or broken (" + length + " bytes)", e);
        }
    }
}
