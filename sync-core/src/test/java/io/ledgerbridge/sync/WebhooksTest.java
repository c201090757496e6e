package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.sync.ConnectionStatus.State;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.testkit.WebhookDelivery;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.DataCenter;
import io.ledgerbridge.zohobooks.ZohoTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Zoho tells by itself reaches HubSpot at once, and nobody else is believed. */
class WebhooksTest {

    private static final int OK = 200;

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T06:00:00Z"));
    private final FakeZohoBooks books = FakeZohoBooks.builder(time).build();
    private final FakeHubSpot hubspot = FakeHubSpot.builder(time).build();
    private final SyncStore store = SyncStore.inMemory(time);
    private final ConnectionRegistry registry = registry();
    private SyncService service;
    private WebhookHandler handler;
    private String customer;
    private String invoice;

    private ConnectionRegistry registry() {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(books.interceptor())
                .addInterceptor(hubspot.interceptor())
                .build();
        return ConnectionRegistry.builder(store, new AesCipher())
                .timeSource(time)
                .random(new Random(9))
                .zohoBooks(zoho -> zoho.httpClient(http).random(new Random(1)))
                .hubSpot(hubSpot -> hubSpot.httpClient(http).random(new Random(2)))
                .engine(connection -> engine -> engine.random(new Random(3)))
                .build();
    }

