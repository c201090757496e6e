package io.ledgerbridge.sync.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bodies of the rows that are written most, links, audit entries and what is on its way, in the form that Moshi reads and would write.
 * Nearly all their texts need no escaping, which makes this several times as fast; the others are Moshi's.
 */
final class JsonText {

    private static final JsonAdapter<String> TEXTS = new Moshi.Builder().build().adapter(String.class);

    private static final boolean[] PLAIN = new boolean[128];

    static {
        for (char c = ' '; c <= '~'; c++) {
            PLAIN[c] = c != '"' && c != '\\';
        }
    }

    private final StringBuilder json = new StringBuilder(1_024).append('{');
    private boolean first = true;

    /** A name of our own, which needs no escaping; no field if there is no value. */
    JsonText field(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            text(value);
        }
        return this;
    }

    JsonText field(String name, long value) {
        name(name);
        json.append(value);
        return this;
    }

    JsonText field(String name, Map<String, String> values) {
        return map(name, values, this::text);
    }

    JsonText field(String name, List<String> values) {
        name(name);
        texts(values);
        return this;
    }

    JsonText lists(String name, Map<String, List<String>> values) {
        return map(name, values, this::texts);
    }

    private <V> JsonText map(String name, Map<String, V> values, Consumer<V> value) {
        name(name);
        json.append('{');
        first = true;
        values.forEach((key, one) -> {
            comma();
            text(key);
            json.append(':');
            value.accept(one);
        });
        return close();
    }

    /** A value that is JSON already. */
    JsonText json(String name, String value) {
        name(name);
        json.append(value);
        return this;
    }

    /** Begins an object within this one, under a name that may be anything. */
    JsonText open(String anyName) {
        comma();
        text(anyName);
        json.append(":{");
        first = true;
        return this;
    }

    JsonText close() {
        json.append('}');
        first = false;
        return this;
    }

    String end() {
        return json.append('}').toString();
    }

    private void name(String name) {
        comma();
        json.append('"').append(name).append("\":");
    }

    private void comma() {
        if (!first) {
            json.append(',');
        }
        first = false;
    }

    private void texts(List<String> values) {
        json.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            text(values.get(i));
        }
        json.append(']');
    }

    /** A text as JSON has it. */
    static String quoted(String text) {
        return TEXTS.toJson(text);
    }

    private void text(String text) {
        if (isPlain(text)) {
            json.append('"').append(text).append('"');
        } else {
            json.append(quoted(text));
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= PLAIN.length || !PLAIN[c]) {
                return false;
            }
        }
        return true;
    }
}
