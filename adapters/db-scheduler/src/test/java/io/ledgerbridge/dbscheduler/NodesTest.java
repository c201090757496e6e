package io.ledgerbridge.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes on one table, in PostgreSQL. */
class NodesTest {

    private static final Duration AGAIN = Duration.ofMinutes(15);

    private final SettableClock clock = new SettableClock();
    private EmbeddedPostgres server;

    private final class Node {
        final List<String> runs = new ArrayList<>();
        final DbSyncScheduler scheduler = DbSyncScheduler.forHost(AGAIN);
        final ManualScheduler host;

        Node(DataSource dataSource) {
            host = TestHelper.createManualScheduler(dataSource, scheduler.task())
                    .clock(clock)
                    .build();
            scheduler.use(host).start(runs::add);
        }
    }

    private Node one;
    private Node other;

    @BeforeEach
    void begin() throws Exception {
        clock.set(Instant.parse("2026-03-02T10:00:00Z"));
        server = EmbeddedPostgres.builder().start();
        DbSchedulerTable.create(server.getPostgresDatabase());
        DbSchedulerTable.create(server.getPostgresDatabase());
        one = new Node(server.getPostgresDatabase());
        other = new Node(server.getPostgresDatabase());
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    private Instant in(Duration time) {
        return clock.now().plus(time);
    }

    private void tick(Duration time) {
        clock.tick(time);
        one.host.runAnyDueExecutions();
        other.host.runAnyDueExecutions();
    }

    @Test
    void oneOfThemRunsWhatIsDue() {
        one.scheduler.schedule("acme", in(Duration.ofMinutes(5)));
        tick(Duration.ofMinutes(6));

        assertThat(one.runs).containsExactly("acme");
        assertThat(other.runs).isEmpty();
    }

    /** Its process was lost in the middle of the run: nobody has given the connection another time. */
    @Test
    void whatIsLostWithItsProcessIsRunByTheOther() {
        one.scheduler.schedule("acme", in(Duration.ZERO));
        one.host.runAnyDueExecutions();
        assertThat(one.runs).containsExactly("acme");

        clock.tick(AGAIN.plusMinutes(1));
        other.host.runAnyDueExecutions();

        assertThat(other.runs).containsExactly("acme");
    }

    @Test
    void aStartDoesNotTouchTheTimesThatOthersHaveGiven() {
        one.scheduler.schedule("acme", in(Duration.ofMinutes(30)));
        other.scheduler.scheduleIfAbsent("acme", in(Duration.ofSeconds(10)));
        tick(Duration.ofMinutes(1));
        assertThat(one.runs).isEmpty();
        assertThat(other.runs).isEmpty();

        tick(Duration.ofMinutes(30));
        assertThat(one.runs).containsExactly("acme");
    }

    @Test
    void whatOneCancelsTheOtherDoesNotRun() {
        one.scheduler.schedule("acme", in(Duration.ofMinutes(5)));
        other.scheduler.cancel("acme");
        tick(Duration.ofHours(1));

        assertThat(one.runs).isEmpty();
        assertThat(other.runs).isEmpty();
    }

    @Test
    void aDatabaseThatIsNotKnownIsNamed() {
        assertThatThrownBy(() -> DbSchedulerTable.statements("Oracle"))
                .hasMessageContaining("the database Oracle is not supported");
    }

    @Test
    void withoutASchedulerItSaysSo() {
        assertThatThrownBy(() -> DbSyncScheduler.forHost().schedule("acme", clock.now()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("use(...)");
    }
}
