package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CreditNoteDraft;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import io.ledgerbridge.testkit.PaymentDraft;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One thing that goes wrong in the wrong moment, and what must not come of it. */
class MishapTest {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");
    private static final int ATTEMPTS = 5;
    private static final Duration WEEK = Duration.ofDays(7).plusMinutes(1);

    private final Fixture fixture = Fixture.withCurrencies("EUR");

    private String customer(String name, String email) {
        return fixture.books.addCustomer(CustomerDraft.business(name).person("Mara", "Quinn", email, "1"));
    }

    private String invoice(String customer, String number) {
        return fixture.books.addInvoice(InvoiceDraft.of(customer, number)
                .line("Seat", "2", "50", "", VAT)
                .line("Support", "1", "30"));
    }

    private SyncReport run() {
        return fixture.engine.run();
    }

    private SyncReport runAfter(Duration time) {
        fixture.pass(time);
        return run();
    }

    private void mirrors() {
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    @Test
    void aCompanyWhoseCallWasLostStillBringsWhatWasHeldBack() {
        fixture.hubspot.nextRequests().matching("companies/batch/upsert").answering(400, 2);
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        invoice(customer, "INV-1");
        assertThat(run().status()).isEqualTo(Status.PARTIAL);
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> contact.put("phone", "2"));
        fixture.hubspot.nextRequests().none();
        fixture.hubspot.nextRequests().matching("companies/batch/upsert").droppedAfterApplying(ATTEMPTS);
        run();
        fixture.hubspot.nextRequests().none();

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        mirrors();
    }

    /** It was made from an invoice that was gone before it was written: nothing else would ever ask for its figures. */
    @Test
    void aCompanyWithoutInvoicesHasFiguresWhateverItWasMadeFrom() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        fixture.hubspot.nextRequests().matching("invoices/batch/upsert").answering(500, ATTEMPTS);
        run();
        assertThat(fixture.has("companies", customer)).isTrue();
        fixture.hubspot.nextRequests().none();
        fixture.books.deleteInvoice(invoice);

        assertThat(runAfter(Duration.ofHours(1)).status()).isEqualTo(Status.COMPLETE);

