package io.ledgerbridge.hubspot.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was done to have properties as they are needed, and what could not be.
 *
 * @param created made now
 * @param restored made now out of the recycle bin, with the values that records still have
 * @param extended enumerations that have got options
 * @param refused could not be made, with HubSpot's reason
 * @param differences exist, and not as they are needed; they were left as they are
 * @param definitions as they are now, by name; those that were refused are not there
 */
public record Provisioning(
        Set<String> created,
        Set<String> restored,
        Set<String> extended,
        Map<String, String> refused,
        List<Difference> differences,
        Map<String, PropertyDefinition> definitions) {

    /**
     * A property that is not as it is needed.
     *
     * @param needed in words, such as {@code unique}
     * @param found in words, such as {@code not unique}
     */
    public record Difference(String property, Kind kind, String needed, String found) {

        @Override
        public String toString() {
            return property + " is " + found + " and should be " + needed;
        }
    }

    /** In what a property differs. */
    public enum Kind {
        /** It holds another type of values. */
        TYPE,
        /** {@code hasUniqueValue} cannot be changed: it would have to be made under another name. */
        UNIQUENESS,
        /** Its values cannot be written. */
        READ_ONLY,
        /** It was made and is not there, or is in the recycle bin. */
        ARCHIVED,
        /** Options are lacking and could not be added. */
        OPTIONS
    }

    public Provisioning {
        created = Set.copyOf(created);
        restored = Set.copyOf(restored);
        extended = Set.copyOf(extended);
        refused = Map.copyOf(refused);
        differences = List.copyOf(differences);
        definitions = Map.copyOf(definitions);
    }

    /** Whether every property is as it is needed. */
    public boolean isComplete() {
        return refused.isEmpty() && differences.isEmpty();
    }
}
