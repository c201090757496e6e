package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.AuditEntry.Decision;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CreditNoteDraft;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a connection syncs can be chosen, and what is left out stays as it is. */
class SelectionTest {

    private final Fixture fixture = Fixture.withCurrencies();
    private final String first = customer("Harbor Tools Ltd", "mara@harbor.example");
    private final String second = customer("Quay Ltd", "noor@quay.example");

    private String customer(String name, String email) {
        return fixture.books.addCustomer(CustomerDraft.business(name).person("A", "B", email, "1"));
    }

    private String invoice(String customer, String number, LocalDate date) {
        return fixture.books.addInvoice(
                InvoiceDraft.of(customer, number).dates(date, date.plusDays(30)).line("Seat", "2", "50"));
    }

    private SyncEngine selecting(Selection selection) {
        fixture.pass(Duration.ofHours(1));
        return fixture.newEngine(builder -> builder.select(selection));
    }

    private List<String> numbers() {
        return fixture.hubspot.records("invoices").stream()
                .map(held -> held.get("hs_number"))
                .sorted()
                .toList();
    }

    private void mirrors() {
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    @Test
    void aPilotHasEverythingOfAFewCustomersUntilAllAreSelected() {
        String paid = invoice(first, "INV-1", LocalDate.of(2026, 2, 1));
        fixture.books.addPayment(PaymentDraft.of(first, "P-1", "20").applyTo(paid, "20"));
        String others = invoice(second, "INV-2", LocalDate.of(2026, 2, 1));
        fixture.books.addPayment(PaymentDraft.of(second, "P-2", "20").applyTo(others, "20"));

        SyncReport report =
                selecting(Selection.everything().customers(List.of(first))).run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.streams().get("customers").skipped()).isEqualTo(1);
        assertThat(report.streams().get("invoices").skipped()).isEqualTo(1);
        assertThat(report.streams().get("payments").skipped()).isEqualTo(1);
        assertThat(numbers()).containsExactly("INV-1");
        for (String type : List.of("companies", "contacts", "line_items", "commerce_payments")) {
            assertThat(fixture.hubspot.records(type)).as(type).hasSize(1);
        }
        assertThat(fixture.engine.audit().list(AuditQuery.ofRecord("invoices", others)))
                .extracting(entry -> entry.decision() + ": " + entry.payload().reason())
                .containsExactly("SKIPPED: not selected: the customer is none of those that are");

        assertThat(selecting(Selection.everything()).run().status()).isEqualTo(Status.COMPLETE);

        mirrors();
    }

    @Test
    void onlyWhatIsRecentIsSynced() {
        String old = invoice(first, "INV-1", LocalDate.of(2025, 12, 31));
        invoice(first, "INV-2", LocalDate.of(2026, 1, 1));
        fixture.books.addPayment(PaymentDraft.of(first, "P-1", "20")
                .on(LocalDate.of(2025, 12, 31))
                .applyTo(old, "20"));

        SyncReport report = selecting(Selection.everything().since(LocalDate.of(2026, 1, 1)))
                .run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(numbers()).containsExactly("INV-2");
        assertThat(fixture.hubspot.records("commerce_payments")).isEmpty();
        assertThat(fixture.record("companies", first).get("zoho_books_outstanding"))
                .isEqualTo("100.00");
    }