        assertThat(fixture.record("companies", customer).get("zoho_books_outstanding"))
                .isEqualTo("0.00");
        mirrors();
    }

    @Test
    void aRowThatCannotBeReadStopsNoOther() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String broken = invoice(customer, "INV-1");
        invoice(customer, "INV-2");
        String payment = fixture.books.addPayment(PaymentDraft.of(customer, "1", "20"));
        Object total = fixture.books.invoices().get(0).get("total");
        Object amount = fixture.books.payments().get(0).get("amount");
        fixture.books.editInvoice(broken, record -> record.put("total", "12,3x"));
        fixture.books.editPayment(payment, record -> record.put("amount", "much"));

        SyncReport report = run();

        assertThat(report.problem()).isNull();
        assertThat(report.status()).isEqualTo(Status.PARTIAL);
        assertThat(report.remarks())
                .anyMatch(remark -> remark.record().equals(broken)
                        && remark.reason().startsWith("its row cannot be read")
                        && remark.reason().contains("total"));
        assertThat(fixture.hubspot.records("invoices")).hasSize(1);
        assertThat(fixture.hubspot.records("commerce_payments")).isEmpty();
        assertThat(runAfter(Duration.ofDays(8)).status()).isEqualTo(Status.PARTIAL);
        assertThat(fixture.engine.audit().list(AuditQuery.ofRecord("invoices", broken)))
                .hasSize(1);

        fixture.pass(Duration.ofMinutes(1));
        fixture.books.editInvoice(broken, record -> record.put("total", total));
        fixture.books.editPayment(payment, record -> record.put("amount", amount));

        assertThat(runAfter(Duration.ofHours(1)).status()).isEqualTo(Status.COMPLETE);
        mirrors();
    }

    @Test
    void anInvoiceWhoseCallWasLostStillGetsItsPayment() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        fixture.books.addPayment(PaymentDraft.of(customer, "1", "20").applyTo(invoice, "20"));
        fixture.hubspot.nextRequests().matching("invoices/batch/upsert").droppedAfterApplying(ATTEMPTS);
        run();
        fixture.hubspot.nextRequests().none();

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        mirrors();
    }

    @Test
    void aLineWhoseWriteFailsStaysAsItWasAndIsWrittenLater() {
        String invoice = invoice(customer("Harbor Tools Ltd", "mara@harbor.example"), "INV-1");
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> changeLines(record, "name", "Renamed"));
        fixture.hubspot.nextRequests().matching("line_items/batch/update").answering(423, 100);

        SyncReport report = run();

        assertThat(report.status()).isEqualTo(Status.PARTIAL);
        assertThat(fixture.hubspot.archived("line_items")).isEmpty();
        assertThat(fixture.record("invoices", invoice).get("hs_invoice_status")).isEqualTo("open");
        fixture.hubspot.nextRequests().none();
        assertThat(runAfter(Duration.ofMinutes(10)).status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.hubspot.archived("line_items")).isEmpty();
        mirrors();
    }

    @SuppressWarnings("unchecked") // the fake's records are trees of maps and lists
    private static List<Map<String, Object>> lines(Map<String, Object> invoice) {
        return (List<Map<String, Object>>) invoice.get("line_items");
    }

    private static void changeLines(Map<String, Object> invoice, String name, Object value) {
        List<Map<String, Object>> changed = new ArrayList<>();
        lines(invoice).forEach(line -> {
            Map<String, Object> copy = new LinkedHashMap<>(line);
            copy.put(name, value);
            changed.add(copy);
        });
        invoice.put("line_items", changed);
    }

    @Test
    void linesOfAnInvoiceThatCannotBeMappedAreRememberedUntilItCan() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = fixture.books.addInvoice(
                InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50").line("Support", "1", "30"));
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> changeLines(record, "item_total", new BigDecimal("-5")));
        assertThat(run().status()).isEqualTo(Status.PARTIAL);
        assertThat(fixture.hubspot.records("line_items")).hasSize(2);
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> {
            keepLines(record, 1, "100.00");
            changeLines(record, "item_total", new BigDecimal("100.00"));
        });

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        assertThat(fixture.hubspot.records("line_items")).hasSize(1);
        mirrors();
    }

    /** Stamps have but seconds. */
    @Test
    void linesOfASecondEditWithinASecondAreRead() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1")
                .line("Seat", "1", "50")
                .line("Support", "1", "30")
                .line("Desk", "1", "20"));
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> keepLines(record, 2, "80.00"));
        Object stamp = fixture.books.invoices().get(0).get("last_modified_time");
        run();
        assertThat(fixture.hubspot.records("line_items")).hasSize(2);
        fixture.books.editInvoice(invoice, record -> keepLines(record, 1, "50.00"));
        assertThat(fixture.books.invoices().get(0).get("last_modified_time")).isEqualTo(stamp);
        fixture.pass(Duration.ofMinutes(3));

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        assertThat(fixture.hubspot.records("line_items")).hasSize(1);
        mirrors();
    }

    @Test
    void aSecondEditOfAPaymentWithinASecondIsRead() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String payment = fixture.books.addPayment(PaymentDraft.of(customer, "P-1", "50"));
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editPayment(payment, record -> setAmount(record, "60"));
        Object stamp = fixture.books.payments().get(0).get("last_modified_time");
        run();
        fixture.books.editPayment(payment, record -> setAmount(record, "70"));
        assertThat(fixture.books.payments().get(0).get("last_modified_time")).isEqualTo(stamp);
        fixture.pass(Duration.ofMinutes(3));

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        assertThat(fixture.hubspot.records("commerce_payments").get(0).get("hs_initial_amount"))
                .isEqualTo("70");
        mirrors();
    }

    private static void setAmount(Map<String, Object> payment, String amount) {
        List.of("amount", "bcy_amount", "unused_amount").forEach(name -> payment.put(name, new BigDecimal(amount)));
    }

    private static void keepLines(Map<String, Object> invoice, int count, String total) {
        invoice.put("line_items", lines(invoice).subList(0, count));
        List.of("total", "balance", "sub_total").forEach(name -> invoice.put(name, new BigDecimal(total)));
    }

    @Test
    void aPersonWhoseRowIsHiddenIsNotTakenForGone() {
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < 203; i++) {
            customers.add(fixture.books.addCustomer(
                    CustomerDraft.business("Company " + i).person("First" + i, "Last", "", "1")));
        }
        run();
        fixture.books.before(
                "/contacts/contactpersons?organization_id=60012345678&page=2",
                () -> fixture.books.deleteContact(customers.get(0)));
        runAfter(Duration.ofDays(1));
        SyncReport next = runAfter(Duration.ofDays(1));

        assertThat(next.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.hubspot.records("contacts")).hasSize(203);
        assertThat(fixture.hubspot.records("contacts"))
                .noneMatch(contact -> contact.get("zoho_books_key").endsWith(":self"));
    }

    @Test
    void aStatusThatIsNotAnsweredForIsWrittenInTheNextRun() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> record.put("status", "void"));
        fixture.hubspot
                .nextRequests()
                .matching("invoices/batch/update")
                .passing(1)
                .silentNoOp(1);
        assertThat(run().status()).isEqualTo(Status.PARTIAL);
        assertThat(fixture.record("invoices", invoice).get("hs_invoice_status")).isEqualTo("open");

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        assertThat(fixture.record("invoices", invoice).get("hs_invoice_status")).isEqualTo("voided");
    }

    @Test
    void figuresThatAreNotAnsweredForAreWrittenInTheNextRun() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        run();
        fixture.pass(Duration.ofHours(1));
        invoice(customer, "INV-1");
        fixture.hubspot.nextRequests().matching("companies/batch/update").silentNoOp(1);
        assertThat(run().status()).isEqualTo(Status.PARTIAL);

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        mirrors();
    }

    @Test
    void twoCompaniesThatWereMergedAreBothAccountedFor() {
        String first = customer("Alpha Ltd", "a@alpha.example");
        String second = customer("Beta Ltd", "b@beta.example");
        run();
        fixture.hubspot.merge(
                "companies",
                fixture.record("companies", second).id(),
                fixture.record("companies", first).id());
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(second, contact -> contact.put("phone", "22"));
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(first, contact -> contact.put("phone", "111"));
        fixture.books.editContact(second, contact -> contact.put("phone", "222"));

        SyncReport report = run();

        assertThat(report.streams().get("customers").seen()).isEqualTo(2);
        assertThat(report.streams().get("customers").updated()).isEqualTo(2);
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
    }

    @Test
    void aScopeThatIsLostForAWhileLosesNoLines() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        run();
        fixture.pass(Duration.ofHours(1));
        String invoice = invoice(customer, "INV-1");
        fixture.hubspot.nextRequests().matching("line_items/batch").answering(403, 1);
        run();
        assertThat(fixture.hubspot.records("line_items")).isEmpty();

        SyncReport report = runAfter(Duration.ofDays(1));

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.record("invoices", invoice).get("hs_invoice_status")).isEqualTo("open");
        mirrors();
    }

    @Test
    void noLinesAreMadeForAnInvoiceThatIsNotInHubSpot() {
        fixture.hubspot.requireOnCreate("companies", "domain");
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        run();
        String note =
                fixture.books.addCreditNote(CreditNoteDraft.of(customer, "CN-1").line("Returned", "1", "10"));
        fixture.books.applyCreditNote(note, invoice, "10");
        runAfter(Duration.ofHours(1));

        assertThat(fixture.hubspot.records("line_items")).isEmpty();
    }

    @Test
    void aSeparationThatIsRefusedStopsNothingElse() {
        String first = customer("Harbor Tools Ltd", "mara@harbor.example");
        String second = customer("Quay Ltd", "noor@quay.example");
        String moved = invoice(first, "INV-1");
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(moved, record -> {
            record.put("customer_id", second);
            record.put("customer_name", "Quay Ltd");
        });
        String late = invoice(first, "INV-2");
        fixture.hubspot
                .nextRequests()
                .matching("invoices/companies/batch/archive")
                .answering(400, 10);

        SyncReport report = run();

        assertThat(report.problem()).isNull();
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.reason()).contains("refused to separate it"));
        assertThat(fixture.record("invoices", late).get("hs_invoice_status")).isEqualTo("open");
    }

    @Test
    void aDetailThatCannotBeReadKeepsNoOtherWaiting() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String broken = invoice(customer, "INV-1");
        invoice(customer, "INV-2");
        fixture.books.editInvoice(broken, record -> changeLines(record, "quantity", "abc"));

        SyncReport report = run();

        assertThat(report.problem()).isNull();
        assertThat(report.status()).isEqualTo(Status.PARTIAL);
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.reason()).contains("its detail cannot be read"));
        assertThat(fixture.hubspot.records("line_items")).hasSize(3);
        fixture.books.editInvoice(broken, record -> changeLines(record, "quantity", BigDecimal.ONE));
        assertThat(runAfter(Duration.ofHours(1)).problem()).isNull();
    }

    @Test
    void aDetailThatCanBeReadAgainLeavesTheQuarantine() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        fixture.books.nextRequests().matching("/invoices/" + invoice).answering(400, 1);
        assertThat(run().status()).isEqualTo(Status.PARTIAL);

        assertThat(runAfter(Duration.ofMinutes(10)).status()).isEqualTo(Status.COMPLETE);
        mirrors();
    }

    @Test
    void anInvoiceThatWasHeldBackIsWrittenWhenItsCustomerIs() {
        String first = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(first, "INV-1");
        run();
        fixture.pass(Duration.ofHours(1));
        String second = customer("Quay Ltd", "noor@quay.example");
        fixture.books.editInvoice(invoice, record -> {
            record.put("customer_id", second);
            record.put("customer_name", "Quay Ltd");
            record.put("contact_persons", List.of());
            record.put("reference_number", "PO-1");
        });
        fixture.hubspot.nextRequests().matching("companies/batch/upsert").answering(400, 1);
        assertThat(run().status()).isEqualTo(Status.PARTIAL);
        fixture.pass(Duration.ofHours(1));
        fixture.hubspot.nextRequests().none();
        fixture.books.editContact(second, contact -> contact.put("phone", "2"));

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        mirrors();
    }

    @Test
    void aLostScopeForCreditNotesDoesNotStopSweeps() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        run();
        fixture.books.withdrawScope("ZohoBooks.creditnotes.READ");
        invoice(customer, "INV-1");

        SyncReport report = runAfter(WEEK);

        assertThat(report.problem()).isNull();
        assertThat(fixture.hubspot.records("line_items")).hasSize(3);
    }

    @Test
    void anInvoiceThatIsNotAnsweredForIsWrittenByTheRetry() {
        String first = customer("Harbor Tools Ltd", "mara@harbor.example");
        String second = customer("Quay Ltd", "noor@quay.example");
        String invoice = invoice(first, "INV-1");
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> {
            record.put("customer_id", second);
            record.put("customer_name", "Quay Ltd");
            record.put("contact_persons", List.of());
        });
        fixture.hubspot.nextRequests().matching("invoices/batch/update").silentNoOp(1);
        assertThat(run().status()).isEqualTo(Status.PARTIAL);

        assertThat(runAfter(Duration.ofMinutes(10)).status()).isEqualTo(Status.COMPLETE);

        mirrors();
    }

    @Test
    void anAddressThatAnotherContactHasIsLeftOutAndTheRestIsWritten() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        run();
        fixture.hubspot.seed("contacts", Map.of("email", "taken@harbor.example"));
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> {
            Map<String, Object> person = new LinkedHashMap<>(persons(contact).get(0));
            person.put("email", "taken@harbor.example");
            person.put("last_name", "Married");
            contact.put("contact_persons", List.of(person));
        });

        SyncReport report = run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.reason()).contains("left out"));
        Held contact = fixture.hubspot.records("contacts").stream()
                .filter(one -> !one.get("zoho_books_key").isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(contact.get("lastname")).isEqualTo("Married");
        assertThat(contact.get("email")).isEqualTo("mara@harbor.example");
        assertThat(runAfter(Duration.ofDays(1)).status()).isEqualTo(Status.COMPLETE);
    }

    @SuppressWarnings("unchecked") // the fake's records are trees of maps and lists
    private static List<Map<String, Object>> persons(Map<String, Object> contact) {
        return (List<Map<String, Object>>) contact.get("contact_persons");
    }

    @Test
    void anOutageOfHubSpotDoesNotSpendTheDayOfZohoBooks() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        for (int i = 0; i < 300; i++) {
            invoice(customer, "INV-" + i);
        }
        fixture.hubspot.nextRequests().matching("line_items/batch").htmlBadGateway(1_000);
        run();
        fixture.forgetTraffic();
        for (int i = 0; i < 10; i++) {
            runAfter(Duration.ofMinutes(5));
        }

        assertThat(fixture.books.traffic().count("GET /books/v3/invoices/{id}")).isLessThanOrEqualTo(10);
        fixture.hubspot.nextRequests().none();
        assertThat(run().status()).isEqualTo(Status.COMPLETE);
        mirrors();
    }

    @Test
    void whatWasMarkedAsDeletedAndThenCleanedUpNeedsNoDecision() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        List<String> deleted = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String invoice = invoice(customer, "INV-" + i);
            if (i < 21) {
                deleted.add(invoice);
            }
        }
        run();
        deleted.forEach(fixture.books::deleteInvoice);
        assertThat(runAfter(WEEK).status()).isEqualTo(Status.DECISION_NEEDED);
        fixture.engine.approveDeletions();
        assertThat(run().status()).isEqualTo(Status.COMPLETE);
        deleted.forEach(id -> fixture.hubspot.archive(
                "invoices", fixture.record("invoices", id).id()));

        assertThat(runAfter(Duration.ofDays(31)).status()).isEqualTo(Status.COMPLETE);
    }

    @Test
    void aVoidThatIsIgnoredStaysIgnoredWhateverElseHappens() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        String payment =
                fixture.books.addPayment(PaymentDraft.of(customer, "1", "20").applyTo(invoice, "20"));
        SyncEngine engine = fixture.newEngine(builder -> builder.whenVoided(DeletionPolicy.IGNORE));
        engine.run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.deletePayment(payment);
        fixture.books.editInvoice(invoice, record -> record.put("status", "void"));
        engine.run();
        fixture.pass(WEEK);
        engine.run();

        assertThat(fixture.record("invoices", invoice).get("hs_invoice_status")).isNotEqualTo("voided");
    }

    @Test
    void twoEnginesDoNotWorkOnOneConnectionAtOnce() {
        customer("Harbor Tools Ltd", "mara@harbor.example");
        SyncEngine other = fixture.newEngine();
        List<SyncReport> reports = new ArrayList<>();
        fixture.books.before("/invoices", () -> reports.add(other.run()));

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.status()).isEqualTo(Status.FAILED);
            assertThat(report.problem().code()).isEqualTo("sync.busy");
            assertThat(report.calls()).isEqualTo(new SyncReport.Calls(0, 0));
        });
        assertThat(Set.copyOf(fixture.hubspot.records("companies"))).hasSize(1);
    }

    @Test
    void aCurrencyThatIsAddedIsTakenUpWithoutANewProcess() {
        Fixture poor = Fixture.withCurrencies();
        String customer = poor.books.addCustomer(
                CustomerDraft.business("Harbor Tools Ltd").currency("EUR"));
        String invoice = poor.books.addInvoice(
                InvoiceDraft.of(customer, "INV-1").currency("EUR", "1.1").line("Seat", "1", "10"));
        SyncReport report = poor.engine.run();
        assertThat(report.status()).isEqualTo(Status.PARTIAL);
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.reason()).contains("the currency EUR"));
        poor.hubspot.addCurrency("EUR");
        poor.pass(Duration.ofDays(1));

        assertThat(poor.engine.run().status()).isEqualTo(Status.COMPLETE);

        assertThat(poor.record("invoices", invoice).get("hs_invoice_status")).isEqualTo("open");
    }
}
