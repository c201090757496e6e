package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.sync.Reconciliation.Age;
import io.ledgerbridge.sync.Reconciliation.Cause;
import io.ledgerbridge.sync.Reconciliation.Difference;
import io.ledgerbridge.sync.Reconciliation.Month;
import io.ledgerbridge.sync.Reconciliation.Receivable;
import io.ledgerbridge.sync.Reconciliation.Side;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both sides are compared as accountants do, and each difference has its cause. */
class ReconcileTest {

    private final Fixture fixture = Fixture.withCurrencies("EUR");
    private final String customer = customer(CustomerDraft.business("Harbor Tools Ltd"), "mara@harbor.example");

    private String customer(CustomerDraft draft, String email) {
        return fixture.books.addCustomer(draft.person("A", "B", email, "1"));
    }

    private String invoice(String of, String number) {
        return fixture.books.addInvoice(InvoiceDraft.of(of, number)
                .dates(LocalDate.of(2026, 2, 10), LocalDate.of(2026, 2, 20))
                .line("Seat", "2", "50")
                .line("Support", "1", "30.50"));
    }

    private void sync() {
        fixture.pass(Duration.ofHours(1));
        fixture.engine.run();
    }

    private List<Difference> differences() {
        fixture.forgetTraffic();
        List<Difference> found = fixture.engine.reconcile().differences();
        assertThat(fixture.writes()).isZero();
        return found;
    }

    /** What is planted is found, and nothing else; what can be repaired vanishes. */
    private void repairAll(List<Difference> found) {
        assertThat(found).allMatch(Difference::isRepairable);
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.engine.repair(found).problem()).isNull();
        assertThat(differences()).isEmpty();
        sync();
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    private static BigDecimal decimal(String amount) {
        return new BigDecimal(amount);
    }

