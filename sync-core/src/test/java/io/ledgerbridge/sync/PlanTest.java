package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.Companies;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.sync.AuditEntry.Change;
import io.ledgerbridge.sync.AuditEntry.Decision;
import io.ledgerbridge.sync.SyncPlan.Depth;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.testkit.CreditNoteDraft;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a run would do is said before it does it, and can be done as it was said. */
class PlanTest {

    private final Fixture fixture = Fixture.withCurrencies("EUR");
    private final List<PlannedChange> planned = new ArrayList<>();

    private String customer(String name, String email) {
        return fixture.books.addCustomer(CustomerDraft.business(name).person("Mara", "Quinn", email, "1"));
    }

    private String invoice(String customer, String number) {
        return fixture.books.addInvoice(
                InvoiceDraft.of(customer, number).line("Seat", "2", "50").line("Support", "1", "30"));
    }

    private void fill() {
        String first = customer("Harbor Tools Ltd", "mara@harbor.example");
        String second = customer("Quay Ltd", "mara@harbor.example");
        String paid = invoice(first, "INV-1");
        invoice(second, "INV-2");
        fixture.books.addPayment(PaymentDraft.of(first, "P-1", "20").applyTo(paid, "20"));
        fixture.books.addPayment(PaymentDraft.of(second, "P-2", "20"));
        fixture.books.addCreditNote(CreditNoteDraft.of(first, "CN-1").line("Returned", "1", "10"));
    }

    private SyncPlan plan(Depth depth) {
        planned.clear();
        fixture.pass(Duration.ofHours(1));
        fixture.forgetTraffic();
        String before = dump();
        SyncPlan plan = fixture.newEngine().plan(depth, planned::add);
        assertThat(fixture.writes()).as("nothing is written to HubSpot").isZero();
        if (depth == Depth.HEADERS) {
            assertThat(dump()).as("the store stays as it is").isEqualTo(before);
        }
        return plan;
    }

    private String dump() {
        return Fixture.KINDS.stream()
                .flatMap(kind -> fixture.store.scan(Query.of(kind), null, Integer.MAX_VALUE).stream())
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    private long details() {
        return fixture.books
                .traffic()
                .count(call -> call.method().equals("GET") && call.template().contains("{id}"));
    }

    private void mirrors() {
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    /** Decisions by record. */
    private static Set<String> told(List<PlannedChange> changes) {
        return changes.stream()
                .map(one -> one.decision() + " " + one.stream() + " " + one.record())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> done(SyncEngine engine, String runId) {
        return engine.audit().list(AuditQuery.ofRun(runId)).stream()
                .filter(entry -> !entry.record().isEmpty())
                .map(entry -> entry.decision() + " " + entry.stream() + " " + entry.record())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aFirstSyncIsPlannedOnAnAccountThatNobodyHasPrepared() {
        fill();

        SyncPlan plan = plan(Depth.DETAILS);

        assertThat(plan.problem()).isNull();
        assertThat(plan.properties())
                .contains("companies.zoho_books_key", "invoices.zoho_books_total")
                .anyMatch(name -> name.startsWith("companies.zoho_books_installation_"));
        assertThat(plan.unfetchedDetails()).isZero();
        assertThat(plan.streams().get("invoices").created()).isEqualTo(2);
        assertThat(plan.streams().get("contacts").skipped()).isEqualTo(1);
        assertThat(planned)
                .anyMatch(one ->
                        one.decision() == Decision.SKIPPED && one.reason().startsWith("shared e-mail"))
                .filteredOn(one -> one.stream().equals("lineItems"))
                .allMatch(one -> one.partOf().startsWith("invoices/"));
        assertThat(fixture.hubspot.hasProperty("companies", "zoho_books_key")).isFalse();
        assertThat(fixture.engine.status().lastRun()).isNull();

        fixture.forgetTraffic();
        SyncReport report = fixture.engine.run();

        assertThat(told(planned)).isEqualTo(done(fixture.engine, report.runId()));
        assertThat(report.streams()).isEqualTo(plan.streams());
        assertThat(details()).as("what was planned is not fetched again").isZero();
        mirrors();
        assertThat(fixture.store.scan(Query.of("queue"), null, 10)).isEmpty();
    }

    @Test
    void headersTellHowManyDetailsAreUnfetched() {
        fill();

        SyncPlan plan = plan(Depth.HEADERS);

        assertThat(plan.unfetchedDetails()).isEqualTo(6);
        assertThat(plan.streams().get("invoices").created()).isEqualTo(2);
        assertThat(plan.streams().get("lineItems").seen()).isZero();
        assertThat(plan.backlogEndsAt()).isAfter(fixture.time.now());
        assertThat(details()).isZero();
    }

    @Test
    void updatesTellWhatWasThereBefore() {
        fill();
        fixture.engine.run();
        String invoice = String.valueOf(fixture.books.invoices().get(0).get("invoice_id"));
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        fixture.engine.run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> record.put("reference_number", "PO-2"));

        plan(Depth.HEADERS);

        assertThat(planned)
                .filteredOn(one -> one.record().equals(invoice))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.decision()).isEqualTo(Decision.UPDATED);
                    assertThat(one.target())
                            .isEqualTo(fixture.record("invoices", invoice).id());
                    assertThat(one.changes()).containsEntry("hs_purchase_order_number", new Change("PO-1", "PO-2"));
                });
        assertThat(plan(Depth.HEADERS).streams().get("invoices").updated()).isEqualTo(1);
    }

