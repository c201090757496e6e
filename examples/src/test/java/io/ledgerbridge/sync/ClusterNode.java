package io.ledgerbridge.sync;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ledgerbridge.dbscheduler.DbSyncScheduler;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.tink.TinkCipher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** A process that runs connections together with others, with a lease so short that it is lost when the process is stopped. */
public final class ClusterNode {

    static final Duration LEASE = Duration.ofSeconds(3);
    static final String REFUSED = "REFUSED ";
    static final String FENCE = "fence";

    private static final Duration CALL = Duration.ofSeconds(2);
    private static final Duration RECHECK = Duration.ofSeconds(6);
    private static final Duration SWEEP = Duration.ofSeconds(20);

    private ClusterNode() {}

    /** @param arguments address of the database; the keyset is in the environment */
    public static void main(String[] arguments) throws IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setMaximumPoolSize(12);
        HikariDataSource pool = new HikariDataSource(config);
        SyncStore store = new Telling(JdbcSyncStore.builder(pool).build());
        OkHttpClient http = new OkHttpClient.Builder().callTimeout(CALL).build();
        ConnectionRegistry registry = ConnectionRegistry.builder(
                        store, TinkCipher.keyset(System.getenv("LEDGERBRIDGE_KEYSET")))
                .zohoBooks(zoho -> zoho.httpClient(http))
                .hubSpot(hubspot -> hubspot.httpClient(http))
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

        Telling(SyncStore inner) {
            super(inner);
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
            CommitResult result = super.commit(new Commit(puts, commit.deletes(), lease));
            if (!(result instanceof CommitResult.Done)) {
                System.out.println(REFUSED + lease.connection());
            }
            return result;
        }

        @Override
        public Optional<Lease> renew(Lease lease, Duration ttl) {
            Optional<Lease> renewed = super.renew(lease, ttl);
            if (renewed.isEmpty()) {
                System.out.println(REFUSED + lease.connection());
            }
            return renewed;
        }
    }
}
