package io.ledgerbridge.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.CommitResult;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.time.TimeSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** What commits and look-ups cost on a PostgreSQL that keeps what it has answered, as ratios within one run. */
public final class StoreFigures {

    private static final String C = "zoho-60012345678";
    private static final int LINKS = 100;
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int LOOKED_UP = 200;
    private static final int TIMES = 101;
    private static final int WARM_UP = 60;
    /** What PostgreSQL advises is a quarter of the memory; its default is for small machines. */
    private static final String SHARED_BUFFERS = "2GB";

    private final TimeSource time = TimeSource.system();
    private final Random random = new Random(11);
    private final Targets targets = new Targets();
    private final SyncStore store;
    private final DataSource pool;
    private final Lease lease;
    private int audited;
    private int filled;

    private StoreFigures(SyncStore store, DataSource pool) {
        this.store = store;
        this.pool = pool;
        lease = store.acquire(C, "benchmark", Duration.ofDays(1)).orElseThrow();
    }

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", SHARED_BUFFERS)
                .start()) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
            config.setMaximumPoolSize(4);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                StoreFigures figures = new StoreFigures(
                        JdbcSyncStore.builder(pool).createTables().build(), pool);
                figures.print();
                System.exit(figures.targets.missed() ? 1 : 0);
            }
        }
    }

    private void print() {
        commits();
        fill(FEW);
        double few = lookUp();
        fill(MANY);
        double many = lookUp();
        System.out.printf(
                "Look-up of %d links: %.2f ms among %,d, %.2f ms among %,d%n", LOOKED_UP, few, FEW, many, MANY);
        targets.tell(
                "Look-up among 1,000,000 links, times that among 10,000",
                String.format("%.2f", many / few),
                "<= 2",
                many <= 2 * few);
    }

    private void commits() {
        for (int i = 0; i < WARM_UP; i++) {
            commit(links(LINKS));
            commit(links(1));
        }
        double one = median(() -> commit(links(1)));
        double hundred = median(() -> commit(links(LINKS)));
        System.out.printf("Commit with audit: %.2f ms for one link, %.2f ms for %d%n", one, hundred, LINKS);
        targets.tell(
                "Commit of 100 links with audit, times that of one",
                String.format("%.1f", hundred / one),
                "<= 8",
                hundred <= 8 * one);
        targets.tell(
                "The same, share of 100 commits of one",
                String.format("%.3f", hundred / (LINKS * one)),
                "<= 0.1",
                hundred <= 0.1 * LINKS * one);
    }

    /** In milliseconds. */
    private double median(Runnable work) {
        double[] spans = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long begin = time.nanoTime();
            work.run();
            spans[i] = (time.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(spans);
        return spans[TIMES / 2];
    }

    private List<Row> links(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> link("9" + String.format("%09d", random.nextInt(1_000_000_000))))
                .toList();
    }

    /** As the engine keeps an invoice. */
    private static Row link(String id) {
        return Row.of(
                C,
                "link",
                "INVOICE/" + id,
                "",
                Map.of("INVOICE.target", "555" + id, "INVOICE.customer", "2000000" + id.substring(6)),
                "{\"kind\":\"INVOICE\",\"sourceId\":\"" + id + "\",\"targetId\":\"555" + id + "\",\"stamp\":"
                        + "\"2026-03-02T04:45:30Z\",\"values\":{" + "\"zoho_books_total\":\"120.50\",".repeat(14)
                        + "\"hs_currency\":\"USD\"},\"facts\":{" + "\"balance\":\"120.50\",".repeat(6)
                        + "\"status\":\"open\"}}");
    }

    private void commit(List<Row> links) {
        List<Put> puts = new ArrayList<>();
        for (Row link : links) {
            puts.add(new Put(link, SyncStore.ANY));
            String sequence = String.format("%012d", ++audited);
            puts.add(new Put(
                    Row.of(
                            C,
                            "audit",
                            sequence,
                            "2026-03-02T04:45:30.000Z/" + sequence,
                            Map.of("record", "invoices/" + link.id(), "run", "0b1c2d3e-run"),
                            "{\"sequence\":" + audited + ",\"payload\":{"
                                    + "\"name\":{\"after\":\"120.50\"},".repeat(12) + "\"x\":0},\"seal\":\""
                                    + "0123456789abcdef".repeat(8) + "\"}"),
                    SyncStore.ANY));
        }
        puts.add(new Put(Row.of(C, "checkpoint", "audit", "", Map.of(), "{\"head\":" + audited + "}"), SyncStore.ANY));
        write(puts);
    }

    private void write(List<Put> puts) {
        if (!(store.commit(new Commit(puts, List.of(), lease)) instanceof CommitResult.Done)) {
            throw new IllegalStateException("a commit was not done");
        }
    }

    private static String filledId(int number) {
        return "1" + String.format("%09d", number);
    }

    private void fill(int upTo) {
        while (filled < upTo) {
            List<Put> puts = IntStream.range(filled, Math.min(upTo, filled + 2_000))
                    .mapToObj(number -> new Put(link(filledId(number)), SyncStore.ANY))
                    .toList();
            write(puts);
            filled += puts.size();
        }
        // As the server's own vacuuming does within a minute.
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private double lookUp() {
        Runnable once = () -> {
            List<String> ids = IntStream.range(0, LOOKED_UP)
                    .mapToObj(i -> "INVOICE/" + filledId(random.nextInt(filled)))
                    .distinct()
                    .toList();
            if (store.find(C, "link", ids).size() != ids.size()) {
                throw new IllegalStateException("a link was not found");
            }
        };
        for (int i = 0; i < WARM_UP; i++) {
            once.run();
        }
        return median(once);
    }
}
