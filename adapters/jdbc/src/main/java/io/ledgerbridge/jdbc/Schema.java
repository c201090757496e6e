package io.ledgerbridge.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The tables, and how they came to be: by SQL files, one for each version, in a resource directory for each database. */
final class Schema {

    private static final List<String> FILES = List.of("V1__tables.sql");

    /** How databases say that they do not know a table. */
    private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    /** Others may be making the tables at the same moment, and each of them be ahead at each statement. */
    private static final int ATTEMPTS = 50;

    /** Longer values are kept by a digest, so that every database can have them in an index. */
    static final int LONGEST_VALUE = 90;

    /** What the columns take. */
    static final int LONGEST_NAME = 100;

    static final int LONGEST_KIND = 40;
    static final int LONGEST_ID = 300;

    final String rows;
    final String keys;
    final String leases;
    final String versions;
    private final String meta;
    private final String prefix;
    private final String directory;
    private final List<String> files;

    Schema(Dialect dialect, String prefix) {
        this(prefix, dialect.name().toLowerCase(Locale.ROOT), FILES);
    }

    /** With other files, such as those of a library that is still to come. */
    Schema(String prefix, String directory, List<String> files) {
        this.prefix = prefix;
        this.directory = directory;
        this.files = files;
        rows = prefix + "row";
        keys = prefix + "key";
        leases = prefix + "lease";
        versions = prefix + "version";
        meta = prefix + "meta";
    }

    /** What is to be run, in order, to get from a version to the present one. Whatever was interrupted can be run again. */
    List<String> from(int version) {
        List<String> statements = new ArrayList<>();
        for (String file : files.subList(version, files.size())) {
            String text = read(directory + "/" + file)
                    .replaceAll("(?m)^--.*$", "")
                    .replace("${prefix}", prefix)
                    .strip();
            for (String statement : text.split(";\\s*(\n|$)")) {
                statements.add(statement.strip());
            }
        }
        return statements;
    }

    private static String read(String resource) {
        try (InputStream file = Schema.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("the resource " + resource + " is missing in ledgerbridge-jdbc");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sees to it that the tables are as this library needs them.
     *
     * @param create whether they may be made and changed
     */
    void prepare(Connection connection, boolean create) throws SQLException {
        for (int attempt = 1; !isPrepared(connection, create); attempt++) {
            try (Statement statement = connection.createStatement()) {
                for (String one : from(version(connection))) {
                    statement.execute(one);
                }
                commit(connection);
            } catch (SQLException e) {
                rollBack(connection);
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private boolean isPrepared(Connection connection, boolean create) throws SQLException {
        int present = version(connection);
        if (present > files.size()) {
            throw new IllegalStateException("the tables " + meta + ", " + rows + ", ... are of version " + present
                    + ", and this library knows versions up to " + files.size()
                    + "; use the library that made them, or a newer one");
        }
        if (present < files.size() && !create) {
            throw new IllegalStateException((present == 0
                            ? "there is no table " + meta + " in the database"
                            : "the tables " + meta + ", " + rows + ", ... are of version " + present + " instead of "
                                    + files.size())
                    + "; have them made with createTables(), or run the files in"
                    + " io/ledgerbridge/jdbc/" + directory + " of ledgerbridge-jdbc, or what JdbcSyncStore.schema(...)"
                    + " gives");
        }
        return present == files.size();
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
            if (!NO_SUCH_TABLE.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            rollBack(connection);
            return 0;
        }
    }
}
