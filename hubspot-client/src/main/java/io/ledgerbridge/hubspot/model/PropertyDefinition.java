package io.ledgerbridge.hubspot.model;

/**
 * How a property is defined.
 *
 * @param type {@code string}, {@code number}, {@code date}, {@code datetime}, {@code bool}, {@code enumeration}
 * @param fieldType how forms show it: {@code text}, {@code textarea}, {@code number}, {@code date}, ...
 * @param hasUniqueValue cannot be changed after creation
 * @param readOnly whether its value can be written
 */
public record PropertyDefinition(
        String name,
        String label,
        String description,
        String type,
        String fieldType,
        boolean hasUniqueValue,
        boolean readOnly) {

    public static PropertyDefinition of(String name, String label, String description, String type) {
        String fieldType = switch (type) {
            case "number" -> "number";
            case "date", "datetime" -> "date";
            default -> "text";
        };
        return new PropertyDefinition(name, label, description, type, fieldType, false, false);
    }

    /** The same, to hold no value twice. */
    public PropertyDefinition unique() {
        return new PropertyDefinition(name, label, description, type, fieldType, true, readOnly);
    }
}
