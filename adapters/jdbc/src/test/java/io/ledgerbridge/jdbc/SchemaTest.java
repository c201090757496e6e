package io.ledgerbridge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the tables need, and what is said where they do not fit. */
@ParameterizedClass
@MethodSource("databases")
class SchemaTest {

    private static final String C = "zoho-1";

    @Parameter
    private Database database;

    private final String prefix = Database.newPrefix();
    private final String other = Database.newPrefix();

    static List<Database> databases() {
        return Database.available();
    }

    private JdbcSyncStore.Builder store() {
        return JdbcSyncStore.builder(database.pool()).tablePrefix(prefix);
    }

    private String product() {
        return database == Database.POSTGRESQL ? "PostgreSQL" : database.name();
    }

    private static void put(SyncStore store, String id) {
        store.commit(new Commit(
                List.of(new Put(Row.of(C, "link", id, "", Map.of("kind", "INVOICE"), "{}"), SyncStore.ANY)),
                List.of(),
                null));
    }

    @Test
    void missingTablesAreNotMadeUnasked() {
        assertThatThrownBy(() -> store().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no table " + prefix + "meta")
                .hasMessageContaining("createTables()")
                .hasMessageContaining("JdbcSyncStore.schema");
    }

    @Test
    void aHostMayMakeThemItself() throws Exception {
        database.execute(JdbcSyncStore.schema(product(), prefix).toArray(new String[0]));

        SyncStore store = store().build();
        put(store, "1");

        assertThat(store.find(C, "link", List.of("1"))).hasSize(1);
    }

    /** The files are Flyway's as they stand. */
    @Test
    void flywayMayMakeThem() {
        if (database == Database.MARIADB) {
            return;
        }
        Flyway.configure()
                .dataSource(database.pool())
                .locations("classpath:io/ledgerbridge/jdbc/" + database.name().toLowerCase(Locale.ROOT))
                .placeholders(Map.of("prefix", prefix))
                .table(prefix + "history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();

        put(store().build(), "1");

        assertThat(store().build().count(Query.of(C, "link"))).isEqualTo(1);
    }

    @Test
    void tablesThatAreThereAreUsedAsTheyAre() {
        put(store().createTables().build(), "1");

        SyncStore again = store().createTables().build();

        assertThat(again.count(Query.of(C, "link").where("kind", "INVOICE"))).isEqualTo(1);
    }

    /** Several processes begin at once. */
    @Test
    void rivalsMakeThemTogether() throws Exception {
        List<Thread> rivals = new ArrayList<>();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 8; i++) {
            Thread rival = new Thread(() -> store().createTables().build());
            rival.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
            rivals.add(rival);
        }
        rivals.forEach(Thread::start);
        for (Thread rival : rivals) {
            rival.join();
        }

        assertThat(failures).isEmpty();
        put(store().build(), "1");
    }

    @Test
    void newerTablesAreRefused() throws Exception {
        store().createTables().build();
        database.execute("UPDATE " + prefix + "meta SET number = 99 WHERE name = 'schema'");

        assertThatThrownBy(() -> store().createTables().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of version 99")
                .hasMessageContaining("use the library that made them, or a newer one");
    }

    /** As a library of tomorrow would do it. */
    @Test
    void olderTablesAreBroughtUpToDateOnRequestAlone() throws Exception {
        put(store().createTables().build(), "1");
        Schema tomorrow = new Schema(
                prefix, database.name().toLowerCase(Locale.ROOT), List.of("V1__tables.sql", "../V2__of_tomorrow.sql"));
        try (Connection connection = database.pool().getConnection()) {
            assertThatThrownBy(() -> tomorrow.prepare(connection, false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("of version 1 instead of 2")
                    .hasMessageContaining("createTables()");

            tomorrow.prepare(connection, true);
            tomorrow.prepare(connection, false);
        }
        database.execute("SELECT note FROM " + prefix + "tomorrow");
        assertThatThrownBy(() -> store().build()).hasMessageContaining("of version 2");
    }

    @Test
    void prefixesKeepStoresApart() {
        SyncStore one = store().createTables().build();
        SyncStore apart = store().tablePrefix(other).createTables().build();
        put(one, "1");

        assertThat(apart.count(Query.of(C, "link"))).isZero();
        assertThat(apart.acquire(C, "b", Duration.ofMinutes(5))).isPresent();
        assertThat(one.acquire(C, "a", Duration.ofMinutes(5))).isPresent();
    }

    @Test
    void aPrefixIsNoStatement() {
        assertThatThrownBy(() -> store().tablePrefix("x; DROP TABLE y; "))
                .hasMessageContaining("letters, digits and underscores");
    }

    @Test
    void aLongValueIsFoundByItsKey() {
        SyncStore store = store().createTables().build();
        String reason = "shared e-mail: ".repeat(40);
        String odd = "not a \0 text";
        Row row = Row.of(C, "skip", "1", "", Map.of("reason", reason, "email", odd), "{}");
        store.commit(new Commit(List.of(new Put(row, SyncStore.ANY)), List.of(), null));

        assertThat(store.count(Query.of(C, "skip").where("reason", reason))).isEqualTo(1);
        assertThat(store.count(Query.of(C, "skip").where("reason", reason + "!")))
                .isZero();
        assertThat(store.count(Query.of(C, "skip").where("email", odd))).isEqualTo(1);
        assertThat(store.find(C, "skip", List.of("1")).get(0).keys()).containsEntry("reason", reason);
    }

    @Test
    void whatDoesNotFitIsSaid() {
        SyncStore store = store().createTables().build();

        assertThatThrownBy(() -> put(store, "x".repeat(301)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the id of a row has up to 300 characters")
                .hasMessageContaining("has 301");
    }

    @Test
    void tablesThatWereHalfMadeAreFinished() throws Exception {
        List<String> statements = JdbcSyncStore.schema(product(), prefix);
        database.execute(statements.subList(0, 3).toArray(new String[0]));

        put(store().createTables().build(), "1");

        assertThat(store().build().count(Query.of(C, "link"))).isEqualTo(1);
    }

    @Test
    void aSchemaMayStandBeforeThePrefix() throws Exception {
        String schema = prefix.replace("_", "");
        database.execute("CREATE SCHEMA " + schema);
        String qualified = schema + ".books_";
        put(store().tablePrefix(qualified).createTables().build(), "1");

        assertThat(store().tablePrefix(qualified).build().count(Query.of(C, "link")))
                .isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsNotKnownIsNamed() {
        assertThatThrownBy(() -> JdbcSyncStore.schema("Oracle", "x_"))
                .hasMessageContaining("the database Oracle is not supported")
                .hasMessageContaining("H2, PostgreSQL, MariaDB");
    }
}
