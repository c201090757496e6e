package io.ledgerbridge.examples;

import io.ledgerbridge.sync.SyncConnection;
import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.SyncService;
import io.ledgerbridge.sync.spi.SyncScheduler;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A scheduler for an application that has a clock tick of its own, such as a cron job: it only remembers who is due, and runs
 * them when it is told the time.
 */
public final class OwnScheduler implements SyncScheduler {

    private final Map<String, Instant> times = new HashMap<>();
    private Consumer<String> runner = connection -> {};

    @Override
    public synchronized void start(Consumer<String> newRunner) {
        runner = newRunner;
    }

    @Override
    public synchronized void schedule(String connection, Instant at) {
        times.put(connection, at);
    }

    @Override
    public synchronized void scheduleIfAbsent(String connection, Instant at) {
        times.putIfAbsent(connection, at);
    }

    @Override
    public synchronized void cancel(String connection) {
        times.remove(connection);
    }

    @Override
    public synchronized void stop() {
        times.clear();
        runner = connection -> {};
    }

    /** Runs everyone whose time has come. */
    public void tick(Instant now) {
        List<String> due = new ArrayList<>();
        Consumer<String> target;
        synchronized (this) {
            target = runner;
            times.forEach((connection, at) -> {
                if (!at.isAfter(now)) {
                    due.add(connection);
                }
            });
            due.forEach(times::remove);
        }
        due.forEach(target);
    }

    public static void main(String[] args) throws InterruptedException {
        OwnScheduler scheduler = new OwnScheduler();
        CountDownLatch ended = new CountDownLatch(1);
        try (FakeCompany company = new FakeCompany()) {
            SyncService service = SyncService.builder()
                    .scheduler(scheduler)
                    .listener(new SyncListener() {
                        @Override
                        public void progress(String stream, long done, long remaining) {}

                        @Override
                        public void ended(String connection, SyncReport report) {
                            ended.countDown();
                        }
                    })
                    .connections(List.of(SyncConnection.of(company.zoho, company.hubspot)))
                    .build();
            service.start();
            // What the application's cron job does every minute.
            scheduler.tick(TimeSource.system().now().plus(Duration.ofMinutes(1)));
            ended.await();
            if (!service.stop(Duration.ofMinutes(1))) {
                System.out.println("a run is still on its way");
            }
            service.statuses()
                    .forEach(status -> System.out.println(status.connection() + " "
                            + (status.lastReport() == null
                                    ? "has not run"
                                    : status.lastReport().status())
                            + ", every " + status.interval().toMinutes() + " minutes"));
        }
    }
}
