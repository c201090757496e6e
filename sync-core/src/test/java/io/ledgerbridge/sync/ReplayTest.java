package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.sync.AuditEntry.Decision;
import io.ledgerbridge.sync.SyncReport.Counts;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R9: everything can be written once more, from the newest source or from what the quarantine holds. */
class ReplayTest {

    private final Fixture fixture = Fixture.withCurrencies();

    private String customer(String name, String email) {
        return fixture.books.addCustomer(CustomerDraft.business(name).person("Mara", "Quinn", email, "1"));
    }

    private String invoice(String customer, String number) {
        return fixture.books.addInvoice(
                InvoiceDraft.of(customer, number).line("Seat", "2", "50").line("Support", "1", "30"));
    }

    private SyncReport replay(Replay replay) {
        fixture.pass(Duration.ofHours(1));
        fixture.forgetTraffic();
        return fixture.engine.replay(replay);
    }

    private void mirrors() {
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    /** Whatever users of HubSpot have done to an invoice and what belongs to it. */
    @Test
    void anInvoiceIsWrittenOnceMoreWithEverythingThatComesWithIt() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        fixture.books.addPayment(PaymentDraft.of(customer, "1", "20").applyTo(invoice, "20"));
        fixture.engine.run();
        Held mirrored = fixture.record("invoices", invoice);
        fixture.hubspot.edit("invoices", mirrored.id(), Map.of("zoho_books_total", "1", "hs_number", "mine"));
        Held line = fixture.hubspot.records("line_items").get(0);
        fixture.hubspot.edit("line_items", line.id(), Map.of("name", "Renamed"));
        fixture.hubspot.archive(
                "line_items", fixture.hubspot.records("line_items").get(1).id());
        fixture.hubspot.separate(
                "invoices",
                mirrored.id(),
                "companies",
                fixture.record("companies", customer).id());

        SyncReport report = replay(Replay.records("invoices", List.of(invoice)));

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.streams().get("invoices")).isEqualTo(new Counts(1, 0, 1, 0, 0, 0, 0));
        assertThat(report.streams().get("lineItems")).isEqualTo(new Counts(2, 1, 1, 0, 0, 0, 0));
        assertThat(report.streams().get("customers").seen()).isLessThanOrEqualTo(1);
        assertThat(fixture.books.traffic().count(call -> call.method().equals("GET")))
                .as("its detail alone is read")
                .isEqualTo(1);
        mirrors();
    }

    @Test
    void aLineIsWrittenOnceMore() {
        String invoice = invoice(customer("Harbor Tools Ltd", "mara@harbor.example"), "INV-1");
        fixture.engine.run();
        Held line = fixture.hubspot.records("line_items").get(1);
        fixture.hubspot.edit("line_items", line.id(), Map.of("name", "Renamed"));
        String id = line.get("zoho_books_key")
                .substring(fixture.books.organizationId().length() + 1);

        SyncReport report = replay(Replay.records("lineItems", List.of(id)));

        assertThat(report.streams().get("lineItems")).isEqualTo(new Counts(2, 0, 1, 1, 0, 0, 0));
        assertThat(fixture.record("invoices", invoice)).isNotNull();
        mirrors();
    }

    @Test
    void aCustomerIsWrittenOnceMoreWithItsPersonsAndFigures() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        invoice(customer, "INV-1");
        fixture.engine.run();
        Held company = fixture.record("companies", customer);
        Held contact = fixture.hubspot.records("contacts").get(0);
        fixture.hubspot.edit("companies", company.id(), Map.of("name", "Mine", "zoho_books_outstanding", "7"));
        fixture.hubspot.edit("contacts", contact.id(), Map.of("lastname", "Mine"));
        fixture.hubspot.separate("contacts", contact.id(), "companies", company.id());

        assertThat(replay(Replay.records("customers", List.of(customer))).status())
                .isEqualTo(Status.COMPLETE);

        mirrors();
    }

    @Test
    void everythingThatARunDecidedIsWrittenOnceMore() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        fixture.books.addPayment(PaymentDraft.of(customer, "1", "20").applyTo(invoice, "20"));
        SyncReport first = fixture.engine.run();
        for (String type : List.of("invoices", "commerce_payments", "line_items")) {
            fixture.hubspot.records(type).forEach(held -> fixture.hubspot.archive(type, held.id()));
        }

        SyncReport report = replay(Replay.decided(AuditQuery.ofRun(first.runId())));

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.streams().get("invoices").created()).isEqualTo(1);
        assertThat(report.streams().get("lineItems").created()).isEqualTo(2);
        assertThat(report.streams().get("payments").created()).isEqualTo(1);
        mirrors();
    }

    @Test
    void whatWaitsInQuarantineIsWrittenWhenItsReasonIsGone() {
        fixture.hubspot.requireOnCreate("invoices", "hs_purchase_order_number");
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        assertThat(fixture.engine.run().status()).isEqualTo(Status.PARTIAL);
        List<QuarantinedRecord> waiting = fixture.engine.quarantine();
        assertThat(waiting).hasSize(1);
        assertThat(waiting.get(0).stream()).isEqualTo("invoices");
        assertThat(waiting.get(0).record()).isEqualTo(invoice);
        assertThat(waiting.get(0).payload()).containsEntry("hs_number", "INV-1");
        assertThat(waiting.get(0).reason()).contains("required properties");

        assertThat(replay(Replay.quarantined(one -> one.stream().equals("customers")))
                        .streams()
                        .get("invoices")
                        .seen())
                .isZero();
        assertThat(replay(Replay.quarantined(one -> true))
                        .streams()
                        .get("invoices")
                        .quarantined())
                .as("as long as it is refused")
                .isEqualTo(1);
        fixture.hubspot.requireNothingOnCreate("invoices");

        SyncReport report = replay(Replay.quarantined(one -> one.reason().contains("required properties")));

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.engine.quarantine()).isEmpty();
        mirrors();
    }

    @Test
    void whatTheQuarantineHoldsIsWrittenWithoutReading() {
        fixture.hubspot.requireOnCreate("invoices", "hs_purchase_order_number");
        String invoice = invoice(customer("Harbor Tools Ltd", "mara@harbor.example"), "INV-1");
        fixture.engine.run();
        fixture.hubspot.requireNothingOnCreate("invoices");

        SyncReport report = replay(Replay.records("invoices", List.of(invoice)).fromPayload());

        assertThat(report.streams().get("invoices")).isEqualTo(new Counts(1, 1, 0, 0, 0, 0, 0));
        assertThat(fixture.books.traffic().calls()).isEmpty();
        assertThat(fixture.record("invoices", invoice).get("hs_number")).isEqualTo("INV-1");
        assertThat(report.pendingDetails()).as("its lines follow").isEqualTo(1);
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.engine.run().status()).isEqualTo(Status.COMPLETE);
        mirrors();
    }

    /** Its row tells of a newer version, whose detail cannot be read yet. */
    @Test
    void anOlderPayloadIsWrittenOnlyWhenForced() {
        fixture.hubspot.requireOnCreate("commerce_payments", "hs_customer_email");
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String payment = fixture.books.addPayment(PaymentDraft.of(customer, "1", "20"));
        fixture.engine.run();
        assertThat(fixture.engine.quarantine().get(0).record()).isEqualTo(payment);
        fixture.hubspot.requireNothingOnCreate("commerce_payments");
        fixture.pass(Duration.ofHours(1));
        fixture.books.editPayment(payment, record -> record.put("reference_number", "REF-2"));
        fixture.books.nextRequests().matching("customerpayments/" + payment).answering(500, 100);
        fixture.engine.run();
        fixture.books.nextRequests().none();
        Replay replay = Replay.records("payments", List.of(payment)).fromPayload();

        SyncReport refused = replay(replay);

        assertThat(refused.streams().get("payments")).isEqualTo(new Counts(1, 0, 0, 0, 0, 1, 0));
        assertThat(refused.remarks().get(0).reason()).contains("is known, and the quarantine holds");
        assertThat(fixture.has("commerce_payments", payment)).isFalse();
        assertThat(replay(replay.forced()).streams().get("payments").created()).isEqualTo(1);
        assertThat(fixture.engine.audit().list(AuditQuery.ofRecord("payments", payment)))
                .extracting(entry -> entry.payload().reason())
                .anyMatch(reason -> reason.contains("that was forced"));
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.engine.run().status()).isEqualTo(Status.COMPLETE);
        mirrors();
    }

    @Test
    void whatIsNotThereIsToldAndNothingChanges() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        fixture.engine.run();
        fixture.books.deleteInvoice(invoice);
        Held before = fixture.record("invoices", invoice);

        SyncReport report = replay(Replay.records("invoices", List.of(invoice, "4711")));

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.streams().get("invoices")).isEqualTo(new Counts(2, 0, 0, 0, 0, 2, 0));
        assertThat(report.remarks())
                .anyMatch(remark -> remark.record().equals(invoice)
                        && remark.reason().contains("does not have it any more")
                        && remark.reason().contains("next sweep"))
                .anyMatch(remark ->
                        remark.record().equals("4711") && remark.reason().contains("has no such record"));
        assertThat(fixture.writes()).isZero();
        assertThat(fixture.record("invoices", invoice)).isEqualTo(before);
        assertThat(replay(Replay.records("contacts", List.of("4712")))
                        .remarks()
                        .get(0)
                        .reason())
                .contains("nothing is known of it here");
        assertThat(replay(Replay.records("payments", List.of("4713")).fromPayload())
                        .remarks()
                        .get(0)
                        .reason())
                .contains("not in quarantine");
        assertThatThrownBy(() -> Replay.records("bills", List.of("1")))
                .hasMessageContaining("there is no stream 'bills'")
                .hasMessageContaining("payments");
    }

    @Test
    void aReplayThatFindsTheConnectionAtWorkIsDoneByTheNextRun() {
        String invoice = invoice(customer("Harbor Tools Ltd", "mara@harbor.example"), "INV-1");
        fixture.engine.run();
        fixture.hubspot.edit("invoices", fixture.record("invoices", invoice).id(), Map.of("hs_number", "mine"));
        SyncStore.Lease other = fixture.store
                .acquire(fixture.engine.connection(), "another process", Duration.ofHours(2))
                .orElseThrow();

        assertThat(replay(Replay.records("invoices", List.of(invoice)))
                        .problem()
                        .code())
                .isEqualTo("sync.busy");

        fixture.store.release(other);
        SyncReport report = fixture.newEngine().run();
        assertThat(report.streams().get("invoices").updated()).isEqualTo(1);
        mirrors();
        assertThat(fixture.engine.audit().list(AuditQuery.all().decided(Decision.COMMANDED)))
                .extracting(entry -> entry.payload().reason())
                .contains("1 records are replayed from Zoho Books");
    }
}
