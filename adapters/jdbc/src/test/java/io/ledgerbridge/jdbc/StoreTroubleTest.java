package io.ledgerbridge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What is said when the database does not do what it should, and that nothing is lost. */
class StoreTroubleTest {

    private static final String C = "zoho-1";

    private final String prefix = Database.newPrefix();

    private static void put(SyncStore store, String id) {
        store.commit(new Commit(
                List.of(new Put(Row.of(C, "link", id, "", Map.of(), "{}"), SyncStore.ANY)), List.of(), null));
    }

    private static List<String> ids(SyncStore store) {
        return store.scan(Query.of(C, "link"), null, 10).stream().map(Row::id).toList();
    }

    private SyncStore store(DataSource source) {
        return JdbcSyncStore.builder(source).tablePrefix(prefix).createTables().build();
    }

    private static DataSource postgreSql(String user, String more) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Database.POSTGRESQL.url().replaceAll("user=\\w+", "user=" + user) + more);
        return source;
    }

    @Test
    void aDatabaseThatIsAwayAtTheStartIsTold() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:tcp://localhost:1/nowhere");
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl("jdbc:postgresql://localhost:1/nowhere?user=x");

        for (DataSource away : List.of(h2, postgres)) {
            assertThatThrownBy(() -> JdbcSyncStore.builder(away).build())
                    .isInstanceOf(JdbcStoreException.class)
                    .hasMessageContaining("cannot be reached. See whether it runs");
        }
    }

    @Test
    void aFileThatGoesAwayLosesNothing(@TempDir Path directory) {
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:" + directory.resolve("store"));
        SyncStore store = store(file);
        put(store, "1");
        file.setURL("jdbc:h2:" + directory.resolve("elsewhere") + ";IFEXISTS=TRUE");
        assertThatThrownBy(() -> put(store, "2"))
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageContaining("a commit failed");
        file.setURL("jdbc:h2:" + directory.resolve("store"));
        put(store, "3");

        assertThat(ids(store)).containsExactly("1", "3");
    }

    /** Its pool notices by itself that its connections are gone. */
    @Test
    void aServerThatStopsAndComesBackLosesNothing(@TempDir Path directory) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(1_000);
        SyncStore store;
        int port;
        try (EmbeddedPostgres server = server(directory, 0)) {
            port = server.getPort();
            config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
            HikariDataSource pool = new HikariDataSource(config);
            store = store(pool);
            put(store, "1");
        }
        assertThatThrownBy(() -> put(store, "2"))
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageContaining("cannot be reached");

        try (EmbeddedPostgres again = server(directory, port)) {
            assertThat(again.getPort()).isEqualTo(port);
            put(store, "3");

            assertThat(ids(store)).containsExactly("1", "3");
        }
    }

    private static EmbeddedPostgres server(Path directory, int port) throws Exception {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    @Test
    void aServerThatLetsNobodyWriteIsTold() {
        put(store(postgreSql("postgres", "")), "1");
        SyncStore replica = store(postgreSql("postgres", "&options=-c%20default_transaction_read_only%3Don"));

        assertThat(ids(replica)).containsExactly("1");
        assertThatThrownBy(() -> put(replica, "2"))
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageContaining("It lets nobody write: point the store at the primary");
        assertThat(ids(replica)).containsExactly("1");
    }

    @Test
    void aFileThatCannotBeWrittenIsTold(@TempDir Path directory) {
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:" + directory.resolve("store"));
        put(store(file), "1");
        file.setURL("jdbc:h2:" + directory.resolve("store") + ";ACCESS_MODE_DATA=r");
        SyncStore store = store(file);

        assertThatThrownBy(() -> put(store, "2")).hasMessageContaining("It lets nobody write");
        assertThat(ids(store)).containsExactly("1");
    }

    /** The server's own refusal cannot be had without a full disk; here it comes at the commit, as PostgreSQL words it. */
    @Test
    void aDatabaseWithoutRoomIsTold() {
        CuttingDataSource full = new CuttingDataSource(Database.POSTGRESQL.pool());
        SyncStore store = store(full);
        put(store, "1");
        full.refuse(new SQLException("could not extend file: No space left on device", "53100"));

        assertThatThrownBy(() -> put(store, "2"))
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageContaining("It has no room left")
                .hasMessageContaining("make room, then run again")
                .hasMessageNotContaining("extend file");
        full.refuse(null);
        put(store, "3");

        assertThat(ids(store)).containsExactly("1", "3");
    }

    @Test
    void aUserWithoutRightsIsTold() throws Exception {
        store(postgreSql("postgres", ""));
        Database.POSTGRESQL.execute("CREATE ROLE " + prefix + "guest LOGIN");
        DataSource guest = postgreSql(prefix + "guest", "");

        assertThatThrownBy(() -> store(guest))
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageContaining("grant reading and writing of the tables");
    }
}
