package io.ledgerbridge.jdbc;

import io.ledgerbridge.sync.spi.SyncStoreException;
import java.sql.SQLException;

/** The database cannot be reached, or refuses. Its own words are in the cause alone: they may quote values of rows. */
public final class JdbcStoreException extends SyncStoreException {

    private static final long serialVersionUID = 1L;

    JdbcStoreException(String what, SQLException cause) {
        super(
                "The store's database: " + what + " failed with SQL state " + cause.getSQLState() + ", code "
                        + cause.getErrorCode() + ". See whether it runs, has room, and lets itself be written.",
                cause);
    }
}
