package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.Property;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values that a record shall have, as HubSpot encodes them. An empty text means that there shall be none. */
final class Values {

    /** What HubSpot keeps of a text. */
    static final int LONGEST_TEXT = 65_536;

    private final Map<String, String> encoded = new LinkedHashMap<>();
    private final List<String> cuts = new ArrayList<>();

    <T> Values set(Property<T> property, @Nullable T value) {
        encoded.put(property.name(), value == null ? "" : property.encode(value));
        return this;
    }

    /** A text, without blanks around it, cut if HubSpot cannot keep it. */
    Values text(Property<String> property, String value) {
        String stripped = value.strip();
        String fitting = cut(stripped);
        if (fitting.length() < stripped.length()) {
            cuts.add(property + " was cut from " + stripped.length() + " to " + fitting.length() + " characters");
        }
        return set(property, fitting);
    }

    /** Cuts the text of a property if HubSpot cannot keep it. */
    void fit(String property) {
        String value = encoded.getOrDefault(property, "");
        if (value.length() > LONGEST_TEXT) {
            text(Property.text(property), value);
        }
    }

    /** Never between the two halves of one character. */
    private static String cut(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
        return text.substring(0, splitsPair ? LONGEST_TEXT - 1 : LONGEST_TEXT);
    }

    Map<String, String> encoded() {
        return encoded;
    }

    /** Texts that were too long. */
    List<String> cuts() {
        return cuts;
    }

    /** What differs from what was written last; the version follows other changes and makes none by itself. */
    static Map<String, String> changes(Map<String, String> desired, Link link) {
        Map<String, String> changes = new LinkedHashMap<>();
        desired.forEach((name, value) -> {
            String written = link.written().get(name);
            if (name.equals(BooksProperties.VERSION.name()) && written != null && written.startsWith(value)) {
                // The same header, with its detail.
                return;
            }
            boolean same = written == null ? value.isEmpty() && !link.isUnsure() : written.equals(value);
            if (!same) {
                changes.put(name, value);
            }
        });
        return isNothing(changes) ? Map.of() : changes;
    }

    /** Whether these changes are none by themselves. */
    static boolean isNothing(Map<String, String> changes) {
        return changes.isEmpty() || changes.keySet().equals(Set.of(BooksProperties.VERSION.name()));
    }

    /** A short digest of values, whatever their order. */
    static String hash(Map<String, String> values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(new TreeMap<>(values).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
