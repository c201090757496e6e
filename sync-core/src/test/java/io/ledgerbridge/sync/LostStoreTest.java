package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import io.ledgerbridge.testkit.PaymentDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that is lost, or older than HubSpot, is made again from versions and keys. */
class LostStoreTest {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");

    private final Fixture fixture = Fixture.withCurrencies("EUR");
    private final List<String> customers = new ArrayList<>();
    private final List<String> invoices = new ArrayList<>();

    private void fill() {
        for (int i = 0; i < 30; i++) {
            customers.add(fixture.books.addCustomer(CustomerDraft.business("Company " + i)
                    .person("First" + i, "Last", "p" + i + "@c.example", "1")
                    .billingAddress(i + " Quay", "Hull", "", "HU1 1AA", "United Kingdom")));
            for (int j = 0; j < 5; j++) {
                invoices.add(fixture.books.addInvoice(
                        InvoiceDraft.of(customers.get(i), "INV-" + i + "-" + j).line("Seat", "2", "50", "", VAT)));
            }
            fixture.books.addPayment(
                    PaymentDraft.of(customers.get(i), "P-" + i, "20").applyTo(invoices.get(invoices.size() - 1), "20"));
        }
    }

    private void mirrors() {
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    private long details() {
        return fixture.books.traffic().count("GET /books/v3/invoices/{id}")
                + fixture.books.traffic().count("GET /books/v3/contacts/{id}");
    }

    @Test
    void nothingIsFetchedOrWrittenThatHubSpotHasAlready() {
        fill();
        fixture.engine.run();
        fixture.forgetTraffic();

        SyncEngine next = Fixture.forgetStore(fixture);
        SyncReport report = next.run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(details()).isZero();
        assertThat(fixture.hubspot.traffic().count(call -> call.template().endsWith("/batch/upsert")))
                .isZero();
        assertThat(report.streams().get("invoices").unchanged()).isEqualTo(150);
        assertThat(report.streams().get("lineItems").seen()).isZero();
        mirrors();

        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoices.get(7), record -> record.put("reference_number", "PO-7"));
        assertThat(next.run().status()).isEqualTo(Status.COMPLETE);
        mirrors();
    }

    @Test
    void whatHasChangedMeanwhileIsFetchedAndWritten() {
        fill();
        fixture.engine.run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoices.get(7), record -> {
            record.put("reference_number", "PO-7");
            record.put("customer_id", customers.get(20));
            record.put("customer_name", "Company 20");
            record.put("contact_persons", List.of());
        });
        fixture.books.editContact(customers.get(3), contact -> contact.put("phone", ""));
        fixture.forgetTraffic();

        assertThat(Fixture.forgetStore(fixture).run().status()).isEqualTo(Status.COMPLETE);

        assertThat(details()).isEqualTo(2);
        mirrors();
    }

    @Test
    void aBackupDoesNotBringBackAValueThatWasTakenBackSince() {
        fill();
        fixture.engine.run();
        Fixture.Backup backup = fixture.backup();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customers.get(3), contact -> contact.put("phone", "999"));
        fixture.books.editInvoice(invoices.get(7), record -> record.put("reference_number", "PO-7"));
        fixture.engine.run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customers.get(3), contact -> contact.put("phone", "1"));
        fixture.books.editInvoice(invoices.get(7), record -> record.put("reference_number", ""));
        fixture.forgetTraffic();
        SyncEngine restored = backup.newEngine();
        restored.rebuildLinks();

        assertThat(restored.run().status()).isEqualTo(Status.COMPLETE);

        assertThat(fixture.record("companies", customers.get(3)).get("phone")).isEqualTo("1");
        assertThat(fixture.record("invoices", invoices.get(7)).get("hs_purchase_order_number"))
                .isEmpty();
        assertThat(details()).isEqualTo(2);
        mirrors();
    }
}
