package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Remark;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import io.ledgerbridge.testkit.PaymentDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R1 in accounts that do not let every type have a unique property. */
class WithoutUniqueKeysTest {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");

    /** What an account refuses. */
    enum Account {
        CONTACTS(account -> account.refuseUniqueProperties("contacts")),
        LINES(account -> account.refuseUniqueProperties("line_items")),
        PAYMENTS(account -> account.refuseUniqueProperties("commerce_payments")),
        /** No property of our own on lines at all. */
        LINE_PROPERTIES(account -> account.withdrawScope("e-commerce"));

        private final Consumer<FakeHubSpot> refusal;

        Account(Consumer<FakeHubSpot> refusal) {
            this.refusal = refusal;
        }
    }

    private final Fixture fixture = Fixture.withCurrencies("EUR");
    private final List<String> customers = new ArrayList<>();
    private final List<String> invoices = new ArrayList<>();
    private final List<String> payments = new ArrayList<>();

    private void fill(Account account) {
        account.refusal.accept(fixture.hubspot);
        for (int i = 0; i < 8; i++) {
            CustomerDraft draft = CustomerDraft.business("Company " + i);
            if (i != 3) {
                draft.person("First" + i, "Last", i == 5 ? "" : "p" + i + "@c.example", "1")
                        .person("Second" + i, "Last", i == 6 ? "P2@c.example" : "q" + i + "@c.example", "2");
            }
            customers.add(fixture.books.addCustomer(draft));
        }
        for (int i = 0; i < 16; i++) {
            // The same lines on many invoices: HubSpot would merge identical ones of one call.
            invoices.add(fixture.books.addInvoice(InvoiceDraft.of(customers.get(i % 8), "INV-" + i)
                    .line("Seat", "2", "50", "", VAT)
                    .line("Seat", "2", "50", "", VAT)
                    .line("Support", "1", "30")));
        }
        for (int i = 0; i < 10; i++) {
            payments.add(fixture.books.addPayment(
                    PaymentDraft.of(customers.get(i % 8), "P-" + i, "20").applyTo(invoices.get(i), "20")));
        }
    }

