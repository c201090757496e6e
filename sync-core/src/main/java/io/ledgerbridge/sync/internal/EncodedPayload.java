package io.ledgerbridge.sync.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.ledgerbridge.sync.AuditEntry.Payload;
import java.io.IOException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an audit entry and its JSON, which is digested and stored: encoding it once is enough.
 *
 * @param json as this version writes it, whatever the store made of it
 */
record EncodedPayload(Payload payload, String json) {

    /** With the changes in the order of their names, so that equal payloads have equal digests. */
    static EncodedPayload of(Payload payload) {
        Payload sorted = new Payload(payload.reason(), new TreeMap<>(payload.changes()));
        JsonText json = new JsonText().field("reason", sorted.reason()).open("changes");
        sorted.changes()
                .forEach((name, change) -> json.open(name)
                        .field("before", change.before())
                        .field("after", change.after())
                        .close());
        return new EncodedPayload(sorted, json.close().end());
    }

    /** Where it stands within an entry. */
    static final class Adapter extends JsonAdapter<EncodedPayload> {
        private final JsonAdapter<Payload> payloads;

        Adapter(JsonAdapter<Payload> payloads) {
            this.payloads = payloads;
        }

        @Override
        public @Nullable EncodedPayload fromJson(JsonReader reader) throws IOException {
            Payload payload = payloads.fromJson(reader);
            return payload == null ? null : of(payload);
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable EncodedPayload value) throws IOException {
            payloads.toJson(writer, value == null ? null : value.payload());
        }
    }
}
