package io.ledgerbridge.sync.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.spi.SyncScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SyncScheduler} has to do. */
public abstract class SyncSchedulerContract {

    private final List<String> runs = Collections.synchronizedList(new ArrayList<>());
    private SyncScheduler scheduler;

    /** One with nothing scheduled. */
    protected abstract SyncScheduler newScheduler();

    /** The time by which it goes. */
    protected abstract Instant now();

    /** Lets the time pass, and what is due be run. */
    protected abstract void pass(Duration time);

    @BeforeEach
    void begin() {
        scheduler = newScheduler();
    }

    @AfterEach
    void end() {
        scheduler.stop();
    }

    private void start() {
        scheduler.start(runs::add);
    }

    private Instant in(Duration time) {
        return now().plus(time);
    }

    @Test
    void aConnectionRunsAtItsTimeAndNotBefore() {
        start();
        scheduler.schedule("a", in(Duration.ofMinutes(10)));
        pass(Duration.ofMinutes(9));
        assertThat(runs).isEmpty();
        pass(Duration.ofMinutes(2));
        assertThat(runs).containsExactly("a");
    }

    @Test
    void itRunsOnceForEachTime() {
        start();
        scheduler.schedule("a", in(Duration.ofMinutes(1)));
        pass(Duration.ofHours(1));
        assertThat(runs).containsExactly("a");
        scheduler.schedule("a", in(Duration.ofMinutes(1)));
        pass(Duration.ofHours(1));
        assertThat(runs).containsExactly("a", "a");
    }

    @Test
    void aTimeInThePastMeansNow() {
        start();
        scheduler.schedule("a", in(Duration.ofHours(-1)));
        pass(Duration.ofMinutes(1));
        assertThat(runs).containsExactly("a");
    }

    @Test
    void aNewTimeReplacesTheOldOne() {
        start();
        scheduler.schedule("a", in(Duration.ofMinutes(10)));
        scheduler.schedule("a", in(Duration.ofMinutes(30)));
        pass(Duration.ofMinutes(20));
        assertThat(runs).isEmpty();
        scheduler.schedule("a", in(Duration.ofMinutes(1)));
        pass(Duration.ofMinutes(2));
        assertThat(runs).containsExactly("a");
        pass(Duration.ofHours(1));
        assertThat(runs).containsExactly("a");
    }

    @Test
    void aTimeThatIsThereIsKept() {
        start();
        scheduler.schedule("a", in(Duration.ofMinutes(30)));
        scheduler.scheduleIfAbsent("a", in(Duration.ofMinutes(10)));
        scheduler.scheduleIfAbsent("b", in(Duration.ofMinutes(10)));
        pass(Duration.ofMinutes(20));
        assertThat(runs).containsExactly("b");
        pass(Duration.ofMinutes(20));
        assertThat(runs).containsExactly("b", "a");
    }

    @Test
    void whatWasCancelledHasNoTime() {
        start();
        scheduler.schedule("a", in(Duration.ofMinutes(30)));
        scheduler.cancel("a");
        scheduler.scheduleIfAbsent("a", in(Duration.ofMinutes(10)));
        pass(Duration.ofMinutes(20));
        assertThat(runs).containsExactly("a");
    }

    @Test
    void connectionsDoNotTouchEachOther() {
        start();
        scheduler.schedule("a", in(Duration.ofMinutes(10)));
        scheduler.schedule("b", in(Duration.ofMinutes(5)));
        scheduler.schedule("c", in(Duration.ofMinutes(15)));
        scheduler.cancel("a");
        pass(Duration.ofHours(1));
        assertThat(runs).containsExactly("b", "c");
    }

    @Test
    void cancellingWhatIsNotScheduledIsNothing() {
        start();
        scheduler.cancel("a");
        scheduler.schedule("a", in(Duration.ofMinutes(1)));
        pass(Duration.ofMinutes(2));
        scheduler.cancel("a");
        assertThat(runs).containsExactly("a");
    }

    @Test
    void whatIsScheduledBeforeTheStartRunsAfterIt() {
        scheduler.schedule("a", in(Duration.ofMinutes(1)));
        pass(Duration.ofMinutes(5));
        assertThat(runs).isEmpty();
        start();
        pass(Duration.ofMinutes(1));
        assertThat(runs).containsExactly("a");
    }

    @Test
    void aRunnerMayScheduleItsNextRun() {
        scheduler.start(connection -> {
            runs.add(connection);
            scheduler.schedule(connection, in(Duration.ofMinutes(10)));
        });
        scheduler.schedule("a", in(Duration.ofMinutes(10)));
        pass(Duration.ofMinutes(45));
        assertThat(runs).hasSize(4);
    }

    @Test
    void aRunnerThatFailsStopsNobody() {
        scheduler.start(connection -> {
            runs.add(connection);
            if (connection.equals("a")) {
                throw new IllegalStateException("the runner fails");
            }
        });
        scheduler.schedule("a", in(Duration.ofMinutes(1)));
        scheduler.schedule("b", in(Duration.ofMinutes(2)));
        pass(Duration.ofMinutes(5));
        scheduler.schedule("a", in(Duration.ofMinutes(1)));
        pass(Duration.ofMinutes(5));
        assertThat(runs).containsExactly("a", "b", "a");
    }

    @Test
    void whatIsLateRunsOnceHoweverLate() {
        start();
        scheduler.schedule("a", in(Duration.ofMinutes(1)));
        scheduler.schedule("a", in(Duration.ofMinutes(1)));
        scheduler.schedule("b", in(Duration.ofDays(29)));
        pass(Duration.ofDays(30));
        assertThat(runs).containsExactly("a", "b");
    }

    @Test
    void afterTheStopNothingRuns() {
        start();
        scheduler.schedule("a", in(Duration.ofMinutes(1)));
        scheduler.stop();
        pass(Duration.ofHours(1));
        assertThat(runs).isEmpty();
    }
}
