package io.ledgerbridge.jdbc;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.tck.SyncStoreContract;
import java.time.Duration;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

/** The contract of a store, on H2. */
class H2StoreTest extends SyncStoreContract {

    private static int databases;

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:store" + ++databases + ";DB_CLOSE_DELAY=-1", "sa", "");
    private JdbcSyncStore store;
    private JdbcSyncStore other;

    @AfterEach
    void end() {
        pool.dispose();
    }

    @Override
    protected SyncStore newStore() {
        store = JdbcSyncStore.builder(pool).createTables().build();
        other = JdbcSyncStore.builder(pool).build();
        return store;
    }

    @Override
    protected void pass(Duration time) {
        store.shiftClock(time);
        other.shiftClock(time);
    }

    @Override
    protected SyncStore asAnotherProcess(SyncStore given) {
        return other;
    }
}
