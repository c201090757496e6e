package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import io.ledgerbridge.sync.AuditEntry.Change;
import io.ledgerbridge.sync.AuditEntry.Decision;
import io.ledgerbridge.sync.AuditTrail.Verification;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Delete;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** R8: every decision is explained, in a chain that shows when it was tampered with. */
class AuditTest {

    private final Fixture fixture = Fixture.withCurrencies("EUR");

    private String filled() {
        String customer = fixture.books.addCustomer(
                CustomerDraft.business("Harbor Tools Ltd").person("Mara", "Quinn", "mara@harbor.example", "1"));
        String invoice =
                fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
        fixture.books.addPayment(PaymentDraft.of(customer, "1", "20").applyTo(invoice, "20"));
        return invoice;
    }

    private List<AuditEntry> entries(SyncEngine engine) {
        List<AuditEntry> entries = new ArrayList<>();
        engine.audit().forEach(AuditQuery.all(), entries::add);
        return entries;
    }

    private List<Row> rows() {
        return fixture.store.scan(Query.of("audit"), null, Integer.MAX_VALUE);
    }

    @Test
    void everyRecordThatHubSpotHoldsHasAnEntryOfItsCreation() {
        filled();
        SyncReport report = fixture.engine.run();

        List<AuditEntry> entries = entries(fixture.engine);
        for (String type : List.of("companies", "contacts", "invoices", "line_items", "commerce_payments")) {
            fixture.hubspot
                    .records(type)
                    .forEach(held -> assertThat(entries)
                            .as(type)
                            .filteredOn(
                                    entry -> entry.target().equals(held.id()) && entry.decision() == Decision.CREATED)
                            .hasSize(1));
        }
        assertThat(entries).allMatch(entry -> entry.runId().equals(report.runId()));
        assertThat(entries)
                .filteredOn(entry -> entry.decision() == Decision.CREATED || entry.decision() == Decision.UPDATED)
                .allMatch(entry -> entry.correlationId().startsWith("018f2c1e-0000-7c19-9b0e-"));
        assertThat(entries)
                .flatExtracting(entry -> entry.payload().changes().keySet().stream()
                        .filter(Set.of("customers", "contacts", "invoices", "lineItems")::contains)
                        .map(other -> entry.decision() + " " + entry.stream() + " with " + other)
                        .toList())
                .containsExactlyInAnyOrder(
                        "ASSOCIATED customers with contacts",
                        "CREATED invoices with customers",
                        "ASSOCIATED invoices with contacts",
                        "ASSOCIATED invoices with lineItems",
                        "CREATED payments with invoices",
                        "CREATED payments with customers",
                        "CREATED payments with contacts");
        assertThat(fixture.engine.audit().list(AuditQuery.ofRun(report.runId())))
                .isEqualTo(entries);
    }

