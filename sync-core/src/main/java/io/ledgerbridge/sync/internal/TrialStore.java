package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store in which a trial run may write: what it writes lies over another store, which stays as it is, and is gone afterwards. Leases are
 * those of the other store, so that nobody else works meanwhile. Entries of the audit trail are handed over and not kept.
 */
final class TrialStore implements SyncStore {

    private static final Comparator<Row> ORDER =
            Comparator.comparing(Row::order).thenComparing(Row::connection).thenComparing(Row::id);

    private final SyncStore base;
    private final SyncStore written;
    private final Consumer<Row> entries;

    /** Rows of the other store that are covered or removed, by kind. */
    private final Map<String, Map<RowId, Row>> hidden = new HashMap<>();

    TrialStore(SyncStore base, TimeSource time, Consumer<Row> entries) {
        this.base = base;
        this.written = SyncStore.inMemory(time);
        this.entries = entries;
    }

    @Override
    public synchronized CommitResult commit(Commit commit) {
        List<RowId> touched = new ArrayList<>();
        List<Put> puts = new ArrayList<>();
        List<Delete> deletes = new ArrayList<>();
        List<Row> told = new ArrayList<>();
        for (Put put : commit.puts()) {
            if (put.row().kind().equals(AuditLog.AUDIT)) {
                // What is redacted was decided before.
                if (put.expected() == ANY) {
                    told.add(put.row());
                }
            } else {
                touched.add(put.row().rowId());
                puts.add(new Put(put.row(), ANY));
            }
        }
        for (Delete delete : commit.deletes()) {
            touched.add(delete.id());
            deletes.add(new Delete(delete.id(), ANY));
        }
        hide(touched);
        written.commit(new Commit(puts, deletes, null));
        told.forEach(entries);
        return new CommitResult.Done();
    }

    private void hide(List<RowId> touched) {
        Map<String, List<RowId>> byKind = new HashMap<>();
        touched.forEach(id ->
                byKind.computeIfAbsent(id.kind(), kind -> new ArrayList<>()).add(id));
        byKind.forEach((kind, ids) -> {
            Map<RowId, Row> covered = hidden.computeIfAbsent(kind, key -> new HashMap<>());
            List<String> unknown = ids.stream()
                    .filter(id -> !covered.containsKey(id))
                    .map(RowId::id)
                    .toList();
            if (!unknown.isEmpty()) {
                base.find(ids.get(0).connection(), kind, unknown).forEach(row -> covered.put(row.rowId(), row));
            }
        });
    }

    @Override
    public synchronized List<Row> find(String connection, String kind, Collection<String> ids) {
        List<Row> found = new ArrayList<>(written.find(connection, kind, ids));
        Set<String> own = new HashSet<>();
        found.forEach(row -> own.add(row.id()));
        Map<RowId, Row> covered = hidden.getOrDefault(kind, Map.of());
        List<String> others = ids.stream().filter(id -> !own.contains(id)).toList();
        base.find(connection, kind, others).stream()
                .filter(row -> !covered.containsKey(row.rowId()))
                .forEach(found::add);
        return found;
    }

    @Override
    public synchronized List<Row> scan(Query query, @Nullable Row after, int limit) {
        List<Row> merged = new ArrayList<>(written.scan(query, after, limit));
        Map<RowId, Row> covered = hidden.getOrDefault(query.kind(), Map.of());
        Row last = after;
        int taken = 0;
        List<Row> page;
        do {
            page = base.scan(query, last, limit);
            for (Row row : page) {
                last = row;
                if (!covered.containsKey(row.rowId())) {
                    merged.add(row);
                    taken++;
                }
            }
        } while (page.size() == limit && taken < limit);
        merged.sort(ORDER);
        return merged.size() > limit ? List.copyOf(merged.subList(0, limit)) : merged;
    }

    @Override
    public synchronized long count(Query query) {
        long lost = hidden.getOrDefault(query.kind(), Map.of()).values().stream()
                .filter(row -> matches(row, query))
                .count();
        return base.count(query) - lost + written.count(query);
    }

    private static boolean matches(Row row, Query query) {
        return (query.connection() == null || query.connection().equals(row.connection()))
                && (query.key() == null
                        || String.valueOf(query.value()).equals(row.keys().get(query.key())))
                && (query.from() == null || row.order().compareTo(query.from()) >= 0)
                && (query.before() == null || row.order().compareTo(query.before()) < 0);
    }

    /** Nothing is trimmed on trial. */
    @Override
    public int trim(Query query, int limit) {
        return 0;
    }

    @Override
    public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
        Optional<Lease> lease = base.acquire(connection, owner, ttl);
        // That a process was followed which did not end properly must not be forgotten with the trial.
        lease.filter(Lease::takenOver).ifPresent(given -> Recovery.noteTakeover(base, given));
        return lease;
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration ttl) {
        return base.renew(lease, ttl);
    }

    @Override
    public void release(Lease lease) {
        base.release(lease);
    }

    @Override
    public boolean isDurable() {
        return base.isDurable();
    }
}
