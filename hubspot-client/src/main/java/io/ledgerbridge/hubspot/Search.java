package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.internal.Wire;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to search for. Filters hold together; {@link #or} begins another group, of which one must hold. HubSpot allows 5 groups,
 * 6 filters in each and 18 in all. Immutable.
 *
 * <pre>{@code
 * Search.where(Invoices.STATUS, Search.Operator.EQ, "open")
 *     .and(Invoices.DUE_DATE, Search.Operator.LT, today)
 *     .selecting(Selection.of(Invoices.NUMBER, Invoices.AMOUNT_BILLED))
 * }</pre>
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm">Search</a>
 */
public final class Search {

    static final int GROUPS = 5;
    static final int FILTERS_IN_A_GROUP = 6;
    static final int FILTERS = 18;

    private static final Search ALL = new Search(List.of(List.of()), null, null, Selection.DEFAULT);

    /** How a value is compared. */
    public enum Operator {
        EQ,
        NEQ,
        LT,
        LTE,
        GT,
        GTE,
        /** A word of the text, {@code *} for any. */
        CONTAINS_TOKEN,
        NOT_CONTAINS_TOKEN
    }

    private final List<List<Wire.Filter>> groups;
    private final @Nullable String query;
    private final Wire.@Nullable Sort sort;
    private final Selection selection;

    private Search(
            List<List<Wire.Filter>> groups, @Nullable String query, Wire.@Nullable Sort sort, Selection selection) {
        this.groups = groups;
        this.query = query;
        this.sort = sort;
        this.selection = selection;
    }

    /** Every record that is not archived. */
    public static Search all() {
        return ALL;
    }

    public static <V> Search where(Property<V> property, Operator operator, V value) {
        return ALL.and(property, operator, value);
    }

    public <V> Search and(Property<V> property, Operator operator, V value) {
        return with(new Wire.Filter(property.name(), operator.name(), property.encode(value), null, null));
    }

    /** A value of this list. Text is compared in lower case, as HubSpot wants it; options exactly. */
    public <V> Search andIn(Property<V> property, Collection<V> values) {
        return with(new Wire.Filter(property.name(), "IN", null, null, encoded(property, values)));
    }

    /** A value, and none of this list. */
    public <V> Search andNotIn(Property<V> property, Collection<V> values) {
        return with(new Wire.Filter(property.name(), "NOT_IN", null, null, encoded(property, values)));
    }

    /** A value from one to another, both included. */
    public <V> Search andBetween(Property<V> property, V from, V to) {
        return with(new Wire.Filter(property.name(), "BETWEEN", property.encode(from), property.encode(to), null));
    }

    public Search andKnown(Property<?> property) {
        return with(new Wire.Filter(property.name(), "HAS_PROPERTY", null, null, null));
    }

    public Search andUnknown(Property<?> property) {
        return with(new Wire.Filter(property.name(), "NOT_HAS_PROPERTY", null, null, null));
    }

    /** Associated with this record; not for custom objects. */
    public Search andAssociatedWith(RecordId<?> record) {
        return with(new Wire.Filter(
                "associations." + record.type().path(), Operator.EQ.name(), record.value(), null, null));
    }

    /** Begins another group: what follows may hold instead of what stands before. */
    public Search or() {
        List<List<Wire.Filter>> more = new ArrayList<>(groups);
        if (more.get(more.size() - 1).isEmpty()) {
            throw new IllegalArgumentException("there is no filter before or()");
        }
        if (more.size() == GROUPS) {
            throw new IllegalArgumentException("a search has at most " + GROUPS + " groups of filters");
        }
        more.add(List.of());
        return new Search(more, query, sort, selection);
    }

    /** Text to be found in the properties that HubSpot searches by default. */
    public Search containing(String text) {
        return new Search(groups, text, sort, selection);
    }

    /** In this order instead of by id. HubSpot then gives 10,000 records at most. */
    public Search orderedBy(Property<?> property, boolean ascending) {
        return new Search(
                groups, query, new Wire.Sort(property.name(), ascending ? "ASCENDING" : "DESCENDING"), selection);
    }

    /** What to read of the records; associations and archived records cannot be. */
    public Search selecting(Selection newSelection) {
        if (!newSelection.associations().isEmpty() || newSelection.archived()) {
            throw new IllegalArgumentException("a search reads neither associations nor the recycle bin");
        }
        return new Search(groups, query, sort, newSelection);
    }

    boolean isOrdered() {
        return sort != null;
    }

    /** Whether it is in the order of ids, and each group has room for one more filter. */
    boolean canBeReadOnById() {
        int filters = groups.stream().mapToInt(List::size).sum();
        return sort == null
                && filters + groups.size() <= FILTERS
                && groups.stream().allMatch(group -> group.size() < FILTERS_IN_A_GROUP);
    }

    Wire.SearchRequest request(int limit, @Nullable String after, @Nullable String afterId) {
        Wire.Sort order = sort == null ? new Wire.Sort(SearchPages.ID, "ASCENDING") : sort;
        List<Wire.FilterGroup> wireGroups = new ArrayList<>();
        for (List<Wire.Filter> group : groups) {
            // A group that was begun and has no filter would match everything.
            if (!group.isEmpty() || groups.size() == 1) {
                List<Wire.Filter> filters = new ArrayList<>(group);
                if (afterId != null) {
                    filters.add(new Wire.Filter(SearchPages.ID, Operator.GT.name(), afterId, null, null));
                }
                if (!filters.isEmpty()) {
                    wireGroups.add(new Wire.FilterGroup(filters));
                }
            }
        }
        return new Wire.SearchRequest(
                wireGroups.isEmpty() ? null : wireGroups,
                List.of(order),
                query,
                List.copyOf(selection.properties()),
                limit,
                after);
    }

    private Search with(Wire.Filter filter) {
        List<List<Wire.Filter>> more = new ArrayList<>(groups);
        List<Wire.Filter> last = new ArrayList<>(more.remove(more.size() - 1));
        last.add(filter);
        if (last.size() > FILTERS_IN_A_GROUP) {
            throw new IllegalArgumentException(
                    "a group of a search has at most " + FILTERS_IN_A_GROUP + " filters; begin another with or()");
        }
        if (groups.stream().mapToInt(List::size).sum() == FILTERS) {
            throw new IllegalArgumentException("a search has at most " + FILTERS + " filters");
        }
        more.add(List.copyOf(last));
        return new Search(List.copyOf(more), query, sort, selection);
    }

    private static <V> List<String> encoded(Property<V> property, Collection<V> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("the list of values for " + property + " is empty");
        }
        boolean text = property.type().equals("string");
        return values.stream()
                .map(property::encode)
                .map(value -> text ? value.toLowerCase(Locale.ROOT) : value)
                .toList();
    }
}
