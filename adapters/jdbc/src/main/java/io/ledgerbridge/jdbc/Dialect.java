package io.ledgerbridge.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What databases say differently. Their tables stand in resources of the same names. */
enum Dialect {
    H2(
            "H2",
            "SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)",
            "SELECT NEXT VALUE FOR %s",
            // By default a commit is kept half a second later, and lost with the process before.
            List.of("SET WRITE_DELAY 0"),
            List.of(),
            Set.of()) {

        /** A list of ids is looked for among all rows of the kind; a table of them is looked up one by one. */
        @Override
        String rowsOfIds(String rows, int many) {
            return rows + " r JOIN TABLE(wanted CHARACTER VARYING = ?3) w ON r.connection = ?1 AND r.kind = ?2"
                    + " AND r.id = w.wanted";
        }

        @Override
        void setIds(PreparedStatement statement, int place, List<String> ids) throws SQLException {
            statement.setObject(place, ids.toArray());
        }

        @Override
        boolean locksByIndex() {
            return false;
        }
    },

    POSTGRESQL(
            "PostgreSQL",
            "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
            "SELECT nextval('%s')",
            List.of(),
            List.of(),
            Set.of()),

    MARIADB(
            "MariaDB",
            // Not through local time, of which an hour comes twice a year.
            "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000",
            "SELECT NEXT VALUE FOR %s",
            List.of(),
            // By default rows that are not there are locked by the gaps between others, which stops commits that have
            // nothing in common.
            List.of("SET TRANSACTION ISOLATION LEVEL READ COMMITTED"),
            // A row has changed since the snapshot; a lock did not come. Both have the state HY000.
            Set.of(1020, 1205));

    private final String product;
    private final String now;
    private final String nextVersion;
    private final List<String> onOpening;
    private final List<String> onBeginning;
    private final Set<Integer> collisions;

    Dialect(
            String product,
            String now,
            String nextVersion,
            List<String> onOpening,
            List<String> onBeginning,
            Set<Integer> collisions) {
        this.product = product;
        this.now = now;
        this.nextVersion = nextVersion;
        this.onOpening = onOpening;
        this.onBeginning = onBeginning;
        this.collisions = collisions;
    }

    /** The one that this connection speaks. */
    static Dialect of(Connection connection) throws SQLException {
        return of(connection.getMetaData().getDatabaseProductName());
    }

    static Dialect of(String product) {
        for (Dialect dialect : values()) {
            if (product.toLowerCase(Locale.ROOT).startsWith(dialect.product.toLowerCase(Locale.ROOT))) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("the database " + product + " is not supported; those that are: "
                + Arrays.stream(values()).map(dialect -> dialect.product).collect(Collectors.joining(", ")));
    }

    /** What every store runs when it is opened. */
    List<String> onOpening() {
        return onOpening;
    }

    /** What every transaction begins with. */
    List<String> onBeginning() {
        return onBeginning;
    }

    /** Milliseconds since 1970, by the clock of the database. */
    String now() {
        return now;
    }

    /** Rows {@code r} of a connection and kind that have one of so many ids, for {@code FROM}: connection, kind and ids stand in it so. */
    String rowsOfIds(String rows, int many) {
        return rows + " r WHERE r.connection = ? AND r.kind = ? AND r.id IN (" + marks(many) + ")";
    }

    void setIds(PreparedStatement statement, int place, List<String> ids) throws SQLException {
        for (int i = 0; i < ids.size(); i++) {
            statement.setString(place + i, ids.get(i));
        }
    }

    /** Whether rows of several ids are locked without a look at others. */
    boolean locksByIndex() {
        return true;
    }

    String nextVersion(String sequence) {
        return String.format(nextVersion, sequence);
    }

    /** Two transactions wanted the same row: a violated key, a deadlock, a lock that did not come, a serialization failure. */
    boolean isCollision(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("23")
                || state.startsWith("40")
                || state.equals("HYT00")
                || state.equals("55P03")
                || collisions.contains(e.getErrorCode());
    }

    static String marks(int many) {
        return String.join(", ", Collections.nCopies(many, "?"));
    }
}
