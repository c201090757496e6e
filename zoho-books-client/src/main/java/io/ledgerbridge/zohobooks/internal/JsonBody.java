package io.ledgerbridge.zohobooks.internal;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;

/** Bodies of requests. */
public final class JsonBody {

    private static final MediaType JSON = MediaType.get("application/json");

    private JsonBody() {}

    /** What writes a document. */
    public interface Writing {
        void to(JsonWriter json) throws IOException;
    }

    public static RequestBody of(Writing writing) {
        Buffer buffer = new Buffer();
        try {
            writing.to(JsonWriter.of(buffer));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return RequestBody.create(buffer.readByteArray(), JSON);
    }
}
