package io.ledgerbridge.hubspot.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * JSON being written, for bodies of which there are many. Names come again and again, so they are encoded once.
 *
 * <p>A general writer takes more than half of the time that a record costs to send.
 */
final class JsonBytes {

    private static final int SPECIAL = 0x80;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, byte[]> names = new HashMap<>();
    private byte[] bytes;
    private int size;

    JsonBytes(int expected) {
        bytes = new byte[expected];
    }

    /** What was written so far; valid until more is written. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Text that is JSON already and holds ASCII alone. */
    JsonBytes raw(String json) {
        int length = json.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) json.charAt(i);
        }
        return this;
    }

    /** A name with what separates it from its value and from what stands before it. */
    JsonBytes name(String name, boolean first) {
        byte[] encoded = names.get(name);
        if (encoded == null) {
            JsonBytes one = new JsonBytes(name.length() + 4).raw(",").text(name).raw(":");
            encoded = Arrays.copyOf(one.bytes, one.size);
            names.put(name, encoded);
        }
        int from = first ? 1 : 0;
        int length = encoded.length - from;
        ensure(length);
        System.arraycopy(encoded, from, bytes, size, length);
        size += length;
        return this;
    }

    /** A text with its quotes. */
    JsonBytes text(String text) {
        int length = text.length();
        ensure(length + 2);
        int start = size;
        byte[] target = bytes;
        int at = start;
        target[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= SPECIAL) {
                size = start;
                return special(text);
            }
            target[at++] = (byte) c;
        }
        target[at++] = '"';
        size = at;
        return this;
    }

    private JsonBytes special(String text) {
        // Malformed surrogates become question marks, as everywhere in Java.
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ensure(utf8.length * 6 + 2);
        put('"');
        for (byte b : utf8) {
            switch (b) {
                case '"', '\\' -> {
                    put('\\');
                    put(b);
                }
                case '\n' -> {
                    put('\\');
                    put('n');
                }
                default -> {
                    if (b >= 0 && b < ' ') {
                        raw("\\u00");
                        put(HEX[b >> 4]);
                        put(HEX[b & 15]);
                    } else {
                        put(b);
                    }
                }
            }
        }
        put('"');
        return this;
    }

    private void put(int b) {
        bytes[size++] = (byte) b;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
