package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Delete;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows without asking the store: its checkpoints, and which parts of the queue are empty. Most runs find nothing to do,
 * and would ask for these again and again. Only the holder of the lease changes them, so they stay right until the run ends.
 */
final class RunMemory {

    private final SyncStore store;
    private final String connection;
    private volatile @Nullable Known known;

    RunMemory(SyncStore store, String connection) {
        this.store = store;
        this.connection = connection;
    }

    /** What the store holds of these kinds. */
    private static final class Known {
        /** By id. */
        final Map<String, Row> checkpoints = new ConcurrentHashMap<>();

        /** Names and values of the keys under which the queue has something, or may have: {@code false} for those that are empty. */
        final Map<Map.Entry<String, String>, Boolean> queued = new ConcurrentHashMap<>();

        /** What holds for all other keys. */
        final boolean mayHaveMore;

        Known(boolean mayHaveMore) {
            this.mayHaveMore = mayHaveMore;
        }
    }

    /** Asks once. */
    void begin() {
        Known read = new Known(
                !store.scan(Query.of(connection, Ledger.QUEUE), null, 1).isEmpty());
        Rows.forEach(store, Query.of(connection, Ledger.CHECKPOINT), row -> read.checkpoints.put(row.id(), row));
        known = read;
    }

    /** Others may change it from now on, or it is not known what the store has. */
    void forget() {
        known = null;
    }

    /** A checkpoint; null if there is none. */
    @Nullable
    Row checkpoint(String name) {
        Known remembered = known;
        return remembered == null
                ? store.find(connection, Ledger.CHECKPOINT, List.of(name)).stream()
                        .findFirst()
                        .orElse(null)
                : remembered.checkpoints.get(name);
    }

    /** Whether nothing is queued under this key, as far as is known. */
    boolean isEmpty(String key, String value) {
        Known remembered = known;
        return remembered != null && !remembered.queued.getOrDefault(Map.entry(key, value), remembered.mayHaveMore);
    }

    /** Somebody has looked: nothing is queued under this key. */
    void sawEmpty(String key, String value) {
        Known remembered = known;
        if (remembered != null) {
            remembered.queued.put(Map.entry(key, value), false);
        }
    }

    void committed(List<Put> puts, List<Delete> deletes) {
        Known remembered = known;
        if (remembered == null) {
            return;
        }
        for (Delete delete : deletes) {
            if (delete.id().kind().equals(Ledger.CHECKPOINT)) {
                remembered.checkpoints.remove(delete.id().id());
            }
        }
        for (Put put : puts) {
            Row row = put.row();
            if (row.kind().equals(Ledger.CHECKPOINT)) {
                remembered.checkpoints.put(row.id(), row);
            } else if (row.kind().equals(Ledger.QUEUE)) {
                row.keys().entrySet().forEach(key -> remembered.queued.put(key, true));
            }
        }
    }
}
