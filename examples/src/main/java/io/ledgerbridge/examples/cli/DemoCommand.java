package io.ledgerbridge.examples.cli;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.testkit.DemoOrganization;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows a whole sync without credentials. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts fake servers with a demo organisation, syncs, changes some records, and syncs again.")
final class DemoCommand implements Callable<Integer> {

    /** A Monday at nine in the demo organisation's zone. */
    private static final Instant SIMULATION_BEGINS = Instant.parse("2026-03-02T03:30:00Z");

    private static final int STANDARD_PLAN_CALLS = 2_000;

    @Option(names = "--json", description = "Print both reports as one JSON document.")
    private boolean json;

    @Option(
            names = "--real-limits",
            description =
                    "Keep the limits of a Standard plan of Zoho Books and of HubSpot, on a clock that jumps ahead.")
    private boolean realLimits;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;

    DemoCommand(PrintWriter out, PrintWriter err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return realLimits ? underRealLimits() : atFullSpeed();
    }

    private int atFullSpeed() {
        TimeSource time = TimeSource.system();
        FakeZohoBooks books = FakeZohoBooks.builder(time).withoutLimits().build();
        FakeHubSpot account = FakeHubSpot.builder(time)
                .currencies("USD", DemoOrganization.currencies())
                .withoutLimits()
                .build();
        DemoOrganization organization = DemoOrganization.fill(books);
        Progress progress = new Progress(err, time, terminal);
        try (LoopbackServer zohoServer = books.start();
                LoopbackServer hubspotServer = account.start();
                ZohoBooks zoho = ZohoBooks.builder(credentials(books))
                        .organization(books.organizationId())
                        .endpoints(zohoServer.url(), zohoServer.url())
                        .pacing(ZohoPacing.unlimited())
                        .build();
                HubSpot hubspot = HubSpot.builder(AccessToken.of(account.accessToken()))
                        .endpoint(hubspotServer.url())
                        .pacing(HubSpotPacing.unlimited())
                        .build()) {
            SyncEngine engine =
                    SyncEngine.builder(zoho, hubspot).listener(progress).build();
            SyncReport first = engine.run();
            organization.edit();
            SyncReport second = engine.run();
            progress.endLine();
            print(first, second);
            return Math.max(Reports.exitCode(first), Reports.exitCode(second));
        }
    }

    /** The vendors' limits on a clock that jumps: a spent day of Zoho Books is waited out until the next one. */
    private int underRealLimits() throws InterruptedException {
        VirtualTime time = VirtualTime.startingAt(SIMULATION_BEGINS);
        FakeZohoBooks books =
                FakeZohoBooks.builder(time).dailyLimit(STANDARD_PLAN_CALLS).build();
        FakeHubSpot account = FakeHubSpot.builder(time)
                .currencies("USD", DemoOrganization.currencies())
                .build();
        DemoOrganization organization = DemoOrganization.fill(books);
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(books.interceptor())
                .addInterceptor(account.interceptor())
                .build();
        books.latency(Duration.ofMillis(300));
        account.latency(Duration.ofMillis(200));
        ZohoBooks zoho = ZohoBooks.builder(credentials(books))
                .organization(books.organizationId())
                .httpClient(http)
                .timeSource(time)
                .random(new Random(1))
                .build();
        HubSpot hubspot = HubSpot.builder(AccessToken.of(account.accessToken()))
                .httpClient(http)
                .timeSource(time)
                .random(new Random(2))
                .build();
        Progress progress = new Progress(err, time, terminal);
        SyncEngine engine = SyncEngine.builder(zoho, hubspot)
                .timeSource(time)
                .random(new Random(3))
                .listener(progress)
                .build();
        List<SyncReport> runs = new ArrayList<>(untilNothingIsParked(engine, time));
        organization.edit();
        runs.addAll(untilNothingIsParked(engine, time));
        progress.endLine();
        printSimulated(runs, Duration.between(SIMULATION_BEGINS, time.now()), books, account);
        boolean limitBroken = !books.traffic().limitsBroken().isEmpty()
                || !account.traffic().limitsBroken().isEmpty();
        return limitBroken ? 1 : Reports.exitCode(runs.get(runs.size() - 1));
    }

    private static List<SyncReport> untilNothingIsParked(SyncEngine engine, VirtualTime time)
            throws InterruptedException {
        List<SyncReport> runs = new ArrayList<>();
        SyncReport run = engine.run();
        runs.add(run);
        while (run.resumesAt() != null) {
            time.sleep(Duration.between(time.now(), run.resumesAt()));
            run = engine.run();
            runs.add(run);
        }
        return runs;
    }

    private static ZohoCredentials credentials(FakeZohoBooks books) {
        return ZohoCredentials.refreshToken(books.clientId(), books.clientSecret(), books.refreshToken());
    }

    private void print(SyncReport first, SyncReport second) {
        if (json) {
            out.println(Reports.json(first, second));
            return;
        }
        Reports.print("First sync of 250 customers and 1,500 invoices", first, out);
        out.println();
        Reports.print("Second sync, after some changes in Zoho Books", second, out);
    }

    private void printSimulated(List<SyncReport> runs, Duration simulated, FakeZohoBooks books, FakeHubSpot account) {
        if (json) {
            out.println(Reports.json(runs));
            return;
        }
        for (int i = 0; i < runs.size(); i++) {
            String title = i == runs.size() - 1 ? "After some changes in Zoho Books" : "Run " + (i + 1);
            Reports.print(title, runs.get(i), out);
            out.println();
        }
        out.println("Simulated: Zoho Books Standard plan, " + STANDARD_PLAN_CALLS
                + " calls a day and 100 a minute, and the limits of HubSpot. "
                + simulated.toHours() + " hours and " + simulated.toMinutesPart() + " minutes passed; "
                + (books.traffic().limitsBroken().size()
                        + account.traffic().limitsBroken().size())
                + " limits were broken.");
        out.flush();
    }
}
