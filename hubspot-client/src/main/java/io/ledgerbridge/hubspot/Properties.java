package io.ledgerbridge.hubspot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values to write, encoded as HubSpot wants them. A property that is not set is left alone; {@link #clear} empties one.
 * Immutable.
 */
public final class Properties {

    private static final Properties NONE = new Properties(Map.of());

    private final Map<String, String> values;

    private Properties(Map<String, String> values) {
        this.values = values;
    }

    public static Properties none() {
        return NONE;
    }

    /** Values that are encoded already, by name; an empty text clears. */
    public static Properties ofEncoded(Map<String, String> values) {
        return new Properties(new LinkedHashMap<>(values));
    }

    public static <T> Properties of(Property<T> property, T value) {
        return NONE.with(property, value);
    }

    public <T> Properties with(Property<T> property, T value) {
        return put(property.name(), property.encode(value));
    }

    public Properties clear(Property<?> property) {
        return put(property.name(), "");
    }

    private Properties put(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Properties(more);
    }

    /** Encoded values by name. */
    public Map<String, String> encoded() {
        return Map.copyOf(values);
    }

    @Override
    public String toString() {
        return new TreeMap<>(values).keySet().toString();
    }
}
