package io.ledgerbridge.sync.spi;

import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.time.TimeSource.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers of the clock, one for each connection. */
final class InProcessScheduler implements SyncScheduler {

    private static final Logger log = LoggerFactory.getLogger(InProcessScheduler.class);

    private final TimeSource time;
    private final Map<String, Scheduled> timers = new HashMap<>();
    private final Map<String, Instant> early = new HashMap<>();
    private @Nullable Consumer<String> runner;
    private boolean stopped;

    InProcessScheduler(TimeSource time) {
        this.time = time;
    }

    @Override
    public synchronized void start(Consumer<String> runner) {
        this.runner = runner;
        Map<String, Instant> waiting = new HashMap<>(early);
        early.clear();
        waiting.forEach(this::schedule);
    }

    @Override
    public synchronized void schedule(String connection, Instant at) {
        cancel(connection);
        Consumer<String> target = runner;
        if (stopped) {
            return;
        }
        if (target == null) {
            early.put(connection, at);
            return;
        }
        Timer timer = new Timer(connection, target);
        timers.put(connection, time.schedule(Duration.between(time.now(), at), timer));
    }

    @Override
    public synchronized void scheduleIfAbsent(String connection, Instant at) {
        if (!timers.containsKey(connection) && !early.containsKey(connection)) {
            schedule(connection, at);
        }
    }

    @Override
    public synchronized void cancel(String connection) {
        early.remove(connection);
        Scheduled timer = timers.remove(connection);
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        timers.values().forEach(Scheduled::cancel);
        timers.clear();
        early.clear();
    }

    /** From now on it has no time any more. */
    private synchronized boolean begins(String connection) {
        timers.remove(connection);
        return !stopped;
    }

    private final class Timer implements Runnable {
        private final String connection;
        private final Consumer<String> target;

        Timer(String connection, Consumer<String> target) {
            this.connection = connection;
            this.target = target;
        }

        @Override
        public void run() {
            if (begins(connection)) {
                try {
                    target.accept(connection);
                } catch (RuntimeException e) {
                    log.error("The runner of {} has failed", connection, e);
                }
            }
        }
    }
}