    @BeforeEach
    void connectAndSync() {
        books.grantScope("ZohoBooks.settings.CREATE");
        books.grantScope("ZohoBooks.settings.DELETE");
        registry.register(NewConnection.of(books.organizationId())
                .named("acme")
                .zoho(books.clientId(), books.clientSecret(), ZohoTokens.of(books.refreshToken(), DataCenter.US))
                .hubSpot("4711", hubspot.accessToken()));
        registry.installWebhooks("acme", "https://books.example/zoho");
        customer = books.addCustomer(CustomerDraft.business("Harbor Tools").person("A", "B", "a@b.example", "1"));
        invoice = books.addInvoice(
                InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50").line("Support", "1", "20"));
        service = SyncService.builder()
                .store(store)
                .timeSource(time)
                .random(new Random(4))
                .interval(Duration.ofHours(6))
                .connections(registry)
                .build();
        handler = handler();
        service.start();
        pass(Duration.ofMinutes(10));
        forgetTraffic();
    }

    /** One that has received nothing yet. */
    private WebhookHandler handler() {
        return WebhookHandler.builder(store, registry::webhooks)
                .timeSource(time)
                .onQueued(service::requestsNow)
                .build();
    }

    private void pass(Duration span) {
        try {
            time.sleep(span);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void forgetTraffic() {
        books.traffic().reset();
        hubspot.traffic().reset();
    }

    private int deliver(WebhookDelivery delivery) {
        return handler.handle("POST", delivery.path(), delivery.headers(), delivery.body());
    }

    private void deliverAll(List<WebhookDelivery> deliveries) {
        assertThat(deliveries).isNotEmpty().allMatch(delivery -> deliver(delivery) == OK);
    }

    private long reads() {
        return books.traffic().count(call -> call.method().equals("GET"));
    }

    private Held held(String type) {
        assertThat(hubspot.records(type)).hasSize(1);
        return hubspot.records(type).get(0);
    }

    private void mirrors() {
        new Mirror(books, hubspot, time).assertHeld();
    }

    /** Its payment is told, and maybe nothing else. */
    @Test
    void aPaidInvoiceReachesHubSpotWithinSeconds() {
        Instant before = service.status("acme").nextRun();
        String payment =
                books.addPayment(PaymentDraft.of(customer, "P-1", "120").applyTo(invoice, "120"));

        deliverAll(books.deliveries("customer_payment", "add_edit", payment));
        pass(Duration.ofSeconds(10));

        assertThat(held("invoices").get("zoho_books_status")).isEqualTo("paid");
        assertThat(held("invoices").get("hs_invoice_status")).isEqualTo("paid");
        assertThat(held("companies").get("zoho_books_outstanding")).isEqualTo("0.00");
        assertThat(reads()).as("the payment and its invoice").isEqualTo(2);
        assertThat(service.status("acme").nextRun()).as("the schedule stays").isEqualTo(before);
        assertThat(service.status("acme").state()).isEqualTo(State.WAITING);
        mirrors();
    }

    @Test
    void anInvoiceComesWithItsLinesAndCostsNoCall() {
        String second = books.addInvoice(InvoiceDraft.of(customer, "INV-2")
                .line("Desk", "3", "70", "10%", null)
                .line("Chair", "1", "9"));
        pass(Duration.ofMinutes(1));
        books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));

        deliverAll(books.deliveries("invoice", "add_edit", second));
        deliverAll(books.deliveries("invoice", "add_edit", invoice));
        pass(Duration.ofSeconds(20));

        assertThat(reads()).isZero();
        assertThat(hubspot.records("line_items")).hasSize(4);
        mirrors();
        pass(Duration.ofDays(1));
        mirrors();
    }

    /** Twice, late, and in the wrong order. */
    @Test
    void anOlderVersionChangesNothing() {
        books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        List<WebhookDelivery> first = books.deliveries("invoice", "add_edit", invoice);
        pass(Duration.ofMinutes(1));
        books.editInvoice(invoice, record -> record.put("reference_number", "PO-2"));
        List<WebhookDelivery> second = books.deliveries("invoice", "add_edit", invoice);

        deliverAll(second);
        pass(Duration.ofSeconds(20));
        forgetTraffic();
        deliverAll(first);
        deliverAll(second);
        pass(Duration.ofMinutes(1));

        assertThat(held("invoices").get("hs_purchase_order_number")).isEqualTo("PO-2");
        assertThat(hubspot.traffic().calls()).isEmpty();
        assertThat(reads()).isZero();
        handler = handler();
        deliverAll(first);
        pass(Duration.ofMinutes(1));
        assertThat(held("invoices").get("hs_purchase_order_number")).isEqualTo("PO-2");
        mirrors();
    }

    @Test
    void aDeletionIsConfirmedBeforeItCounts() {
        deliverAll(books.deliveries("invoice", "delete", invoice));
        pass(Duration.ofSeconds(20));
        assertThat(held("invoices").get("zoho_books_status"))
                .as("it is still there")
                .isEqualTo("sent");
        assertThat(reads()).isEqualTo(1);

        books.deleteInvoice(invoice);
        deliverAll(books.deliveries("invoice", "delete", invoice));
        pass(Duration.ofSeconds(20));
        service.runNow("acme");
        pass(Duration.ofMinutes(1));

        assertThat(held("invoices").get("zoho_books_status")).isEqualTo("deleted");
    }

    @Test
    void aCustomerIsReadWithItsPersons() {
        pass(Duration.ofMinutes(1));
        books.editContact(customer, contact -> contact.put("contact_name", "Harbor Tools Ltd"));

        deliverAll(books.deliveries("contact", "add_edit", customer));
        pass(Duration.ofSeconds(20));

        assertThat(held("companies").get("name")).isEqualTo("Harbor Tools Ltd");
        assertThat(reads()).isEqualTo(1);
    }

    @Test
    void whatIsNotZohosIsRefusedAndNothingIsKept() {
        WebhookDelivery good = books.deliveries("invoice", "add_edit", invoice).get(0);
        String forged = new String(good.body(), StandardCharsets.UTF_8).replace("INV-1", "INV-X");

        assertThat(handler.handle("POST", good.path(), good.headers(), forged.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(401);
        assertThat(handler.handle("POST", good.path(), Map.of(), good.body())).isEqualTo(401);
        assertThat(handler.handle("POST", good.path() + "&more=1", good.headers(), good.body()))
                .isEqualTo(401);
        assertThat(handler.handle("GET", good.path(), good.headers(), good.body()))
                .isEqualTo(405);
        assertThat(handler.handle("POST", good.path(), good.headers(), new byte[10_000_000]))
                .isEqualTo(413);
        assertThat(handler.handle("POST", "/zoho?event=invoice.upsert", good.headers(), good.body()))
                .isEqualTo(404);
        assertThat(handler.handle("POST", "/zoho?connection=nobody&event=invoice.upsert", good.headers(), good.body()))
                .isEqualTo(404);
        assertThat(handler.handle("POST", "/zoho?connection=acme&event=bill.upsert", good.headers(), good.body()))
                .isEqualTo(404);
        pass(Duration.ofMinutes(1));

        assertThat(store.scan(Query.of("delivery"), null, 10)).isEmpty();
        assertThat(reads()).isZero();
        assertThat(hubspot.traffic().calls()).isEmpty();
    }

    /** It is signed with the right secret, by somebody who has two organisations. */
    @Test
    void whatIsOfAnotherOrganisationIsRefused() {
        WebhookHandler confused = WebhookHandler.builder(
                        store,
                        name -> registry.webhooks(name)
                                .map(receiver -> new WebhookHandler.Receiver("60099999999", receiver.signature())))
                .build();
        WebhookDelivery delivery =
                books.deliveries("invoice", "add_edit", invoice).get(0);

        assertThat(confused.handle("POST", delivery.path(), delivery.headers(), delivery.body()))
                .isEqualTo(403);
        assertThat(store.scan(Query.of("delivery"), null, 10)).isEmpty();
    }

    @Test
    void whatIsNotSignedCanBeTakenAsAHint() {
        WebhookHandler tolerant = WebhookHandler.builder(store, registry::webhooks)
                .timeSource(time)
                .onQueued(service::requestsNow)
                .unsignedAreHints()
                .build();
        WebhookDelivery delivery =
                books.deliveries("invoice", "add_edit", invoice).get(0);
        String forged = new String(delivery.body(), StandardCharsets.UTF_8).replace("INV-1", "INV-X");

        assertThat(tolerant.handle("POST", delivery.path(), Map.of(), forged.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(OK);
        pass(Duration.ofSeconds(20));

        assertThat(reads()).isEqualTo(1);
        assertThat(held("invoices").get("hs_number")).isEqualTo("INV-1");
    }

    @Test
    void aStoreThatIsDownAsksZohoToComeAgain() {
        WebhookHandler failing = WebhookHandler.builder(store, name -> {
                    throw new io.ledgerbridge.sync.spi.SyncStoreException("planted", new IllegalStateException());
                })
                .build();
        WebhookDelivery delivery =
                books.deliveries("invoice", "add_edit", invoice).get(0);

        assertThat(failing.handle("POST", delivery.path(), delivery.headers(), delivery.body()))
                .isEqualTo(503);
    }

    @Test
    void whatIsInstalledIsRemoved() {
        WebhookSetup.Installed again = registry.installWebhooks("acme", "https://books.example/zoho");
        assertThat(again.made())
                .contains("invoice.upsert", "invoice.deleted", "payment.upsert", "contact.deleted")
                .hasSize(8);
        assertThat(books.deliveries("invoice", "add_edit", invoice)).hasSize(1);

        assertThat(registry.removeWebhooks("acme")).isEqualTo(8);

        assertThat(books.deliveries("invoice", "add_edit", invoice)).isEmpty();
        assertThatThrownBy(() -> registry.installWebhooks("acme", "http://books.example"))
                .hasMessageContaining("must be https");
    }

    /** As many as there are when it begins. */
    @Test
    void manyDeliveriesAreOneRun() {
        WebhookHandler silent = WebhookHandler.builder(store, registry::webhooks)
                .timeSource(time)
                .build();
        for (int i = 0; i < 30; i++) {
            String more = books.addInvoice(InvoiceDraft.of(customer, "N-" + i).line("Seat", "1", "1"));
            books.deliveries("invoice", "add_edit", more)
                    .forEach(delivery -> assertThat(
                                    silent.handle("POST", delivery.path(), delivery.headers(), delivery.body()))
                            .isEqualTo(OK));
        }
        service.requestsNow("acme");
        pass(Duration.ofMinutes(1));

        assertThat(hubspot.records("invoices")).hasSize(31);
        assertThat(hubspot.traffic().count("POST /crm/objects/2026-09/invoices/batch/upsert"))
                .isEqualTo(1);
        assertThat(reads()).isZero();
        mirrors();
    }

    /** A signed body of a time before is no news, whatever else waits. */
    @Test
    void aLateBodyNeverReplacesWhatARunHasRead() {
        pass(Duration.ofMinutes(1));
        books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        WebhookDelivery late = books.deliveries("invoice", "add_edit", invoice).get(0);
        pass(Duration.ofMinutes(1));
        books.addPayment(PaymentDraft.of(customer, "P-1", "120").applyTo(invoice, "120"));
        service.runNow("acme");
        pass(Duration.ofMinutes(2));
        assertThat(held("invoices").get("zoho_books_status")).isEqualTo("paid");

        assertThat(deliver(late)).isEqualTo(OK);
        pass(Duration.ofMinutes(2));

        assertThat(held("invoices").get("zoho_books_status")).isEqualTo("paid");
        assertThat(held("invoices").get("zoho_books_balance")).isEqualTo("0.00");
    }

    /** Stamps have but seconds: which of two is the newer one, only the source tells. */
    @Test
    void ofTwoEditsWithinASecondTheLastCounts() {
        books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        Object stamp = books.invoices().get(0).get("last_modified_time");
        List<WebhookDelivery> first = books.deliveries("invoice", "add_edit", invoice);
        deliverAll(first);
        pass(Duration.ofMillis(400));
        assertThat(held("invoices").get("hs_purchase_order_number")).isEqualTo("PO-1");
        books.editInvoice(invoice, record -> record.put("reference_number", "PO-2"));
        assertThat(books.invoices().get(0).get("last_modified_time")).isEqualTo(stamp);
        List<WebhookDelivery> second = books.deliveries("invoice", "add_edit", invoice);

        deliverAll(second);
        pass(Duration.ofSeconds(20));
        assertThat(held("invoices").get("hs_purchase_order_number")).isEqualTo("PO-2");
        assertThat(reads()).isEqualTo(1);

        handler = handler();
        deliverAll(first);
        pass(Duration.ofSeconds(20));
        assertThat(held("invoices").get("hs_purchase_order_number")).isEqualTo("PO-2");
        mirrors();
    }

    /** It was deleted, and then something came that had been on its way. */
    @Test
    void whatIsGoneComesBackFromTheSourceAlone() {
        pass(Duration.ofMinutes(1));
        books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        WebhookDelivery late = books.deliveries("invoice", "add_edit", invoice).get(0);
        List<WebhookDelivery> deletion = books.deliveries("invoice", "delete", invoice);
        books.deleteInvoice(invoice);
        deliverAll(deletion);
        service.runNow("acme");
        pass(Duration.ofMinutes(2));
        assertThat(held("invoices").get("zoho_books_status")).isEqualTo("deleted");

        assertThat(deliver(late)).isEqualTo(OK);
        pass(Duration.ofMinutes(2));

        assertThat(held("invoices").get("zoho_books_status")).isEqualTo("deleted");
    }

    /** Both wait: only the source tells which came last. */
    @Test
    void ofTwoDeliveriesNeitherIsBelieved() {
        pass(Duration.ofMinutes(1));
        WebhookDelivery before =
                books.deliveries("invoice", "add_edit", invoice).get(0);
        books.deleteInvoice(invoice);
        WebhookHandler silent = WebhookHandler.builder(store, registry::webhooks)
                .timeSource(time)
                .build();
        WebhookDelivery deletion =
                books.deliveries("invoice", "delete", invoice).get(0);
        silent.handle("POST", deletion.path(), deletion.headers(), deletion.body());
        silent.handle("POST", before.path(), before.headers(), before.body());

        service.runNow("acme");
        pass(Duration.ofMinutes(2));

        assertThat(held("invoices").get("zoho_books_status")).isEqualTo("deleted");
    }

    /** Nobody must be able to stop a connection by a letter. */
    @Test
    void anIdThatIsNoneIsRefused() {
        WebhookHandler tolerant = WebhookHandler.builder(store, registry::webhooks)
                .timeSource(time)
                .onQueued(service::requestsNow)
                .unsignedAreHints()
                .build();
        String path = "/zoho?connection=acme&event=invoice.upsert";
        byte[] body = "{\"invoice\":{\"invoice_id\":\"a/b\"}}".getBytes(StandardCharsets.UTF_8);

        assertThat(tolerant.handle("POST", path, Map.of(), body)).isEqualTo(400);
        assertThat(tolerant.handle("POST", path + "&event=invoice.deleted", Map.of(), body))
                .isEqualTo(404);
        assertThatThrownBy(() -> Replay.records("invoices", List.of("INV/001")))
                .hasMessageContaining("'INV/001' cannot be the id of a record");
        assertThat(store.scan(Query.of("delivery"), null, 10)).isEmpty();
    }
}
