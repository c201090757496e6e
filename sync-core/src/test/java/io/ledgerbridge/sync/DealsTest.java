package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.DealMatcher;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import io.ledgerbridge.testkit.PaymentDraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A sales manager sees on the deal what was invoiced, paid and is overdue. */
class DealsTest {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");
    private static final String FIELD = "cf_hubspot_deal";

    private final Fixture fixture = Fixture.withCurrencies("EUR");
    private final String won = deal("Won");
    private final String other = deal("Other");
    private final SyncEngine engine = fixture.newEngine(builder -> builder.deals(DealMatcher.customField(FIELD)));
    private final String customer =
            fixture.books.addCustomer(CustomerDraft.business("Harbor Tools Ltd").person("A", "B", "a@b.example", "1"));

    private String deal(String name) {
        return fixture.hubspot.seed("deals", Map.of("dealname", name));
    }

    private String invoice(String number, String deal) {
        return fixture.books.addInvoice(InvoiceDraft.of(customer, number)
                .dates(LocalDate.of(2026, 2, 10), LocalDate.of(2026, 3, 3))
                .customField(FIELD, "HubSpot deal", deal)
                .line("Seat", "2", "50", "", VAT));
    }

    private SyncReport run(Duration after) {
        fixture.pass(after);
        return engine.run();
    }

    private Held held(String deal) {
        return fixture.hubspot.records("deals").stream()
                .filter(record -> record.id().equals(deal))
                .findFirst()
                .orElseThrow();
    }

    private void shows(String deal, String invoiced, String paid, String outstanding, String overdue, String status) {
        Held held = held(deal);
        assertThat(held.get("zoho_books_invoiced")).isEqualTo(invoiced);
        assertThat(held.get("zoho_books_paid")).isEqualTo(paid);
        assertThat(held.get("zoho_books_outstanding")).isEqualTo(outstanding);
        assertThat(held.get("zoho_books_overdue")).isEqualTo(overdue);
        assertThat(held.get("zoho_books_payment_status")).isEqualTo(status);
    }

    @Test
    void aDealShowsWhatItsInvoicesCameTo() {
        String first = invoice("INV-1", won);
        invoice("INV-2", won);
        String payment = fixture.books.addPayment(PaymentDraft.of(customer, "P-1", "120")
                .on(LocalDate.of(2026, 2, 20))
                .applyTo(first, "120"));

        assertThat(run(Duration.ofHours(1)).status()).isEqualTo(Status.COMPLETE);

        shows(won, "240.00", "120.00", "120.00", "0.00", "partially paid");
        assertThat(held(won).get("zoho_books_lifetime_revenue")).isEqualTo("200.00");
        assertThat(held(won).get("zoho_books_last_payment_date")).isEqualTo("2026-02-20");
        assertThat(held(won).get("dealname")).isEqualTo("Won");
        assertThat(held(other).properties()).doesNotContainKey("zoho_books_invoiced");
        assertThat(fixture.hubspot.associated("deals", won, "invoices")).hasSize(2);
        assertThat(fixture.hubspot.associated("deals", won, "commerce_payments"))
                .containsExactly(fixture.record("commerce_payments", payment).id());
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
        assertThat(engine.audit().list(AuditQuery.all().stream("deals"))).hasSize(1);
    }

    /** The day turns, a payment comes, and then the rest. */
    @Test
    void aDealFollowsTheDayAndThePayments() {
        String invoice = invoice("INV-1", won);
        run(Duration.ofHours(1));
        shows(won, "120.00", "0.00", "120.00", "0.00", "open");
        run(Duration.ofDays(3));
        shows(won, "120.00", "0.00", "120.00", "120.00", "overdue");

        fixture.books.addPayment(PaymentDraft.of(customer, "P-1", "120").applyTo(invoice, "120"));
        run(Duration.ofHours(1));

        shows(won, "120.00", "120.00", "0.00", "0.00", "paid");
        fixture.books.editInvoice(invoice, record -> record.put("status", "void"));
        run(Duration.ofHours(1));
        shows(won, "0.00", "0.00", "0.00", "0.00", "not invoiced");
    }

