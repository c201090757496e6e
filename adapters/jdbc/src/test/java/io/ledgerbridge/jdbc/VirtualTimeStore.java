package io.ledgerbridge.jdbc;

import io.ledgerbridge.sync.ForwardingSyncStore;
import io.ledgerbridge.time.VirtualTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** A store in a database whose leases end on a virtual clock: as much as has passed on it, they end earlier. */
public final class VirtualTimeStore extends ForwardingSyncStore {

    private final Database database;
    private final VirtualTime time;
    private final String prefix;
    private Instant known;

    /** An empty one, reached through this data source. */
    public VirtualTimeStore(Database database, DataSource source, VirtualTime time) {
        this(database, source, time, Database.newPrefix());
    }

    private VirtualTimeStore(Database database, DataSource source, VirtualTime time, String prefix) {
        super(JdbcSyncStore.builder(source).tablePrefix(prefix).createTables().build());
        this.database = database;
        this.time = time;
        this.prefix = prefix;
        known = time.now();
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
        return super.commit(commit);
    }

    @Override
    public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
        letTimePass();
        return super.acquire(connection, owner, ttl);
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration ttl) {
        letTimePass();
        return super.renew(lease, ttl);
    }
}