    @Test
    void whatAgreesHasNoDifferences() {
        String invoice = invoice(customer, "INV-1");
        fixture.books.addPayment(PaymentDraft.of(customer, "P-1", "30.5").applyTo(invoice, "30.5"));
        String abroad = customer(CustomerDraft.business("Quai SA").currency("EUR"), "noor@quai.example");
        fixture.books.addInvoice(InvoiceDraft.of(abroad, "INV-2")
                .currency("EUR", "1.1")
                .dates(LocalDate.of(2026, 1, 1), LocalDate.of(2025, 11, 1))
                .line("Seat", "1", "10"));
        fixture.books.addInvoice(
                InvoiceDraft.of(customer, "INV-3").status("draft").line("Seat", "1", "7"));
        fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-4")
                .dates(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1))
                .line("Seat", "1", "9"));
        sync();

        Reconciliation found = fixture.engine.reconcile();

        assertThat(found.differences()).isEmpty();
        Side february = new Side(1, decimal("130.5"), decimal("100"));
        Side march = new Side(1, decimal("9"), decimal("9"));
        Side january = new Side(1, decimal("10"), decimal("10"));
        assertThat(found.months())
                .containsExactly(
                        new Month("EUR", YearMonth.of(2026, 1), january, january),
                        new Month("USD", YearMonth.of(2026, 2), february, february),
                        new Month("USD", YearMonth.of(2026, 3), march, march))
                .allMatch(Month::agrees);
        assertThat(found.receivables())
                .containsExactly(
                        new Receivable("EUR", Age.OVER_90_DAYS, decimal("10"), decimal("10")),
                        new Receivable("USD", Age.OPEN, decimal("9"), decimal("9")),
                        new Receivable("USD", Age.DAYS_1_TO_30, decimal("100"), decimal("100")));
    }

    @Test
    void agesAreThoseOfAccountants() {
        assertThat(List.of(-1L, 0L, 1L, 30L, 31L, 60L, 61L, 90L, 91L))
                .extracting(Age::of)
                .containsExactly(
                        Age.OPEN,
                        Age.OPEN,
                        Age.DAYS_1_TO_30,
                        Age.DAYS_1_TO_30,
                        Age.DAYS_31_TO_60,
                        Age.DAYS_31_TO_60,
                        Age.DAYS_61_TO_90,
                        Age.DAYS_61_TO_90,
                        Age.OVER_90_DAYS);
    }

    @Test
    void whatWasChangedInHubSpotIsFoundAndWrittenOnceMore() {
        String invoice = invoice(customer, "INV-1");
        String payment =
                fixture.books.addPayment(PaymentDraft.of(customer, "P-1", "20").applyTo(invoice, "20"));
        sync();
        String held = fixture.record("invoices", invoice).id();
        fixture.hubspot.edit("invoices", held, Map.of("zoho_books_balance", "1"));
        fixture.hubspot.edit(
                "commerce_payments",
                fixture.record("commerce_payments", payment).id(),
                Map.of("hs_initial_amount", "2"));
        fixture.hubspot.edit(
                "companies", fixture.record("companies", customer).id(), Map.of("zoho_books_overdue", "3"));
        Held line = fixture.hubspot.records("line_items").get(0);
        fixture.hubspot.edit("line_items", line.id(), Map.of("price", "4"));

        List<Difference> found = differences();

        assertThat(found)
                .extracting(one -> one.stream() + " " + one.property() + " " + one.cause())
                .containsExactlyInAnyOrder(
                        "invoices zoho_books_balance CHANGED_IN_HUBSPOT",
                        "payments hs_initial_amount CHANGED_IN_HUBSPOT",
                        "customers zoho_books_overdue CHANGED_IN_HUBSPOT",
                        "lineItems price CHANGED_IN_HUBSPOT");
        assertThat(found.get(0)).satisfies(one -> {
            assertThat(one.name()).isEqualTo("INV-1");
            assertThat(one.target()).isEqualTo(held);
            assertThat(one.zoho()).isEqualTo("110.50");
            assertThat(one.hubSpot()).isEqualTo("1");
            assertThat(one.explanation()).contains("changed in HubSpot");
        });
        Reconciliation figures = fixture.engine.reconcile();
        assertThat(figures.months().get(0).agrees()).isFalse();
        assertThat(figures.receivables())
                .containsExactly(new Receivable("USD", Age.DAYS_1_TO_30, decimal("110.5"), decimal("1")));
        repairAll(found);
    }

    @Test
    void whatWasDeletedInHubSpotIsFoundAndMadeAgain() {
        String invoice = invoice(customer, "INV-1");
        String other = invoice(customer, "INV-2");
        String payment =
                fixture.books.addPayment(PaymentDraft.of(customer, "P-1", "20").applyTo(invoice, "20"));
        sync();
        String missing = fixture.hubspot.records("line_items").get(0).id();
        fixture.hubspot.archive("line_items", missing);
        fixture.hubspot.archive(
                "commerce_payments",
                fixture.record("commerce_payments", payment).id());
        fixture.hubspot.archive("invoices", fixture.record("invoices", other).id());

        List<Difference> found = differences();

        assertThat(found)
                .allMatch(one -> one.cause() == Cause.DELETED_IN_HUBSPOT)
                .extracting(one -> one.stream() + " " + one.name().replaceAll(" line .*", " line"))
                .contains("lineItems INV-1 line", "payments P-1", "invoices INV-2");
        repairAll(found);
    }

    @Test
    void whatIsNotFetchedYetIsNamed() {
        String invoice = invoice(customer, "INV-1");
        sync();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> {
            record.put("status", "paid");
            record.put("balance", BigDecimal.ZERO);
        });
        fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-2").line("Seat", "1", "7"));
        String late = customer(CustomerDraft.business("Quay Ltd"), "noor@quay.example");

        List<Difference> found = differences();

        assertThat(found).isNotEmpty().allMatch(one -> one.cause() == Cause.NOT_YET_FETCHED);
        assertThat(found)
                .extracting(one -> one.stream() + " " + one.name() + " " + one.property())
                .contains(
                        "invoices INV-1 zoho_books_balance",
                        "invoices INV-2 ",
                        "customers Quay Ltd ",
                        "customers Harbor Tools Ltd zoho_books_outstanding");
        assertThat(late).isNotEmpty();
        repairAll(found);
    }

    @Test
    void whatWaitsInQuarantineIsNamedWithItsReason() {
        fixture.hubspot.requireOnCreate("invoices", "hs_purchase_order_number");
        invoice(customer, "INV-1");
        sync();

        List<Difference> found = differences();

        assertThat(found).hasSize(1).allMatch(one -> one.cause() == Cause.QUARANTINED);
        assertThat(found.get(0).explanation()).contains("required properties");
        fixture.hubspot.requireNothingOnCreate("invoices");
        repairAll(found);
    }

    /** Somebody has entered the same invoice, and the same payment, by hand. */
    @Test
    void aForeignDuplicateIsFoundAndArchived() {
        String invoice = invoice(customer, "INV-1");
        String payment =
                fixture.books.addPayment(PaymentDraft.of(customer, "P-1", "20").applyTo(invoice, "20"));
        sync();
        String company = fixture.record("companies", customer).id();
        String copy = fixture.hubspot.seed(
                "invoices", Map.of("hs_currency", "USD", "hs_number", "INV-1", "hs_amount_billed", "130.5"));
        String unlike = fixture.hubspot.seed("invoices", Map.of("hs_currency", "USD", "hs_number", "Q-7"));
        Held ours = fixture.record("commerce_payments", payment);
        String paidTwice = fixture.hubspot.seed(
                "commerce_payments",
                Map.of(
                        "hs_initial_amount", "20",
                        "hs_currency_code", "USD",
                        "hs_initiated_date", ours.get("hs_initiated_date")));
        for (String stranger : List.of(copy, unlike)) {
            fixture.hubspot.associate("invoices", stranger, "companies", company);
        }
        fixture.hubspot.associate("commerce_payments", paidTwice, "companies", company);

        List<Difference> found = differences();

        assertThat(found)
                .extracting(one -> one.cause() + " " + one.target())
                .containsExactly("FOREIGN_DUPLICATE " + copy, "FOREIGN_DUPLICATE " + paidTwice);
        fixture.pass(Duration.ofHours(1));
        SyncReport report = fixture.engine.repair(found);

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.hubspot.archived("invoices")).containsExactly(copy);
        assertThat(fixture.hubspot.archived("commerce_payments")).containsExactly(paidTwice);
        assertThat(differences()).isEmpty();
        assertThat(fixture.engine.audit().list(AuditQuery.all().decided(AuditEntry.Decision.ARCHIVED)))
                .extracting(AuditEntry::target)
                .containsExactlyInAnyOrder(copy, paidTwice);
    }

    @Test
    void openingBalancesAndOtherRatesAreNamed() {
        customer(CustomerDraft.business("Old Ltd").openingBalance("250"), "o@old.example");
        String abroad = customer(CustomerDraft.business("Quai SA").currency("EUR"), "noor@quai.example");
        fixture.books.addInvoice(
                InvoiceDraft.of(abroad, "INV-2").currency("EUR", "1.1").line("Seat", "1", "10"));
        fixture.books.adjustBaseCurrency("EUR", "1.2");
        sync();

        List<Difference> found = differences();

        assertThat(found)
                .extracting(one -> one.cause() + " " + one.name() + " " + one.zoho() + " " + one.hubSpot())
                .containsExactlyInAnyOrder("OPENING_BALANCE Old Ltd 250.00 0.00", "RATE_CHANGE Quai SA 12.00 11.00");
        assertThat(found).noneMatch(Difference::isRepairable);
        assertThat(found).anyMatch(one -> one.explanation().contains("an opening balance of 250"));
        SyncReport report = fixture.engine.repair(found);
        assertThat(report.streams().get("customers").seen()).isZero();
    }

    @Test
    void whatIsNotSelectedIsNamed() {
        String other = customer(CustomerDraft.business("Quay Ltd"), "noor@quay.example");
        invoice(other, "INV-2");
        invoice(customer, "INV-1");
        SyncEngine pilot = fixture.newEngine(
                builder -> builder.select(Selection.everything().customers(List.of(customer))));
        pilot.run();

        List<Difference> found = pilot.reconcile().differences();

        assertThat(found)
                .extracting(one -> one.stream() + " " + one.name() + " " + one.cause())
                .containsExactlyInAnyOrder("invoices INV-2 OUT_OF_SELECTION", "customers Quay Ltd OUT_OF_SELECTION");
        assertThat(found.get(0).explanation()).contains("not selected");
    }

    @Test
    void readingIsByIdInHundreds() {
        for (int i = 0; i < 230; i++) {
            fixture.books.addInvoice(InvoiceDraft.of(customer, "N-" + i).line("Seat", "1", "10"));
        }
        sync();
        fixture.forgetTraffic();

        assertThat(fixture.engine.reconcile().differences()).isEmpty();

        Map<String, Long> calls = fixture.hubspot.traffic().byTemplate();
        assertThat(calls.keySet()).noneMatch(template -> template.contains("search"));
        assertThat(calls.get("POST /crm/objects/2026-09/invoices/batch/read")).isEqualTo(3);
        assertThat(calls.get("POST /crm/objects/2026-09/line_items/batch/read")).isEqualTo(3);
        assertThat(fixture.books.traffic().count("GET /books/v3/invoices")).isEqualTo(2);
    }

    @Test
    void whileAnotherProcessWorksItSaysSo() {
        fixture.store
                .acquire(fixture.engine.connection(), "another process", Duration.ofMinutes(5))
                .orElseThrow();

        assertThatThrownBy(() -> fixture.engine.reconcile())
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("Another process works on this connection");
    }
}
