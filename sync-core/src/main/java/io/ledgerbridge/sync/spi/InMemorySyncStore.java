package io.ledgerbridge.sync.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rows in maps, with one sorted index for all rows of a kind and one for each value of a key. */
final class InMemorySyncStore implements SyncStore {

    private static final Comparator<Row> ORDER =
            Comparator.comparing(Row::order).thenComparing(Row::id);

    private final Map<RowId, Row> rows = new HashMap<>();
    private final Map<Query, NavigableSet<Row>> indexes = new HashMap<>();

    @Override
    public synchronized void commit(Commit commit) {
        commit.deletes().forEach(this::remove);
        for (Row row : commit.puts()) {
            RowId id = new RowId(row.connection(), row.kind(), row.id());
            remove(id);
            rows.put(id, row);
            queriesOf(row).forEach(query -> index(query).add(row));
        }
    }

    @Override
    public synchronized List<Row> find(String connection, String kind, Collection<String> ids) {
        List<Row> found = new ArrayList<>();
        for (String id : ids) {
            Row row = rows.get(new RowId(connection, kind, id));
            if (row != null) {
                found.add(row);
            }
        }
        return found;
    }

    @Override
    public synchronized List<Row> scan(Query query, @Nullable Row after, int limit) {
        NavigableSet<Row> index = index(query);
        return (after == null ? index : index.tailSet(after, false))
                .stream().limit(limit).toList();
    }

    @Override
    public synchronized long count(Query query) {
        return index(query).size();
    }

    private void remove(RowId id) {
        Row row = rows.remove(id);
        if (row != null) {
            queriesOf(row).forEach(query -> index(query).remove(row));
        }
    }

    private NavigableSet<Row> index(Query query) {
        return indexes.computeIfAbsent(query, q -> new TreeSet<>(ORDER));
    }

    private static List<Query> queriesOf(Row row) {
        List<Query> queries = new ArrayList<>();
        queries.add(Query.all(row.connection(), row.kind()));
        row.keys().forEach((key, value) -> queries.add(Query.where(row.connection(), row.kind(), key, value)));
        return queries;
    }
}
