package io.ledgerbridge.sync;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ledgerbridge.dbscheduler.DbSyncScheduler;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.tink.TinkCipher;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** A process that runs connections together with others, with a lease so short that it is lost when the process is stopped. */
public final class ClusterNode {

    static final Duration LEASE = Duration.ofSeconds(3);
    /** A commit that came too late was refused. */
    static final String REFUSED = "REFUSED ";
    /** A process wanted to go on that had lost its lease. */
    static final String NOT_PROLONGED = "NOT PROLONGED ";
    /** A call was answered when another process had the connection, with the fence that it was sent under. */
    static final String LATE = "LATE ";
    /** The process was stopped between sending a call and reading its answer. */
    static final String ACROSS = "ACROSS ";

    static final String FENCE = "fence";

    private static final Duration SLOW_COMMIT = Duration.ofMillis(60);
    private static final Duration CALL = Duration.ofSeconds(2);
    private static final Duration RECHECK = Duration.ofSeconds(6);
    private static final Duration SWEEP = Duration.ofSeconds(20);

    private ClusterNode() {}

    /**
     * @param arguments address of the database, then a port of HubSpot and the name of its connection, and so on; the keyset is in
     *     the environment
     */
    public static void main(String[] arguments) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setMaximumPoolSize(12);
        HikariDataSource pool = new HikariDataSource(config);
        Telling store = new Telling(JdbcSyncStore.builder(pool).build());
        Map<Integer, String> connections = new HashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            connections.put(Integer.valueOf(arguments[i]), arguments[i + 1]);
        }
        OkHttpClient http = new OkHttpClient.Builder().callTimeout(CALL).build();
        OkHttpClient watched = http.newBuilder()
                .addInterceptor(new Watching(store, pool, connections))
                .build();
        ConnectionRegistry registry = ConnectionRegistry.builder(
                        store, TinkCipher.keyset(System.getenv("LEDGERBRIDGE_KEYSET")))
                .zohoBooks(zoho -> zoho.httpClient(http))
                .hubSpot(hubspot -> hubspot.httpClient(watched))
                .engine(connection ->
                        engine -> engine.lease(LEASE).recheckAfter(RECHECK).sweepEvery(SWEEP))
                .build();
        DbSyncScheduler scheduler = DbSyncScheduler.forHost(Duration.ofSeconds(8));
        Scheduler host = Scheduler.create(pool, scheduler.task())
                .pollingInterval(Duration.ofMillis(300))
                .threads(8)
                .alwaysPersistTimestampInUTC()
                .build();
        scheduler.use(host);
        SyncService service = SyncService.builder()
                .store(store)
                .scheduler(scheduler)
                .parallelism(6)
                .interval(Duration.ofSeconds(3))
                .connections(registry)
                .build();
        service.start();
        host.start();
        System.out.println("READY");
        // Until it is killed, or whoever has started it is gone.
        while (System.in.read() >= 0) {
            service.statuses();
        }
        System.exit(0);
    }

    /** Writes the fence of each commit beside it, and tells what was refused. */
    private static final class Telling extends ForwardingSyncStore {

        private final Map<String, Long> fences = new ConcurrentHashMap<>();

        Telling(SyncStore inner) {
            super(inner);
        }

        @Override
        public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
            Optional<Lease> lease = super.acquire(connection, owner, ttl);
            lease.ifPresent(given -> fences.put(connection, given.fence()));
            return lease;
        }

        @Override
        public CommitResult commit(Commit commit) {
            Lease lease = commit.lease();
            if (lease == null) {
                return super.commit(commit);
            }
            List<Put> puts = new ArrayList<>(commit.puts());
            puts.add(new Put(
                    Row.of(lease.connection(), FENCE, "last", "", Map.of(), String.valueOf(lease.fence())), ANY));
            slowDown();
            CommitResult result = super.commit(new Commit(puts, commit.deletes(), lease));
            if (result instanceof CommitResult.LeaseLost) {
                System.out.println(REFUSED + lease.connection());
            }
            return result;
        }

        @Override
        public Optional<Lease> renew(Lease lease, Duration ttl) {
            Optional<Lease> renewed = super.renew(lease, ttl);
            if (renewed.isEmpty()) {
                System.out.println(NOT_PROLONGED + lease.connection());
            }
            return renewed;
        }

        /** A commit is on its way for a while, so that a process may be stopped meanwhile. */
        private static void slowDown() {
            try {
                TimeSource.system().sleep(SLOW_COMMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Tells of calls that were answered too late. */
    private record Watching(Telling store, DataSource database, Map<Integer, String> connections)
            implements Interceptor {

        @Override
        public Response intercept(Chain chain) throws IOException {
            String connection =
                    String.valueOf(connections.get(chain.request().url().port()));
            Long fence = store.fences.get(connection);
            long begun = System.nanoTime();
            try {
                return chain.proceed(chain.request());
            } finally {
                if (System.nanoTime() - begun > LEASE.toNanos()) {
                    System.out.println(ACROSS + connection);
                }
                if (fence != null && fence != fenceNow(connection)) {
                    System.out.println(LATE + connection + " " + fence);
                }
            }
        }

        private long fenceNow(String connection) throws IOException {
            try (Connection open = database.getConnection();
                    PreparedStatement statement =
                            open.prepareStatement("SELECT fence FROM ledgerbridge_lease WHERE connection = ?")) {
                statement.setString(1, connection);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : 0;
                }
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
