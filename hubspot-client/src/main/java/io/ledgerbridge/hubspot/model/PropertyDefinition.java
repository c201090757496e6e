package io.ledgerbridge.hubspot.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a property is defined, or shall be.
 *
 * @param label what people see
 * @param type {@code string}, {@code number}, {@code date}, {@code datetime}, {@code bool}, {@code enumeration}
 * @param fieldType how forms show it: {@code text}, {@code textarea}, {@code number}, {@code date}, {@code select},
 *     {@code checkbox} (several options), {@code booleancheckbox}, ...
 * @param hasUniqueValue whether no two records may have the same value, so that it can be a key; cannot be changed after
 *     creation, and a type has ten at most
 * @param readOnly whether its value cannot be written
 * @param archived whether it is in the recycle bin, from which it is gone after 90 days
 * @param options of an enumeration
 * @param currencyProperty which other property holds the currency of this amount; null for none
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide">Properties</a>
 */
public record PropertyDefinition(
        String name,
        String label,
        String description,
        String type,
        String fieldType,
        boolean hasUniqueValue,
        boolean readOnly,
        boolean archived,
        List<PropertyOption> options,
        @Nullable String currencyProperty) {

    public PropertyDefinition {
        options = List.copyOf(options);
    }

    /** One to be made, with the usual field for its type. */
    public static PropertyDefinition of(String name, String label, String description, String type) {
        String fieldType = switch (type) {
            case "number" -> "number";
            case "date", "datetime" -> "date";
            case "enumeration" -> "select";
            case "bool" -> "booleancheckbox";
            default -> "text";
        };
        List<PropertyOption> options = type.equals("bool")
                ? List.of(PropertyOption.of("true", "Yes"), PropertyOption.of("false", "No"))
                : List.of();
        return new PropertyDefinition(name, label, description, type, fieldType, false, false, false, options, null);
    }

    /** The same, to hold no value twice. */
    public PropertyDefinition unique() {
        return changed(true, options, currencyProperty);
    }

    /** The same, as an enumeration with these options. */
    public PropertyDefinition withOptions(List<PropertyOption> newOptions) {
        return changed(hasUniqueValue, newOptions, currencyProperty);
    }

    /** The same, shown as money in the currency that another property of the record holds. */
    public PropertyDefinition asMoneyIn(String newCurrencyProperty) {
        return changed(hasUniqueValue, options, newCurrencyProperty);
    }

    private PropertyDefinition changed(boolean unique, List<PropertyOption> newOptions, @Nullable String currency) {
        return new PropertyDefinition(
                name, label, description, type, fieldType, unique, readOnly, archived, newOptions, currency);
    }
}
