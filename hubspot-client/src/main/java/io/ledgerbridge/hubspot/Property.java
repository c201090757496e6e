package io.ledgerbridge.hubspot;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;

/**
 * A property of an object type, with the type of its value. Standard ones are constants of {@link Companies},
 * {@link Contacts}, {@link Invoices}, {@link LineItems} and {@link Payments}; others are made here.
 *
 * @param <T> what a value is in Java
 */
public final class Property<T> {

    private final String name;
    private final Function<T, String> encoding;

    private Property(String name, Function<T, String> encoding) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("not a property name: '" + name + "'");
        }
        this.name = name;
        this.encoding = encoding;
    }

    /** At most 65,536 characters. */
    public static Property<String> text(String name) {
        return new Property<>(name, text -> text);
    }

    public static Property<BigDecimal> number(String name) {
        return new Property<>(name, BigDecimal::toPlainString);
    }

    public static Property<LocalDate> date(String name) {
        return new Property<>(name, LocalDate::toString);
    }

    /** A moment. For a calendar day use {@link io.ledgerbridge.hubspot.model.Account#startOfDay}. */
    public static Property<Instant> datetime(String name) {
        return new Property<>(name, Instant::toString);
    }

    public static Property<Boolean> bool(String name) {
        return new Property<>(name, String::valueOf);
    }

    public String name() {
        return name;
    }

    String encode(T value) {
        return encoding.apply(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
