package io.ledgerbridge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tables need, and what is said where they do not fit. */
class SchemaTest {

    private static final String C = "zoho-1";

    private final JdbcConnectionPool shared = JdbcConnectionPool.create(
            "jdbc:h2:mem:schema" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1", "sa", "");

    @AfterEach
    void end() {
        shared.dispose();
    }

    private static void put(SyncStore store, String id) {
        store.commit(new Commit(
                List.of(new Put(Row.of(C, "link", id, "", Map.of("kind", "INVOICE"), "{}"), SyncStore.ANY)),
                List.of(),
                null));
    }

    private void execute(String... statements) throws Exception {
        try (Connection connection = shared.getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    @Test
    void missingTablesAreNotMadeUnasked() {
        assertThatThrownBy(() -> JdbcSyncStore.builder(shared).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no table ledgerbridge_meta")
                .hasMessageContaining("createTables()")
                .hasMessageContaining("JdbcSyncStore.schema");
    }

    @Test
    void aHostMayMakeThemItself() throws Exception {
        execute(JdbcSyncStore.schema("H2", "books_").toArray(new String[0]));

        SyncStore store = JdbcSyncStore.builder(shared).tablePrefix("books_").build();
        put(store, "1");

        assertThat(store.find(C, "link", List.of("1"))).hasSize(1);
    }

    @Test
    void tablesThatAreThereAreUsedAsTheyAre() {
        put(JdbcSyncStore.builder(shared).createTables().build(), "1");

        SyncStore again = JdbcSyncStore.builder(shared).createTables().build();

        assertThat(again.count(Query.of(C, "link").where("kind", "INVOICE"))).isEqualTo(1);
    }

    @Test
    void newerTablesAreRefused() throws Exception {
        JdbcSyncStore.builder(shared).createTables().build();
        execute("UPDATE ledgerbridge_meta SET number = 99 WHERE name = 'schema'");

        assertThatThrownBy(() -> JdbcSyncStore.builder(shared).createTables().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of version 99")
                .hasMessageContaining("use the library that made them, or a newer one");
    }

    @Test
    void prefixesKeepStoresApart() {
        SyncStore one =
                JdbcSyncStore.builder(shared).tablePrefix("one_").createTables().build();
        SyncStore other = JdbcSyncStore.builder(shared)
                .tablePrefix("other_")
                .createTables()
                .build();
        put(one, "1");

        assertThat(other.count(Query.of(C, "link"))).isZero();
        assertThat(other.acquire(C, "b", Duration.ofMinutes(5))).isPresent();
        assertThat(one.acquire(C, "a", Duration.ofMinutes(5))).isPresent();
    }

    @Test
    void aPrefixIsNoStatement() {
        assertThatThrownBy(() -> JdbcSyncStore.builder(shared).tablePrefix("x; DROP TABLE y; "))
                .hasMessageContaining("letters, digits and underscores");
    }

    @Test
    void aDatabaseThatIsAwayIsTold() {
        JdbcDataSource away = new JdbcDataSource();
        away.setURL("jdbc:h2:tcp://localhost:1/nowhere");

        assertThatThrownBy(() -> JdbcSyncStore.builder(away).build())
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageContaining("See whether it runs");
    }

    @Test
    void aDatabaseThatGoesAwayLosesNothing(@TempDir Path directory) throws Exception {
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:" + directory.resolve("store"));
        SyncStore store = JdbcSyncStore.builder(file).createTables().build();
        put(store, "1");
        file.setURL("jdbc:h2:" + directory.resolve("elsewhere") + ";IFEXISTS=TRUE");
        assertThatThrownBy(() -> put(store, "2"))
                .isInstanceOf(JdbcStoreException.class)
                .hasMessageContaining("a commit failed");
        file.setURL("jdbc:h2:" + directory.resolve("store"));
        put(store, "3");

        assertThat(store.scan(Query.of(C, "link"), null, 10))
                .extracting(Row::id)
                .containsExactly("1", "3");
    }

    @Test
    void aLongValueIsFoundByItsKey() {
        SyncStore store = JdbcSyncStore.builder(shared).createTables().build();
        String reason = "shared e-mail: ".repeat(40);
        Row row = Row.of(C, "skip", "1", "", Map.of("reason", reason), "{}");
        store.commit(new Commit(List.of(new Put(row, SyncStore.ANY)), List.of(), null));

        assertThat(store.count(Query.of(C, "skip").where("reason", reason))).isEqualTo(1);
        assertThat(store.count(Query.of(C, "skip").where("reason", reason + "!")))
                .isZero();
        assertThat(store.find(C, "skip", List.of("1")).get(0).keys()).containsEntry("reason", reason);
    }

    @Test
    void tablesThatWereHalfMadeAreFinished() throws Exception {
        List<String> statements = JdbcSyncStore.schema("H2", "ledgerbridge_");
        execute(statements.subList(0, 3).toArray(new String[0]));

        put(JdbcSyncStore.builder(shared).createTables().build(), "1");

        assertThat(JdbcSyncStore.builder(shared).build().count(Query.of(C, "link")))
                .isEqualTo(1);
    }

    @Test
    void aSchemaMayStandBeforeThePrefix() throws Exception {
        execute("CREATE SCHEMA app");
        put(
                JdbcSyncStore.builder(shared)
                        .tablePrefix("app.books_")
                        .createTables()
                        .build(),
                "1");

        assertThat(JdbcSyncStore.builder(shared)
                        .tablePrefix("app.books_")
                        .build()
                        .count(Query.of(C, "link")))
                .isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsNotKnownIsNamed() {
        assertThatThrownBy(() -> JdbcSyncStore.schema("Oracle", "x_"))
                .hasMessageContaining("the database Oracle is not supported");
    }
}
