package io.ledgerbridge.zohobooks.model;

import io.ledgerbridge.zohobooks.internal.LenientJson;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record that its organisation has defined, by API name. A field without a value may be missing
 * altogether, so that a missing field and an empty one look the same.
 *
 * <p>A getter whose type does not fit the value throws {@link IllegalArgumentException} with the field and the value.
 */
public final class CustomFields implements Iterable<CustomField> {

    public static final CustomFields NONE = new CustomFields(List.of());

    private final List<CustomField> fields;

    public CustomFields(List<CustomField> fields) {
        this.fields = List.copyOf(fields);
    }

    public List<CustomField> asList() {
        return fields;
    }

    /**
     * The field with this API name.
     *
     * @param apiName such as {@code cf_vat_number}
     */
    public Optional<CustomField> find(String apiName) {
        return fields.stream().filter(field -> field.apiName().equals(apiName)).findFirst();
    }

    /** For fields of organisations that have no API names; users may change labels. */
    public Optional<CustomField> findByLabel(String label) {
        return fields.stream().filter(field -> field.label().equals(label)).findFirst();
    }

    public Optional<String> text(String apiName) {
        return find(apiName).map(CustomField::value).filter(value -> !value.isEmpty());
    }

    /** Numbers, amounts and percentages. */
    public Optional<BigDecimal> decimal(String apiName) {
        return read(apiName, "number", LenientJson::decimal);
    }

    public Optional<LocalDate> date(String apiName) {
        return read(apiName, "date", LenientJson::date);
    }

    public Optional<OffsetDateTime> stamp(String apiName) {
        return read(apiName, "date and time", LenientJson::stamp);
    }

    /** A check box. */
    public Optional<Boolean> bool(String apiName) {
        return read(apiName, "truth value", LenientJson::bool);
    }

    /** The choices of a multi-select field; none if it is empty. */
    public List<String> choices(String apiName) {
        return text(apiName).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(choice -> !choice.isEmpty())
                .toList();
    }

    private <T> Optional<T> read(String apiName, String type, Function<String, @Nullable T> reading) {
        return text(apiName).flatMap(value -> {
            try {
                return Optional.ofNullable(reading.apply(value));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                        "the custom field " + apiName + " holds no " + type + " but '" + value + "'", e);
            }
        });
    }

    @Override
    public Iterator<CustomField> iterator() {
        return fields.iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomFields custom && fields.equals(custom.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
