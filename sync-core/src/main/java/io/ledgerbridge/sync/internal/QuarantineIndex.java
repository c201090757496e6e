package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Delete;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records are in quarantine. Every record that is decided on asks, and nearly none is there: the ids are read once a run.
 * Only the holder of the lease changes them, so they stay right.
 */
final class QuarantineIndex {

    private final SyncStore store;
    private final String connection;
    private @Nullable Set<String> ids;

    QuarantineIndex(SyncStore store, String connection) {
        this.store = store;
        this.connection = connection;
    }

    /** Another process may have changed it. */
    void forget() {
        ids = null;
    }

    boolean has(String id) {
        return ids().contains(id);
    }

    boolean isEmpty() {
        return ids().isEmpty();
    }

    void committed(List<Put> puts, List<Delete> deletes) {
        Set<String> known = ids;
        if (known == null) {
            return;
        }
        for (Delete delete : deletes) {
            if (delete.id().kind().equals(Ledger.QUARANTINE)) {
                known.remove(delete.id().id());
            }
        }
        for (Put put : puts) {
            if (put.row().kind().equals(Ledger.QUARANTINE)) {
                known.add(put.row().id());
            }
        }
    }

    private Set<String> ids() {
        Set<String> known = ids;
        if (known == null) {
            Set<String> read = new HashSet<>();
            Rows.forEach(store, Query.of(connection, Ledger.QUARANTINE), row -> read.add(row.id()));
            known = read;
            ids = read;
        }
        return known;
    }
}
