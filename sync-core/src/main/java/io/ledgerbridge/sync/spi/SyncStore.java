package io.ledgerbridge.sync.spi;

import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which records belong together, how far each side was read, what is still owed, and who works on a connection. A
 * dumb store of rows: what they mean is known to the engine alone. Safe for concurrent use, also by several processes.
 *
 * <p>What fails is thrown as a {@link SyncStoreException}, and the caller asks again: a commit whose answer was lost may therefore come twice. An
 * implementation shows that it keeps its promises with the contract class of {@code ledgerbridge-sync-core-tck}.
 */
public interface SyncStore {

    /** Expects nothing of a row: it may be there or not. */
    long ANY = -1;

    /** Expects that there is no such row. */
    long ABSENT = 0;

    /** A store that forgets everything when the process ends. */
    static SyncStore inMemory() {
        return inMemory(TimeSource.system());
    }

    /** A store that forgets everything when the process ends, with leases on this clock. */
    static SyncStore inMemory(TimeSource time) {
        return new InMemorySyncStore(time);
    }

    /**
     * One row. Connection and order have up to 100 characters, the kind and the names of keys 40, the id 300.
     *
     * @param connection whose row it is
     * @param kind such as {@code link}, {@code queue}, {@code checkpoint}, {@code audit}
     * @param id unique within connection and kind
     * @param order what {@link #scan} sorts by, before the id; ASCII, compared by character
     * @param keys names under which it can be found, each with one value
     * @param body JSON text that a person can read
     * @param version given by the store: positive, and another one after every write, also when the row was gone in between;
     *     not looked at in rows that are put
     */
    record Row(
            String connection,
            String kind,
            String id,
            String order,
            Map<String, String> keys,
            String body,
            long version) {

        /** A row to be put. */
        public static Row of(
                String connection, String kind, String id, String order, Map<String, String> keys, String body) {
            return new Row(connection, kind, id, order, keys, body, ABSENT);
        }

        public RowId rowId() {
            return new RowId(connection, kind, id);
        }
    }

    /** Names a row. */
    record RowId(String connection, String kind, String id) {}

    /**
     * A row to write, in place of one with the same id.
     *
     * @param expected the version that must be there: {@link #ANY}, {@link #ABSENT}, or the one that was read
     */
    record Put(Row row, long expected) {}

    /**
     * A row to remove; one that is not there is no failure with {@link #ANY} and {@link #ABSENT}.
     *
     * @param expected as for {@link Put}
     */
    record Delete(RowId id, long expected) {}

    /**
     * What is written together. No row stands in it twice.
     *
     * @param lease must still be held, null if that does not matter
     */
    record Commit(
            List<Put> puts, List<Delete> deletes, @Nullable Lease lease) {}

    /** What became of a commit. */
    sealed interface CommitResult {

        /** Everything is written, and kept. */
        record Done() implements CommitResult {}

        /** Nothing is written: the lease has ended and somebody else has, or may have, another. */
        record LeaseLost() implements CommitResult {}

        /**
         * Nothing is written: some rows are not as expected.
         *
         * @param ids all of them
         */
        record Changed(List<RowId> ids) implements CommitResult {}
    }

    /**
     * Which rows are meant: those of a kind, of one connection or all, with equality on at most one key and a range of the order.
     *
     * @param connection null for all
     * @param key name of the key, null for all rows
     * @param value of the key
     * @param from smallest order, itself included; null for no bound
     * @param before smallest order that is too large; null for no bound
     */
    record Query(
            String kind,
            @Nullable String connection,
            @Nullable String key,
            @Nullable String value,
            @Nullable String from,
            @Nullable String before) {

        /** All rows of a kind. */
        public static Query of(String kind) {
            return new Query(kind, null, null, null, null, null);
        }

        /** All rows of a connection and kind. */
        public static Query of(String connection, String kind) {
            return new Query(kind, connection, null, null, null, null);
        }

        /** Those with this key. */
        public Query where(String key, String value) {
            return new Query(kind, connection, key, value, from, before);
        }

        /** Those whose order is this or larger. */
        public Query from(String order) {
            return new Query(kind, connection, key, value, order, before);
        }

        /** Those whose order is smaller than this. */
        public Query before(String order) {
            return new Query(kind, connection, key, value, from, order);
        }
    }

    /**
     * The right to work on a connection. It is the store's clock that ends it.
     *
     * @param owner who has it
     * @param fence larger than that of every earlier lease of the connection
     * @param until when it ends if it is not renewed, by the store's clock
     * @param takenOver whether the one before it was not released, so that its owner may have been stopped in the middle
     */
    record Lease(String connection, String owner, long fence, Instant until, boolean takenOver) {}

    /** Writes everything of the commit or nothing; returns when it is kept. */
    CommitResult commit(Commit commit);

    /** The rows with these ids that exist, in any order. */
    List<Row> find(String connection, String kind, Collection<String> ids);

    /**
     * Rows by order, then connection, then id. Rows that are written or removed meanwhile may be missed or seen, all others are
     * seen once.
     *
     * @param after the last row of the previous scan, which need not exist any more; null for the first
     */
    List<Row> scan(Query query, @Nullable Row after, int limit);

    long count(Query query);

    /**
     * Removes rows in the order of {@link #scan}.
     *
     * @return how many were removed, at most the limit
     */
    int trim(Query query, int limit);

    /**
     * Gives a lease, unless another owner has one that has not ended. An owner that asks again gets a new one, and its old one
     * is lost.
     */
    Optional<Lease> acquire(String connection, String owner, Duration ttl);

    /**
     * Prolongs a lease from now on, also one that has ended if nobody has taken it since; empty if it is lost or was released.
     *
     * @return the same lease with a later end
     */
    Optional<Lease> renew(Lease lease, Duration ttl);

    /** Ends a lease properly; nothing happens if it is lost. */
    void release(Lease lease);

    /** Whether it still knows tomorrow, in another process, what it holds today. */
    default boolean isDurable() {
        return true;
    }
}
