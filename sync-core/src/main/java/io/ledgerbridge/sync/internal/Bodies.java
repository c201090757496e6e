package io.ledgerbridge.sync.internal;

import com.squareup.moshi.JsonAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okio.Buffer;

/** Bodies of rows. */
final class Bodies {

    private Bodies() {}

    static <T> T read(JsonAdapter<T> adapter, String body) {
        try {
            // As bytes, since Okio takes texts character by character.
            T value = adapter.fromJson(new Buffer().write(body.getBytes(StandardCharsets.UTF_8)));
            if (value == null) {
                throw new IllegalStateException("the store holds an empty row");
            }
            return value;
        } catch (IOException e) {
            // Without the row: what stands in it may be personal.
            throw new IllegalStateException(
                    "the store holds a row that this version cannot read, of " + body.length() + " characters", e);
        }
    }
}
