package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.internal.Moments;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A property of an object type, with the type of its value. Standard ones are constants of {@link Companies},
 * {@link Contacts}, {@link Invoices}, {@link LineItems}, {@link Payments}, {@link Deals} and {@link Products}; your own are
 * made here.
 *
 * @param <V> what a value is in Java
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide">Properties</a>
 */
public final class Property<V> {

    private final String name;
    private final String type;
    private final Function<V, String> encoding;
    private final Function<String, V> decoding;

    private Property(String name, String type, Function<V, String> encoding, Function<String, V> decoding) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "a property is named with a lower case letter, then letters, digits and _, but was '" + name + "'");
        }
        this.name = name;
        this.type = type;
        this.encoding = encoding;
        this.decoding = decoding;
    }

    /** Text of at most 65,536 characters. */
    public static Property<String> text(String name) {
        return new Property<>(name, "string", text -> text, text -> text);
    }

    /** A decimal number, sent and read as text, so that nothing is rounded. */
    public static Property<BigDecimal> number(String name) {
        return new Property<>(name, "number", BigDecimal::toPlainString, BigDecimal::new);
    }

    /** A calendar day, which HubSpot keeps as midnight UTC. */
    public static Property<LocalDate> date(String name) {
        return new Property<>(name, "date", LocalDate::toString, Moments::day);
    }

    /**
     * A moment. Where HubSpot shows it as a day, that is the day in the account's time zone: make it with
     * {@link io.ledgerbridge.hubspot.model.Account#startOfDay}.
     */
    public static Property<Instant> datetime(String name) {
        return new Property<>(name, "datetime", Instant::toString, Moments::instant);
    }

    public static Property<Boolean> bool(String name) {
        return new Property<>(name, "bool", String::valueOf, Property::truth);
    }

    /** One of a list of options, by its internal value, exactly as it is written. {@link #as} makes it a type of yours. */
    public static Property<String> option(String name) {
        return new Property<>(name, "enumeration", text -> text, text -> text);
    }

    /** Several options of a list: a multi-checkbox. {@link Properties#append} adds to what is there. */
    public static Property<Set<String>> options(String name) {
        return new Property<>(name, "enumeration", Property::joined, Property::split);
    }

    /**
     * The same property with values of another type, such as an enumeration of yours.
     *
     * @param read may throw for a value that it does not know: HubSpot's lists grow
     */
    public <W> Property<W> as(Function<V, W> read, Function<W, V> write) {
        return new Property<>(name, type, write.andThen(encoding), decoding.andThen(read));
    }

    public String name() {
        return name;
    }

    /** As definitions name it: {@code string}, {@code number}, {@code date}, {@code datetime}, {@code bool}, {@code enumeration}. */
    public String type() {
        return type;
    }

    /** The value as HubSpot's API takes it. */
    public String encode(V value) {
        return encoding.apply(value);
    }

    /**
     * The value that a record holds.
     *
     * @throws IllegalArgumentException if it cannot be one; the message does not show it
     */
    public V decode(String value) {
        try {
            return decoding.apply(value);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the property " + name + " holds a text of " + value.length()
                    + " characters that cannot be read as " + type
                    + "; compare its definition in HubSpot with the one in the code");
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static String joined(Set<String> values) {
        for (String value : values) {
            if (value.isEmpty() || value.contains(";")) {
                throw new IllegalArgumentException("an option of a multi-checkbox is not empty and holds no semicolon");
            }
        }
        return String.join(";", values);
    }

    private static Set<String> split(String text) {
        Set<String> values = new LinkedHashSet<>(List.of(text.split(";")));
        values.remove("");
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Property<?> property && name.equals(property.name) && type.equals(property.type);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