    @Test
    void anInvoiceThatMovesToAnotherDealTakesItsPaymentAlong() {
        String invoice = invoice("INV-1", won);
        fixture.books.addPayment(PaymentDraft.of(customer, "P-1", "20").applyTo(invoice, "20"));
        run(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> {
            record.put(FIELD, other);
            record.put("custom_fields", List.of(Map.of("api_name", FIELD, "label", "HubSpot deal", "value", other)));
        });

        run(Duration.ofHours(1));

        shows(won, "0.00", "0.00", "0.00", "0.00", "not invoiced");
        shows(other, "120.00", "20.00", "100.00", "0.00", "partially paid");
        assertThat(fixture.hubspot.associated("deals", won, "invoices")).isEmpty();
        assertThat(fixture.hubspot.associated("deals", won, "commerce_payments"))
                .isEmpty();
        assertThat(fixture.hubspot.associated("deals", other, "invoices")).hasSize(1);
        assertThat(fixture.hubspot.associated("deals", other, "commerce_payments"))
                .hasSize(1);
    }

    @Test
    void aDealThatIsNotThereIsToldAndStopsNothing() {
        invoice("INV-1", "4711");
        invoice("INV-2", won);
        invoice("INV-3", "not a number");

        SyncReport report = run(Duration.ofHours(1));

        assertThat(report.problem()).isNull();
        assertThat(report.remarks())
                .anyMatch(remark -> remark.stream().equals("deals")
                        && remark.record().equals("4711")
                        && remark.reason().contains("no such deal"));
        shows(won, "120.00", "0.00", "120.00", "0.00", "open");
        assertThat(fixture.hubspot.records("invoices")).hasSize(3);
        fixture.pass(Duration.ofHours(1));
        fixture.forgetTraffic();
        engine.run();
        assertThat(fixture.hubspot.traffic().calls()).as("R3").isEmpty();
    }

    @Test
    void withoutTheScopeEverythingElseGoesOn() {
        fixture.hubspot.withdrawScope("crm.schemas.deals.write");
        invoice("INV-1", won);

        SyncReport report = run(Duration.ofHours(1));

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.off().get("deals")).contains("may not define properties of deals");
        assertThat(fixture.hubspot.records("invoices")).hasSize(1);
        fixture.hubspot.grantScope("crm.schemas.deals.write");
        fixture.pass(Duration.ofDays(1));
        engine.run();
        fixture.pass(Duration.ofDays(8));
        engine.run();
        shows(won, "120.00", "0.00", "120.00", "120.00", "overdue");
    }

    /** The lists are read once more when somebody begins to match. */
    @Test
    void dealsCanBeSwitchedOnAndOff() {
        invoice("INV-1", won);
        fixture.pass(Duration.ofHours(1));
        fixture.engine.run();

        assertThat(run(Duration.ofHours(1)).status()).isEqualTo(Status.COMPLETE);
        shows(won, "120.00", "0.00", "120.00", "0.00", "open");
        invoice("INV-2", won);
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.engine.run().status()).isEqualTo(Status.COMPLETE);
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.newEngine().run().status()).isEqualTo(Status.COMPLETE);
        run(Duration.ofHours(1));
        shows(won, "240.00", "0.00", "240.00", "0.00", "open");
    }

    /** Nothing of deals is read or written. */
    @Test
    void withoutAMatcherDealsAreLeftAlone() {
        invoice("INV-1", won);
        fixture.engine.run();

        assertThat(fixture.hubspot.hasProperty("deals", "zoho_books_invoiced")).isFalse();
        assertThat(fixture.hubspot.traffic().calls())
                .noneMatch(call -> call.template().contains("deals"));
    }

    @Test
    void theMappingReferenceNamesEveryFigure() throws Exception {
        String reference = Files.readString(Path.of("..", "docs", "mapping.md"));
        assertThat(Mapping.provisioned(ObjectType.DEALS))
                .isNotEmpty()
                .allMatch(property -> reference.contains("| `" + property.name() + "` |"));
    }

    @Test
    void aLostStoreFindsItsDealsAgain() {
        invoice("INV-1", won);
        run(Duration.ofHours(1));
        fixture.hubspot.edit("deals", won, Map.of("zoho_books_invoiced", "1"));

        engine.rebuildLinks();
        run(Duration.ofHours(1));

        shows(won, "120.00", "0.00", "120.00", "0.00", "open");
    }
}
