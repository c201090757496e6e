package io.ledgerbridge.zohobooks;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Bounds of an amount, in the currency of the record. */
public final class Amounts {

    private final Map<String, BigDecimal> bounds;
    private final Predicate<BigDecimal> test;

    private Amounts(Map<String, BigDecimal> bounds, Predicate<BigDecimal> test) {
        this.bounds = bounds;
        this.test = test;
    }

    public static Amounts exactly(BigDecimal amount) {
        return new Amounts(Map.of("", amount), value -> value.compareTo(amount) == 0);
    }

    public static Amounts lessThan(BigDecimal amount) {
        return new Amounts(Map.of("_less_than", amount), value -> value.compareTo(amount) < 0);
    }

    public static Amounts atMost(BigDecimal amount) {
        return new Amounts(Map.of("_less_equals", amount), value -> value.compareTo(amount) <= 0);
    }

    public static Amounts greaterThan(BigDecimal amount) {
        return new Amounts(Map.of("_greater_than", amount), value -> value.compareTo(amount) > 0);
    }

    public static Amounts atLeast(BigDecimal amount) {
        return new Amounts(Map.of("_greater_equals", amount), value -> value.compareTo(amount) >= 0);
    }

    /** Both bounds included. */
    public static Amounts between(BigDecimal least, BigDecimal most) {
        return atLeast(least).and(atMost(most));
    }

    private Amounts and(Amounts other) {
        Map<String, BigDecimal> both = new LinkedHashMap<>(bounds);
        both.putAll(other.bounds);
        return new Amounts(both, test.and(other.test));
    }

    Map<String, String> parameters(String name) {
        Map<String, String> parameters = new LinkedHashMap<>();
        bounds.forEach((suffix, amount) -> parameters.put(name + suffix, amount.toPlainString()));
        return parameters;
    }

    boolean contain(@Nullable BigDecimal amount) {
        return amount == null || test.test(amount);
    }
}