    /** Whatever becomes of it in Zoho Books meanwhile. */
    @Test
    void whatLeavesTheSelectionStaysAsItIsAndIsWrittenWhenItComesBack() {
        String invoice = invoice(first, "INV-1", LocalDate.of(2026, 2, 1));
        selecting(Selection.everything()).run();
        Held before = fixture.record("invoices", invoice);
        Held company = fixture.record("companies", first);
        SyncEngine pilot = selecting(Selection.everything().customers(List.of(second)));
        fixture.books.editContact(first, contact -> contact.put("phone", "77"));
        fixture.books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));

        SyncReport report = pilot.run();
        fixture.pass(Duration.ofDays(8));
        SyncReport swept = pilot.run();
        fixture.pass(Duration.ofDays(31));
        pilot.run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.remarks())
                .anyMatch(remark -> remark.record().equals("INV-1")
                        && remark.reason().startsWith("not selected")
                        && remark.reason().contains("HubSpot keeps it as it is"));
        assertThat(swept.deletionsToApprove()).isEmpty();
        assertThat(fixture.record("invoices", invoice)).isEqualTo(before);
        assertThat(fixture.record("companies", first)).isEqualTo(company);
        assertThat(pilot.audit().list(AuditQuery.ofRecord("invoices", invoice).decided(Decision.SKIPPED)))
                .hasSize(1);

        assertThat(selecting(Selection.everything()).run().status()).isEqualTo(Status.COMPLETE);
        mirrors();
    }

    /** What is left out does not count, whatever it was. */
    @Test
    void balancesAndRevenueAreThoseOfWhatIsSynced() {
        String open = invoice(first, "INV-1", LocalDate.of(2025, 6, 1));
        invoice(first, "INV-2", LocalDate.of(2026, 2, 1));
        fixture.books.addCreditNote(CreditNoteDraft.of(first, "CN-1").line("Returned", "1", "10"));
        selecting(Selection.everything()).run();
        assertThat(fixture.record("companies", first).get("zoho_books_outstanding"))
                .isEqualTo("200.00");
        assertThat(fixture.record("companies", first).get("zoho_books_lifetime_revenue"))
                .isEqualTo("190.00");

        SyncEngine recent = selecting(Selection.everything().since(LocalDate.of(2026, 1, 1)));
        assertThat(recent.run().status()).isEqualTo(Status.COMPLETE);

        assertThat(fixture.record("companies", first).get("zoho_books_outstanding"))
                .isEqualTo("100.00");
        SyncEngine later = selecting(Selection.everything().since(LocalDate.of(2026, 4, 1)));
        later.run();
        assertThat(fixture.record("companies", first).get("zoho_books_lifetime_revenue"))
                .isEqualTo("0.00");
        assertThat(fixture.has("invoices", open)).isTrue();
        selecting(Selection.everything()).run();
        mirrors();
    }

    @Test
    void statusesAndBranchesAreChosen() {
        invoice(first, "INV-1", LocalDate.of(2026, 2, 1));
        String draft = invoice(first, "INV-2", LocalDate.of(2026, 2, 1));
        fixture.books.editInvoice(draft, record -> record.put("status", "draft"));
        String other = invoice(first, "INV-3", LocalDate.of(2026, 2, 1));
        fixture.books.editInvoice(other, record -> record.put("branch_id", "2000000000000000009"));
        String same = invoice(first, "INV-4", LocalDate.of(2026, 2, 1));
        fixture.books.editInvoice(same, record -> record.put("location_id", "2000000000000000008"));

        selecting(Selection.everything().statuses("sent", "overdue", "paid").branches(List.of("2000000000000000008")))
                .run();

        assertThat(numbers()).as("a record that names no branch fits").containsExactly("INV-1", "INV-4");
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(draft, record -> record.put("status", "sent"));
        fixture.newEngine(builder -> builder.select(Selection.everything().statuses("sent", "overdue", "paid")))
                .run();
        assertThat(numbers()).containsExactly("INV-1", "INV-2", "INV-3", "INV-4");
    }

    /** A pass that finds nothing reads each list once, whatever is left out. */
    @Test
    void leavingOutCostsNoCalls() {
        Stream.of("INV-1", "INV-2").forEach(number -> invoice(second, number, LocalDate.of(2026, 2, 1)));
        SyncEngine engine = selecting(Selection.everything().customers(List.of(first)));
        engine.run();
        fixture.pass(Duration.ofHours(1));
        fixture.forgetTraffic();

        engine.run();

        assertThat(fixture.books.traffic().byTemplate().entrySet().stream()
                        .filter(calls -> calls.getKey().startsWith("GET"))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .isEqualTo(4);
        assertThat(fixture.hubspot.traffic().calls()).isEmpty();
    }
}
