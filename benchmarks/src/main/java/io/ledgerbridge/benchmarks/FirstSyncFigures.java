package io.ledgerbridge.benchmarks;

import io.ledgerbridge.sync.DeletionPolicy;
import io.ledgerbridge.sync.LostRecordPolicy;
import io.ledgerbridge.sync.Mapping;
import io.ledgerbridge.sync.MatchPolicy;
import io.ledgerbridge.sync.Selection;
import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.internal.EngineCore;
import io.ledgerbridge.sync.internal.HubSpotTargetWriter;
import io.ledgerbridge.sync.internal.Policies;
import io.ledgerbridge.sync.internal.SourceReader;
import io.ledgerbridge.sync.internal.TargetWriter;
import io.ledgerbridge.sync.internal.ZohoSourceReader;
import io.ledgerbridge.sync.spi.DealMatcher;
import io.ledgerbridge.sync.spi.SecretCipher;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/** What a first sync of 255,000 records costs between the engine's two ports, and how many calls it makes. */
public final class FirstSyncFigures {

    private static final int RUNS = Integer.getInteger("ledgerbridge.runs", 3);

    private static final Instant NOW = Instant.parse("2026-03-02T04:45:30Z");

    private final LargeCompany company = LargeCompany.withLines();
    private final Ports ports = new Ports();
    private final Targets targets = new Targets();

    private FirstSyncFigures() {}

    public static void main(String[] arguments) {
        FirstSyncFigures figures = new FirstSyncFigures();
        figures.print();
        System.exit(figures.targets.missed() ? 1 : 0);
    }

    private void print() {
        record();
        double[] cpu = new double[RUNS];
        double[] clock = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            System.gc();
            ports.rewind();
            run(ports.source(), ports.target(), VirtualTime.startingAt(NOW));
            cpu[i] = ports.engineCpu();
            clock[i] = ports.engineTime();
            System.out.printf("Run %d: %.1f s of CPU, %.1f s on the clock%n", i + 1, cpu[i], clock[i]);
        }
        String what = String.format("First sync of %,d records: engine alone, median of %d", company.records(), RUNS);
        targets.tell(what, String.format("%.1f s", median(clock)), "<= 15 s on the clock", median(clock) <= 15);
        System.out.printf("%s: %.1f s of CPU%n", what, median(cpu));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** A run against the fakes, which are not needed any more afterwards. */
    private void record() {
        VirtualTime time = VirtualTime.startingAt(NOW);
        FakeZohoBooks books = company.books(time);
        FakeHubSpot account = FakeHubSpot.builder(time).withoutLimits().build();
        try (InMemoryClients clients = InMemoryClients.unlimited(books, account, time)) {
            run(
                    ports.recording(new ZohoSourceReader(clients.zoho())),
                    ports.recording(new HubSpotTargetWriter(clients.hubspot())),
                    time);
        }
        tell(
                "Zoho Books",
                books.traffic().count(call -> !call.template().startsWith("/oauth")),
                company.leastZohoCalls(),
                1.05);
        long written = account.traffic()
                .count(call -> call.template().startsWith("/crm/objects/")
                        || call.template().startsWith("/crm/associations/"));
        tell("HubSpot, set-up apart", written, company.leastHubSpotCalls(), 1.15);
    }

    private static void run(SourceReader source, TargetWriter target, VirtualTime time) {
        EngineCore engine = new EngineCore(
                source,
                target,
                SyncStore.inMemory(),
                time,
                new Random(7),
                SyncListener.NONE,
                new Policies(
                        DeletionPolicy.MARK,
                        DeletionPolicy.MARK,
                        MatchPolicy.none(),
                        LostRecordPolicy.RECREATE,
                        Duration.ofDays(7),
                        Duration.ofDays(30),
                        Duration.ofDays(1),
                        Duration.ofDays(400),
                        Mapping.defaults(),
                        Selection.everything(),
                        DealMatcher.none()),
                SecretCipher.none(),
                Duration.ofMinutes(5),
                "",
                "");
        SyncReport report = engine.run(null);
        if (report.status() != SyncReport.Status.COMPLETE) {
            throw new IllegalStateException("the sync is not complete: " + report);
        }
    }

    private void tell(String whom, long calls, int least, double target) {
        double share = calls / (double) least;
        targets.tell(
                "First sync: calls of " + whom,
                calls + " of " + least,
                String.format("<= %.2f times, is %.3f", target, share),
                share <= target);
    }
}
