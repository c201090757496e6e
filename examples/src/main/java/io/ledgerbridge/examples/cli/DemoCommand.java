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
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows a whole sync without credentials. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts fake servers with a demo organisation, syncs, changes some records, and syncs again.")
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print both reports as one JSON document.")
    private boolean json;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;

    DemoCommand(PrintWriter out, PrintWriter err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
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
                ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.refreshToken(
                                books.clientId(), books.clientSecret(), books.refreshToken()))
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

    private void print(SyncReport first, SyncReport second) {
        if (json) {
            out.println(Reports.json(first, second));
            return;
        }
        Reports.print("First sync of 250 customers and 1,500 invoices", first, out);
        out.println();
        Reports.print("Second sync, after some changes in Zoho Books", second, out);
    }
}
