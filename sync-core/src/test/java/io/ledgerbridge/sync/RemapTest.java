package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.Companies;
import io.ledgerbridge.hubspot.Contacts;
import io.ledgerbridge.hubspot.Invoices;
import io.ledgerbridge.hubspot.LineItems;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.hubspot.Payments;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.sync.Mapping.Field;
import io.ledgerbridge.sync.Mapping.Owner;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another mapping waits until somebody says that it is meant, if it may rewrite much. */
class RemapTest {

    private static final Property<String> ABOUT = Property.text("description");

    private final Fixture fixture = Fixture.withCurrencies();
    private String customer = "";
    private String invoice = "";

    private void fill() {
        for (int i = 0; i < 3; i++) {
            customer = fixture.books.addCustomer(
                    CustomerDraft.business("Company " + i).person("A" + i, "B", "a" + i + "@b.example", "1"));
            invoice = fixture.books.addInvoice(
                    InvoiceDraft.of(customer, "INV-" + i).line("Seat", "2", "50"));
            fixture.books.addPayment(PaymentDraft.of(customer, "P-" + i, "20").applyTo(invoice, "20"));
        }
        fixture.engine.run();
    }

    private SyncEngine mapping(Mapping mapping) {
        return fixture.newEngine(builder -> builder.mapping(mapping));
    }

    private SyncReport run(SyncEngine engine, Duration after) {
        fixture.pass(after);
        fixture.forgetTraffic();
        return engine.run();
    }

    private List<String> values(String type, String property) {
        return fixture.hubspot.records(type).stream()
                .map(held -> held.get(property))
                .toList();
    }

    private static Mapping everyKind() {
        return Mapping.defaults()
                .with(Field.company(ABOUT, contact -> "!" + contact.contactName()))
                .with(Field.contact(Contacts.JOB_TITLE, person -> "!" + person.firstName()))
                .with(Field.invoice(Invoices.COMMENTS, row -> "!" + row.invoiceNumber()))
                .with(Field.lineItem(LineItems.SKU, line -> "!" + line.name()))
                .with(Field.payment(Payments.REFERENCE_NUMBER, payment -> "!" + payment.paymentNumber()));
    }

    /** Not by a sweep, nor by the daily list of persons. */
    @Test
    void untilItIsApprovedOnlyWhatChangesIsMappedAnew() {
        fill();
        SyncEngine other = mapping(everyKind());

        SyncReport first = run(other, Duration.ofHours(1));

        assertThat(first.status()).isEqualTo(Status.DECISION_NEEDED);
        assertThat(first.remapToApprove()).isEqualTo(15);
        assertThat(other.status().remapToApprove()).isEqualTo(15);
        assertThat(fixture.writes()).isZero();
        assertThat(run(other, Duration.ofDays(8)).status()).isEqualTo(Status.DECISION_NEEDED);
        assertThat(values("contacts", "jobtitle")).containsOnly("");
        assertThat(values("invoices", "hs_comments")).containsOnly("");

        fixture.books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        String late =
                fixture.books.addCustomer(CustomerDraft.business("Late").person("Late", "B", "late@b.example", "1"));
        fixture.books.addInvoice(InvoiceDraft.of(late, "INV-9").line("Seat", "1", "1"));
        run(other, Duration.ofHours(1));
        assertThat(values("invoices", "hs_comments")).containsExactlyInAnyOrder("", "", "!INV-2", "!INV-9");
        assertThat(values("contacts", "jobtitle")).containsExactlyInAnyOrder("", "", "", "!Late");
    }

