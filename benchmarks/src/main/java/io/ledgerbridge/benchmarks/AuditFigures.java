package io.ledgerbridge.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.AuditQuery;
import io.ledgerbridge.sync.AuditTrail;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What it takes to ask an audit trail about one record, among few entries and among many. */
public final class AuditFigures {

    private static final String CONNECTION = "acme";
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int OF_A_RECORD = 10;
    private static final int AT_ONCE = 2_000;
    private static final int TIMES = 201;
    private static final double LONGEST_MILLIS = 50;

    private final TimeSource time = TimeSource.system();
    private final Random random = new Random(12);
    private final Targets targets;
    private final SyncStore store;
    private int filled;

    private AuditFigures(SyncStore store, Targets targets) {
        this.store = store;
        this.targets = targets;
    }

    public static void main(String[] arguments) throws Exception {
        Targets targets = new Targets();
        Path directory = Files.createTempDirectory("ledgerbridge");
        try {
            print("H2", "jdbc:h2:" + directory.resolve("store") + ";USER=sa", targets);
        } finally {
            delete(directory);
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            print("PostgreSQL", server.getJdbcUrl("postgres", "postgres"), targets);
        }
        System.exit(targets.missed() ? 1 : 0);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void print(String database, String url, Targets targets) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(2);
        try (HikariDataSource pool = new HikariDataSource(config);
                ZohoBooks zoho = ZohoBooks.builder(
                                ZohoCredentials.refreshToken("1000.client", "secret", "1000.refresh"))
                        .organization("60012345678")
                        .build();
                HubSpot hubspot = HubSpot.builder(AccessToken.of("pat-na1-00000000-0000-0000-0000-000000000000"))
                        .build()) {
            SyncStore store = JdbcSyncStore.builder(pool).createTables().build();
            AuditTrail trail = SyncEngine.builder(zoho, hubspot)
                    .store(store)
                    .connection(CONNECTION)
                    .build()
                    .audit();
            new AuditFigures(store, targets).print(database, trail);
        }
    }

    private void print(String database, AuditTrail trail) {
        fill(FEW);
        double few = median(trail);
        fill(MANY);
        double many = median(trail);
        System.out.printf(
                "Trail of one record on %s: %.2f ms among %,d entries, %.2f ms among %,d%n",
                database, few, FEW, many, MANY);
        targets.tell(
                "Trail of one record among 1,000,000 entries on " + database,
                String.format("%.2f ms", many),
                "< 50 ms",
                many < LONGEST_MILLIS);
        targets.tell("The same, times that among 10,000", String.format("%.2f", many / few), "<= 2", many <= 2 * few);
    }

    /** In milliseconds. */
    private double median(AuditTrail trail) {
        double[] spans = new double[TIMES];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < TIMES; i++) {
                String record = record(random.nextInt(filled / OF_A_RECORD));
                long begin = time.nanoTime();
                List<AuditEntry> entries = trail.list(AuditQuery.ofRecord("invoices", record));
                spans[i] = (time.nanoTime() - begin) / 1e6;
                if (entries.size() != OF_A_RECORD) {
                    throw new IllegalStateException("an entry was not found");
                }
            }
        }
        Arrays.sort(spans);
        return spans[TIMES / 2];
    }

    private static String record(int number) {
        return "2000000000" + String.format("%09d", number);
    }

    /** The entries of a record are far from each other, as in life. */
    private void fill(int upTo) {
        int records = upTo / OF_A_RECORD;
        int first = filled / OF_A_RECORD;
        for (int entry = 0; entry < OF_A_RECORD; entry++) {
            int round = entry;
            for (int from = first; from < records; from += AT_ONCE) {
                List<Put> puts = IntStream.range(from, Math.min(records, from + AT_ONCE))
                        .mapToObj(number -> new Put(row(number, (long) round * MANY + number), SyncStore.ANY))
                        .toList();
                store.commit(new Commit(puts, List.of(), null));
                filled += puts.size();
            }
        }
    }

    /** As the engine enters a change of an invoice. */
    private static Row row(int number, long sequence) {
        String padded = String.format("%012d", sequence);
        String at = "2026-03-02T04:45:30.000Z";
        return Row.of(
                CONNECTION,
                "audit",
                padded,
                at + "/" + padded,
                Map.of("record", "invoices/" + record(number), "run", "run-" + sequence / AT_ONCE),
                "{\"sequence\":" + sequence + ",\"at\":\"" + at
                        + "\",\"run\":\"run\",\"stream\":\"invoices\",\"record\":\""
                        + record(number) + "\",\"target\":\"55512345001\",\"version\":\"2026-03-02T04:45:30Z\","
                        + "\"decision\":\"UPDATED\",\"correlation\":\"018f2c1e-0000-7c19-9b0e-000000000039\","
                        + "\"payload\":{\"reason\":\"\",\"changes\":{\"zoho_books_balance\":{\"before\":\"120.50\",\"after\":\"0\"},"
                        + "\"zoho_books_status\":{\"before\":\"sent\",\"after\":\"paid\"}}},\"digest\":\""
                        + "0123456789abcdef".repeat(4) + "\",\"previous\":\"" + "0123456789abcdef".repeat(4)
                        + "\",\"seal\":\"" + "0123456789abcdef".repeat(4) + "\",\"key\":\"0b1c2d3e4f50\"}");
    }
}
