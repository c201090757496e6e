package io.ledgerbridge.hubspot.model;

/**
 * One option of an enumeration.
 *
 * @param value what records hold; never changes
 * @param label what people see
 * @param hidden whether people can choose it
 */
public record PropertyOption(String value, String label, boolean hidden) {

    /** One that people can choose. */
    public static PropertyOption of(String value, String label) {
        return new PropertyOption(value, label, false);
    }
}
