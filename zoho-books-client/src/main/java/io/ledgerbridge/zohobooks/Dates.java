package io.ledgerbridge.zohobooks;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A range of days. */
public final class Dates {

    private final Map<String, LocalDate> bounds;
    private final Predicate<LocalDate> test;

    private Dates(Map<String, LocalDate> bounds, Predicate<LocalDate> test) {
        this.bounds = bounds;
        this.test = test;
    }

    public static Dates on(LocalDate day) {
        return new Dates(Map.of("", day), day::equals);
    }

    /** This day and later ones. */
    public static Dates from(LocalDate day) {
        return new Dates(Map.of("_start", day), value -> !value.isBefore(day));
    }

    /** This day and earlier ones. */
    public static Dates until(LocalDate day) {
        return new Dates(Map.of("_end", day), value -> !value.isAfter(day));
    }

    /** Earlier days. */
    public static Dates before(LocalDate day) {
        return new Dates(Map.of("_before", day), value -> value.isBefore(day));
    }

    /** Later days. */
    public static Dates after(LocalDate day) {
        return new Dates(Map.of("_after", day), value -> value.isAfter(day));
    }

    /** Both days included. */
    public static Dates between(LocalDate first, LocalDate last) {
        Dates from = from(first);
        Dates until = until(last);
        Map<String, LocalDate> both = new LinkedHashMap<>(from.bounds);
        both.putAll(until.bounds);
        return new Dates(both, from.test.and(until.test));
    }

    Map<String, String> parameters(String name) {
        Map<String, String> parameters = new LinkedHashMap<>();
        bounds.forEach((suffix, day) -> parameters.put(name + suffix, day.toString()));
        return parameters;
    }

    boolean contain(@Nullable LocalDate day) {
        return day == null || test.test(day);
    }
}
