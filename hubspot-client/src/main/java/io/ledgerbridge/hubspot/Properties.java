package io.ledgerbridge.hubspot;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Values to write, encoded as HubSpot wants them. A property that is not set is left alone; {@link #clear} empties one.
 * Immutable. {@code toString} tells the names and no value.
 */
public final class Properties {

    private static final Properties NONE = new Properties(new String[0]);

    /** Names and values in turn: there are few, so looking through them is faster than any map. */
    private final String[] namesAndValues;

    private Properties(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /** Nothing: leaves everything alone. */
    public static Properties none() {
        return NONE;
    }

    /** Values that are encoded already, by name; an empty text clears. */
    public static Properties ofEncoded(Map<String, String> values) {
        String[] all = new String[values.size() * 2];
        int next = 0;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            all[next++] = entry.getKey();
            all[next++] = entry.getValue();
        }
        return new Properties(all);
    }

    public static <V> Properties of(Property<V> property, V value) {
        return NONE.with(property, value);
    }

    /** Sets one more; an empty text clears. */
    public <V> Properties with(Property<V> property, V value) {
        return put(property.name(), property.encode(value));
    }

    /** Sets one more if there is a value, else leaves the property alone. */
    public <V> Properties withIfPresent(Property<V> property, @Nullable V value) {
        return value == null ? this : with(property, value);
    }

    /** Adds options of a multi-checkbox to those that a record has. */
    public Properties append(Property<Set<String>> property, Set<String> values) {
        return values.isEmpty() ? this : put(property.name(), ";" + property.encode(values));
    }

    /** Empties a property. */
    public Properties clear(Property<?> property) {
        return put(property.name(), "");
    }

    /** The same without some, which are left alone. */
    Properties without(Set<String> names) {
        Map<String, String> fewer = new LinkedHashMap<>(encoded());
        fewer.keySet().removeAll(names);
        return ofEncoded(fewer);
    }

    private Properties put(String name, String value) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equals(name)) {
                String[] changed = namesAndValues.clone();
                changed[i + 1] = value;
                return new Properties(changed);
            }
        }
        String[] more = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        more[more.length - 2] = name;
        more[more.length - 1] = value;
        return new Properties(more);
    }

    /** The encoded value; null if it is not set. */
    @Nullable
    String encoded(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equals(name)) {
                return namesAndValues[i + 1];
            }
        }
        return null;
    }

    boolean isEmpty() {
        return namesAndValues.length == 0;
    }

    /** Hands over names and encoded values in the order in which they were set. */
    public void forEach(BiConsumer<String, String> consumer) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            consumer.accept(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    /** Encoded values by name, in the order in which they were set. */
    public Map<String, String> encoded() {
        Map<String, String> values = new LinkedHashMap<>();
        forEach(values::put);
        return Collections.unmodifiableMap(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Properties properties
                && (Arrays.equals(namesAndValues, properties.namesAndValues)
                        || encoded().equals(properties.encoded()));
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            hash += namesAndValues[i].hashCode() ^ namesAndValues[i + 1].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return new TreeSet<>(encoded().keySet()).toString();
    }
}
