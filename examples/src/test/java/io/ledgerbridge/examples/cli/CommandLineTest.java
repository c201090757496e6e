package io.ledgerbridge.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {

    private static int stores;

    private final FakeZohoBooks books =
            FakeZohoBooks.builder(TimeSource.system()).withoutLimits().build();
    private final FakeHubSpot account = FakeHubSpot.builder(TimeSource.system())
            .currencies("USD", "EUR")
            .withoutLimits()
            .build();
    private final LoopbackServer zohoServer = books.start();
    private final LoopbackServer hubspotServer = account.start();
    private final Map<String, String> environment = new HashMap<>();
    private final String store = "jdbc:h2:mem:cli" + ++stores + ";DB_CLOSE_DELAY=-1";
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void fillAndConfigure() {
        String customer = books.addCustomer(
                CustomerDraft.business("Harbor Tools Ltd").person("Mara", "Quinn", "mara@harbor.example", ""));
        String invoice = books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
        books.addPayment(PaymentDraft.of(customer, "1", "40").applyTo(invoice, "40"));
        environment.put("ZOHO_CLIENT_ID", books.clientId());
        environment.put("ZOHO_CLIENT_SECRET", books.clientSecret());
        environment.put("ZOHO_REFRESH_TOKEN", books.refreshToken());
        environment.put("ZOHO_ORGANIZATION_ID", books.organizationId());
        environment.put("HUBSPOT_ACCESS_TOKEN", account.accessToken());
        environment.put("ZOHO_ACCOUNTS_URL", zohoServer.url());
        environment.put("ZOHO_API_URL", zohoServer.url());
        environment.put("HUBSPOT_API_URL", hubspotServer.url());
        environment.put("LEDGERBRIDGE_STORE", store);
    }

    @AfterEach
    void stop() {
        zohoServer.close();
        hubspotServer.close();
        assertThat(out + " " + err)
                .as("secrets are never shown")
                .doesNotContain(books.clientSecret())
                .doesNotContain(books.refreshToken())
                .doesNotContain(account.accessToken());
    }

    private int run(String... args) {
        return Ledgerbridge.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), false, args);
    }

    private Map<?, ?> json() throws Exception {
        Object parsed = new Moshi.Builder().build().adapter(Object.class).fromJson(out.toString());
        return (Map<?, ?>) parsed;
    }

    @Test
    void syncBringsEverythingAndReportsIt() {
        assertThat(run("sync")).isZero();

        assertThat(account.records("companies")).hasSize(1);
        assertThat(account.records("invoices")).hasSize(1);
        assertThat(account.records("commerce_payments")).hasSize(1);
        assertThat(out.toString()).contains("COMPLETE").contains("lineItems");
        assertThat(out.toString()).contains("calls to Zoho Books");
    }

    private void begin() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    @Test
    void whatCouldNotBeWrittenIsListedAndReplayedWhenItsReasonIsGone() throws Exception {
        account.requireOnCreate("invoices", "hs_purchase_order_number");
        String invoice = String.valueOf(books.invoices().get(0).get("invoice_id"));
        assertThat(run("sync")).isEqualTo(1);
        begin();
        assertThat(run("quarantine")).isZero();
        assertThat(out.toString())
                .contains("invoices", invoice, "required properties", "replay --quarantined")
                .satisfies(CommandLineTest::fitsInto100Columns);
        begin();
        assertThat(run("quarantine", "payments")).isZero();
        assertThat(out.toString()).contains("Nothing is in quarantine that fits.");
        begin();
        assertThat(run("quarantine", "--json")).isZero();
        assertThat((List<?>) json().get("quarantine")).hasSize(1);

        account.requireNothingOnCreate("invoices");
        begin();
        assertThat(run("replay", "--quarantined", "--containing", "required"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("Replay: COMPLETE");
        assertThat(account.records("invoices")).hasSize(1);
        assertThat(account.records("line_items")).hasSize(1);
        begin();
        assertThat(run("quarantine")).isZero();
        assertThat(out.toString()).contains("Nothing is in quarantine.");
    }

    @Test
    void aSyncIsPlannedKeptAndApplied(@TempDir Path directory) throws Exception {
        assertThat(run("plan")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("created", "invoices", "It would make ", "companies.zoho_books_key")
                .contains("details are not looked into")
                .satisfies(CommandLineTest::fitsInto100Columns);
        assertThat(account.records("companies")).isEmpty();
        Path file = directory.resolve("plan.jsonl");
        begin();
        assertThat(run("plan", "--details", "--out", file.toString())).isZero();
        assertThat(out.toString()).contains("ledgerbridge apply " + file);
        begin();
        assertThat(run("plan", "--out", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is there already");

        begin();
        assertThat(run("sync")).isZero();
        String invoice = String.valueOf(books.invoices().get(0).get("invoice_id"));
        books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        Path second = directory.resolve("second.jsonl");
        begin();
        assertThat(run("plan", "--out", second.toString(), "--json")).isZero();
        assertThat(((Map<?, ?>) ((Map<?, ?>) json().get("streams")).get("invoices")).get("updated"))
                .isEqualTo(1.0);
        begin();
        assertThat(run("apply", second.toString(), "--only", "customers/1")).isZero();
        assertThat(account.records("invoices").get(0).get("hs_purchase_order_number"))
                .isEmpty();
        begin();
        assertThat(run("apply", second.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("Apply: COMPLETE");
        assertThat(account.records("invoices").get(0).get("hs_purchase_order_number"))
                .isEqualTo("PO-1");
        Files.writeString(second, Files.readString(second).replace("PO-1", "PO-9"));
        begin();
        assertThat(run("apply", second.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("was changed after it was made");
        begin();
        assertThat(run("apply", directory.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("cannot be read");
    }

    @Test
    void bothSidesAreComparedAndRepaired() throws Exception {
        assertThat(run("sync")).isZero();
        begin();
        assertThat(run("reconcile")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("USD", "100.00", "60.00", "Receivables by age", "open", "HubSpot agrees with Zoho Books.")
                .satisfies(CommandLineTest::fitsInto100Columns);

        account.edit("invoices", account.records("invoices").get(0).id(), Map.of("zoho_books_total", "7"));
        begin();
        assertThat(run("reconcile")).isEqualTo(1);
        assertThat(out.toString())
                .contains("INV-1", "zoho_books_total", "100.00 -> 7", "1 difference: 1 changed_in_hubspot. See repair.")
                .satisfies(CommandLineTest::fitsInto100Columns);
        begin();
        assertThat(run("reconcile", "--json")).isEqualTo(1);
        assertThat((List<?>) json().get("differences")).hasSize(1);
        begin();
        assertThat(run("repair")).isEqualTo(2);
        assertThat(err.toString()).contains("Choose what to repair");
        begin();
        assertThat(run("repair", "--cause", "deleted_in_hubspot")).isZero();
        assertThat(account.records("invoices").get(0).get("zoho_books_total")).isEqualTo("7");
        begin();
        assertThat(run("repair", "--all")).isZero();
        assertThat(account.records("invoices").get(0).get("zoho_books_total")).isEqualTo("100.00");
        begin();
        assertThat(run("reconcile", "--only-differences")).isZero();
        assertThat(out.toString().strip()).isEqualTo("HubSpot agrees with Zoho Books.");
    }

    @Test
    void oneRecordIsReplayed() throws Exception {
        assertThat(run("sync")).isZero();
        String invoice = String.valueOf(books.invoices().get(0).get("invoice_id"));
        account.edit("invoices", account.records("invoices").get(0).id(), Map.of("hs_number", "mine"));
        begin();

        assertThat(run("replay", "invoices", invoice, "--json")).isZero();

        assertThat(account.records("invoices").get(0).get("hs_number")).isEqualTo("INV-1");
        assertThat(json().get("status")).isEqualTo("COMPLETE");
        begin();
        assertThat(run("replay", "invoices", "4711")).isZero();
        assertThat(out.toString()).contains("4711 skipped: Zoho Books has no such record");
        begin();
        assertThat(run("replay")).isEqualTo(2);
        assertThat(err.toString()).contains("either a stream with ids, or --run, or --quarantined");
        begin();
        assertThat(run("replay", "bills", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no stream 'bills'");
    }

    @Test
    void decisionsAreToldExportedAndVerified(@TempDir Path directory) throws Exception {
        assertThat(run("sync", "--json")).isZero();
        String runId = String.valueOf(json().get("runId"));
        String invoice = String.valueOf(books.invoices().get(0).get("invoice_id"));
        begin();
        assertThat(run("audit", "invoices", invoice, "--changes")).isZero();
        assertThat(out.toString())
                .contains("CREATED", "invoices", invoice, "hs_number: - -> INV-1")
                .doesNotContain("customers  ")
                .satisfies(CommandLineTest::fitsInto100Columns);
        begin();
        assertThat(run("audit", "--run", runId, "--decision", "created", "--last", "2"))
                .isZero();
        assertThat(out.toString()).contains("The last 2 of ").doesNotContain("UPDATED");
        begin();
        assertThat(run("audit", "--before", "2020-01-01")).isZero();
        assertThat(out.toString()).contains("Nothing was decided that fits.");
        begin();
        assertThat(run("audit", "--from", "yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("--from expects a day or a time in UTC");

        Path file = directory.resolve("audit.jsonl");
        begin();
        assertThat(run("audit", "--export", file.toString())).isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(out.toString()).startsWith(lines.size() + " entries are in ");
        assertThat(lines).allMatch(line -> line.startsWith("{\"sequence\":") && line.endsWith("}"));
        begin();
        assertThat(run("audit", "--export", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is there already");
        begin();
        assertThat(run("audit", "--json")).isZero();
        assertThat(out.toString().lines().toList()).isEqualTo(lines);

        begin();
        assertThat(run("audit", "verify")).isZero();
        assertThat(out.toString()).startsWith(lines.size() + " entries are as they were written.");
        begin();
        assertThat(run("audit", "verify", "--json")).isZero();
        assertThat(json().get("intact")).isEqualTo(true);
        assertThat(json().get("entries")).isEqualTo((double) lines.size());
    }

    private static void fitsInto100Columns(String text) {
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theJsonReportIsOneDocumentWithAllItsMembers() throws Exception {
        assertThat(run("sync", "--json")).isZero();

        assertThat(json())
                .extracting(Map::keySet)
                .isEqualTo(java.util.Set.of(
                        "runId",
                        "status",
                        "streams",
                        "off",
                        "pendingDetails",
                        "backlogEndsAt",
                        "deferredDetails",
                        "deletionsToApprove",
                        "remapToApprove",
                        "parked",
                        "resumesAt",
                        "problem",
                        "calls",
                        "seconds"));
        assertThat(json().get("status")).isEqualTo("COMPLETE");
        assertThat(((Map<?, ?>) json().get("streams")).get("invoices"))
                .isEqualTo(Map.of(
                        "seen",
                        1.0,
                        "created",
                        1.0,
                        "updated",
                        0.0,
                        "unchanged",
                        0.0,
                        "quarantined",
                        0.0,
                        "skipped",
                        0.0,
                        "archived",
                        0.0));
    }

    @Test
    void aRunThatIsCutShortIsPartialAndTheNextOneFinishes() {
        assertThat(run("sync", "--for", "0.000001s")).isEqualTo(1);
        assertThat(out.toString()).contains("details are pending");

        assertThat(run("sync")).isZero();
        assertThat(account.records("line_items")).hasSize(1);
        assertThat(account.records("invoices")).hasSize(1);
    }

    @Test
    void demoPrintsBothReports() throws Exception {
        assertThat(run("demo", "--json")).isZero();

        assertThat(json()).extracting(Map::keySet).isEqualTo(java.util.Set.of("first", "second"));
        assertThat(((Map<?, ?>) json().get("first")).get("status")).isEqualTo("COMPLETE");
        assertThat(((Map<?, ?>) json().get("second")).get("status")).isEqualTo("COMPLETE");
    }

    @Test
    void demoUnderRealLimitsWaitsForTheNextDayAndBreaksNone() throws Exception {
        assertThat(run("demo", "--real-limits", "--json")).isZero();

        List<?> runs = (List<?>) json().get("runs");
        assertThat(runs).hasSize(3);
        assertThat(((Map<?, ?>) runs.get(0)).get("parked")).isEqualTo(true);
        assertThat(((Map<?, ?>) runs.get(1)).get("status")).isEqualTo("COMPLETE");
        assertThat(((Map<?, ?>) runs.get(2)).get("status")).isEqualTo("COMPLETE");
    }

    // Bad settings

    @Test
    void aMissingSettingIsNamedWithItsFlag() throws Exception {
        environment.remove("ZOHO_REFRESH_TOKEN");

        assertThat(run("sync", "--json")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "The setting ZOHO_REFRESH_TOKEN is missing: set it in the environment, or give"
                                + " --zoho-refresh-token-file with a file that holds it.\n");
        assertThat(((Map<?, ?>) json().get("problem")).get("code")).isEqualTo("settings");
    }

    @Test
    void wrongSettingsSayWhatIsExpected() {
        environment.put("ZOHO_DATA_CENTER", "moon");
        assertThat(run("sync")).isEqualTo(2);
        assertThat(err.toString()).contains("unknown data centre 'moon'; known are us, eu, in");

        environment.put("ZOHO_DATA_CENTER", "eu");
        environment.put("HUBSPOT_API_URL", "http://hubspot.example");
        assertThat(run("sync")).isEqualTo(2);
        assertThat(err.toString()).contains("must be https");

        environment.put("ZOHO_ORGANIZATION_ID", "my organisation");
        assertThat(run("sync")).isEqualTo(2);
        assertThat(err.toString()).contains("the organisation id must be a number");

        assertThat(run("sync", "--for", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("--for expects a time such as 90s, 30m or 2h, but was 'soon'");
    }

    @Test
    void aSecretInTheWrongPlaceIsNotRepeated() {
        assertThat(run("sync", account.accessToken())).isEqualTo(2);
        assertThat(run("sync", "--hubspot-access-token=" + account.accessToken()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("secrets are given by environment or file only");
    }

    @Test
    void secretsMayComeFromFiles(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), account.accessToken() + "\n");
        environment.remove("HUBSPOT_ACCESS_TOKEN");

        assertThat(run("sync", "--hubspot-access-token-file", file.toString())).isZero();
    }

    // What the services refuse

    private void assertProblem(String code, String... words) throws Exception {
        assertThat(run("sync", "--json")).isEqualTo(3);
        Map<?, ?> problem = (Map<?, ?>) json().get("problem");
        assertThat(problem.get("code")).isEqualTo(code);
        assertThat(problem.get("message") + " " + problem.get("next")).contains(words);
        assertThat(account.records("companies")).isEmpty();
    }

    @Test
    void aRevokedRefreshTokenAsksForANewOne() throws Exception {
        books.revokeRefreshToken();
        assertProblem("zoho.reconnect", "Connect again", "ZOHO_REFRESH_TOKEN");
    }

    @Test
    void aWrongDataCentreIsSuspected() throws Exception {
        books.forgetClient();
        assertProblem("zoho.configuration", "data centre", "ZOHO_DATA_CENTER");
    }

    @Test
    void aWrongOrganisationIsToldWithTheRightOnes() throws Exception {
        environment.put("ZOHO_ORGANIZATION_ID", "60000000001");
        assertProblem("zoho.organization", "60000000001", "Northwind Metrics (60012345678)");
    }

    @Test
    void aDeadHubSpotTokenIsTold() throws Exception {
        account.revokeToken();
        assertProblem("hubspot.token", "HUBSPOT_ACCESS_TOKEN");
    }

    @Test
    void aScopeThatEverythingNeedsIsNamed() throws Exception {
        account.withdrawScope("crm.objects.companies.write");
        assertProblem("hubspot.scope", "crm.objects.companies.write");
    }

    @Test
    void aPortalWithoutInvoicesSyncsTheRest() throws Exception {
        account.switchOff("invoices");

        assertThat(run("sync", "--json")).isZero();
        assertThat(json().get("status")).isEqualTo("COMPLETE");
        assertThat(((Map<?, ?>) json().get("off")).get("invoices")).asString().contains("switched off");
        assertThat(account.records("companies")).hasSize(1);
    }

    // What is remembered between processes

    @Test
    void theNextSyncGoesOnWhereThisOneEnded() {
        assertThat(run("sync")).isZero();
        account.traffic().reset();
        books.traffic().reset();

        assertThat(run("sync")).isZero();

        assertThat(account.traffic().count(call -> call.template().contains("/objects/")))
                .isZero();
        assertThat(books.traffic().count("GET /books/v3/invoices/{id}")).isZero();
    }

    @Test
    void theDefaultIsAFileInTheWorkingDirectory() {
        assertThat(new CommandLine(new StatusCommand(environment, new PrintWriter(out, true))).getUsageMessage())
                .contains("ledgerbridge.mv.db");
    }

    @Test
    void aFileRemembersToo(@TempDir Path directory) {
        environment.put("LEDGERBRIDGE_STORE", "jdbc:h2:" + directory.resolve("books"));
        assertThat(run("sync")).isZero();
        assertThat(directory.resolve("books.mv.db")).exists();
        out.getBuffer().setLength(0);

        assertThat(run("status")).isZero();

        assertThat(out.toString()).contains("last sync: COMPLETE").contains("quarantined: 0");
    }

    @Test
    void statusTellsWhatIsLeftWithoutACall() throws Exception {
        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains("zoho-60012345678").contains("has not been synced yet");
        String customer = books.addCustomer(CustomerDraft.business("Tokyo KK").currency("JPY"));
        books.addInvoice(
                InvoiceDraft.of(customer, "INV-9").currency("JPY", "0.0067").line("Seat", "1", "100"));
        assertThat(run("sync")).isEqualTo(1);
        account.traffic().reset();
        books.traffic().reset();
        out.getBuffer().setLength(0);

        assertThat(run("status", "--json")).isZero();

        assertThat(json().get("connection")).isEqualTo("zoho-60012345678");
        assertThat(json().get("quarantined")).isEqualTo(1.0);
        assertThat(json().get("pendingDetails")).isEqualTo(0.0);
        assertThat(json().get("lastPass")).isNotNull();
        assertThat(((Map<?, ?>) json().get("lastRun")).get("status")).isEqualTo("PARTIAL");
        assertThat(account.traffic().calls()).isEmpty();
        assertThat(books.traffic().calls()).isEmpty();
    }

    @Test
    void statusTellsWhyTheLastSyncFailed() {
        assertThat(run("sync")).isZero();
        account.revokeToken();
        books.addCustomer(CustomerDraft.business("New Ltd"));
        run("sync");
        out.getBuffer().setLength(0);

        assertThat(run("status")).isZero();

        assertThat(out.toString()).contains("problem: ").contains("next: Set HUBSPOT_ACCESS_TOKEN to a valid token.");
    }

    @Test
    void manyDeletionsWaitUntilTheyAreApproved() {
        String customer = books.addCustomer(CustomerDraft.business("Many Ltd"));
        List<String> invoices = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            invoices.add(books.addInvoice(InvoiceDraft.of(customer, "M-" + i).line("Seat", "1", "10")));
        }
        assertThat(run("sync")).isZero();
        invoices.subList(0, 25).forEach(books::deleteInvoice);
        assertThat(run("approve-deletions")).isZero();
        assertThat(out.toString()).contains("No deletions wait to be approved.");
        assertThat(sweep().deletionsToApprove()).containsEntry("invoices", 25);
        out.getBuffer().setLength(0);
        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains("deletions to approve: 25; see approve-deletions");
        out.getBuffer().setLength(0);

        assertThat(run("approve-deletions", "--json")).isZero();
        assertThat(out.toString().strip()).isEqualTo("{\"connection\":\"zoho-60012345678\",\"approvedDeletions\":25}");
        assertThat(run("sync")).isZero();

        assertThat(account.records("invoices"))
                .filteredOn(invoice -> invoice.get("zoho_books_status").equals("deleted"))
                .hasSize(25);
    }

    /** A sync that sweeps, as one a week later would. */
    private SyncReport sweep() {
        JdbcConnectionPool pool = JdbcConnectionPool.create(store, "sa", "");
        try (ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.refreshToken(
                                books.clientId(), books.clientSecret(), books.refreshToken()))
                        .organization(books.organizationId())
                        .endpoints(zohoServer.url(), zohoServer.url())
                        .build();
                HubSpot hubspot = HubSpot.builder(AccessToken.of(account.accessToken()))
                        .endpoint(hubspotServer.url())
                        .build()) {
            return SyncEngine.builder(zoho, hubspot)
                    .store(JdbcSyncStore.builder(pool).build())
                    .sweepEvery(Duration.ofMillis(1))
                    .build()
                    .run();
        } finally {
            pool.dispose();
        }
    }

    @Test
    void rebuildHasTheNextSyncLookEverythingUp() {
        assertThat(run("sync")).isZero();
        account.traffic().reset();

        assertThat(run("rebuild", "--json")).isZero();
        assertThat(out.toString()).contains("{\"connection\":\"zoho-60012345678\",\"rebuildsLinks\":true}");
        assertThat(run("sync")).isZero();

        assertThat(account.traffic().count(call -> call.template().endsWith("companies/batch/read")))
                .isPositive();
        assertThat(account.records("invoices")).hasSize(1);
    }

    @Test
    void aStoreThatCannotBeOpenedIsToldWithoutItsAddress() {
        environment.put("LEDGERBRIDGE_STORE", "jdbc:nothing:secret-host?password=hunter2");
        assertThat(run("status")).isEqualTo(2);
        assertThat(err.toString())
                .contains("The store cannot be opened")
                .doesNotContain("hunter2")
                .doesNotContain("secret-host");
    }

    // Doctor

    private void assertDoctor(int exitCode, String line) {
        assertThat(run("doctor")).isEqualTo(exitCode);
        assertThat(out.toString().lines()).contains(line);
        assertThat(out.toString().lines().filter(one -> one.startsWith("FAIL"))).containsExactly(line);
    }

    @Test
    void aHealthyConnectionPassesEveryCheck() {
        assertThat(run("doctor")).isZero();
        assertThat(out.toString().lines())
                .hasSize(21)
                .allMatch(line -> line.startsWith("ok    "))
                .contains("ok    Zoho organisation: Northwind Metrics (60012345678), Asia/Kolkata, USD");
    }

    @Test
    void eachMissingZohoScopeIsNamed() {
        books.withdrawScope("ZohoBooks.invoices.READ");
        assertDoctor(
                1,
                "FAIL  Zoho scope ZohoBooks.invoices.READ: missing; grant it and set ZOHO_REFRESH_TOKEN to a new refresh"
                        + " token");
        assertThat(out.toString())
                .contains("ok    Zoho scope ZohoBooks.customerpayments.READ")
                .contains("ok    HubSpot token");
    }

    @Test
    void eachMissingHubSpotScopeIsNamed() {
        account.withdrawScope("crm.objects.invoices.write");
        assertDoctor(
                1,
                "FAIL  HubSpot scope crm.objects.invoices.write: missing; add it to the private app or service key in"
                        + " HubSpot under Settings > Integrations");
        assertThat(out.toString()).contains("ok    HubSpot scope crm.objects.commercepayments.write: granted");
    }

    @Test
    void aMissingScopeForPropertiesIsNamed() {
        account.withdrawScope("e-commerce");
        assertDoctor(
                1,
                "FAIL  HubSpot scope e-commerce: missing; add it to the private app or service key in HubSpot under"
                        + " Settings > Integrations");
    }

    @Test
    void aKeyThatIsNotUniqueIsTold() {
        try (HubSpot hubspot = HubSpot.builder(AccessToken.of(account.accessToken()))
                .endpoint(hubspotServer.url())
                .build()) {
            hubspot.properties(ObjectType.COMPANIES).ensureGroup("zoho_books", "Zoho Books");
            hubspot.properties(ObjectType.COMPANIES)
                    .create("zoho_books", List.of(PropertyDefinition.of("zoho_books_key", "Key", "", "string")));
        }
        assertDoctor(
                1,
                "FAIL  HubSpot property zoho_books_key on companies: not unique; delete it in HubSpot under Settings >"
                        + " Properties; the next sync makes it anew");
    }

    @Test
    void aKeyThatNeedNotBeUniqueIsNoFault() {
        account.refuseUniqueProperties("commerce_payments");
        assertThat(run("sync")).isZero();
        assertThat(run("doctor")).isZero();
        assertThat(out.toString())
                .contains(
                        "ok    HubSpot property zoho_books_key on commerce_payments: there and not unique, so records are"
                                + " looked for under their companies before they are made");
    }

    @Test
    void propertiesForWhichThereIsNoRoomAreNamed() {
        account.customPropertiesPerType(8);
        assertThat(run("doctor")).isEqualTo(1);
        assertThat(out.toString().lines())
                .contains("FAIL  HubSpot properties on companies: no room for zoho_books_lifetime_revenue,"
                        + " zoho_books_open_invoices, zoho_books_last_invoice_date, zoho_books_last_payment_date;"
                        + " delete custom properties that nobody needs; without room they are left out")
                .noneMatch(line -> line.contains("properties on contacts"));
    }

    @Test
    void anotherInstallationIsTurnedAwayAndToldHowToFollow() {
        assertThat(run("sync", "--installation", "old-server")).isZero();

        assertThat(run("sync", "--installation", "new-server")).isEqualTo(3);
        assertThat(out.toString())
                .contains("another installation, 'old-server'; this one is 'new-server'")
                .contains("let this one take over");
        assertThat(run("doctor", "--installation", "new-server")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "FAIL  HubSpot installation: the account is kept in step by 'old-server', and this is 'new-server';"
                                + " set LEDGERBRIDGE_INSTALLATION to 'old-server' if that is this one, or stop the other and sync"
                                + " with --take-over");

        assertThat(run("sync", "--installation", "new-server", "--take-over")).isZero();
        environment.put("LEDGERBRIDGE_INSTALLATION", "new-server");
        assertThat(run("doctor")).isZero();
        assertThat(out.toString()).contains("ok    HubSpot installation: new-server");
    }

    @Test
    void aStoreThatIsNewMeetsTheInstallationBeforeIt() {
        assertThat(run("sync")).isZero();
        assertThat(run("doctor")).isZero();
        environment.put("LEDGERBRIDGE_STORE", "jdbc:h2:mem:another;DB_CLOSE_DELAY=-1");
        out.getBuffer().setLength(0);

        assertThat(run("doctor")).isEqualTo(1);
        assertThat(out.toString()).contains("and this is a new one; set LEDGERBRIDGE_INSTALLATION to '");
        assertThat(run("sync")).isEqualTo(3);
        assertThat(account.records("companies")).hasSize(1);
    }

    @Test
    void anInstallationIdWithSpacesIsAnError() {
        assertThat(run("sync", "--installation", "my server")).isEqualTo(2);
        assertThat(err.toString()).contains("no spaces, but was 'my server'");
    }

    @Test
    void aStoreThatDoesNotOpenStopsNoneOfTheOtherChecks() {
        environment.put("LEDGERBRIDGE_STORE", "jdbc:nothing:here");
        assertThat(run("doctor")).isEqualTo(1);
        assertThat(out.toString())
                .contains("FAIL  Store: The store cannot be opened")
                .contains("ok    HubSpot token");
    }

    @Test
    void aSwitchedOffTypeIsTold() {
        account.switchOff("commerce_payments");
        assertThat(run("doctor")).isEqualTo(1);
        assertThat(out.toString().lines())
                .contains("FAIL  HubSpot commerce_payments: switched off, so they are not synced; switch them on in"
                        + " HubSpot under Settings > Objects")
                .contains("ok    HubSpot invoices: switched on");
    }

    @Test
    void aLackingCurrencyIsNamed() {
        String customer = books.addCustomer(CustomerDraft.business("Tokyo KK").currency("JPY"));
        books.addInvoice(
                InvoiceDraft.of(customer, "INV-9").currency("JPY", "0.0067").line("座席", "1", "100"));
        assertDoctor(
                1,
                "FAIL  HubSpot currencies: lacking JPY; add them in HubSpot under Settings > Account Defaults >"
                        + " Currency");
    }

    @Test
    void aDeadZohoTokenStopsNoneOfTheHubSpotChecks() {
        books.revokeRefreshToken();
        assertThat(run("doctor")).isEqualTo(3);
        assertThat(out.toString()).contains("FAIL  Zoho token: ").contains("ok    HubSpot token: accepted");
    }

    @Test
    void aWrongOrganisationIsShownWithTheRightOnes() {
        environment.put("ZOHO_ORGANIZATION_ID", "60000000001");
        assertDoctor(
                1,
                "FAIL  Zoho organisation: 60000000001 is not one of the user's; set ZOHO_ORGANIZATION_ID to one of"
                        + " Northwind Metrics (60012345678)");
    }

    @Test
    void aDeadHubSpotTokenIsRefused() {
        account.revokeToken();
        assertDoctor(
                3,
                "FAIL  HubSpot token: refused; set HUBSPOT_ACCESS_TOKEN to a valid private-app token or service key");
        assertThat(out.toString()).contains("ok    Zoho token: accepted");
    }
}
