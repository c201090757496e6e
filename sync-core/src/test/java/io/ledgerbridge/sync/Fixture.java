package io.ledgerbridge.sync;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/** An organisation, an account, and an engine between them, on a virtual clock. */
final class Fixture {

    /** Every kind of row that an engine keeps. */
    static final List<String> KINDS = List.of(
            "link",
            "queue",
            "checkpoint",
            "quarantine",
            "sending",
            "former",
            "recheck",
            "fact",
            "inbox",
            "delivery",
            "audit",
            "skip",
            "run");

    final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z"));
    final FakeZohoBooks books;
    final FakeHubSpot hubspot;
    final SyncStore store = SyncStore.inMemory(time);
    final SyncEngine engine;
    private int engines;

    private Fixture(String[] currencies, int dailyLimit, int hubspotDailyLimit) {
        books = FakeZohoBooks.builder(time).dailyLimit(dailyLimit).build();
        hubspot = FakeHubSpot.builder(time)
                .currencies("USD", currencies)
                .dailyLimit(hubspotDailyLimit)
                .build();
        hubspot.definitionsAppearAfter(Duration.ofMillis(700));
        engine = newEngine();
    }

    static Fixture withCurrencies(String... additional) {
        return new Fixture(additional, 10_000, 250_000);
    }

    static Fixture withDailyLimit(int calls) {
        return new Fixture(new String[0], calls, 250_000);
    }

    static Fixture withHubSpotDailyLimit(int calls, String... additional) {
        return new Fixture(additional, 10_000, calls);
    }

    /** Another process on the same store. */
    SyncEngine newEngine() {
        return newEngine(store, false, builder -> {});
    }

    /** Another process on the same store, with other settings. */
    SyncEngine newEngine(Consumer<SyncEngine.Builder> settings) {
        return newEngine(store, false, settings);
    }

    /** Another process that leaves a reserve of HubSpot's day to others. */
    SyncEngine newEngineInBackground() {
        return newEngine(store, true, builder -> {});
    }

    /** Another process that has lost its store. */
    static SyncEngine forgetStore(Fixture fixture) {
        return fixture.newEngine(SyncStore.inMemory(fixture.time), false, builder -> {});
    }

    /** Another process on the same store, on a machine with another clock. */
    SyncEngine newEngineOn(TimeSource clock) {
        return newEngine(clock, store, hubspot, false, builder -> {});
    }

    /** Another process on the same store, whose token is of another account. */
    SyncEngine newEngineTo(FakeHubSpot account) {
        return newEngine(time, store, account, false, builder -> {});
    }

    private SyncEngine newEngine(SyncStore store, boolean background, Consumer<SyncEngine.Builder> settings) {
        return newEngine(time, store, hubspot, background, settings);
    }

    private SyncEngine newEngine(
            TimeSource clock,
            SyncStore store,
            FakeHubSpot account,
            boolean background,
            Consumer<SyncEngine.Builder> settings) {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(books.interceptor())
                .addInterceptor(account.interceptor())
                .build();
        ZohoBooks zoho = ZohoBooks.builder(
                        ZohoCredentials.refreshToken(books.clientId(), books.clientSecret(), books.refreshToken()))
                .organization(books.organizationId())
                .httpClient(http)
                .timeSource(clock)
                .pacing(ZohoPacing.standard())
                .random(new Random(1))
                .build();
        HubSpot target = HubSpot.builder(AccessToken.of(account.accessToken()))
                .httpClient(http)
                .timeSource(clock)
                .pacing(HubSpotPacing.standard())
                .background(background)
                .random(new Random(2))
                .build();
        SyncEngine.Builder builder =
                SyncEngine.builder(zoho, target).store(store).timeSource(clock).random(new Random(100L + engines++));
        settings.accept(builder);
        return builder.build();
    }

    /** A copy of the store as it is now. */
    Backup backup() {
        SyncStore copy = copyOf(store);
        return () -> newEngine(copy, false, builder -> {});
    }

    /** A store that holds the same as another one does now. */
    SyncStore copyOf(SyncStore store) {
        SyncStore copy = SyncStore.inMemory(time);
        for (String kind : KINDS) {
            List<SyncStore.Put> rows = store.scan(SyncStore.Query.of(kind), null, Integer.MAX_VALUE).stream()
                    .map(row -> new SyncStore.Put(row, SyncStore.ANY))
                    .toList();
            copy.commit(new SyncStore.Commit(rows, List.of(), null));
        }
        return copy;
    }

    /** Makes engines on a copy. */
    interface Backup {
        SyncEngine newEngine();
    }

    /** Books of one customer with a person and an invoice; answers the customer's id. */
    String addCustomerWithInvoice() {
        String customer =
                books.addCustomer(CustomerDraft.business("Harbor Tools").person("A", "B", "a@b.example", "1"));
        books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
        return customer;
    }

    void pass(Duration span) {
        try {
            time.sleep(span);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Held record(String type, String sourceId) {
        return hubspot.records(type).stream()
                .filter(held -> held.get("zoho_books_key").equals(books.organizationId() + ":" + sourceId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " for " + sourceId));
    }

    boolean has(String type, String sourceId) {
        return hubspot.records(type).stream()
                .anyMatch(held -> held.get("zoho_books_key").equals(books.organizationId() + ":" + sourceId));
    }

    /** Calls that change something in HubSpot. */
    long writes() {
        return hubspot.traffic()
                .count(call -> call.method().equals("POST") && !call.template().endsWith("/batch/read"));
    }

    void forgetTraffic() {
        books.traffic().reset();
        hubspot.traffic().reset();
    }
}
