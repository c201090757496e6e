package io.ledgerbridge.hubspot.internal;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Properties of a record as they stand in the answer: a value becomes a text when somebody asks for it. Of most answers only
 * the key is looked at. Names are shared by the records of an answer, which is kept as long as one of them.
 */
final class ScannedProperties extends AbstractMap<String, @Nullable String> {

    private final byte[] json;
    private final String[] names;

    /** Where each value begins and ends; a beginning of -1 means that there is none. */
    private final int[] places;

    private final int size;

    ScannedProperties(byte[] json, String[] names, int[] places, int size) {
        this.json = json;
        this.names = names;
        this.places = places;
        this.size = size;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        int index = indexOf(name);
        return index < 0 ? null : value(index);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Map.Entry<String, @Nullable String>> entrySet() {
        Set<Map.Entry<String, @Nullable String>> entries = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            entries.add(new SimpleImmutableEntry<>(names[i], value(i)));
        }
        return Collections.unmodifiableSet(entries);
    }

    private int indexOf(@Nullable Object name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable String value(int index) {
        int start = places[index * 2];
        return start < 0 ? null : new String(json, start, places[index * 2 + 1] - start, StandardCharsets.UTF_8);
    }
}
