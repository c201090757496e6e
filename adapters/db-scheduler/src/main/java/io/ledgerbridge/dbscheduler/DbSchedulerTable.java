package io.ledgerbridge.dbscheduler;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** The table of db-scheduler, for those who have none yet. */
public final class DbSchedulerTable {

    private static final String NAME = "scheduled_tasks";

    private DbSchedulerTable() {}

    /**
     * The statements that make the table {@code scheduled_tasks} and its indexes if there is none.
     *
     * @param product name of the database: H2, PostgreSQL or MariaDB
     */
    public static List<String> statements(String product) {
        String database = product.toLowerCase(Locale.ROOT);
        if (!List.of("h2", "postgresql", "mariadb").contains(database)) {
            throw new IllegalArgumentException(
                    "the database " + product + " is not supported; those that are: H2, PostgreSQL, MariaDB");
        }
        boolean isMariaDb = database.equals("mariadb");
        String time = isMariaDb ? "TIMESTAMP(6)" : "TIMESTAMP WITH TIME ZONE";
        String data = isMariaDb ? "BLOB" : "BYTEA";
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + NAME + " (task_name VARCHAR(100) NOT NULL, task_instance VARCHAR(100)"
                        + " NOT NULL, task_data " + data + ", execution_time " + time + " NULL, picked BOOLEAN NOT"
                        + " NULL, picked_by VARCHAR(100), last_success " + time + " NULL, last_failure " + time
                        + " NULL, consecutive_failures INTEGER, last_heartbeat " + time + " NULL, version BIGINT NOT"
                        + " NULL, priority SMALLINT, PRIMARY KEY (task_name, task_instance))"
                        + (isMariaDb ? " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" : ""),
                "CREATE INDEX IF NOT EXISTS " + NAME + "_execution_time ON " + NAME + " (execution_time)",
                "CREATE INDEX IF NOT EXISTS " + NAME + "_last_heartbeat ON " + NAME + " (last_heartbeat)");
    }

    /** Makes the table if there is none that the user sees. Where there is one, its user needs no right to make tables. */
    public static void create(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean commitsEach = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                if (!isThere(connection, statement)) {
                    for (String one : statements(connection.getMetaData().getDatabaseProductName())) {
                        statement.execute(one);
                    }
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(commitsEach);
            }
        }
    }

    private static boolean isThere(Connection connection, Statement statement) throws SQLException {
        try {
            statement.executeQuery("SELECT 1 FROM " + NAME + " WHERE 1 = 0").close();
            return true;
        } catch (SQLException e) {
            // Whatever is wrong, making it tells.
            connection.rollback();
            return false;
        }
    }
}
