package io.ledgerbridge.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ledgerbridge.dbscheduler.DbSyncScheduler;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.SyncService;
import io.ledgerbridge.sync.spi.SyncScheduler;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.tink.TinkCipher;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.sql.DataSource;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** One node that runs all registered connections for some minutes, and prints how it got on as {@code name=value} lines. */
public final class ScalingNode {

    static final Duration INTERVAL = Duration.ofMinutes(30);
    static final int PARALLELISM = 16;

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int HTTP_CONNECTIONS = 32;

    private final TimeSource time = TimeSource.system();
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final List<Duration> lags = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final AtomicLong zohoCalls = new AtomicLong();
    private final AtomicLong hubSpotCalls = new AtomicLong();
    private final AtomicLong worked = new AtomicLong();

    private ScalingNode() {}

    /** @param arguments address of the database, minutes; the keyset is in the environment */
    public static void main(String[] arguments) throws Exception {
        new ScalingNode().run(arguments[0], Duration.ofMinutes(Long.parseLong(arguments[1])));
        System.exit(0);
    }

    private void run(String url, Duration span) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(PARALLELISM + 4);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            CountingStatements counting = new CountingStatements(pool);
            readDueTimes(pool);
            SyncStore store = JdbcSyncStore.builder(counting.dataSource()).build();
            OkHttpClient http = new OkHttpClient.Builder()
                    .connectionPool(new ConnectionPool(HTTP_CONNECTIONS, 5, TimeUnit.MINUTES))
                    .build();
            ConnectionRegistry registry = ConnectionRegistry.builder(
                            store, TinkCipher.keyset(System.getenv("LEDGERBRIDGE_KEYSET")))
                    .zohoBooks(zoho -> zoho.httpClient(http))
                    .hubSpot(hubspot -> hubspot.httpClient(http))
                    .build();
            SyncService service = SyncService.builder()
                    .store(store)
                    .scheduler(new Planned(DbSyncScheduler.with(counting.dataSource())))
                    .parallelism(PARALLELISM)
                    .interval(INTERVAL)
                    .listener(new Watching())
                    .connections(registry)
                    .build();
            print("heapBefore", LiveHeap.bytes());
            Instant begun = time.now();
            service.start();
            time.sleep(span);
            List<Duration> all = lags();
            print("seconds", Duration.between(begun, time.now()).toMillis() / 1_000.0);
            print("cpuSeconds", cpu());
            print("statements", counting.count());
            print("heap", LiveHeap.bytes());
            service.stop(DEADLINE);
            print("runs", all.size());
            print("complete", complete);
            print("others", others);
            print("zohoCalls", zohoCalls);
            print("hubSpotCalls", hubSpotCalls);
            print("runMillis", worked.get() / Math.max(1, complete.get()));
            print("lagMedian", all.get(all.size() / 2).toMillis() / 1_000.0);
            print("lag95", all.get(all.size() * 95 / 100).toMillis() / 1_000.0);
            print("lagMost", all.get(all.size() - 1).toMillis() / 1_000.0);
        }
    }

    /** Sorted; one that should have begun and has not counts as far as it is late. */
    private List<Duration> lags() {
        Instant now = time.now();
        List<Duration> all = new ArrayList<>(lags);
        due.values().stream().filter(at -> at.isBefore(now)).forEach(at -> all.add(Duration.between(at, now)));
        Collections.sort(all);
        return all;
    }

    private static double cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static void print(String name, Object value) {
        System.out.println(name + "=" + value);
    }

    private void readDueTimes(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT task_instance, execution_time FROM scheduled_tasks")) {
            while (rows.next()) {
                due.put(rows.getString(1), rows.getTimestamp(2).toInstant());
            }
        }
    }

    /** Remembers when each connection should run. */
    private final class Planned implements SyncScheduler {
        private final SyncScheduler inner;

        Planned(SyncScheduler inner) {
            this.inner = inner;
        }

        @Override
        public void start(Consumer<String> runner) {
            inner.start(runner);
        }

        @Override
        public void schedule(String connection, Instant at) {
            due.put(connection, at);
            inner.schedule(connection, at);
        }

        @Override
        public void scheduleIfAbsent(String connection, Instant at) {
            due.putIfAbsent(connection, at);
            inner.scheduleIfAbsent(connection, at);
        }

        @Override
        public void cancel(String connection) {
            inner.cancel(connection);
        }

        @Override
        public void stop() {
            inner.stop();
        }
    }

    private final class Watching implements SyncListener {

        @Override
        public void progress(String stream, long done, long remaining) {}

        @Override
        public void started(String connection, String runId) {
            Instant planned = due.remove(connection);
            if (planned != null) {
                Duration lag = Duration.between(planned, time.now());
                lags.add(lag.isNegative() ? Duration.ZERO : lag);
            }
        }

        @Override
        public void ended(String connection, SyncReport report) {
            (report.status() == Status.COMPLETE ? complete : others).incrementAndGet();
            if (report.status() != Status.COMPLETE) {
                System.err.println(connection + ": " + report);
            }
            zohoCalls.addAndGet(report.calls().zoho());
            hubSpotCalls.addAndGet(report.calls().hubspot());
            worked.addAndGet(report.duration().toMillis());
        }
    }
}
