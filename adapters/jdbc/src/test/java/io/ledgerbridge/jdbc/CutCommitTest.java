package io.ledgerbridge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.CommitResult;
import io.ledgerbridge.sync.spi.SyncStore.Delete;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.sync.spi.SyncStore.RowId;
import io.ledgerbridge.sync.spi.SyncStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit whose connection is lost at any of its statements is kept whole or not at all, and can be given once more. */
@ParameterizedClass
@MethodSource("databases")
class CutCommitTest {

    private static final String C = "zoho-1";

    @Parameter
    private Database database;

    static List<Database> databases() {
        return Database.available();
    }

    private static Row row(String id, String status, String body) {
        return Row.of(C, "link", id, status, Map.of("status", status, "kind", "INVOICE"), body);
    }

    private static List<String> contents(SyncStore store) {
        List<String> all = new ArrayList<>();
        for (Query query : List.of(
                Query.of(C, "link"),
                Query.of(C, "link").where("status", "open"),
                Query.of(C, "link").where("status", "paid"))) {
            store.scan(query, null, 100)
                    .forEach(row -> all.add(row.id() + row.order() + row.body() + new TreeMap<>(row.keys())));
            all.add("of " + query.value());
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isKeptWholeOrNotAtAll(boolean afterwards) {
        int cuts = 0;
        int kept = 0;
        boolean reachedTheEnd = false;
        while (!reachedTheEnd) {
            CuttingDataSource source = new CuttingDataSource(database.pool());
            SyncStore store = JdbcSyncStore.builder(source)
                    .tablePrefix(Database.newPrefix())
                    .createTables()
                    .build();
            Lease lease = store.acquire(C, "node", Duration.ofMinutes(5)).orElseThrow();
            store.commit(new Commit(
                    List.of(
                            new Put(row("1", "open", "\"old\""), SyncStore.ANY),
                            new Put(row("2", "open", "\"old\""), SyncStore.ANY)),
                    List.of(),
                    lease));
            List<String> before = contents(store);
            Commit commit = new Commit(
                    List.of(
                            new Put(row("1", "paid", "\"new\""), SyncStore.ANY),
                            new Put(row("3", "open", "\"new\""), SyncStore.ANY)),
                    List.of(new Delete(new RowId(C, "link", "2"), SyncStore.ANY)),
                    lease);

            source.cutAt(cuts, afterwards);
            boolean answered = isAnswered(store, commit);
            source.cutNoMore();
            List<String> after = contents(store);
            assertThat(store.commit(commit)).isInstanceOf(CommitResult.Done.class);
            List<String> meant = contents(store);

            assertThat(after).as("cut at step %d", cuts).isIn(before, meant);
            assertThat(meant)
                    .contains("3open\"new\"{kind=INVOICE, status=open}")
                    .hasSize(2 + 1 + 1 + 3);
            kept += after.equals(meant) ? 1 : 0;
            reachedTheEnd = answered;
            cuts++;
        }
        assertThat(cuts).as("statements of a commit").isGreaterThan(6);
        assertThat(kept).isEqualTo(afterwards ? 2 : 1);
    }

    private static boolean isAnswered(SyncStore store, Commit commit) {
        try {
            store.commit(commit);
            return true;
        } catch (SyncStoreException e) {
            return false;
        }
    }
}
