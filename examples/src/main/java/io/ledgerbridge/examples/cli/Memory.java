package io.ledgerbridge.examples.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.jdbc.JdbcStoreException;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.spi.SyncStore;
import javax.sql.DataSource;

/** The database in which the command line remembers between processes. */
final class Memory implements AutoCloseable {

    private static final int CONNECTIONS = 4;

    private final HikariDataSource pool;
    private final SyncStore store;

    private Memory(HikariDataSource pool, SyncStore store) {
        this.pool = pool;
        this.store = store;
    }

    /** Opens it and makes its tables. Neither address nor password appear in a message: the address may hold one too. */
    static Memory open(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        if (!user.isEmpty()) {
            config.setUsername(user);
            config.setPassword(password);
        }
        config.setMaximumPoolSize(CONNECTIONS);
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new BadSetting(
                    "The store cannot be opened (--store, LEDGERBRIDGE_STORE): either its address is wrong, or the"
                            + " database does not run, or another ledgerbridge has its file open.");
        }
        try {
            return new Memory(pool, JdbcSyncStore.builder(pool).createTables().build());
        } catch (IllegalStateException | IllegalArgumentException | JdbcStoreException e) {
            pool.close();
            throw new BadSetting("The store cannot be used: " + e.getMessage() + ".");
        }
    }

    /** Where it is kept, for what else is kept there. */
    DataSource dataSource() {
        return pool;
    }

    SyncStore store() {
        return store;
    }

    @Override
    public void close() {
        pool.close();
    }
}
