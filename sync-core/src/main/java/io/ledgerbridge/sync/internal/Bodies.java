package io.ledgerbridge.sync.internal;

import com.squareup.moshi.JsonAdapter;
import java.io.IOException;

/** Bodies of rows. */
final class Bodies {

    private Bodies() {}

    static <T> T read(JsonAdapter<T> adapter, String body) {
        try {
            T value = adapter.fromJson(body);
            if (value == null) {
                throw new IllegalStateException("the store holds an empty row");
            }
            return value;
        } catch (IOException e) {
            throw new IllegalStateException("the store holds a row that this version cannot read: " + body, e);
        }
    }
}
