package io.ledgerbridge.sync;

import io.ledgerbridge.sync.ConnectionSource.Listed;
import io.ledgerbridge.sync.ConnectionStatus.State;
import io.ledgerbridge.sync.SyncReport.Problem;
import io.ledgerbridge.sync.internal.EngineCore;
import io.ledgerbridge.sync.spi.SyncScheduler;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.time.TimeSource.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps many connections in step, each on its own schedule. So many run at a time as there are workers, the others in turn;
 * what is wrong with one does not touch the others. Make one per process; several processes may share a store.
 *
 * <pre>{@code
 * SyncService service = SyncService.builder()
 *     .store(store)
 *     .scheduler(SyncScheduler.inProcess())
 *     .connections(List.of(SyncConnection.of(zoho, hubspot)))
 *     .build();
 * service.start();
 * }</pre>
 */
public final class SyncService {

    private static final Logger log = LoggerFactory.getLogger(SyncService.class);

    /** Problems that no later run solves by itself. */
    private static final Set<String> BREAKING = Set.of(
            "zoho.reconnect",
            "zoho.configuration",
            "zoho.organization",
            "zoho.permission",
            "hubspot.token",
            "hubspot.scope",
            "hubspot.companies",
            "hubspot.installation",
            "hubspot.account",
            "mapping.property",
            "credentials.sealed",
            "credentials.missing");

    private static final Duration FIRST_RUNS_WITHIN = Duration.ofMinutes(1);
    /** Of many connections five begin in a second. */
    private static final Duration BETWEEN_FIRST_RUNS = Duration.ofMillis(200);

    private static final Duration AGAIN_WHEN_BUSY = Duration.ofMinutes(5);
    private static final Duration AGAIN_WHEN_SHARED = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final int STALE_AFTER = 3;
    private static final String BUSY = "sync.busy";

    /** The interval of a connection that this process has not opened yet. */
    private static final Duration UNTIL_KNOWN = Duration.ofHours(1);

    private final SyncStore store;
    private final TimeSource time;
    private final SyncScheduler scheduler;
    private final RandomGenerator random;
    private final int parallelism;
    private final @Nullable Duration interval;
    private final ConnectionSource source;
    private final UnaryOperator<SyncEngine.Builder> engines;
    private final SharedResources shared;
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    private @Nullable Scheduled nextLook;
    /** How often somebody has paused or resumed one here, before and after the source was told. */
    private long said;
    /** In the order in which they came. */
    private final Set<Connection> due = new LinkedHashSet<>();

    private int working;
    private boolean started;
    private boolean stopping;
    private final CompletableFuture<Boolean> idle = new CompletableFuture<>();