    @Test
    void aChangeTellsTheSourceVersionAndTheValuesBeforeAndAfter() {
        String invoice = filled();
        fixture.engine.run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        SyncReport report = fixture.engine.run();

        AuditEntry entry = fixture.engine.audit().list(AuditQuery.ofRecord("invoices", invoice)).stream()
                .filter(one -> one.runId().equals(report.runId()))
                .findFirst()
                .orElseThrow();

        assertThat(entry.decision()).isEqualTo(Decision.UPDATED);
        assertThat(entry.version()).isEqualTo("2026-03-02T05:45:37Z");
        assertThat(entry.payload().changes()).containsEntry("hs_purchase_order_number", new Change(null, "PO-1"));
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> record.put("reference_number", "PO-2"));
        SyncReport third = fixture.engine.run();
        assertThat(fixture.engine
                        .audit()
                        .list(AuditQuery.ofRun(third.runId()))
                        .get(0)
                        .payload()
                        .changes())
                .containsEntry("hs_purchase_order_number", new Change("PO-1", "PO-2"));
    }

    /** By record, run, time and outcome, and all of them together. */
    @Test
    void whatIsMeantIsFound() {
        String invoice = filled();
        SyncReport first = fixture.engine.run();
        fixture.pass(Duration.ofHours(1));
        Instant between = fixture.time.now();
        fixture.books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        SyncReport second = fixture.engine.run();
        AuditTrail trail = fixture.engine.audit();
        List<AuditEntry> all = entries(fixture.engine);

        assertThat(trail.list(AuditQuery.all().before(between)))
                .isEqualTo(trail.list(AuditQuery.ofRun(first.runId())))
                .isNotEmpty();
        assertThat(trail.list(AuditQuery.all().from(between)))
                .isEqualTo(trail.list(AuditQuery.ofRun(second.runId())))
                .isNotEmpty();
        assertThat(trail.list(AuditQuery.ofRecord("invoices", invoice).from(between)))
                .allMatch(
                        entry -> entry.record().equals(invoice) && entry.runId().equals(second.runId()))
                .isNotEmpty();
        assertThat(trail.list(AuditQuery.all().decided(Decision.CREATED)))
                .isEqualTo(all.stream()
                        .filter(entry -> entry.decision() == Decision.CREATED)
                        .toList());
        assertThat(trail.list(AuditQuery.ofRun(first.runId()).stream("payments").decided(Decision.UPDATED)))
                .isEmpty();
        assertThat(trail.list(AuditQuery.all().stream("payments")))
                .isNotEmpty()
                .allMatch(entry -> entry.stream().equals("payments"));
        assertThat(trail.list(AuditQuery.ofRecord("invoices", "4711"))).isEmpty();
    }

    /** One line each, with what the trail holds and what was redacted left out. */
    @Test
    void whatIsExportedCanBeComparedWithTheTrail() throws Exception {
        String invoice = filled();
        fixture.engine.run();
        fixture.engine.audit().redact("invoices", invoice);
        StringBuilder lines = new StringBuilder();

        long exported = fixture.engine.audit().export(AuditQuery.all(), lines);

        List<AuditEntry> all = entries(fixture.engine);
        assertThat(exported).isEqualTo(all.size());
        JsonAdapter<Map<String, Object>> json =
                new Moshi.Builder().build().adapter(Types.newParameterizedType(Map.class, String.class, Object.class));
        List<String> each = lines.toString().lines().toList();
        assertThat(each).hasSameSizeAs(all);
        for (int i = 0; i < all.size(); i++) {
            Map<String, Object> line = json.fromJson(each.get(i));
            assertThat(line)
                    .containsEntry("seal", all.get(i).seal())
                    .containsEntry("digest", all.get(i).digest())
                    .containsEntry("record", all.get(i).record())
                    .containsEntry("decision", all.get(i).decision().name());
            assertThat(line.containsKey("payload"))
                    .isEqualTo(!all.get(i).record().equals(invoice)
                            || !all.get(i).stream().equals("invoices"));
        }
    }

    @Test
    void aRunWithoutChangesEntersNothing() {
        filled();
        fixture.books.addCustomer(
                CustomerDraft.business("Quay Ltd").person("Mara", "Quinn", "mara@harbor.example", "1"));
        fixture.engine.run();
        int before = rows().size();
        fixture.engine.run();
        fixture.pass(Duration.ofDays(1));
        fixture.engine.run();

        assertThat(rows()).hasSize(before);
    }

    @Test
    void whatIsSkippedOrQuarantinedIsExplained() {
        fixture.books.addCustomer(CustomerDraft.business("Harbor Tools Ltd")
                .person("Mara", "Quinn", "mara@harbor.example", "1")
                .person("Mara", "Quinn", "MARA@harbor.example", "1")
                .person("Noor", "Haddad", "not an address", "2"));
        fixture.engine.run();

        assertThat(entries(fixture.engine))
                .anySatisfy(entry -> {
                    assertThat(entry.decision()).isEqualTo(Decision.SKIPPED);
                    assertThat(entry.payload().reason()).contains("shared e-mail");
                })
                .anySatisfy(entry -> {
                    assertThat(entry.decision()).isEqualTo(Decision.QUARANTINED);
                    assertThat(entry.payload().reason()).contains("is not an e-mail address");
                    assertThat(entry.payload().changes()).containsKey("firstname");
                });
    }

    @Test
    void theChainIsIntactAcrossProcessesAndItsSealsTooWithACipher() {
        filled();
        AesCipher cipher = new AesCipher();
        fixture.newEngine(builder -> builder.cipher(cipher)).run();
        fixture.pass(Duration.ofHours(1));
        filled();
        SyncEngine second = fixture.newEngine(builder -> builder.cipher(cipher));
        second.run();

        Verification intact = second.audit().verify();
        assertThat(intact.isIntact()).as(intact.reason()).isTrue();
        assertThat(intact.entries()).isEqualTo(rows().size());
        assertThat(intact.unsealed()).isZero();

        Verification elsewhere = fixture.newEngine().audit().verify();
        assertThat(elsewhere.isIntact()).isTrue();
        assertThat(elsewhere.unsealed()).isEqualTo(rows().size());
    }

    private void tampered(UnaryOperator<String> change, String expected) {
        filled();
        fixture.engine.run();
        Row row = rows().get(3);
        String body = change.apply(row.body());
        assertThat(body).isNotEqualTo(row.body());
        Row changed = Row.of(row.connection(), row.kind(), row.id(), row.order(), row.keys(), body);
        fixture.store.commit(new Commit(List.of(new Put(changed, SyncStore.ANY)), List.of(), null));

        Verification found = fixture.engine.audit().verify();

        assertThat(found.broken()).isNotNull();
        assertThat(found.reason()).contains(expected);
    }

    @Test
    void aChangedPayloadIsFound() {
        tampered(body -> body.replace("\"changes\":{", "\"changes\":{\"x\":{\"after\":\"y\"},"), "payload was changed");
    }

    @Test
    void aChangedDecisionIsFound() {
        tampered(
                body -> body.replaceFirst("\"decision\":\"[A-Z]+\"", "\"decision\":\"SKIPPED\""),
                "seal is not the one");
    }

    @Test
    void aMissingEntryIsFound() {
        filled();
        fixture.engine.run();
        Row row = rows().get(3);
        fixture.store.commit(new Commit(List.of(), List.of(new Delete(row.rowId(), SyncStore.ANY)), null));

        assertThat(fixture.engine.audit().verify())
                .isEqualTo(new Verification(rows().size(), 0, 4L, "an entry is missing or was moved"));
    }

    @Test
    void aMissingEndIsFound() {
        filled();
        fixture.engine.run();
        List<Row> rows = rows();
        Row row = rows.get(rows.size() - 1);
        fixture.store.commit(new Commit(List.of(), List.of(new Delete(row.rowId(), SyncStore.ANY)), null));

        assertThat(fixture.engine.audit().verify().reason()).isEqualTo("the chain does not end at its head");
    }

    @Test
    void redactionTakesThePayloadAndLeavesTheChain() {
        filled();
        fixture.engine.run();
        String person = entries(fixture.engine).stream()
                .filter(entry -> entry.stream().equals("contacts"))
                .findFirst()
                .orElseThrow()
                .record();

        assertThat(fixture.engine.audit().redact("contacts", person)).isPositive();

        assertThat(fixture.engine.audit().list(AuditQuery.ofRecord("contacts", person)))
                .isNotEmpty()
                .allMatch(entry -> entry.payload() == null);
        assertThat(rows())
                .filteredOn(row -> row.keys().get("record").equals("contacts/" + person))
                .noneMatch(row -> row.body().contains("mara@harbor.example"));
        assertThat(fixture.engine.audit().verify().isIntact()).isTrue();
    }

    @Test
    void whatIsOldGoesAndTheRestStaysProvable() {
        filled();
        SyncEngine engine = fixture.newEngine(builder -> builder.keepAuditFor(Duration.ofDays(10)));
        engine.run();
        int first = rows().size();
        fixture.pass(Duration.ofDays(6));
        filled();
        engine.run();
        int both = rows().size();
        fixture.pass(Duration.ofDays(5));
        engine.run();

        assertThat(rows().size()).isLessThanOrEqualTo(both - first + 2);
        assertThat(entries(engine)).anyMatch(entry -> entry.decision() == Decision.TRIMMED);
        Verification left = engine.audit().verify();
        assertThat(left.isIntact()).as(left.reason()).isTrue();
        assertThat(left.entries()).isEqualTo(rows().size());
    }

    @Test
    void noSecretIsInTheStore() {
        filled();
        AesCipher cipher = new AesCipher();
        assertThat(fixture.newEngine(builder -> builder.cipher(cipher)).run().status())
                .isEqualTo(Status.COMPLETE);

        for (String kind : List.of("audit", "link", "queue", "checkpoint", "credential", "run", "quarantine")) {
            assertThat(fixture.store.scan(Query.of(kind), null, Integer.MAX_VALUE))
                    .noneMatch(row -> row.body().contains(fixture.hubspot.accessToken())
                            || row.body().contains(fixture.books.refreshToken())
                            || row.body().contains(fixture.books.clientSecret()));
        }
    }
}
