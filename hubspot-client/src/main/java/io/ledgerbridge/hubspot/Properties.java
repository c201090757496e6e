package io.ledgerbridge.hubspot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Values to write, encoded as HubSpot wants them. A property that is not set is left alone; {@link #clear} empties one.
 * Immutable. {@code toString} tells the names and no value.
 */
public final class Properties {

    private static final Properties NONE = new Properties(Map.of());

    private final Map<String, String> values;

    private Properties(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** Nothing: leaves everything alone. */
    public static Properties none() {
        return NONE;
    }

    /** Values that are encoded already, by name; an empty text clears. */
    public static Properties ofEncoded(Map<String, String> values) {
        return new Properties(new LinkedHashMap<>(values));
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
        Map<String, String> fewer = new LinkedHashMap<>(values);
        fewer.keySet().removeAll(names);
        return new Properties(fewer);
    }

    private Properties put(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Properties(more);
    }

    /** Encoded values by name, in the order in which they were set. */
    public Map<String, String> encoded() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Properties properties && values.equals(properties.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return new TreeSet<>(values.keySet()).toString();
    }
}
