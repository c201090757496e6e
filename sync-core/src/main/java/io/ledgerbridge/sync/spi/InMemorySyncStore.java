package io.ledgerbridge.sync.spi;

import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows in maps, with one sorted index for all rows of a connection and kind and one for each value of a key. */
final class InMemorySyncStore implements SyncStore {

    private static final Comparator<Row> ORDER =
            Comparator.comparing(Row::order).thenComparing(Row::connection).thenComparing(Row::id);

    /** What an index holds. */
    private record Index(
            String connection,
            String kind,
            @Nullable String key,
            @Nullable String value) {}

    private record Held(Lease lease, boolean released) {}

    private final TimeSource time;
    private final Map<RowId, Row> rows = new HashMap<>();
    private final Map<Index, NavigableSet<Row>> indexes = new HashMap<>();
    private final Set<String> connections = new LinkedHashSet<>();
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
        Row row = rows.get(id);
        return expected == ANY || expected == (row == null ? ABSENT : row.version());
    }

    private void put(Row given) {
        remove(given.rowId());
        Row row = new Row(
                given.connection(),
                given.kind(),
                given.id(),
                given.order(),
                Map.copyOf(given.keys()),
                given.body(),
                ++versions);
        rows.put(row.rowId(), row);
        connections.add(row.connection());
        indexesOf(row)
                .forEach(index -> indexes.computeIfAbsent(index, i -> new TreeSet<>(ORDER))
                        .add(row));
    }

    private void remove(RowId id) {
        Row row = rows.remove(id);
        if (row != null) {
            indexesOf(row).forEach(index -> {
                NavigableSet<Row> indexed = indexes.get(index);
                if (indexed != null && indexed.remove(row) && indexed.isEmpty()) {
                    indexes.remove(index);
                }
            });
        }
    }

    @Override
    public synchronized List<Row> find(String connection, String kind, Collection<String> ids) {
        List<Row> found = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            Row row = rows.get(new RowId(connection, kind, id));
            if (row != null) {
                found.add(row);
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
            return index(query, query.connection()).size();
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
            return matching(query, query.connection(), after);
        }
        return connections.stream()
                .flatMap(connection -> matching(query, connection, after))
                .sorted(ORDER);
    }

    private Stream<Row> matching(Query query, String connection, @Nullable Row after) {
        NavigableSet<Row> rest = index(query, connection);
        if (query.from() != null) {
            rest = rest.tailSet(bound(query.from()), true);
        }
        if (after != null && !rest.isEmpty() && ORDER.compare(after, rest.first()) >= 0) {
            rest = rest.tailSet(after, false);
        }
        String before = query.before();
        return before == null
                ? rest.stream()
                : rest.stream().takeWhile(row -> row.order().compareTo(before) < 0);
    }

    /** Stands before all rows of this order. */
    private static Row bound(String order) {
        return Row.of("", "", "", order, Map.of(), "");
    }

    private NavigableSet<Row> index(Query query, String connection) {
        NavigableSet<Row> index = indexes.get(new Index(connection, query.kind(), query.key(), query.value()));
        return index == null ? new TreeSet<>(ORDER) : index;
    }

    private static List<Index> indexesOf(Row row) {
        List<Index> indexes = new ArrayList<>();
        indexes.add(new Index(row.connection(), row.kind(), null, null));
        row.keys().forEach((key, value) -> indexes.add(new Index(row.connection(), row.kind(), key, value)));
        return indexes;
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
