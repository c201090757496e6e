package io.ledgerbridge.hubspot.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as HubSpot shows it.
 *
 * @param properties by name, all text; those that were asked for or written
 */
public record CrmRecord(String id, Map<String, @Nullable String> properties) {

    /** The value, null if it has none or was not asked for. */
    public @Nullable String get(String property) {
        return properties.get(property);
    }
}