    @Test
    void onceApprovedEverythingIsMappedAnewWithLittleReading() {
        fill();
        SyncEngine other = mapping(everyKind());
        run(other, Duration.ofHours(1));

        assertThat(other.approveRemap()).isEqualTo(15);
        SyncReport report = run(other, Duration.ofHours(1));

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.remapToApprove()).isZero();
        assertThat(values("companies", "description")).allMatch(value -> value.startsWith("!Company"));
        assertThat(values("contacts", "jobtitle")).allMatch(value -> value.startsWith("!A"));
        assertThat(values("invoices", "hs_comments")).allMatch(value -> value.startsWith("!INV"));
        assertThat(values("line_items", "hs_sku")).containsOnly("!Seat");
        assertThat(values("commerce_payments", "hs_reference_number")).allMatch(value -> value.startsWith("!P-"));
        assertThat(fixture.books.traffic().count(call -> call.template().endsWith("{id}")))
                .as("details of invoices for their lines, and of payments")
                .isEqualTo(6);
        assertThat(other.audit().list(AuditQuery.all().decided(AuditEntry.Decision.COMMANDED)))
                .extracting(entry -> entry.payload().reason())
                .anyMatch(reason ->
                        reason.startsWith("the mapping of customers, contacts, invoices, lineItems, payments"));
        assertThat(run(other, Duration.ofHours(1)).status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.writes()).isZero();
        assertThat(other.approveRemap()).isZero();
    }

    @Test
    void planTellsWhatItWouldCost() {
        fill();
        SyncEngine other = mapping(everyKind());
        run(other, Duration.ofHours(1));

        SyncPlan plan = other.plan(SyncPlan.Depth.HEADERS, change -> {});

        assertThat(plan.remapToApprove()).isEqualTo(15);
        // A list each of customers, persons and invoices; details of three invoices and three payments.
        assertThat(plan.remapCalls()).isEqualTo(new SyncReport.Calls(9, 5));
        assertThat(fixture.engine.plan(SyncPlan.Depth.HEADERS, change -> {}).remapCalls())
                .isEqualTo(new SyncReport.Calls(0, 0));
    }

    /** Who said yes has not seen that one. */
    @Test
    void yetAnotherMappingWaitsAgain() {
        fill();
        SyncEngine other = mapping(everyKind());
        run(other, Duration.ofHours(1));
        other.approveRemap();
        SyncEngine yetAnother = mapping(everyKind()
                .with(Field.company(ABOUT, contact -> "?" + contact.contactName()))
                .revision("2"));

        SyncReport report = run(yetAnother, Duration.ofHours(1));

        assertThat(report.status()).isEqualTo(Status.DECISION_NEEDED);
        assertThat(fixture.writes()).isZero();
        assertThat(yetAnother.audit().list(AuditQuery.all().decided(AuditEntry.Decision.COMMANDED)))
                .extracting(entry -> entry.payload().reason())
                .anyMatch(reason -> reason.contains("not the one there is now"));
        assertThat(yetAnother.approveRemap()).isEqualTo(15);
        assertThat(run(yetAnother, Duration.ofHours(1)).status()).isEqualTo(Status.COMPLETE);
        assertThat(values("companies", "description")).allMatch(value -> value.startsWith("?Company"));
    }

    /** It is as if nothing had been. */
    @Test
    void theFormerMappingNeedsNoApproval() {
        fill();
        run(mapping(everyKind()), Duration.ofHours(1));

        assertThat(run(fixture.newEngine(), Duration.ofHours(1)).status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.writes()).isZero();
    }

    /** Of 300 records it rewrites 3. */
    @Test
    void aFewRecordsAreRewrittenAtOnce() {
        customer = fixture.books.addCustomer(CustomerDraft.business("One").person("A", "B", "a@b.example", "1"));
        for (int i = 0; i < 15; i++) {
            fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-" + i)
                    .line("Seat", "2", "50")
                    .line("Support", "1", "5"));
        }
        fixture.engine.run();
        Mapping mapping = Mapping.defaults().with(Field.company(ABOUT, contact -> "!"));

        SyncReport report = run(mapping(mapping), Duration.ofHours(1));

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(values("companies", "description")).containsExactly("!");
    }

    /** What a function computes nobody can see. */
    @Test
    void anotherRevisionOrOwnerIsAnotherMapping() {
        Mapping one = Mapping.defaults().with(Field.company(ABOUT, contact -> "1"));
        assertThat(one.fingerprint(ObjectType.COMPANIES))
                .isNotEqualTo(Mapping.defaults().fingerprint(ObjectType.COMPANIES))
                .isNotEqualTo(one.revision("2").fingerprint(ObjectType.COMPANIES))
                .isNotEqualTo(one.owned(ObjectType.COMPANIES, Companies.PHONE, Owner.ON_CREATE)
                        .fingerprint(ObjectType.COMPANIES))
                .isNotEqualTo(one.without(ObjectType.COMPANIES, Companies.PHONE).fingerprint(ObjectType.COMPANIES));
        assertThat(one.revision("2").fingerprint(ObjectType.CONTACTS))
                .isEqualTo(Mapping.defaults().fingerprint(ObjectType.CONTACTS));
    }
}
