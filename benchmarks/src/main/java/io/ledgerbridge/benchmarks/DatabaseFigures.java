package io.ledgerbridge.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * A first sync of 255,000 records and a sweep over them with the store in a database, in a heap that is as small as the virtual
 * machine was told: that it ends is what it shows. Fakes run in a process of their own, and so does PostgreSQL.
 */
public final class DatabaseFigures {

    private static final int CALLS_BETWEEN_LOOKS = 5_000;
    private static final double LISTED = 110_000;
    private static final double SWEPT = 100_000;

    private final TimeSource time = TimeSource.system();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Targets targets = new Targets();
    private int calls;
    private long highest;

    private DatabaseFigures() {}

    public static void main(String[] arguments) throws Exception {
        DatabaseFigures figures = new DatabaseFigures();
        if (arguments[0].equals("h2")) {
            Path directory = Files.createTempDirectory("ledgerbridge");
            try {
                figures.print("H2", "jdbc:h2:" + directory.resolve("store") + ";USER=sa");
            } finally {
                delete(directory);
            }
        } else {
            try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
                figures.print("PostgreSQL", server.getJdbcUrl("postgres", "postgres"));
            }
        }
        System.exit(figures.targets.missed() ? 1 : 0);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void print(String database, String url) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(4);
        OkHttpClient http =
                new OkHttpClient.Builder().addInterceptor(this::looked).build();
        try (HikariDataSource pool = new HikariDataSource(config);
                FakesProcess fakes = FakesProcess.start();
                ZohoBooks zoho = ZohoBooks.builder(
                                ZohoCredentials.refreshToken(fakes.clientId, fakes.clientSecret, fakes.refreshToken))
                        .organization(fakes.organizationId)
                        .endpoints(fakes.zohoUrl, fakes.zohoUrl)
                        .httpClient(http)
                        .pacing(ZohoPacing.unlimited())
                        .build();
                HubSpot hubspot = HubSpot.builder(AccessToken.of(fakes.accessToken))
                        .endpoint(fakes.hubSpotUrl)
                        .httpClient(http)
                        .pacing(HubSpotPacing.unlimited())
                        .build()) {
            SyncStore store = JdbcSyncStore.builder(pool).createTables().build();
            SyncEngine engine = SyncEngine.builder(zoho, hubspot)
                    .store(store)
                    .sweepEvery(Duration.ofNanos(1))
                    .build();
            long begin = time.nanoTime();
            complete(engine.run());
            System.out.printf("First sync on %s: %.0f s%n", database, (time.nanoTime() - begin) / 1e9);
            heap("First sync on " + database);
            sweep(engine, database);
        }
    }

    private void sweep(SyncEngine engine, String database) {
        highest = 0;
        long before = system.getProcessCpuTime();
        SyncReport report = engine.run();
        double cpu = (system.getProcessCpuTime() - before) / 1e9;
        complete(report);
        targets.tell(
                "Sweep on " + database + ": calls of Zoho Books",
                String.valueOf(report.calls().zoho()),
                ">= " + (int) LISTED / 200 + ", so that all was read",
                report.calls().zoho() >= LISTED / 200);
        targets.tell(
                "Sweep on " + database + ": calls of HubSpot",
                String.valueOf(report.calls().hubspot()),
                "0",
                report.calls().hubspot() == 0);
        double ofHundredThousand = cpu * SWEPT / LISTED;
        targets.tell(
                "Sweep on " + database + ": CPU of the whole process, for 100,000 records",
                String.format("%.1f s", ofHundredThousand),
                "<= 15 s",
                ofHundredThousand <= 15);
        heap("Sweep on " + database);
    }

    private void heap(String what) {
        highest = Math.max(highest, LiveHeap.bytes());
        double limit = Runtime.getRuntime().maxMemory() / 1e6;
        targets.tell(
                what + ": whole live heap, in a heap of " + Math.round(limit) + " MB",
                String.format("%.0f MB", highest / 1e6),
                "< 128 MB",
                highest < 128e6 && limit < 135);
    }

    private static void complete(SyncReport report) {
        if (report.status() != SyncReport.Status.COMPLETE) {
            throw new IllegalStateException("the sync is not complete: " + report);
        }
    }

    private Response looked(Interceptor.Chain chain) throws IOException {
        if (++calls % CALLS_BETWEEN_LOOKS == 0) {
            highest = Math.max(highest, LiveHeap.bytes());
        }
        return chain.proceed(chain.request());
    }
}