    private void mirrors() {
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    private static SyncReport complete(SyncReport report) {
        assertThat(report.problem()).isNull();
        assertThat(report.status()).as("%s", report.remarks()).isEqualTo(Status.COMPLETE);
        return report;
    }

    @ParameterizedTest
    @EnumSource
    void everythingIsMirroredAndTheReportNamesWhatIsWeaker(Account account) {
        fill(account);

        SyncReport report = complete(fixture.engine.run());

        mirrors();
        assertThat(report.off()).isEmpty();
        assertThat(report.remarks())
                .extracting(Remark::record)
                .filteredOn(record -> record.startsWith("property"))
                .contains("property zoho_books_key");
        fixture.forgetTraffic();
        complete(fixture.engine.run());
        assertThat(fixture.hubspot.traffic().calls()).as("R3").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void changesAndDeletionsFollow(Account account) {
        fill(account);
        complete(fixture.engine.run());
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoices.get(0), record -> record.put("reference_number", "PO-1"));
        fixture.books.editInvoice(invoices.get(15), WithoutUniqueKeysTest::withoutFirstLine);
        fixture.books.editInvoice(invoices.get(14), WithoutUniqueKeysTest::withOneMoreAtTheTop);
        fixture.books.editPayment(payments.get(1), record -> record.put("reference_number", "Ref"));
        fixture.books.deletePayment(payments.get(2));
        fixture.books.editContact(customers.get(0), contact -> contact.put("phone", "7"));

        complete(fixture.engine.run());
        fixture.pass(Duration.ofDays(8));
        complete(fixture.engine.run());

        mirrors();
    }

    private static void withoutFirstLine(Map<String, Object> invoice) {
        List<Map<String, Object>> lines = new ArrayList<>(BookRows.list(invoice.get("line_items")));
        BookRows.addToTotals(
                invoice, BookRows.decimal(lines.remove(2), "item_total").negate());
        invoice.put("line_items", lines);
    }

    private static void withOneMoreAtTheTop(Map<String, Object> invoice) {
        List<Map<String, Object>> lines = new ArrayList<>(BookRows.list(invoice.get("line_items")));
        Map<String, Object> more = new LinkedHashMap<>(lines.get(2));
        more.put("line_item_id", "9000000000000000001");
        more.put("name", "Extra");
        lines.add(0, more);
        invoice.put("line_items", lines);
        BookRows.addToTotals(invoice, BookRows.decimal(more, "item_total"));
    }

    @ParameterizedTest
    @EnumSource
    void aCreationWhoseAnswerIsLostIsNotRepeatedUnread(Account account) {
        fill(account);
        for (String type : List.of("contacts", "line_items", "commerce_payments")) {
            fixture.hubspot.nextRequests().matching(type + "/batch/create").droppedAfterApplying(1);
        }

        fixture.engine.run();
        fixture.pass(Duration.ofMinutes(10));
        fixture.engine.run();
        fixture.pass(Duration.ofMinutes(30));
        complete(fixture.newEngine().run());

        mirrors();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasMadeAndIsGoneFromTheBooksByNowIsNotForgotten(Account account) {
        fill(account);
        for (String type : List.of("line_items", "commerce_payments")) {
            fixture.hubspot.nextRequests().matching(type + "/batch/create").droppedAfterApplying(1);
        }
        fixture.engine.run();
        fixture.books.deletePayment(payments.get(9));
        fixture.books.editInvoice(invoices.get(15), WithoutUniqueKeysTest::withoutFirstLine);
        fixture.pass(Duration.ofMinutes(10));
        fixture.newEngine().run();
        fixture.pass(Duration.ofDays(8));

        complete(fixture.newEngine().run());

        mirrors();
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsRefusedDoesNotStopTheOthersOfItsCall(Account account) {
        fill(account);
        for (String type : List.of("contacts", "line_items", "commerce_payments")) {
            fixture.hubspot.nextRequests().matching(type + "/batch/create").answering(400, 2);
        }

        complete(fixture.engine.run());

        mirrors();
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatIsLostIsMadeAgain(Account account) {
        fill(account);
        complete(fixture.engine.run());
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoices.get(15), WithoutUniqueKeysTest::withoutFirstLine);
        fixture.books.editInvoice(invoices.get(14), WithoutUniqueKeysTest::withOneMoreAtTheTop);
        fixture.books.editPayment(payments.get(1), record -> record.put("reference_number", "Ref"));
        Set<String> lines = ids("line_items");
        SyncEngine next = Fixture.forgetStore(fixture);

        complete(next.run());

        mirrors();
        assertThat(ids("line_items")).as("lines that are known again").containsAnyElementsOf(lines);
        assertThat(ids("line_items").stream().filter(lines::contains).count())
                .as("lines that are known again")
                .isGreaterThanOrEqualTo(lines.size() - 2L);
    }

    private Set<String> ids(String type) {
        return Set.copyOf(fixture.hubspot.records(type).stream().map(Held::id).toList());
    }

    /** Lines that were made without a key are told apart by their places for good: the older ones would have none. */
    @Test
    void aKeyThatCanBeMadeLaterDoesNotMakeLinesTwice() {
        fill(Account.LINE_PROPERTIES);
        complete(fixture.engine.run());
        Set<String> lines = ids("line_items");
        fixture.hubspot.grantScope("e-commerce");
        fixture.pass(Duration.ofDays(1));
        fixture.books.editInvoice(invoices.get(14), WithoutUniqueKeysTest::withOneMoreAtTheTop);
        fixture.hubspot
                .nextRequests()
                .matching("objects/2026-09/line_items/batch/create")
                .droppedAfterApplying(1);

        fixture.newEngine().run();
        fixture.pass(Duration.ofMinutes(10));
        SyncReport report = complete(fixture.newEngine().run());

        mirrors();
        assertThat(ids("line_items")).hasSize(lines.size() + 1).containsAll(lines);
        assertThat(report.remarks())
                .filteredOn(remark -> remark.stream().equals("lineItems"))
                .extracting(Remark::reason)
                .anyMatch(reason -> reason.contains("lines were made without it"));
    }

    /** HubSpot tells what the store cannot know any more. */
    @Test
    void aStoreThatIsLostBeforeAKeyCanBeMadeDoesNotMakeLinesTwice() {
        fill(Account.LINE_PROPERTIES);
        complete(fixture.engine.run());
        complete(fixture.newEngine().run());
        Set<String> lines = ids("line_items");
        fixture.hubspot.grantScope("e-commerce");
        fixture.pass(Duration.ofDays(1));
        fixture.books.editInvoice(invoices.get(14), record -> record.put("reference_number", "PO-1"));

        complete(Fixture.forgetStore(fixture).run());

        mirrors();
        assertThat(ids("line_items")).isEqualTo(lines);
    }

    @Test
    void aLineThatAUserHasAddedStays() {
        fill(Account.LINE_PROPERTIES);
        complete(fixture.engine.run());
        String invoice = fixture.record("invoices", invoices.get(14)).id();
        String added = fixture.hubspot.seed(
                "line_items", Map.of("name", "Of a user", "price", "1", "quantity", "1", "hs_position_on_quote", "1"));
        fixture.hubspot.associate("invoices", invoice, "line_items", added);
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoices.get(14), WithoutUniqueKeysTest::withOneMoreAtTheTop);

        complete(Fixture.forgetStore(fixture).run());

        assertThat(fixture.hubspot.records("line_items"))
                .filteredOn(line -> line.id().equals(added))
                .singleElement()
                .extracting(line -> line.get("name"))
                .isEqualTo("Of a user");
        assertThat(fixture.hubspot.associated("invoices", invoice, "line_items"))
                .hasSize(6);
    }

    /** Where it would be looked for is gone, so all records are looked through. */
    @ParameterizedTest
    @ValueSource(strings = {"contacts", "commerce_payments"})
    void whatWasMadeUnderACompanyThatIsGoneByNowIsNotMadeTwice(String type) {
        fill(type.equals("contacts") ? Account.CONTACTS : Account.PAYMENTS);
        fixture.hubspot
                .nextRequests()
                .matching("objects/2026-09/" + type + "/batch/create")
                .droppedAfterApplying(1);
        fixture.engine.run();
        for (String customer : customers) {
            fixture.hubspot.archive(
                    "companies", fixture.record("companies", customer).id());
        }
        fixture.pass(Duration.ofMinutes(10));
        fixture.newEngine().run();
        fixture.pass(Duration.ofDays(31));
        fixture.newEngine().run();
        fixture.pass(Duration.ofDays(1));

        complete(fixture.newEngine().run());

        mirrors();
        assertThat(fixture.hubspot.traffic().count("GET /crm/objects/2026-09/" + type))
                .isPositive();
    }

    @Test
    void aPaymentThatSomebodyDeletesIsMadeAgainOnce() {
        fill(Account.PAYMENTS);
        complete(fixture.engine.run());
        fixture.hubspot.archive(
                "commerce_payments",
                fixture.record("commerce_payments", payments.get(4)).id());
        fixture.pass(Duration.ofHours(1));
        fixture.books.editPayment(payments.get(4), record -> record.put("reference_number", "Ref"));
        fixture.hubspot
                .nextRequests()
                .matching("commerce_payments/batch/create")
                .droppedAfterApplying(1);

        fixture.engine.run();
        fixture.pass(Duration.ofMinutes(10));
        complete(fixture.newEngine().run());

        mirrors();
    }

    @Test
    void aPaymentWaitsForItsCompany() {
        fill(Account.PAYMENTS);
        fixture.hubspot.requireOnCreate("companies", "domain");
        SyncReport held = fixture.engine.run();
        assertThat(fixture.hubspot.records("commerce_payments")).isEmpty();
        assertThat(held.remarks())
                .filteredOn(remark ->
                        remark.stream().equals("payments") && remark.decision().equals("quarantined"))
                .hasSize(10)
                .allMatch(remark -> remark.reason().startsWith("HubSpot has nothing yet that it belongs to"));
    }

    /** A large customer: what it has is read once in a run, not once for every hundred. */
    @Test
    void whatACompanyHasIsReadOnceInARun() {
        Account.PAYMENTS.refusal.accept(fixture.hubspot);
        Fixture common = Fixture.withCurrencies("EUR");
        for (Fixture one : List.of(fixture, common)) {
            String customer = one.books.addCustomer(CustomerDraft.business("Large"));
            String invoice =
                    one.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "1", "9000"));
            for (int i = 0; i < 450; i++) {
                one.books.addPayment(PaymentDraft.of(customer, "P-" + i, "20").applyTo(invoice, "20"));
            }
            complete(one.engine.run());
            assertThat(one.hubspot.records("commerce_payments")).hasSize(450);
        }
        assertThat(calls(fixture, "companies/commerce_payments/batch/read")).isOne();
        assertThat(calls(fixture, "objects/2026-09/commerce_payments/batch/create"))
                .isEqualTo(calls(common, "objects/2026-09/commerce_payments/batch/upsert"));
    }

    private static long calls(Fixture fixture, String end) {
        return fixture.hubspot.traffic().count(call -> call.template().endsWith(end));
    }
}
