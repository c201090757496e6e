package io.ledgerbridge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.DataCenter;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README shows what stands here, and it works. */
class ReadmeTest {

    @Test
    void theSnippetOfTheReadmeRuns() throws Exception {
        FakeZohoBooks books = FakeZohoBooks.builder(TimeSource.system()).build();
        FakeHubSpot account = FakeHubSpot.builder(TimeSource.system()).build();
        String customer = books.addCustomer(CustomerDraft.business("Harbor Tools Ltd"));
        books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Clamp 80 mm", "10", "98.375"));
        try (LoopbackServer zohoServer = books.start();
                LoopbackServer hubspotServer = account.start()) {
            SyncReport report = sync(
                    books.clientId(),
                    books.clientSecret(),
                    books.refreshToken(),
                    account.accessToken(),
                    zohoServer.url(),
                    hubspotServer.url());

            assertThat(report.status()).isEqualTo(SyncReport.Status.COMPLETE);
            assertThat(account.records("invoices")).hasSize(1);
        }
    }

    private static SyncReport sync(
            String clientId,
            String clientSecret,
            String refreshToken,
            String accessToken,
            String zohoUrl,
            String hubspotUrl) {
        // README begin
        try (ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.refreshToken(clientId, clientSecret, refreshToken))
                        .dataCenter(DataCenter.EU)
                        .organization("60012345678")
                        .endpoints(zohoUrl, zohoUrl) // only against the fake servers
                        .build();
                HubSpot hubspot = HubSpot.builder(AccessToken.of(accessToken))
                        .endpoint(hubspotUrl) // only against the fake servers
                        .build()) {
            SyncEngine engine = SyncEngine.builder(zoho, hubspot).build();
            SyncReport report = engine.run();
            report.remarks().forEach(System.out::println);
            return report;
        }
        // README end
    }

    @Test
    void theReadmeShowsThisSnippet() throws Exception {
        Path root = Path.of("..").toRealPath();
        String source =
                Files.readString(root.resolve("examples/src/test/java/io/ledgerbridge/examples/ReadmeTest.java"));
        List<String> snippet = source.lines()
                .dropWhile(line -> !line.strip().equals("// README begin"))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("// README end"))
                .toList();
        String unindented = snippet.stream()
                .map(line -> line.startsWith("        ") ? line.substring(8) : line)
                .collect(Collectors.joining("\n"));

        assertThat(snippet).hasSizeLessThanOrEqualTo(15);
        assertThat(Files.readString(root.resolve("README.md"))).contains(unindented);
    }

    @Test
    void theExamplesRun() throws Exception {
        ReadZohoInvoices.main(new String[0]);
        UpsertCompanies.main(new String[0]);
        EmbedEngine.main(new String[0]);
        CustomMapping.main(new String[0]);
        OwnScheduler.main(new String[0]);
        OwnSyncStore.main(new String[0]);
    }
}
