package io.ledgerbridge.sync.spi;

import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows in maps, one table for each connection and kind, with an index of all of its rows and one for each value of a key. */
final class InMemorySyncStore implements SyncStore {

    /** The place of a row. It stays in an index as long as the order of the row and its key there stay the same. */
    private static final class Place {
        private Row row;

        Place(Row row) {
            this.row = row;
        }
    }

    private static final Comparator<Place> ORDER = (one, other) -> {
        int byOrder = one.row.order().compareTo(other.row.order());
        if (byOrder != 0) {
            return byOrder;
        }
        int byConnection = one.row.connection().compareTo(other.row.connection());
        return byConnection != 0 ? byConnection : one.row.id().compareTo(other.row.id());
    };

    /**
     * All rows of a table, or those that have one value of a key, which mostly is one. They are put in order when somebody asks for
     * it: most indexes are asked seldom, and much is added to them meanwhile.
     */
    private static final class Places {
        private List<Place> added = List.of();
        private @Nullable NavigableSet<Place> inOrder;

        void add(Place place) {
            if (added.isEmpty()) {
                added = List.of(place);
                return;
            }
            if (added.size() == 1) {
                added = new ArrayList<>(added);
            }
            added.add(place);
        }

        void remove(Place place) {
            if (inOrder == null && added.size() == 1) {
                added = List.of();
            } else {
                inOrder().remove(place);
            }
        }

        int size() {
            return added.size() + (inOrder == null ? 0 : inOrder.size());
        }

        NavigableSet<Place> inOrder() {
            NavigableSet<Place> all = inOrder == null ? new TreeSet<>(ORDER) : inOrder;
            all.addAll(added);
            if (inOrder != null || added.size() > 1) {
                inOrder = all;
                added = List.of();
            }
            return all;
        }
    }

    /** All rows of one connection and kind. */
    private static final class Table {
        private final Map<String, Place> byId = new HashMap<>();
        private final Places all = new Places();
        private final Map<String, Map<String, Places>> byKey = new HashMap<>();

        void put(Row row) {
            Place place = byId.get(row.id());
            if (place == null) {
                add(row);
                return;
            }
            if (!place.row.order().equals(row.order())) {
                remove(row.id());
                add(row);
                return;
            }
            Map<String, String> before = place.row.keys();
            place.row = row;
            if (!before.equals(row.keys())) {
                before.forEach((key, value) -> {
                    if (!value.equals(row.keys().get(key))) {
                        withdraw(place, key, value);
                    }
                });
                row.keys().forEach((key, value) -> {
                    if (!value.equals(before.get(key))) {
                        enter(place, key, value);
                    }
                });
            }
        }

        private void add(Row row) {
            Place place = new Place(row);
            byId.put(row.id(), place);
            all.add(place);
            row.keys().forEach((key, value) -> enter(place, key, value));
        }

        void remove(String id) {
            Place place = byId.remove(id);
            if (place != null) {
                all.remove(place);
                place.row.keys().forEach((key, value) -> withdraw(place, key, value));
            }
        }

        private void enter(Place place, String key, String value) {
            byKey.computeIfAbsent(key, k -> new HashMap<>())
                    .computeIfAbsent(value, v -> new Places())
                    .add(place);
        }

        private void withdraw(Place place, String key, String value) {
            Map<String, Places> byValue = byKey.getOrDefault(key, Map.of());
            Places places = byValue.get(value);
            if (places != null) {
                places.remove(place);
                if (places.size() == 0) {
                    byValue.remove(value);
                }
            }
        }

        Places index(Query query) {
            return query.key() == null
                    ? all
                    : byKey.getOrDefault(query.key(), Map.of())
                            .getOrDefault(String.valueOf(query.value()), new Places());
        }
    }

    private record Held(Lease lease, boolean released) {}

    private final TimeSource time;
    private final Map<String, Map<String, Table>> tables = new HashMap<>();
    private final Map<String, Held> leases = new HashMap<>();
    private long versions;
    private long fences;

    InMemorySyncStore(TimeSource time) {
        this.time = time;
    }

    @Override
    public synchronized CommitResult commit(Commit commit) {
        if (commit.lease() != null && !isHeld(commit.lease())) {
            return new CommitResult.LeaseLost();
        }
        List<RowId> changed = new ArrayList<>();
        for (Put put : commit.puts()) {
            if (!isExpected(put.row().rowId(), put.expected())) {
                changed.add(put.row().rowId());
            }
        }
        for (Delete delete : commit.deletes()) {
            if (!isExpected(delete.id(), delete.expected())) {
                changed.add(delete.id());
            }
        }
        if (!changed.isEmpty()) {
            return new CommitResult.Changed(changed);
        }
        commit.deletes().forEach(delete -> remove(delete.id()));
        commit.puts().forEach(put -> put(put.row()));
        return new CommitResult.Done();
    }

