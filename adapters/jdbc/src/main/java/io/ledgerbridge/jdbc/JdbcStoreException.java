package io.ledgerbridge.jdbc;

import java.sql.SQLException;

/** The database cannot be reached, or refuses. What was to be written is not. */
public final class JdbcStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JdbcStoreException(String what, SQLException cause) {
        super(
                "The store's database: " + what + " (" + cause.getSQLState() + "): " + cause.getMessage()
                        + ". Nothing of it is written; see whether the database runs, has room, and lets itself be written.",
                cause);
    }
}
