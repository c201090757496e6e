package io.ledgerbridge.jdbc;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.tck.SyncStoreContract;
import java.sql.SQLException;
import java.time.Duration;

/** The contract of a store, on a database. */
abstract class JdbcStoreContract extends SyncStoreContract {

    private final Database database;
    private final String prefix = Database.newPrefix();

    JdbcStoreContract(Database database) {
        this.database = database;
    }

    @Override
    protected SyncStore newStore() {
        return JdbcSyncStore.builder(database.pool())
                .tablePrefix(prefix)
                .createTables()
                .build();
    }

    @Override
    protected void pass(Duration time) {
        try {
            database.execute("UPDATE " + prefix + "lease SET until_ms = until_ms - " + time.toMillis());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected SyncStore asAnotherProcess(SyncStore given) {
        return JdbcSyncStore.builder(database.pool()).tablePrefix(prefix).build();
    }
}
