package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Counts;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import io.ledgerbridge.testkit.PaymentDraft;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SyncEngineTest {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");

    private final Fixture fixture = Fixture.withCurrencies("EUR", "KWD", "JPY");

    private String customer(String name, String email) {
        return fixture.books.addCustomer(CustomerDraft.business(name)
                .person("Mara", "Quinn", email, "+44 20 1")
                .billingAddress("1 Quay", "Hull", "", "HU1 1AA", "United Kingdom"));
    }

    private BigDecimal lineSum(String invoiceId) {
        Held invoice = fixture.record("invoices", invoiceId);
        Set<String> lines = fixture.hubspot.associated("invoices", invoice.id(), "line_items");
        return fixture.hubspot.records("line_items").stream()
                .filter(line -> lines.contains(line.id()))
                .map(line -> new BigDecimal(line.get("amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void aCustomerWithInvoiceAndPaymentArrivesAssociated() {
        String customer = customer("Harbor Tools Ltd", "\"Mara@Harbor.example\"\n");
        String invoice = fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1")
                .line("Clamp 80 mm", "10", "98.375", "", VAT)
                .dates(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-01-31")));
        String payment = fixture.books.addPayment(
                PaymentDraft.of(customer, "77", "500").applyTo(invoice, "500").on(LocalDate.parse("2026-02-01")));

        SyncReport report = fixture.engine.run();

        assertThat(report.problem()).isNull();
        assertThat(report.remarks()).isEmpty();
        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        Held company = fixture.record("companies", customer);
        assertThat(company.get("name")).isEqualTo("Harbor Tools Ltd");
        assertThat(company.get("city")).isEqualTo("Hull");
        assertThat(company.get("zip")).isEqualTo("HU1 1AA");
        assertThat(new BigDecimal(company.get("zoho_books_outstanding"))).isEqualByComparingTo("680.50");
        assertThat(new BigDecimal(company.get("zoho_books_overdue"))).isEqualByComparingTo("680.50");
        assertThat(company.get("zoho_books_last_payment_date")).isEqualTo("2026-02-01");
        Held contact = fixture.hubspot.records("contacts").get(0);
        assertThat(contact.get("email")).isEqualTo("mara@harbor.example");
        Held held = fixture.record("invoices", invoice);
        assertThat(held.get("hs_invoice_status")).isEqualTo("open");
        assertThat(held.get("zoho_books_status")).isEqualTo("overdue");
        assertThat(held.get("hs_invoice_billable")).isEqualTo("false");
        assertThat(held.get("hs_invoice_date")).isEqualTo("2026-01-01T05:00:00Z");
        assertThat(held.get("zoho_books_details")).isEqualTo("complete");
        assertThat(new BigDecimal(held.get("hs_amount_billed"))).isEqualByComparingTo("1180.50");
        assertThat(new BigDecimal(held.get("zoho_books_tax"))).isEqualByComparingTo("196.75");
        assertThat(lineSum(invoice)).isEqualByComparingTo("1180.50");
        Held paid = fixture.record("commerce_payments", payment);
        assertThat(paid.get("hs_payment_method_type")).isEqualTo("wire_transfer");
        assertThat(paid.get("zoho_books_allocations")).isEqualTo("INV-1;" + invoice + ";500");
        assertThat(fixture.hubspot.associated("contacts", contact.id(), "companies"))
                .containsExactly(company.id());
        assertThat(fixture.hubspot.associated("invoices", held.id(), "companies"))
                .containsExactly(company.id());
        assertThat(fixture.hubspot.associated("invoices", held.id(), "contacts"))
                .containsExactly(contact.id());
        assertThat(fixture.hubspot.associated("invoices", held.id(), "commerce_payments"))
                .containsExactly(paid.id());
        assertThat(fixture.hubspot.associated("commerce_payments", paid.id(), "companies"))
                .containsExactly(company.id());
        assertThat(fixture.hubspot.associated("commerce_payments", paid.id(), "contacts"))
                .containsExactly(contact.id());
        assertThat(report.streams().get("invoices")).isEqualTo(new Counts(1, 1, 0, 0, 0, 0, 0));
        assertThat(report.streams().get("lineItems").created()).isEqualTo(2);
    }

    @Test
    void aRunWithoutChangesWritesNothingAndListsOnce() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice =
                fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
        fixture.books.addPayment(PaymentDraft.of(customer, "1", "100").applyTo(invoice, "100"));
        fixture.engine.run();
        fixture.forgetTraffic();

        SyncReport second = fixture.engine.run();

        assertThat(second.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.hubspot.traffic().calls()).isEmpty();
        assertThat(fixture.books.traffic().byTemplate())
                .containsOnlyKeys(
                        "GET /books/v3/contacts",
                        "GET /books/v3/invoices",
                        "GET /books/v3/customerpayments",
                        "GET /books/v3/creditnotes");
        assertThat(fixture.books.traffic().calls()).hasSize(4);
    }

    @Test
    void aNewProcessOnAnEmptyStoreDuplicatesNothing() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice =
                fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
        fixture.books.addPayment(PaymentDraft.of(customer, "1", "100").applyTo(invoice, "100"));
        fixture.engine.run();
        List<Held> before = fixture.hubspot.records("invoices");

        Fixture.forgetStore(fixture).run();

        assertThat(fixture.hubspot.records("companies")).hasSize(1);
        assertThat(fixture.hubspot.records("contacts")).hasSize(1);
        assertThat(fixture.hubspot.records("invoices")).isEqualTo(before);
        assertThat(fixture.hubspot.records("line_items")).hasSize(1);
        assertThat(fixture.hubspot.records("commerce_payments")).hasSize(1);
    }

    @Test
    void aChangedInvoiceIsRewrittenAndItsRemovedLineArchived() throws Exception {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = fixture.books.addInvoice(
                InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50").line("Support", "1", "30"));
        fixture.engine.run();
        fixture.time.sleep(Duration.ofMinutes(10));
        fixture.books.editInvoice(invoice, record -> {
            record.put("line_items", List.of(((List<?>) record.get("line_items")).get(0)));
            record.put("total", new BigDecimal("100"));
            record.put("balance", new BigDecimal("100"));
        });

        SyncReport report = fixture.engine.run();

        assertThat(fixture.hubspot.records("line_items")).hasSize(1);
        assertThat(lineSum(invoice)).isEqualByComparingTo("100");
        assertThat(new BigDecimal(fixture.record("invoices", invoice).get("hs_amount_billed")))
                .isEqualByComparingTo("100");
        assertThat(report.streams().get("lineItems").archived()).isEqualTo(1);
        assertThat(report.streams().get("invoices").updated()).isEqualTo(1);
        assertThat(new BigDecimal(fixture.record("companies", customer).get("zoho_books_outstanding")))
                .isEqualByComparingTo("100");
    }

    @Test
    void badRecordsAreReportedAndTheRestArrives() {
        String broken = customer("Broken Mail GmbH", "not an address");
        String fine = customer("Harbor Tools Ltd", "mara@harbor.example");
        String rupees = fixture.books.addInvoice(
                InvoiceDraft.of(fine, "INV-1").currency("INR", "0.012").line("Seat", "1", "100"));
        String negative = fixture.books.addInvoice(InvoiceDraft.of(fine, "INV-2")
                .line("Credit", "1", "-80", "", VAT)
                .line("Seat", "1", "100"));
        String good = fixture.books.addInvoice(InvoiceDraft.of(broken, "INV-3").line("Seat", "1", "100"));

        SyncReport report = fixture.engine.run();

        assertThat(report.status()).isEqualTo(Status.PARTIAL);
        assertThat(fixture.has("companies", broken)).isTrue();
        assertThat(fixture.hubspot.records("contacts")).hasSize(1);
        assertThat(fixture.has("invoices", rupees)).isFalse();
        assertThat(fixture.record("invoices", negative).get("hs_invoice_status"))
                .isEqualTo("draft");
        assertThat(fixture.record("invoices", negative).get("zoho_books_details"))
                .isEqualTo("partial");
        assertThat(fixture.record("invoices", good).get("hs_invoice_status")).isEqualTo("open");
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.reason()).contains("'not an address' is not an e-mail address"))
                .anySatisfy(remark -> assertThat(remark.reason()).contains("does not have the currency INR"))
                .anySatisfy(remark -> assertThat(remark.reason()).contains("the line 'Credit' of -80.00 is negative"));
        assertThat(report.streams().get("contacts").quarantined()).isEqualTo(1);
        assertThat(report.streams().get("invoices").quarantined()).isEqualTo(1);
        assertThat(report.streams().get("lineItems").quarantined()).isEqualTo(2);
    }

    @Test
    void aPortalWithoutPaymentsGetsTheRest() {
        fixture.hubspot.switchOff("commerce_payments");
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice =
                fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
        fixture.books.addPayment(PaymentDraft.of(customer, "1", "100").applyTo(invoice, "100"));

        SyncReport report = fixture.engine.run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.off()).containsOnlyKeys("payments");
        assertThat(report.off().get("payments")).contains("switched off").contains("Settings > Objects");
        assertThat(fixture.record("invoices", invoice).get("hs_invoice_status")).isEqualTo("paid");
    }

    @Test
    void aPortalWithoutInvoicesStillGetsCustomersAndBalances() {
        fixture.hubspot.switchOff("invoices");
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));

        SyncReport report = fixture.engine.run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.off()).containsKey("invoices");
        assertThat(new BigDecimal(fixture.record("companies", customer).get("zoho_books_outstanding")))
                .isEqualByComparingTo("100");
    }

    @Test
    void oneSharedEmailIsOneContactOfBothCompanies() {
        String first = customer("Harbor Tools Ltd", "mara@harbor.example");
        String second = customer("Harbor Holding", "MARA@harbor.example");

        SyncReport report = fixture.engine.run();

        Held contact = fixture.hubspot.records("contacts").get(0);
        assertThat(fixture.hubspot.records("contacts")).hasSize(1);
        assertThat(fixture.hubspot.associated("contacts", contact.id(), "companies"))
                .containsExactlyInAnyOrder(
                        fixture.record("companies", first).id(),
                        fixture.record("companies", second).id());
        assertThat(report.streams().get("contacts").skipped()).isEqualTo(1);
        assertThat(report.status()).isEqualTo(Status.COMPLETE);
    }

    @Test
    void aContactThatWasThereIsAdoptedByItsEmail() {
        String there = fixture.hubspot.seed(
                "contacts", java.util.Map.of("email", "mara@harbor.example", "lifecyclestage", "lead"));
        customer("Harbor Tools Ltd", "mara@harbor.example");

        fixture.engine.run();

        assertThat(fixture.hubspot.records("contacts")).hasSize(1);
        assertThat(fixture.hubspot.records("contacts").get(0).id()).isEqualTo(there);
        assertThat(fixture.hubspot.records("contacts").get(0).get("firstname")).isEqualTo("Mara");
    }

    @Test
    void textsArriveUnchangedAndTooLongOnesAreCutAtACharacter() {
        String customer = customer("株式会社 Żółć 🚀", "mara@harbor.example");
        String lines = "Zeile mit Ümlaut\n".repeat(1_000);
        String tooLong = "a".repeat(65_535) + "🚀tail";
        String invoice = fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1")
                .currency("JPY", "0.0067")
                .line("座席", "3", "333", "10%", null)
                .description(lines)
                .line("Long", "1", "1")
                .description(tooLong));
        String dinars = fixture.books.addInvoice(
                InvoiceDraft.of(customer, "INV-2").currency("KWD", "3.25").line("Seat", "3", "0.125", "", VAT));

        SyncReport report = fixture.engine.run();

        assertThat(fixture.record("companies", customer).get("name")).isEqualTo("株式会社 Żółć 🚀");
        List<Held> held = fixture.hubspot.records("line_items");
        assertThat(held).anySatisfy(line -> assertThat(line.get("description")).isEqualTo(lines.strip()));
        assertThat(held).anySatisfy(line -> assertThat(line.get("description")).isEqualTo("a".repeat(65_535)));
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.reason()).contains("description was cut from 65541 to 65535"));
        assertThat(lineSum(invoice)).isEqualByComparingTo("900");
        assertThat(new BigDecimal(fixture.record("invoices", dinars).get("zoho_books_total")))
                .isEqualByComparingTo("0.450");
        assertThat(lineSum(dinars)).isEqualByComparingTo("0.450");
    }

    @Test
    void aSpentDayParksAndTheNextDayFinishes() throws Exception {
        Fixture small = Fixture.withDailyLimit(130);
        String customer = small.books.addCustomer(CustomerDraft.business("Harbor Tools Ltd"));
        for (int i = 0; i < 60; i++) {
            small.books.addInvoice(InvoiceDraft.of(customer, "INV-" + i).line("Seat", "1", "10"));
        }

        SyncReport first = small.engine.run();

        assertThat(first.status()).isEqualTo(Status.PARTIAL);
        assertThat(first.parked()).isTrue();
        assertThat(first.pendingDetails()).isPositive();
        // Thirty calls a day are not in reserve.
        long days = (first.pendingDetails() - 1) / 30;
        assertThat(first.backlogEndsAt())
                .isBetween(
                        first.resumesAt().plus(Duration.ofDays(days)),
                        first.resumesAt().plus(Duration.ofDays(days)).plus(Duration.ofMinutes(2)));
        assertThat(small.hubspot.records("invoices")).hasSize(60);
        assertThat(small.books.traffic().limitsBroken()).isEmpty();
        List<AuditEntry> parkings = new ArrayList<>();
        small.engine.audit().forEach(AuditQuery.all(), entry -> {
            if (entry.decision() == AuditEntry.Decision.PARKED) {
                parkings.add(entry);
            }
        });
        assertThat(parkings)
                .singleElement()
                .satisfies(entry -> assertThat(entry.payload().reason())
                        .isEqualTo("the day's calls of Zoho Books are spent until " + first.resumesAt()));
        SyncStatus status = small.newEngine().status();
        assertThat(status.parkedUntil()).isEqualTo(first.resumesAt());
        assertThat(status.pendingDetails()).isEqualTo(first.pendingDetails());
        assertThat(status.backlogEndsAt()).isEqualTo(first.backlogEndsAt());
        assertThat(status.lastRun().runId()).isEqualTo(first.runId());

        for (int day = 0; day < 4 && small.engine.run().parked(); day++) {
            small.time.sleep(Duration.ofHours(24));
        }

        assertThat(small.hubspot.records("line_items")).hasSize(60);
        assertThat(small.hubspot.records("invoices"))
                .allSatisfy(
                        invoice -> assertThat(invoice.get("hs_invoice_status")).isEqualTo("open"));
    }

    @Test
    void aDayThatIsSpentBeforeTheFirstCallParksToo() throws Exception {
        Fixture spent = Fixture.withDailyLimit(0);
        SyncReport report = spent.engine.run();
        assertThat(report.parked()).isTrue();
        assertThat(report.problem()).isNull();
        assertThat(report.status()).isEqualTo(Status.PARTIAL);
        assertThat(report.resumesAt()).isAfter(spent.time.now());
        assertThat(spent.hubspot.records("companies")).isEmpty();
    }

    @Test
    void aClientInTheBackgroundLeavesCallsToOtherTools() throws Exception {
        Fixture shared = Fixture.withHubSpotDailyLimit(130);
        String customer = shared.books.addCustomer(CustomerDraft.business("Harbor Tools Ltd"));
        for (int i = 0; i < 1_500; i++) {
            shared.books.addInvoice(InvoiceDraft.of(customer, "INV-" + i).line("Seat", "1", "10"));
        }
        SyncEngine engine = shared.newEngineInBackground();
        SyncReport report = engine.run();
        int days = 0;
        while (report.parked()) {
            assertThat(shared.hubspot.traffic().calls()).hasSizeLessThanOrEqualTo(30);
            assertThat(shared.hubspot.traffic().limitsBroken()).isEmpty();
            shared.time.sleep(Duration.between(shared.time.now(), report.resumesAt()));
            shared.forgetTraffic();
            report = engine.run();
            assertThat(++days).isLessThan(60);
        }
        assertThat(days).isPositive();
        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(shared.hubspot.records("line_items")).hasSize(1_500);
        assertThat(shared.hubspot.traffic().limitsBroken()).isEmpty();
    }

    @Test
    void whatWasInterruptedIsTakenUpAgainWithoutDuplicates() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        for (int i = 0; i < 250; i++) {
            fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-" + i).line("Seat", "1", "10"));
        }
        for (String where : List.of(
                "companies/batch/upsert",
                "invoices/batch/upsert",
                "line_items/batch/upsert",
                "associate/default",
                "invoices/batch/update")) {
            fixture.hubspot.nextRequests().matching(where).droppedAfterApplying(5);
            SyncReport interrupted = fixture.newEngine().run();
            assertThat(interrupted.problem()).isNotNull();
            assertThat(interrupted.problem().code()).isEqualTo("hubspot.unavailable");
        }

        SyncReport report = fixture.newEngine().run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
        assertThat(fixture.hubspot.records("invoices")).hasSize(250);
        assertThat(fixture.hubspot.records("line_items")).hasSize(250);
        assertThat(fixture.hubspot.pairs("invoices", "line_items")).isEqualTo(250);
        assertThat(fixture.hubspot.pairs("invoices", "companies")).isEqualTo(250);
        assertThat(fixture.hubspot.records("invoices"))
                .allSatisfy(
                        invoice -> assertThat(invoice.get("hs_invoice_status")).isEqualTo("open"));
    }

    @Test
    void anOrderThatCannotBeTrustedMakesThePassReadEverything() throws Exception {
        fixture.books.ignoresSort();
        fixture.books.ignoresFilters();
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        fixture.books.addCustomer(CustomerDraft.business("Vendor Inc").vendor());
        fixture.engine.run();
        fixture.time.sleep(Duration.ofDays(1));
        String late =
                fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "1", "10"));

        SyncReport report = fixture.engine.run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.has("invoices", late)).isTrue();
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
    }

    @Test
    void anAmountThatHubSpotLosesIsSentAgain() {
        fixture.hubspot.losesNextAmountBilled();
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice =
                fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));

        fixture.engine.run();

        assertThat(new BigDecimal(fixture.record("invoices", invoice).get("hs_amount_billed")))
                .isEqualByComparingTo("100");
    }

    @Test
    void whatIsLateTodayIsOverdueWithoutANewStamp() throws Exception {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1")
                .line("Seat", "2", "50")
                .dates(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-02")));
        fixture.engine.run();
        assertThat(new BigDecimal(fixture.record("companies", customer).get("zoho_books_overdue")))
                .isEqualByComparingTo("0");

        fixture.time.sleep(Duration.ofHours(20));
        fixture.engine.run();

        assertThat(new BigDecimal(fixture.record("companies", customer).get("zoho_books_overdue")))
                .isEqualByComparingTo("100");
    }

    @Test
    void aDeadTokenEndsTheRunWithWhatToDo() {
        fixture.books.revokeRefreshToken();

        SyncReport report = fixture.engine.run();

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.problem().code()).isEqualTo("zoho.reconnect");
        assertThat(report.problem().next()).contains("ZOHO_REFRESH_TOKEN");
    }

    @Test
    void aCustomerThatIsCorrectedBringsItsInvoicesAndPayments() throws Exception {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        fixture.books.editContact(customer, contact -> contact.put("contact_name", ""));
        String invoice =
                fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
        String payment =
                fixture.books.addPayment(PaymentDraft.of(customer, "1", "100").applyTo(invoice, "100"));
        SyncReport first = fixture.engine.run();
        assertThat(first.status()).isEqualTo(Status.PARTIAL);
        assertThat(fixture.hubspot.records("companies")).isEmpty();
        assertThat(fixture.hubspot.records("invoices")).isEmpty();

        fixture.time.sleep(Duration.ofMinutes(10));
        fixture.books.editContact(customer, contact -> contact.put("contact_name", "Harbor Tools Ltd"));
        SyncReport second = fixture.engine.run();

        assertThat(second.status()).isEqualTo(Status.COMPLETE);
        String company = fixture.record("companies", customer).id();
        Held held = fixture.record("invoices", invoice);
        assertThat(held.get("hs_invoice_status")).isEqualTo("paid");
        assertThat(lineSum(invoice)).isEqualByComparingTo("100");
        assertThat(fixture.hubspot.associated("invoices", held.id(), "companies"))
                .containsExactly(company);
        Held paid = fixture.record("commerce_payments", payment);
        assertThat(fixture.hubspot.associated("commerce_payments", paid.id(), "companies"))
                .containsExactly(company);
        assertThat(fixture.hubspot.associated("commerce_payments", paid.id(), "invoices"))
                .containsExactly(held.id());
    }

    @Test
    void aValueThatWasClearedWhileTheStoreWasLostIsClearedToo() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        fixture.engine.run();
        fixture.books.editContact(customer, contact -> contact.put("phone", ""));

        Fixture.forgetStore(fixture).run();

        assertThat(fixture.record("companies", customer).get("phone")).isEmpty();
    }

    @Test
    void aMissingScopeForInvoicesLeavesTheRest() {
        fixture.hubspot.withdrawScope("crm.objects.invoices.write");
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));

        SyncReport report = fixture.engine.run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.off().get("invoices")).contains("crm.objects.invoices.write");
        assertThat(fixture.has("companies", customer)).isTrue();
    }

    @Test
    void anEditBetweenTwoPagesIsReadInTheNextRunAtTheLatest() throws Exception {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String first =
                fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-0").line("Seat", "1", "10"));
        for (int i = 1; i < 250; i++) {
            fixture.time.sleep(Duration.ofSeconds(1));
            fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-" + i).line("Seat", "1", "10"));
        }
        fixture.books.before(
                "/invoices?organization_id=60012345678&page=2",
                () -> fixture.books.editInvoice(first, invoice -> invoice.put("reference_number", "PO-1")));

        fixture.engine.run();
        assertThat(fixture.hubspot.records("invoices")).hasSize(249);
        fixture.engine.run();

        assertThat(fixture.hubspot.records("invoices")).hasSize(250);
        assertThat(fixture.record("invoices", first).get("hs_purchase_order_number"))
                .isEqualTo("PO-1");
    }

    @Test
    void anInvoiceThatClosesWithoutANewStampIsFoundTheNextDay() throws Exception {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice =
                fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
        fixture.engine.run();
        fixture.books.changeInvoiceSilently(invoice, record -> {
            record.put("status", "paid");
            record.put("balance", BigDecimal.ZERO);
        });

        fixture.time.sleep(Duration.ofDays(1));
        fixture.engine.run();

        assertThat(fixture.record("invoices", invoice).get("hs_invoice_status")).isEqualTo("paid");
        assertThat(fixture.record("invoices", invoice).get("zoho_books_status")).isEqualTo("paid");
        assertThat(new BigDecimal(fixture.record("companies", customer).get("zoho_books_outstanding")))
                .isEqualByComparingTo("0");
    }

    @Test
    void aNegativeLineReducesTheLargestOfItsTax() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1")
                .line("Seat", "2", "50", "", VAT)
                .line("Exempt", "1", "500")
                .line("Credit", "1", "-30", "", VAT)
                .adjustment("-0.50"));

        SyncReport report = fixture.engine.run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(lineSum(invoice)).isEqualByComparingTo("583.50");
        assertThat(fixture.hubspot.records("line_items"))
                .extracting(line -> line.get("name") + " " + line.get("amount"))
                .containsExactlyInAnyOrder("Seat 70.00", "Exempt 499.50", "VAT (20%) 14.00");
        assertThat(report.streams().get("lineItems").skipped()).isEqualTo(1);
    }

    @Test
    void aRefusedChangeThatIsTakenBackLeavesNothingInQuarantine() throws Exception {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        fixture.engine.run();
        fixture.time.sleep(Duration.ofMinutes(10));
        fixture.books.editContact(customer, contact -> contact.put("status", "x".repeat(10)));
        fixture.hubspot.nextRequests().matching("companies/batch/update").answering(400, 1);
        assertThat(fixture.engine.run().status()).isEqualTo(Status.PARTIAL);

        fixture.time.sleep(Duration.ofMinutes(10));
        fixture.books.editContact(customer, contact -> contact.put("status", "active"));
        SyncReport report = fixture.engine.run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.record("companies", customer).get("zoho_books_status"))
                .isEqualTo("active");
    }

    /** Rows, lease and trail of a connection stand under its name, so that many share a store. */
    @Test
    void everythingStandsUnderTheNameOfTheConnection() {
        fixture.addCustomerWithInvoice();
        fixture.newEngine(builder -> builder.connection("acme")).run();
        assertThat(connections()).containsExactly("acme");

        fixture.engine.run();
        assertThat(connections()).containsExactly("acme", "zoho-" + fixture.books.organizationId());
        assertThat(fixture.engine.connection()).isEqualTo("zoho-" + fixture.books.organizationId());
    }

    private Set<String> connections() {
        return Stream.of("link", "checkpoint", "audit", "run")
                .flatMap(kind -> fixture.store.scan(SyncStore.Query.of(kind), null, 1_000).stream())
                .map(SyncStore.Row::connection)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
