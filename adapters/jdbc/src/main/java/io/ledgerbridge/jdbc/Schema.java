package io.ledgerbridge.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables, and how they came to be. */
final class Schema {

    /** Raised with every step that is added. */
    static final int VERSION = 1;

    /** Class of the states with which databases refuse what they do not know. */
    private static final String NO_SUCH_TABLE = "42";

    private static final int NAME = 100;
    private static final int ID = 400;

    /** Longer values are kept by a digest, so that every database can have them in an index. */
    static final int LONGEST_VALUE = 300;

    final String rows;
    final String keys;
    final String leases;
    final String versions;
    private final String meta;
    private final Dialect dialect;

    Schema(Dialect dialect, String prefix) {
        this.dialect = dialect;
        rows = prefix + "row";
        keys = prefix + "key";
        leases = prefix + "lease";
        versions = prefix + "version";
        meta = prefix + "meta";
    }

    /** What is to be run, in order, to get from a version to the present one. Whatever was interrupted can be run again. */
    List<String> from(int version) {
        List<String> statements = new ArrayList<>();
        if (version < 1) {
            String name = dialect.text(NAME) + " NOT NULL";
            String id = dialect.text(ID) + " NOT NULL";
            String text = dialect.longText() + " NOT NULL";
            statements.add(
                    "CREATE TABLE IF NOT EXISTS " + meta + " (name " + name + " PRIMARY KEY, number INTEGER NOT NULL)");
            statements.add("CREATE TABLE IF NOT EXISTS " + rows + " (connection " + name + ", kind " + name + ", id "
                    + id + ", ord "
                    + name + ", version BIGINT NOT NULL, names " + text + ", body " + text
                    + ", PRIMARY KEY (connection, kind, id))");
            statements.add(
                    "CREATE INDEX IF NOT EXISTS " + rows + "_by_order ON " + rows + " (connection, kind, ord, id)");
            statements.add("CREATE TABLE IF NOT EXISTS " + keys + " (connection " + name + ", kind " + name
                    + ", key_name " + name
                    + ", key_value " + dialect.text(ID) + " NOT NULL, ord " + name + ", id " + id
                    + ", PRIMARY KEY (connection, kind, key_name, key_value, ord, id))");
            statements.add("CREATE TABLE IF NOT EXISTS " + leases + " (connection " + name + " PRIMARY KEY, owner "
                    + name + ", fence BIGINT NOT NULL, until_ms BIGINT NOT NULL, released BOOLEAN NOT NULL)");
            statements.add("CREATE SEQUENCE IF NOT EXISTS " + versions + " START WITH 1");
            statements.add("INSERT INTO " + meta + " (name, number) VALUES ('schema', 1)");
        }
        return statements;
    }

    /**
     * Sees to it that the tables are as this library needs them.
     *
     * @param create whether they may be made and changed
     */
    void prepare(Connection connection, boolean create) throws SQLException {
        int present = version(connection);
        if (present > VERSION) {
            throw new IllegalStateException("the tables " + meta + ", " + rows + ", ... are of version " + present
                    + ", and this library knows versions up to " + VERSION
                    + "; use the library that made them, or a newer one");
        }
        if (present == VERSION) {
            return;
        }
        if (!create) {
            throw new IllegalStateException((present == 0
                            ? "there is no table " + meta + " in the database"
                            : "the tables " + meta + ", " + rows + ", ... are of version " + present + " instead of "
                                    + VERSION)
                    + "; have them made with createTables(), or run what JdbcSyncStore.schema(...) gives");
        }
        try (Statement statement = connection.createStatement()) {
            for (String one : from(present)) {
                statement.execute(one);
            }
            commit(connection);
        } catch (SQLException e) {
            // Somebody else may have been at it at the same moment.
            rollBack(connection);
            if (version(connection) != VERSION) {
                throw e;
            }
        }
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private static void rollBack(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    /** Zero if there are no tables, or not all of them yet. */
    private int version(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT number FROM " + meta + " WHERE name = 'schema'");
                ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getInt(1) : 0;
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith(NO_SUCH_TABLE)) {
                throw e;
            }
            rollBack(connection);
            return 0;
        }
    }
}
