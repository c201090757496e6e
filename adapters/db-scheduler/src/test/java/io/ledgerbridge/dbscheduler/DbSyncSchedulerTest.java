package io.ledgerbridge.dbscheduler;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.ledgerbridge.sync.spi.SyncScheduler;
import io.ledgerbridge.sync.tck.SyncSchedulerContract;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

/** The contract of a scheduler, on db-scheduler with a clock and a thread of the test. */
class DbSyncSchedulerTest extends SyncSchedulerContract {

    private static int databases;

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:scheduler" + ++databases + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final SettableClock clock = new SettableClock();
    private ManualScheduler host;
    private boolean started;

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Override
    protected SyncScheduler newScheduler() {
        clock.set(Instant.parse("2026-03-02T10:00:00Z"));
        try {
            DbSchedulerTable.create(pool);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        // Nobody is lost here, so that a connection has no second time.
        DbSyncScheduler scheduler = DbSyncScheduler.forHost(Duration.ofDays(1_000));
        host = TestHelper.createManualScheduler(pool, scheduler.task())
                .clock(clock)
                .alwaysPersistTimestampInUTC()
                .build();
        return new StartedByHost(scheduler.use(host));
    }

    @Override
    protected Instant now() {
        return clock.now();
    }

    @Override
    protected void pass(Duration time) {
        Instant end = clock.now().plus(time);
        Optional<Instant> next = next(end);
        while (next.isPresent()) {
            if (next.get().isAfter(clock.now())) {
                clock.set(next.get());
            }
            host.runAnyDueExecutions();
            next = next(end);
        }
        clock.set(end);
    }

    private Optional<Instant> next(Instant end) {
        return started
                ? host.getScheduledExecutions().stream()
                        .map(ScheduledExecution::getExecutionTime)
                        .filter(at -> !at.isAfter(end))
                        .min(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** What an application does: its scheduler runs between the start and the stop. */
    private final class StartedByHost implements SyncScheduler {
        private final SyncScheduler inner;

        StartedByHost(SyncScheduler inner) {
            this.inner = inner;
        }

        @Override
        public void start(Consumer<String> runner) {
            inner.start(runner);
            started = true;
        }

        @Override
        public void schedule(String connection, Instant at) {
            inner.schedule(connection, at);
        }

        @Override
        public void scheduleIfAbsent(String connection, Instant at) {
            inner.scheduleIfAbsent(connection, at);
        }

        @Override
        public void cancel(String connection) {
            inner.cancel(connection);
        }

        @Override
        public void stop() {
            inner.stop();
            started = false;
        }
    }
}
