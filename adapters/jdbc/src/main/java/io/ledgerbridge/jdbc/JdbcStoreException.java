package io.ledgerbridge.jdbc;

import io.ledgerbridge.sync.spi.SyncStoreException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** The database cannot be reached, or refuses. Its own words are in the cause alone: they may quote values of rows. */
public final class JdbcStoreException extends SyncStoreException {

    private static final long serialVersionUID = 1L;

    /** A read-only transaction or server, by state or by the codes of H2 and MariaDB. */
    private static final Set<String> READ_ONLY_STATES = Set.of("25006");

    private static final Set<Integer> READ_ONLY_CODES = Set.of(90097, 1290, 1792, 1836);

    private static final Set<String> FULL_STATES = Set.of("53100");
    private static final Set<Integer> FULL_CODES = Set.of(90028, 90031, 1021, 1114);

    private static final Set<String> FORBIDDEN_STATES = Set.of("42501");
    private static final Set<Integer> FORBIDDEN_CODES = Set.of(90096, 1044, 1045, 1142, 1143);

    JdbcStoreException(String what, SQLException cause) {
        super(
                "The store's database: " + what + " failed with SQL state " + cause.getSQLState() + ", code "
                        + cause.getErrorCode() + ". " + next(cause),
                cause);
    }

    private static String next(SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        int code = cause.getErrorCode();
        if (READ_ONLY_STATES.contains(state) || READ_ONLY_CODES.contains(code)) {
            return "It lets nobody write: point the store at the primary, or end what made it read-only.";
        }
        if (FULL_STATES.contains(state) || FULL_CODES.contains(code)) {
            return "It has no room left, or its file cannot be written: make room, then run again.";
        }
        if (FORBIDDEN_STATES.contains(state) || FORBIDDEN_CODES.contains(code) || state.startsWith("28")) {
            return "Its user may not do this: check name and password, and grant reading and writing of the tables"
                    + " (and, to have them made, creating).";
        }
        if (state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("53300")
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLNonTransientConnectionException) {
            return "It cannot be reached. See whether it runs, and whether it has connections left.";
        }
        return "See whether it runs, has room, and lets itself be written.";
    }
}
