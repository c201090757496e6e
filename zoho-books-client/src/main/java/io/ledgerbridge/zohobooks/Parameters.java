package io.ledgerbridge.zohobooks;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a query sends, and how its rows show whether it was understood: Zoho Books silently ignores parameters that it does
 * not know. Immutable.
 *
 * @param modified how to see when a row was modified, and since when rows are wanted; null if all are
 */
record Parameters<T>(
        Map<String, String> sent,
        List<Check<T>> checks,
        @Nullable Since<T> modified) {

    /** An offset without colon, never {@code Z}: the service reads no other form. */
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx");

    private static final int LONGEST_TEXT = 100;

    /** Whether a row is one that this filter lets pass. */
    record Check<T>(String column, Predicate<T> test) {}

    /** Rows modified at or after an instant. */
    record Since<T>(Instant instant, Function<T, @Nullable Instant> modifiedAt) {
        boolean isOlder(T row) {
            Instant at = modifiedAt.apply(row);
            return at != null && at.isBefore(instant);
        }
    }

    static <T> Parameters<T> none() {
        return new Parameters<>(Map.of(), List.of(), null);
    }

    Parameters<T> with(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the filter " + name + " is empty, which would filter nothing");
        }
        Map<String, String> more = new LinkedHashMap<>(sent);
        more.put(name, value);
        return new Parameters<>(more, checks, modified);
    }

    Parameters<T> withText(String name, String value) {
        if (value.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    "the filter " + name + " has " + value.length() + " characters; Zoho Books takes " + LONGEST_TEXT);
        }
        return with(name, value);
    }

    Parameters<T> withText(String name, Match match) {
        return withText(name + match.suffix(), match.text());
    }

    Parameters<T> withAmount(String name, Amounts amounts, @Nullable Function<T, java.math.@Nullable BigDecimal> of) {
        Parameters<T> more = this;
        for (Map.Entry<String, String> bound : amounts.parameters(name).entrySet()) {
            more = more.with(bound.getKey(), bound.getValue());
        }
        return of == null ? more : more.checked(name, row -> amounts.contain(of.apply(row)));
    }

    Parameters<T> withDate(String name, Dates dates, @Nullable Function<T, @Nullable LocalDate> of) {
        Parameters<T> more = this;
        for (Map.Entry<String, String> bound : dates.parameters(name).entrySet()) {
            more = more.with(bound.getKey(), bound.getValue());
        }
        return of == null ? more : more.checked(name, row -> dates.contain(of.apply(row)));
    }

    Parameters<T> withId(String name, String id, @Nullable Function<T, String> of) {
        Parameters<T> more = with(name, Ids.valid(name, id));
        return of == null
                ? more
                : more.checked(
                        name, row -> of.apply(row).isEmpty() || of.apply(row).equals(id));
    }

    Parameters<T> checked(String column, Predicate<T> test) {
        List<Check<T>> more = new ArrayList<>(checks);
        more.add(new Check<>(column, test));
        return new Parameters<>(sent, more, modified);
    }

    /** Rows modified at or after the instant: sent where the filter is documented, and looked at on every row. */
    Parameters<T> since(Instant instant, Function<T, @Nullable Instant> modifiedAt, boolean send) {
        Parameters<T> more = send
                ? with("last_modified_time", STAMP.format(instant.atOffset(ZoneOffset.UTC)))
                : sorted("last_modified_time", SortOrder.DESCENDING);
        return new Parameters<>(more.sent, more.checks, new Since<>(instant, modifiedAt));
    }

    Parameters<T> sorted(String column, SortOrder order) {
        return with("sort_column", column).with("sort_order", order.wire());
    }

    /** Two ways to ask for a state exclude each other: how the service combines them is not documented. */
    Parameters<T> alternative(String name, String other, String value) {
        if (sent.containsKey(other)) {
            throw new IllegalStateException(
                    "send either " + name + " or " + other + ": how Zoho Books combines them is not documented");
        }
        return with(name, value);
    }

    Map<String, String> onPage(int page) {
        if (page < 1) {
            throw new IllegalArgumentException("pages are numbered from 1, but " + page + " was asked for");
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("page", String.valueOf(page));
        query.put("per_page", String.valueOf(Page.SIZE));
        query.putAll(sent);
        return query;
    }
}
