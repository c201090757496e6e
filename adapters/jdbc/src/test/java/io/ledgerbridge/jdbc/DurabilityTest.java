package io.ledgerbridge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a commit has answered is there after the process was killed in the next moment. */
class DurabilityTest {

    private static final int ROWS = 20;

    private static SyncStore open(JdbcConnectionPool pool) {
        return JdbcSyncStore.builder(pool).createTables().build();
    }

    /** A process of its own that commits, and ends as if it were killed. */
    public static final class CommitsAndDies {
        private CommitsAndDies() {}

        public static void main(String[] arguments) {
            SyncStore store = open(JdbcConnectionPool.create(arguments[0], "sa", ""));
            for (int i = 0; i < ROWS; i++) {
                Row row = Row.of("zoho-1", "sending", String.valueOf(i), "", Map.of(), "{}");
                store.commit(new Commit(List.of(new Put(row, SyncStore.ANY)), List.of(), null));
            }
            Runtime.getRuntime().halt(9);
        }
    }

    @Test
    void allCommitsAreThere(@TempDir Path directory) throws Exception {
        String url = "jdbc:h2:" + directory.resolve("store");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommitsAndDies.class.getName(),
                        url)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(9);

        JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
        try {
            assertThat(open(pool).count(Query.of("zoho-1", "sending"))).isEqualTo(ROWS);
        } finally {
            pool.dispose();
        }
    }
}
