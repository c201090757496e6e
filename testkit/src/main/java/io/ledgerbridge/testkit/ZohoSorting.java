package io.ledgerbridge.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sorts lists. A client asks for many pages of the same list, so the last order is kept as long as nothing has changed. */
final class ZohoSorting {

    private record Sorted(
            List<Map<String, Object>> records, List<@Nullable Object> values, List<Map<String, Object>> inOrder) {

        boolean isOf(List<Map<String, Object>> others, String column) {
            if (records.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < records.size(); i++) {
                Map<String, Object> other = others.get(i);
                if (records.get(i) != other || !Objects.equals(values.get(i), other.get(column))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** By a column, then by the id, which stands first in each record. */
    private record Keyed(Map<String, Object> record, String value, String id) {
        Keyed(Map<String, Object> record, String column) {
            this(
                    record,
                    ZohoFilter.comparable(record.get(column)),
                    String.valueOf(record.values().iterator().next()));
        }
    }

    private static final Comparator<Keyed> BY_VALUE =
            Comparator.comparing(Keyed::value).thenComparing(Keyed::id);

    private final Map<String, Sorted> last = new HashMap<>();

    /** By this column, then by the id. */
    List<Map<String, Object>> sorted(String list, List<Map<String, Object>> records, String column, boolean ascending) {
        String name = list + "/" + column + "/" + ascending;
        Sorted known = last.get(name);
        if (known == null || !known.isOf(records, column)) {
            List<@Nullable Object> values = new ArrayList<>();
            records.forEach(record -> values.add(record.get(column)));
            List<Map<String, Object>> inOrder = records.stream()
                    .map(record -> new Keyed(record, column))
                    .sorted(ascending ? BY_VALUE : BY_VALUE.reversed())
                    .map(Keyed::record)
                    .toList();
            known = new Sorted(List.copyOf(records), values, inOrder);
            last.put(name, known);
        }
        return known.inOrder();
    }
}