    private boolean isExpected(RowId id, long expected) {
        if (expected == ANY) {
            return true;
        }
        Place place = table(id.connection(), id.kind()).byId.get(id.id());
        return expected == (place == null ? ABSENT : place.row.version());
    }

    private Table table(String connection, String kind) {
        return tables.computeIfAbsent(kind, k -> new LinkedHashMap<>()).computeIfAbsent(connection, c -> new Table());
    }

    private void put(Row given) {
        table(given.connection(), given.kind())
                .put(new Row(
                        given.connection(),
                        given.kind(),
                        given.id(),
                        given.order(),
                        Map.copyOf(given.keys()),
                        given.body(),
                        ++versions));
    }

    private void remove(RowId id) {
        table(id.connection(), id.kind()).remove(id.id());
    }

    @Override
    public synchronized List<Row> find(String connection, String kind, Collection<String> ids) {
        Map<String, Place> byId = table(connection, kind).byId;
        List<Row> found = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            Place place = byId.get(id);
            if (place != null) {
                found.add(place.row);
            }
        }
        return found;
    }

    @Override
    public synchronized List<Row> scan(Query query, @Nullable Row after, int limit) {
        return matching(query, after).limit(limit).toList();
    }

    @Override
    public synchronized long count(Query query) {
        if (query.connection() != null && query.from() == null && query.before() == null) {
            return table(query.connection(), query.kind()).index(query).size();
        }
        return matching(query, null).count();
    }

    @Override
    public synchronized int trim(Query query, int limit) {
        List<Row> oldest = scan(query, null, limit);
        oldest.forEach(row -> remove(row.rowId()));
        return oldest.size();
    }

    private Stream<Row> matching(Query query, @Nullable Row after) {
        if (query.connection() != null) {
            return matching(query, table(query.connection(), query.kind()), after)
                    .map(place -> place.row);
        }
        return tables.getOrDefault(query.kind(), Map.of()).values().stream()
                .flatMap(table -> matching(query, table, after))
                .sorted(ORDER)
                .map(place -> place.row);
    }

    private static Stream<Place> matching(Query query, Table table, @Nullable Row after) {
        NavigableSet<Place> rest = table.index(query).inOrder();
        if (query.from() != null) {
            rest = rest.tailSet(bound(query.from()), true);
        }
        if (after != null && !rest.isEmpty() && ORDER.compare(new Place(after), rest.first()) >= 0) {
            rest = rest.tailSet(new Place(after), false);
        }
        String before = query.before();
        return before == null
                ? rest.stream()
                : rest.stream().takeWhile(place -> place.row.order().compareTo(before) < 0);
    }

    /** Stands before all rows of this order. */
    private static Place bound(String order) {
        return new Place(Row.of("", "", "", order, Map.of(), ""));
    }

    // Leases

    @Override
    public synchronized Optional<Lease> acquire(String connection, String owner, Duration ttl) {
        Held held = leases.get(connection);
        boolean free = held == null
                || held.released()
                || held.lease().owner().equals(owner)
                || !time.now().isBefore(held.lease().until());
        if (!free) {
            return Optional.empty();
        }
        boolean takenOver = held != null && !held.released();
        Lease lease = new Lease(connection, owner, ++fences, time.now().plus(ttl), takenOver);
        leases.put(connection, new Held(lease, false));
        return Optional.of(lease);
    }

    @Override
    public synchronized Optional<Lease> renew(Lease lease, Duration ttl) {
        if (!isCurrent(lease)) {
            return Optional.empty();
        }
        Lease renewed = new Lease(
                lease.connection(), lease.owner(), lease.fence(), time.now().plus(ttl), lease.takenOver());
        leases.put(lease.connection(), new Held(renewed, false));
        return Optional.of(renewed);
    }

    @Override
    public synchronized void release(Lease lease) {
        if (isCurrent(lease)) {
            leases.put(lease.connection(), new Held(lease, true));
        }
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    private boolean isHeld(Lease lease) {
        Held held = leases.get(lease.connection());
        return isCurrent(lease)
                && held != null
                && time.now().isBefore(held.lease().until());
    }

    private boolean isCurrent(Lease lease) {
        Held held = leases.get(lease.connection());
        return held != null && !held.released() && held.lease().fence() == lease.fence();
    }
}