    /** Without reading a list. */
    @Test
    void whatWasPlannedIsAppliedAsARunWouldDoIt() {
        fill();
        fixture.engine.run();
        fixture.pass(Duration.ofHours(1));
        String third = customer("Late Ltd", "late@late.example");
        String fresh = invoice(third, "INV-3");
        String invoice = String.valueOf(fixture.books.invoices().get(0).get("invoice_id"));
        String customer = String.valueOf(fixture.books.invoices().get(0).get("customer_id"));
        fixture.books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        fixture.books.addPayment(PaymentDraft.of(customer, "P-3", "110").applyTo(invoice, "110"));
        fixture.books.editContact(customer, contact -> contact.put("phone", "77"));
        plan(Depth.DETAILS);
        fixture.forgetTraffic();

        SyncReport report = fixture.engine.apply(planned);

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.remarks()).noneMatch(remark -> remark.reason().contains("moved"));
        assertThat(fixture.has("invoices", fresh)).isTrue();
        assertThat(fixture.books.traffic().calls())
                .as("only the records themselves are read")
                .allMatch(call ->
                        call.template().endsWith("{id}") || call.template().endsWith("token"));
        mirrors();
        fixture.pass(Duration.ofHours(1));
        fixture.engine.run();
        mirrors();
    }

    /** Stamps have seconds: what is edited within one keeps its stamp. */
    @Test
    void aChangeWithoutAnotherStampIsAppliedToo() {
        fill();
        fixture.engine.run();
        String invoice = String.valueOf(fixture.books.invoices().get(0).get("invoice_id"));
        fixture.books.changeInvoiceSilently(invoice, record -> record.put("reference_number", "PO-1"));
        planned.clear();
        fixture.newEngine().plan(Depth.HEADERS, planned::add);
        assertThat(planned).anyMatch(one -> one.record().equals(invoice));

        fixture.engine.apply(planned);

        assertThat(fixture.record("invoices", invoice).get("hs_purchase_order_number"))
                .isEqualTo("PO-1");
    }

    /** A part of it can be chosen, and what is another by now is left alone. */
    @Test
    void whatHasMovedIsToldAndLeftAsItIs() {
        fill();
        fixture.engine.run();
        fixture.pass(Duration.ofHours(1));
        List<String> ids = fixture.books.invoices().stream()
                .map(invoice -> String.valueOf(invoice.get("invoice_id")))
                .toList();
        ids.forEach(id -> fixture.books.editInvoice(id, record -> record.put("reference_number", "PO-1")));
        plan(Depth.HEADERS);
        fixture.pass(Duration.ofMinutes(1));
        fixture.books.editInvoice(ids.get(0), record -> record.put("reference_number", "PO-2"));

        SyncReport report = fixture.engine.apply(planned);

        assertThat(report.streams().get("invoices").skipped()).isEqualTo(1);
        assertThat(report.remarks())
                .anyMatch(remark -> remark.record().equals(ids.get(0))
                        && remark.reason().startsWith("it has moved since it was planned"));
        assertThat(fixture.record("invoices", ids.get(0)).get("hs_purchase_order_number"))
                .isEmpty();
        assertThat(fixture.record("invoices", ids.get(1)).get("hs_purchase_order_number"))
                .isEqualTo("PO-1");

        assertThat(fixture.engine.apply(planned).streams().get("invoices").skipped())
                .as("what was written since is another too")
                .isEqualTo(2);
        fixture.pass(Duration.ofHours(1));
        fixture.engine.run();
        mirrors();
    }

    /** As the run would, one or the other decides. */
    @Test
    void whatWouldWaitForSomebodyIsPlannedToo() {
        fill();
        fixture.hubspot.requireOnCreate("invoices", "hs_purchase_order_number");
        fixture.books.addInvoice(
                InvoiceDraft.of(String.valueOf(fixture.books.contacts().get(0).get("contact_id")), "INV-9")
                        .currency("ZAR", "0.05")
                        .line("Seat", "1", "5"));

        SyncPlan plan = plan(Depth.HEADERS);

        assertThat(plan.streams().get("invoices").quarantined()).isEqualTo(1);
        assertThat(planned)
                .filteredOn(one -> one.decision() == Decision.QUARANTINED)
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains("ZAR"));
        fixture.engine.run();
        Mapping other = Mapping.defaults().without(ObjectType.COMPANIES, Companies.PHONE);
        assertThat(fixture.newEngine(builder -> builder.mapping(other))
                        .plan(Depth.HEADERS, planned::add)
                        .remapToApprove())
                .isEqualTo(2);
    }

    private String file(SyncEngine engine) throws Exception {
        fixture.pass(Duration.ofHours(1));
        StringBuilder file = new StringBuilder();
        PlanFile.write(engine, Depth.HEADERS, file);
        return file.toString();
    }

    private static List<PlannedChange> read(SyncEngine engine, String file) throws Exception {
        return PlanFile.read(engine, new StringReader(file));
    }

    @Test
    void aPlanIsKeptInAFile() throws Exception {
        fill();
        String file = file(fixture.newEngine());
        plan(Depth.HEADERS);

        assertThat(read(fixture.newEngine(), file)).isEqualTo(planned);
        fixture.engine.apply(read(fixture.engine, file));
        fixture.pass(Duration.ofHours(1));
        fixture.engine.run();
        mirrors();
    }

    /** Nothing is written from it. */
    @Test
    void aFileThatIsNotThisConnectionsPlanIsRefused() throws Exception {
        fill();
        String file = file(fixture.newEngine());
        SyncEngine acme = fixture.newEngine(builder -> builder.connection("acme"));
        SyncEngine upgraded = fixture.newEngine(
                builder -> builder.mapping(Mapping.defaults().without(ObjectType.COMPANIES, Companies.PHONE)));

        assertThatThrownBy(() -> read(acme, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is a plan of the connection zoho-60012345678, not of acme");
        assertThatThrownBy(() -> read(upgraded, file))
                .hasMessageContaining("made with another mapping, selection or version");
        assertThatThrownBy(() -> read(fixture.engine, file.replace("INV-1", "INV-7")))
                .hasMessageContaining("was changed after it was made");
        assertThatThrownBy(() -> read(fixture.engine, file.substring(0, file.length() / 2)))
                .hasMessageContaining("it has no end");
        assertThatThrownBy(() -> read(fixture.engine, "hello")).hasMessageContaining("it is no plan");
        assertThatThrownBy(() -> read(fixture.engine, "")).hasMessageContaining("it is no plan");
    }

    @Test
    void nothingToDoIsPlannedAsNothing() {
        fill();
        fixture.engine.run();

        SyncPlan plan = plan(Depth.DETAILS);

        assertThat(planned).isEmpty();
        assertThat(plan.properties()).isEmpty();
        assertThat(plan.unfetchedDetails()).isZero();
        assertThat(fixture.newEngine().apply(List.of()).status()).isEqualTo(Status.COMPLETE);
    }
}