    private SyncService(Builder builder) {
        store = builder.store;
        time = builder.time;
        scheduler = builder.scheduler == null ? SyncScheduler.inProcess(time) : builder.scheduler;
        random = builder.random;
        parallelism = builder.parallelism;
        interval = builder.interval;
        source = builder.source;
        shared = new SharedResources(builder.store, time, new UUID(random.nextLong(), random.nextLong()).toString());
        engines = engine -> engine.store(builder.store).timeSource(time).listener(builder.listener);
        source.list().forEach(listed -> connections.put(listed.name(), new Connection(listed)));
        if (source instanceof GivenConnections) {
            connections.values().forEach(Connection::engine);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins: each connection runs within a minute, not all at once; of more than 300 connections five begin in a second, in their first
     * interval at the latest. What a scheduler has kept of the last start stays.
     */
    public synchronized void start() {
        if (started) {
            throw new IllegalStateException("the service was started already");
        }
        started = true;
        Instant now = time.now();
        scheduler.start(this::isDue);
        for (Connection connection : connections.values()) {
            connection.since = now;
            begin(connection, firstRunsWithin());
        }
        if (!(source instanceof GivenConnections)) {
            nextLook = time.schedule(LOOK_AGAIN, this::look);
        }
    }

    /** Soon, or when another process has said that it is its turn. */
    private void begin(Connection connection, Duration within) {
        if (connection.isHeld()) {
            return;
        }
        Instant at = time.now().plusMillis(random.nextLong(within.toMillis()));
        plan(connection, at, scheduler::scheduleIfAbsent);
    }

    private Duration firstRunsWithin() {
        Duration oneByOne = BETWEEN_FIRST_RUNS.multipliedBy(connections.size());
        Duration longest = interval == null ? UNTIL_KNOWN : interval;
        Duration all = oneByOne.compareTo(longest) > 0 ? longest : oneByOne;
        return all.compareTo(FIRST_RUNS_WITHIN) < 0 ? FIRST_RUNS_WITHIN : all;
    }

    /** Sees what connections there are now, and which were paused or resumed by other processes. */
    private void look() {
        try {
            long before;
            synchronized (this) {
                before = said;
            }
            List<Listed> listed = source.list();
            synchronized (this) {
                // Of what was said meanwhile the list knows nothing; the next one does.
                if (before == said) {
                    compare(listed);
                }
            }
        } catch (RuntimeException e) {
            log.warn("Which connections there are cannot be read; it is tried again by itself", e);
        }
        synchronized (this) {
            if (!stopping) {
                nextLook = time.schedule(LOOK_AGAIN, this::look);
            }
        }
    }

    private void compare(List<Listed> listed) {
        if (stopping) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (Listed one : listed) {
            names.add(one.name());
            Connection known = connections.get(one.name());
            if (known == null) {
                Connection added = new Connection(one);
                connections.put(one.name(), added);
                begin(added, FIRST_RUNS_WITHIN);
            } else {
                known.shares = one.shared();
                boolean isAnother = !one.revision().equals(known.revision);
                known.revision = one.revision();
                if (isAnother) {
                    // Somebody has given it other credentials, connected it anew, or said that it is repaired.
                    closeWhenIdle(known);
                }
                if (isAnother && known.state == State.BROKEN) {
                    goOn(known);
                } else if (one.paused() && known.state != State.PAUSED) {
                    hold(known);
                } else if (!one.paused() && known.state == State.PAUSED) {
                    goOn(known);
                }
            }
        }
        List<Connection> gone = connections.values().stream()
                .filter(connection -> !names.contains(connection.name))
                .toList();
        gone.forEach(this::forget);
    }

    private void forget(Connection connection) {
        hold(connection);
        connections.remove(connection.name);
        closeWhenIdle(connection);
    }

    /** Its next run gets other clients. */
    private void closeWhenIdle(Connection connection) {
        connection.isOutdated = connection.running;
        if (!connection.running) {
            connection.close();
        }
    }

    /**
     * Stops: no run begins any more, those that run stop before their next batch. What they have done is kept, and the next start
     * goes on there.
     *
     * @return whether all runs have ended in time; if not, they end by themselves
     */
    public boolean stop(Duration deadline) throws InterruptedException {
        synchronized (this) {
            stopping = true;
            if (nextLook != null) {
                nextLook.cancel();
            }
            due.clear();
            connections.values().forEach(connection -> connection.mustStop = true);
            if (working == 0) {
                idle.complete(true);
            }
        }
        // Not under the lock: it waits for its threads, which may wait for the lock.
        scheduler.stop();
        try {
            boolean ended = time.await(idle, deadline);
            shared.end();
            synchronized (this) {
                connections.values().forEach(Connection::close);
            }
            return ended;
        } catch (TimeoutException | ExecutionException e) {
            log.warn("Some runs have not ended within {}; they end by themselves", deadline);
            return false;
        }
    }

    /**
     * The connection does not run until it is resumed; a run that is on its way stops before its next batch. Where connections come
     * from a {@link ConnectionSource}, this is for all processes, which see it within half a minute, and for the next start.
     */
    public void pause(String name) {
        say(name, true, this::hold);
    }

    private void say(String name, boolean paused, Consumer<Connection> here) {
        synchronized (this) {
            connection(name);
            said++;
        }
        source.setPaused(name, paused);
        synchronized (this) {
            said++;
            here.accept(connection(name));
        }
    }

    private void hold(Connection connection) {
        connection.set(State.PAUSED, "it was paused");
        connection.nextRun = null;
        connection.dueAgain = false;
        connection.mustStop = true;
        due.remove(connection);
        try {
            scheduler.cancel(connection.name);
        } catch (RuntimeException e) {
            log.warn("The time of {} cannot be cancelled; it does not run all the same", connection.name, e);
        }
    }

    /** The connection runs again, at once: one that was paused, or one that was broken and is repaired. */
    public void resume(String name) {
        say(name, false, this::goOn);
    }

    private void goOn(Connection connection) {
        connection.set(connection.running ? State.RUNNING : State.WAITING, "");
        soon(connection);
    }

    /**
     * Runs the connection as soon as a worker is free, whatever its schedule; once more if it runs already. One that is paused or
     * broken has to be resumed first.
     */
    public synchronized void runNow(String name) {
        Connection connection = connection(name);
        if (!connection.isHeld()) {
            soon(connection);
        }
    }

    /**
     * Works on what webhooks have told, and on what else was asked for single records, as soon as a worker is free; the schedule of the
     * connection stays. As a listener of {@link WebhookHandler}; a connection that this service does not have is left to others.
     */
    public synchronized void requestsNow(String name) {
        Connection connection = connections.get(name);
        if (connection == null || !started || stopping || connection.isHeld() || connection.state == State.PARKED) {
            return;
        }
        connection.hasRequests = true;
        if (!connection.running && due.add(connection)) {
            connection.set(State.DUE, "");
            startWorker();
        }
    }

    private void soon(Connection connection) {
        if (connection.running) {
            connection.dueAgain = true;
        } else {
            plan(connection, time.now());
        }
    }

    /**
     * The engine of a connection, to read its audit trail or to approve deletions.
     *
     * @throws SyncException if its clients cannot be made, as when its credentials cannot be opened
     */
    public SyncEngine engine(String name) {
        return connection(name).engine();
    }

    public synchronized ConnectionStatus status(String name) {
        return connection(name).status(time.now());
    }

    /** All of them, in the order in which they were given. */
    public synchronized List<ConnectionStatus> statuses() {
        Instant now = time.now();
        return connections.values().stream()
                .map(connection -> connection.status(now))
                .toList();
    }

    private synchronized Connection connection(String name) {
        Connection connection = connections.get(name);
        if (connection == null) {
            throw new IllegalArgumentException(
                    "there is no connection " + name + "; there are " + String.join(", ", connections.keySet()));
        }
        return connection;
    }

    private void plan(Connection connection, Instant at) {
        plan(connection, at, scheduler::schedule);
    }

    private void plan(Connection connection, Instant at, BiConsumer<String, Instant> schedule) {
        connection.nextRun = at;
        try {
            schedule.accept(connection.name, at);
        } catch (RuntimeException e) {
            log.error("{} cannot be scheduled; it is tried again by itself", connection.name, e);
            time.schedule(Duration.between(time.now(), at).plus(AGAIN_WHEN_BUSY), () -> isDue(connection.name));
        }
    }

    /** The scheduler says that it is time. A connection waits or runs once, however often it is due. */
    private synchronized void isDue(String name) {
        Connection connection = connections.get(name);
        if (connection == null || stopping || connection.isHeld()) {
            return;
        }
        if (connection.running) {
            // Its end gives it another time, unless it works on requests alone.
            connection.dueAgain |= connection.onlyRequests;
            return;
        }
        connection.isDue = true;
        if (due.add(connection)) {
            connection.set(State.DUE, "");
            startWorker();
        }
    }

    private void startWorker() {
        if (working < parallelism) {
            time.threadFactory().newThread(this::work).start();
            working++;
        }
    }

    /** One worker: takes whoever has waited longest, until nobody waits. */
    private void work() {
        Connection connection = next(null, Ended.WITHOUT_REPORT);
        while (connection != null) {
            Ended ended = Ended.WITHOUT_REPORT;
            try {
                ended = run(connection);
            } catch (Throwable e) {
                // Whatever it is, the worker goes on: without it the connections behind this one would never run again.
                log.error("The run of {} failed in a way that is not expected", connection.name, e);
            }
            connection = next(connection, ended);
        }
    }

    /**
     * How a run has ended.
     *
     * @param report null if there was none
     * @param problem why, if there was none for a known reason
     */
    private record Ended(
            @Nullable SyncReport report, @Nullable Problem problem) {
        static final Ended WITHOUT_REPORT = new Ended(null, null);

        static Ended with(SyncReport report) {
            return new Ended(report, report.problem());
        }
    }

    private Ended run(Connection connection) {
        List<String> shares = connection.shares;
        if (!shared.hold(shares)) {
            return new Ended(null, new Problem(BUSY, "another process runs connections that share " + shares, "Wait."));
        }
        try {
            return Ended.with(
                    connection.onlyRequests
                            ? connection.engine().runRequests(() -> connection.mustStop)
                            : connection.engine().run(() -> connection.mustStop));
        } catch (SyncException e) {
            return new Ended(null, new Problem(e.code(), String.valueOf(e.getMessage()), e.next()));
        } finally {
            shared.release(shares);
        }
    }

    private synchronized @Nullable Connection next(@Nullable Connection done, Ended ended) {
        if (done != null) {
            done.running = false;
            settle(done, ended);
            if (done.isOutdated) {
                closeWhenIdle(done);
            }
        }
        Connection next = stopping ? null : longestDue();
        if (next == null) {
            working--;
            if (stopping && working == 0) {
                idle.complete(true);
            }
            return null;
        }
        next.running = true;
        next.mustStop = false;
        next.set(State.RUNNING, "");
        next.onlyRequests = next.hasRequests && !next.isDue;
        next.hasRequests = false;
        next.isDue = false;
        next.afterRequests = next.onlyRequests ? next.nextRun : null;
        next.nextRun = null;
        return next;
    }

    private @Nullable Connection longestDue() {
        Iterator<Connection> waiting = due.iterator();
        if (!waiting.hasNext()) {
            return null;
        }
        Connection next = waiting.next();
        waiting.remove();
        return next;
    }

    /** What a run means for the next one. */
    private void settle(Connection connection, Ended ended) {
        Instant now = time.now();
        SyncReport report = ended.report();
        connection.report = report == null ? connection.report : report;
        if (stopping || connection.isHeld()) {
            connection.set(connection.isHeld() ? connection.state : State.WAITING, connection.reason);
            return;
        }
        Problem problem = ended.problem();
        if (problem != null && BREAKING.contains(problem.code())) {
            connection.set(State.BROKEN, problem.message() + " " + problem.next());
            log.warn("{} waits for somebody: {}", connection.name, problem.code());
            return;
        }
        connection.set(State.WAITING, report == null ? withoutReport(problem) : "");
        if (connection.onlyRequests && !(report != null && report.resumesAt() != null)) {
            settleRequests(connection, problem);
            return;
        }
        Instant next = now.plus(connection.interval());
        if (problem != null && problem.code().equals(BUSY) && report == null) {
            // A scheduler may hand it to any process, and only one of them may run it.
            next = now.plus(AGAIN_WHEN_SHARED).plusMillis(random.nextLong(AGAIN_WHEN_SHARED.toMillis()));
        } else if (problem != null && problem.code().equals(BUSY)) {
            next = now.plus(connection.opened().map(SyncEngine::lease).orElse(AGAIN_WHEN_BUSY));
        } else if (report != null && report.resumesAt() != null) {
            next = report.resumesAt();
            connection.set(State.PARKED, "the day's calls are spent until " + next);
        }
        if (connection.dueAgain) {
            connection.dueAgain = false;
            next = connection.state == State.PARKED ? next : now;
        }
        plan(connection, next);
        workOnRequests(connection);
    }

    /** The scheduler still has its time, whoever has given it. */
    private void settleRequests(Connection connection, @Nullable Problem problem) {
        connection.nextRun = connection.afterRequests;
        if (connection.dueAgain) {
            connection.dueAgain = false;
            plan(connection, time.now());
        } else if (problem != null && problem.code().equals(BUSY)) {
            String name = connection.name;
            time.schedule(AGAIN_WHEN_SHARED, () -> requestsNow(name));
        }
        workOnRequests(connection);
    }

    private void workOnRequests(Connection connection) {
        if (connection.hasRequests && connection.state != State.PARKED && due.add(connection)) {
            connection.set(State.DUE, "");
        }
    }

    private static String withoutReport(@Nullable Problem problem) {
        return problem == null ? "its last run failed in a way that is not expected; see the log" : problem.message();
    }

    /** One connection and what is known of it; guarded by the service. */
    private final class Connection {
        private final String name;
        private volatile List<String> shares;
        private String revision;
        private @Nullable SyncConnection clients;
        private @Nullable SyncEngine engine;
        private Instant since = time.now();
        private volatile boolean mustStop;
        private State state;
        private String reason;
        private boolean running;
        private boolean dueAgain;
        private boolean isOutdated;
        /** Whether its time has come, and whether somebody wants single records to be worked on. */
        private boolean isDue;

        private boolean hasRequests;
        private volatile boolean onlyRequests;
        /** When it runs as a whole after a run that has worked on requests alone. */
        private @Nullable Instant afterRequests;

        private @Nullable Instant nextRun;
        private @Nullable SyncReport report;
        private final Object opening = new Object();

        Connection(Listed listed) {
            name = listed.name();
            shares = listed.shared();
            revision = listed.revision();
            state = listed.paused() ? State.PAUSED : State.WAITING;
            reason = listed.paused() ? "it was paused" : "";
        }

        /** Made when it is needed: a service may have many connections. */
        SyncEngine engine() {
            synchronized (opening) {
                SyncEngine present = engine;
                if (present == null) {
                    SyncConnection opened = source.open(name);
                    clients = opened;
                    present = engines.apply(opened.engine()).build();
                    engine = present;
                }
                return present;
            }
        }

        void close() {
            synchronized (opening) {
                if (clients != null) {
                    source.close(clients);
                    clients = null;
                    engine = null;
                }
            }
        }

        private Optional<SyncEngine> opened() {
            synchronized (opening) {
                return Optional.ofNullable(engine);
            }
        }

        void set(State newState, String newReason) {
            state = newState;
            reason = newReason;
        }

        /** Whether it runs only when somebody says so. */
        boolean isHeld() {
            return state == State.PAUSED || state == State.BROKEN;
        }

        Duration interval() {
            return interval == null ? opened().map(SyncEngine::pollingInterval).orElse(UNTIL_KNOWN) : interval;
        }

        ConnectionStatus status(Instant now) {
            Instant lastPass = EngineCore.lastPass(store, name).orElse(null);
            Instant complete = lastPass == null || lastPass.isBefore(since) ? since : lastPass;
            boolean late = Duration.between(complete, now).compareTo(interval().multipliedBy(STALE_AFTER)) > 0;
            boolean expected = started && state != State.PAUSED && state != State.PARKED;
            return new ConnectionStatus(name, state, reason, nextRun, report, lastPass, interval(), expected && late);
        }
    }

    /** Collects what a service is made of. */
    public static final class Builder {
        private SyncStore store = SyncStore.inMemory();
        private TimeSource time = TimeSource.system();
        private @Nullable SyncScheduler scheduler;
        private RandomGenerator random = new Random();
        private SyncListener listener = SyncListener.NONE;
        private ConnectionSource source = new GivenConnections(List.of());
        private int parallelism = 4;
        private @Nullable Duration interval;

        private Builder() {}

        /** Where all connections are kept; by default {@link SyncStore#inMemory()}. */
        public Builder store(SyncStore store) {
            this.store = store;
            return this;
        }

        /** The clock; it should be the clients' too. */
        public Builder timeSource(TimeSource time) {
            this.time = time;
            return this;
        }

        /** Who says when a connection runs; by default {@link SyncScheduler#inProcess()}. */
        public Builder scheduler(SyncScheduler scheduler) {
            this.scheduler = scheduler;
            return this;
        }

        /** What the first runs are scattered with. */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /** Hears how runs of all connections get on. */
        public Builder listener(SyncListener listener) {
            this.listener = listener;
            return this;
        }

        /** These connections. Their clients stay the caller's to close. */
        public Builder connections(Collection<SyncConnection> connections) {
            this.source = new GivenConnections(connections);
            return this;
        }

        /** Those of a registry, or of the application's own list: they may come and go while the service runs. */
        public Builder connections(ConnectionSource source) {
            this.source = source;
            return this;
        }

        /** How many connections run at a time; four by default. */
        public Builder parallelism(int connections) {
            if (connections < 1) {
                throw new IllegalArgumentException(
                        "at least one connection must run at a time, but it was " + connections);
            }
            this.parallelism = connections;
            return this;
        }

        /** A fixed time between runs, instead of {@link SyncEngine#pollingInterval}. */
        public Builder interval(Duration interval) {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("the interval must be positive, but was " + interval);
            }
            this.interval = interval;
            return this;
        }

        public SyncService build() {
            return new SyncService(this);
        }
    }
}
