package io.ledgerbridge.sync.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps of texts, of which links consist mostly. Moshi's own adapter for maps sorts their keys; these are only looked up. */
final class TextMapAdapter extends JsonAdapter<Map<String, String>> {

    @Override
    public @Nullable Map<String, String> fromJson(JsonReader reader) throws IOException {
        if (reader.peek() == JsonReader.Token.NULL) {
            return reader.nextNull();
        }
        Map<String, String> map = new HashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            map.put(reader.nextName(), reader.nextString());
        }
        reader.endObject();
        return map;
    }

    @Override
    public void toJson(JsonWriter writer, @Nullable Map<String, String> map) throws IOException {
        if (map == null) {
            writer.nullValue();
            return;
        }
        writer.beginObject();
        for (Map.Entry<String, String> entry : map.entrySet()) {
            writer.name(entry.getKey()).value(entry.getValue());
        }
        writer.endObject();
    }
}
