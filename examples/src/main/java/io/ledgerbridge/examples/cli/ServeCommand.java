package io.ledgerbridge.examples.cli;

import io.ledgerbridge.dbscheduler.DbSchedulerTable;
import io.ledgerbridge.dbscheduler.DbSyncScheduler;
import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.ConnectionStatus;
import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.SyncService;
import io.ledgerbridge.sync.WebhookHandler;
import io.ledgerbridge.time.TimeSource;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps all connections in step until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Keeps all registered connections in step, each on its own schedule, until it is stopped with Ctrl-C."
                        + " Several processes may serve one store: PostgreSQL or MariaDB.")
final class ServeCommand implements Callable<Integer> {

    private static final Duration STOP_WITHIN = Duration.ofMinutes(1);
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    @Mixin
    private StoreSettings settings = new StoreSettings();

    @Option(names = "--for", paramLabel = "TIME", description = "Stop after this time, for instance 30m or 8h.")
    private @Nullable String limit;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many connections run at a time, 4 by default.")
    private int parallelism;

    @Option(
            names = "--webhook-port",
            paramLabel = "PORT",
            description =
                    "Receive webhooks on this port of the loopback address, for a proxy in front of it; see webhooks install.")
    private @Nullable Integer webhookPort;

    @Option(names = "--once", description = "Run every connection that is not paused once, now, and end.")
    private boolean once;

    @Option(names = "--json", description = "Print each run as one line of JSON.")
    private boolean json;

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;

    ServeCommand(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration time = limit == null ? FOR_EVER : Settings.duration("--for", limit);
        CompletableFuture<Boolean> stop = new CompletableFuture<>();
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        Thread onInterrupt = new Thread(() -> {
            stop.complete(true);
            await(stopped, STOP_WITHIN.plusSeconds(10));
        });
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try (Memory memory = settings.memory(environment)) {
            return serve(memory, stop, time);
        } finally {
            stopped.complete(true);
            if (!stop.isDone()) {
                Runtime.getRuntime().removeShutdownHook(onInterrupt);
            }
        }
    }

    private int serve(Memory memory, CompletableFuture<Boolean> stop, Duration time) throws InterruptedException {
        try {
            DbSchedulerTable.create(memory.dataSource());
        } catch (SQLException e) {
            throw new BadSetting("The table scheduled_tasks cannot be made in the store: SQL state " + e.getSQLState()
                    + ". Let its user create tables, or make it as db-scheduler documents it.");
        }
        ConnectionRegistry registry = settings.registry(memory, environment);
        SyncService service = SyncService.builder()
                .store(memory.store())
                .scheduler(DbSyncScheduler.with(memory.dataSource()))
                .parallelism(parallelism)
                .listener(new Printing())
                .connections(registry)
                .build();
        service.start();
        WebhookServer webhooks = webhookPort == null
                ? null
                : WebhookServer.start(
                        webhookPort,
                        WebhookHandler.builder(memory.store(), registry::webhooks)
                                .onQueued(service::requestsNow)
                                .build());
        try {
            if (webhooks != null) {
                err.println("Webhooks are received on port " + webhooks.port() + " of this machine alone.");
            }
            return serve(service, stop, time);
        } finally {
            if (webhooks != null) {
                webhooks.close();
            }
        }
    }

    private int serve(SyncService service, CompletableFuture<Boolean> stop, Duration time) throws InterruptedException {
        err.println("Serving " + service.statuses().size() + " connections; stop with Ctrl-C.");
        if (once) {
            service.statuses().stream().map(ConnectionStatus::connection).forEach(service::runNow);
        }
        Instant end = TimeSource.system().now().plus(time);
        while (!stop.isDone() && TimeSource.system().now().isBefore(end) && !(once && haveAllRun(service))) {
            await(stop, LOOK_EVERY);
        }
        boolean ended = service.stop(STOP_WITHIN);
        int exitCode = tellBroken(service) && ended ? 0 : 1;
        return once ? Math.max(exitCode, tellTurns(service)) : exitCode;
    }

    private static boolean haveAllRun(SyncService service) {
        return service.statuses().stream()
                .allMatch(status -> hadItsTurn(status)
                                && status.state() != ConnectionStatus.State.RUNNING
                                && status.state() != ConnectionStatus.State.DUE
                        || status.state() == ConnectionStatus.State.BROKEN
                        || status.state() == ConnectionStatus.State.PAUSED);
    }

    private static boolean hadItsTurn(ConnectionStatus status) {
        return status.lastReport() != null || !status.reason().isEmpty();
    }

    /** Answers the worst of the exit codes that the turns of all connections would have had alone. */
    private int tellTurns(SyncService service) {
        int worst = 0;
        for (ConnectionStatus status : service.statuses()) {
            if (status.lastReport() != null) {
                worst = Math.max(worst, Reports.exitCode(status.lastReport()));
            } else if (status.state() == ConnectionStatus.State.WAITING) {
                err.println(status.connection() + " has not run: " + status.reason());
                worst = Math.max(worst, 1);
            }
        }
        err.flush();
        return worst;
    }

    /** Answers whether there is none. */
    private boolean tellBroken(SyncService service) {
        List<ConnectionStatus> broken = service.statuses().stream()
                .filter(status -> status.state() == ConnectionStatus.State.BROKEN)
                .toList();
        broken.forEach(status -> err.println(status.connection() + " waits for somebody: " + status.reason()));
        err.flush();
        return broken.isEmpty();
    }

    private static void await(CompletableFuture<Boolean> future, Duration longest) {
        try {
            TimeSource.system().await(future, longest);
        } catch (TimeoutException | ExecutionException e) {
            // The time is over: that is what was waited for as well.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A line for each run. */
    private final class Printing implements SyncListener {
        @Override
        public void progress(String stream, long done, long remaining) {}

        @Override
        public void ended(String connection, SyncReport report) {
            synchronized (out) {
                if (json) {
                    out.println(Reports.json(connection, report));
                } else {
                    out.println(connection + ": " + report.status() + " in "
                            + report.duration().toSeconds() + " s, "
                            + report.calls().zoho() + " calls to Zoho Books, "
                            + report.calls().hubspot() + " to HubSpot"
                            + (report.problem() == null
                                    ? ""
                                    : "; " + report.problem().message() + " "
                                            + report.problem().next()));
                }
                out.flush();
            }
        }
    }
}
