package io.ledgerbridge.sync.spi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which records belong together, how far each side was read, and what is still owed. A dumb store of rows: what
 * they mean is known to the engine alone. Safe for concurrent use.
 */
public interface SyncStore {

    /** A store that forgets everything when the process ends. */
    static SyncStore inMemory() {
        return new InMemorySyncStore();
    }

    /**
     * One row.
     *
     * @param connection whose row it is
     * @param kind {@code link}, {@code queue}, {@code checkpoint}, {@code quarantine}
     * @param id unique within connection and kind
     * @param order what {@link #scan} sorts by, before the id
     * @param keys names under which it can be found, each with one value
     * @param body JSON text that a person can read
     */
    record Row(String connection, String kind, String id, String order, Map<String, String> keys, String body) {}

    /** Names a row. */
    record RowId(String connection, String kind, String id) {}

    /**
     * Rows to write and rows to remove; all or nothing.
     *
     * @param puts replace rows with the same id
     */
    record Commit(List<Row> puts, List<RowId> deletes) {}

    /**
     * Which rows to scan: one connection and kind, and equality on at most one key.
     *
     * @param key name of the key, null for all rows
     */
    record Query(
            String connection,
            String kind,
            @Nullable String key,
            @Nullable String value) {
        public static Query all(String connection, String kind) {
            return new Query(connection, kind, null, null);
        }

        public static Query where(String connection, String kind, String key, String value) {
            return new Query(connection, kind, key, value);
        }
    }

    /** Writes everything of the commit or nothing; returns when it is kept. */
    void commit(Commit commit);

    /** The rows with these ids that exist. */
    List<Row> find(String connection, String kind, Collection<String> ids);

    /**
     * Rows in the order of {@code order} and id.
     *
     * @param after the last row of the previous scan, null for the first
     */
    List<Row> scan(Query query, @Nullable Row after, int limit);

    long count(Query query);
}
