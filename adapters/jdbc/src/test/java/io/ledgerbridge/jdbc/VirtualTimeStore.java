package io.ledgerbridge.jdbc;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.VirtualTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A store in a database whose leases end on a virtual clock: as much as has passed on it, they end earlier. */
public final class VirtualTimeStore implements SyncStore {

    private final SyncStore inner;
    private final Database database;
    private final VirtualTime time;
    private final String prefix;
    private Instant known;

    /** An empty one, reached through this data source. */
    public VirtualTimeStore(Database database, DataSource source, VirtualTime time) {
        this.database = database;
        this.time = time;
        prefix = Database.newPrefix();
        known = time.now();
        inner = JdbcSyncStore.builder(source).tablePrefix(prefix).createTables().build();
    }

    private synchronized void letTimePass() {
        long passed = Duration.between(known, time.now()).toMillis();
        if (passed > 0) {
            known = time.now();
            try {
                database.execute("UPDATE " + prefix + "lease SET until_ms = until_ms - " + passed);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Removes its tables: a database with thousands of them is slow. */
    public void drop() {
        try {
            for (String table : List.of("row", "key", "lease", "meta")) {
                database.execute("DROP TABLE " + prefix + table);
            }
            database.execute("DROP SEQUENCE " + prefix + "version");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CommitResult commit(Commit commit) {
        letTimePass();
        return inner.commit(commit);
    }

    @Override
    public List<Row> find(String connection, String kind, Collection<String> ids) {
        return inner.find(connection, kind, ids);
    }

    @Override
    public List<Row> scan(Query query, @Nullable Row after, int limit) {
        return inner.scan(query, after, limit);
    }

    @Override
    public long count(Query query) {
        return inner.count(query);
    }

    @Override
    public int trim(Query query, int limit) {
        return inner.trim(query, limit);
    }

    @Override
    public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
        letTimePass();
        return inner.acquire(connection, owner, ttl);
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration ttl) {
        letTimePass();
        return inner.renew(lease, ttl);
    }

    @Override
    public void release(Lease lease) {
        inner.release(lease);
    }
}
