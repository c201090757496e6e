package io.ledgerbridge.hubspot.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonWriter;
import org.jspecify.annotations.Nullable;

/** For what is only ever received. */
abstract class ReadOnlyJson<T> extends JsonAdapter<T> {

    @Override
    public void toJson(JsonWriter writer, @Nullable T value) {
        throw new UnsupportedOperationException("answers are only read");
    }
}
