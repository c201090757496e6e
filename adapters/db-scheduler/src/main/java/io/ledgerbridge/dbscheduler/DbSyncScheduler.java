package io.ledgerbridge.dbscheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.ledgerbridge.sync.spi.SyncScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the times of connections in a table of db-scheduler, so that any of several processes runs a connection when it is due, and
 * none is forgotten when a process ends. One for each process.
 *
 * <pre>{@code
 * SyncScheduler scheduler = DbSyncScheduler.with(dataSource);           // a scheduler of its own, in the table scheduled_tasks
 *
 * DbSyncScheduler scheduler = DbSyncScheduler.forHost();                // or the application's
 * Scheduler host = Scheduler.create(dataSource, scheduler.task(), ...).build();
 * scheduler.use(host);
 * }</pre>
 *
 * <p>A connection that has begun to run is due once more after {@link #again}, until its run gives it another time: so it goes on
 * elsewhere if this process is lost. If the run is still on its way then, the lease keeps the second away. The table is made with
 * what {@link DbSchedulerTable#statements} gives, or as db-scheduler documents it.
 */
public final class DbSyncScheduler implements SyncScheduler {

    /** Name of the task in db-scheduler's table. */
    public static final String TASK = "ledgerbridge-connection";

    private static final Logger log = LoggerFactory.getLogger(DbSyncScheduler.class);

    private static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of(TASK);
    private static final Duration AGAIN = Duration.ofMinutes(15);
    private static final Duration POLLING = Duration.ofSeconds(5);

    private final Task<Void> task;
    private final Duration again;
    private @Nullable SchedulerClient client;
    private @Nullable Scheduler own;
    private @Nullable Consumer<String> runner;
    private final Map<String, Wish> executing = new HashMap<>();

    /** What was said of a connection while db-scheduler executes it. */
    private static final class Wish {
        private @Nullable Instant at;
        private boolean cancelled;
    }

    private DbSyncScheduler(Duration again) {
        this.again = again;
        this.task = Tasks.custom(DESCRIPTOR).execute((instance, context) -> execute(instance.getId()));
    }

    /** With a scheduler of its own on db-scheduler's usual table, which looks for what is due every five seconds. */
    public static DbSyncScheduler with(DataSource dataSource) {
        DbSyncScheduler scheduler = new DbSyncScheduler(AGAIN);
        Scheduler own = Scheduler.create(dataSource, scheduler.task)
                .pollingInterval(POLLING)
                .enableImmediateExecution()
                .alwaysPersistTimestampInUTC()
                .build();
        scheduler.own = own;
        scheduler.client = own;
        return scheduler;
    }

    /** For the application's scheduler, which gets {@link #task} and then stands in {@link #use}; it is started and stopped there. */
    public static DbSyncScheduler forHost() {
        return new DbSyncScheduler(AGAIN);
    }

    /**
     * As {@link #forHost}, with another time after which a connection is due once more if its run has given it none: 15 minutes by
     * default. Longer than the engine's lease, so that the one that was lost can be followed.
     */
    public static DbSyncScheduler forHost(Duration again) {
        return new DbSyncScheduler(again);
    }

    /** What the application's scheduler must know. */
    public Task<Void> task() {
        return task;
    }

    /** The application's scheduler. */
    public synchronized DbSyncScheduler use(Scheduler host) {
        client = host;
        return this;
    }

    /** After which time a connection is due once more if its run has given it none. */
    public Duration again() {
        return again;
    }

    private SchedulerClient client() {
        if (client == null) {
            throw new IllegalStateException("no scheduler is known; give the application's with use(...)");
        }
        return client;
    }

    private static TaskInstance<Void> instance(String connection) {
        return DESCRIPTOR.instance(connection).build();
    }

    @Override
    public void start(Consumer<String> newRunner) {
        Scheduler starting;
        synchronized (this) {
            runner = newRunner;
            starting = own;
        }
        if (starting != null) {
            starting.start();
        }
    }

    /** Called by db-scheduler, on one of its threads. */
    private CompletionHandler<Void> execute(String connection) {
        Consumer<String> target;
        synchronized (this) {
            executing.put(connection, new Wish());
            target = runner;
        }
        if (target == null) {
            log.debug("{} is due, but nobody runs connections here", connection);
        } else {
            try {
                target.accept(connection);
            } catch (RuntimeException e) {
                log.error("The runner of {} has failed", connection, e);
            }
        }
        return (complete, operations) -> {
            synchronized (this) {
                Wish wish = executing.remove(connection);
                if (wish != null && wish.cancelled) {
                    operations.remove();
                } else {
                    Instant at = wish == null ? null : wish.at;
                    operations.reschedule(
                            complete, at == null ? complete.getTimeDone().plus(again) : at);
                }
            }
        };
    }

    @Override
    public synchronized void schedule(String connection, Instant at) {
        Wish wish = executing.get(connection);
        if (wish != null) {
            wish.at = at;
            wish.cancelled = false;
            return;
        }
        try {
            client().schedule(instance(connection), at, ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
        } catch (TaskInstanceCurrentlyExecutingException e) {
            log.debug("Another process begins with {} at this moment; it will give it its next time", connection);
        }
    }

    @Override
    public synchronized void scheduleIfAbsent(String connection, Instant at) {
        client().schedule(instance(connection), at, ScheduleOptions.WHEN_EXISTS_DO_NOTHING);
    }

    @Override
    public synchronized void cancel(String connection) {
        Wish wish = executing.get(connection);
        if (wish != null) {
            wish.cancelled = true;
            return;
        }
        try {
            client().cancel(DESCRIPTOR.instanceId(connection));
        } catch (TaskInstanceNotFoundException e) {
            log.debug("{} has no time that could be cancelled", connection);
        } catch (TaskInstanceCurrentlyExecutingException e) {
            log.debug("Another process begins with {} at this moment; it will see that it is not to run", connection);
        }
    }

    /** What is scheduled stays in the table, for other processes and for the next start. */
    @Override
    public void stop() {
        Scheduler stopping;
        synchronized (this) {
            runner = null;
            stopping = own;
        }
        if (stopping != null) {
            stopping.stop();
        }
    }
}
