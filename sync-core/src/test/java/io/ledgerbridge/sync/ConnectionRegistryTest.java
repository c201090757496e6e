package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.sync.ConnectionRegistry.Registration;
import io.ledgerbridge.sync.ConnectionStatus.State;
import io.ledgerbridge.sync.internal.SealedTokenStore;
import io.ledgerbridge.sync.internal.Vault;
import io.ledgerbridge.sync.spi.SecretCipher;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.DataCenter;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Connections that are kept in the store with their credentials, and what a service makes of them. */
class ConnectionRegistryTest {

    private static final List<String> KINDS = List.of("connection", "credential", "checkpoint", "audit", "run", "link");

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T06:00:00Z"));
    private final FakeZohoBooks books = FakeZohoBooks.builder(time).build();
    private final FakeHubSpot hubspot = FakeHubSpot.builder(time).build();
    private final SyncStore store = SyncStore.inMemory(time);
    private final RotatingCipher cipher = new RotatingCipher();
    private final ConnectionRegistry registry = registry(cipher);

    /** Ciphers whose newest seals; what an earlier one has sealed can be opened as long as it is kept. */
    private static final class RotatingCipher implements SecretCipher {
        private final List<AesCipher> ciphers = new ArrayList<>(List.of(new AesCipher()));

        void addKey() {
            ciphers.add(new AesCipher());
        }

        void forgetOldKeys() {
            ciphers.subList(0, ciphers.size() - 1).clear();
        }

        @Override
        public byte[] seal(byte[] secret, byte[] associatedData) {
            return newest().seal(secret, associatedData);
        }

        private AesCipher newest() {
            return ciphers.get(ciphers.size() - 1);
        }

        @Override
        public byte[] open(byte[] sealed, byte[] associatedData) {
            for (AesCipher one : ciphers) {
                try {
                    return one.open(sealed, associatedData);
                } catch (IllegalArgumentException e) {
                    // Another one may have sealed it.
                }
            }
            throw new IllegalArgumentException("no key of " + ciphers.size() + " opens it");
        }
    }

    private ConnectionRegistry registry(SecretCipher with) {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(books.interceptor())
                .addInterceptor(hubspot.interceptor())
                .build();
        return ConnectionRegistry.builder(store, with)
                .timeSource(time)
                .zohoBooks(zoho -> zoho.httpClient(http).random(new Random(1)))
                .zohoAccounts(accounts -> accounts.httpClient(http))
                .hubSpot(hubSpot -> hubSpot.httpClient(http).random(new Random(2)))
                .engine(connection -> engine -> engine.random(new Random(3)))
                .build();
    }

    private NewConnection acme() {
        return NewConnection.of(books.organizationId())
                .named("acme")
                .zoho(books.clientId(), books.clientSecret(), ZohoTokens.of(books.refreshToken(), DataCenter.US))
                .hubSpot("4711", hubspot.accessToken());
    }

    private SyncService service() {
        return service(registry);
    }

    private SyncService service(ConnectionSource source) {
        return SyncService.builder()
                .store(store)
                .timeSource(time)
                .random(new Random(4))
                .interval(Duration.ofMinutes(30))
                .connections(source)
                .build();
    }

    private void pass(Duration span) {
        try {
            time.sleep(span);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void addInvoice() {
        String customer =
                books.addCustomer(CustomerDraft.business("Harbor Tools").person("A", "B", "a@b.example", "1"));
        books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
    }

    private String dump() {
        StringBuilder all = new StringBuilder();
        for (String kind : KINDS) {
            store.scan(Query.of(kind), null, 10_000).forEach(all::append);
        }
        return all.toString();
    }

    @Test
    void whatIsRegisteredRunsInAServiceAndLeavesNoSecretInTheStore() {
        addInvoice();
        Registration registration = registry.register(acme());
        assertThat(registration.sameOrganization()).isEmpty();
        assertThat(registration.connection())
                .isEqualTo(new RegisteredConnection(
                        "acme",
                        books.organizationId(),
                        DataCenter.US,
                        "4711",
                        false,
                        time.now(),
                        Selection.everything()));

        SyncService service = service();
        service.start();
        pass(Duration.ofMinutes(5));

        assertThat(service.status("acme").lastReport().problem()).isNull();
        assertThat(hubspot.records("invoices")).hasSize(1);
        new Mirror(books, hubspot, time).assertHeld();
        assertThat(dump())
                .contains("acme")
                .contains("zoho-tokens")
                .doesNotContain(books.clientSecret())
                .doesNotContain(books.refreshToken())
                .doesNotContain(hubspot.accessToken());
        assertThat(acme().toString()).isEqualTo("NewConnection[acme]");
        assertThat(service.engine("acme").audit().verify().reason()).isEmpty();
    }

    /** Zoho gives ten access tokens in ten minutes: processes that follow each other share one. */
    @Test
    void processesShareTheAccessToken() {
        registry.register(acme());
        for (int i = 0; i < 15; i++) {
            SyncConnection connection = registry(cipher).open("acme");
            SyncEngine engine =
                    connection.engine().store(store).timeSource(time).build();
            assertThat(engine.run().problem()).isNull();
        }

        assertThat(books.traffic().count(call -> call.template().startsWith("/oauth")))
                .isEqualTo(1);
    }

    @Test
    void aSecondConnectionOfTheSameKindIsNoticed() {
        registry.register(acme());

        Registration other = registry.register(acme().named("acme-emea").hubSpot("4712", "pat-eu1-other"));
        assertThat(other.sameOrganization()).containsExactly("acme");
        assertThat(other.sameAccount()).isEmpty();
        assertThat(registry.list())
                .extracting(ConnectionSource.Listed::shared)
                .containsOnly(List.of("organization " + books.organizationId()));

        assertThatThrownBy(() -> registry.register(acme().named("acme-again")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is kept in step with this HubSpot account by the connection acme already");
        assertThatThrownBy(() -> registry.register(acme().hubSpot("4713", "pat-x")))
                .hasMessageContaining("there is a connection acme already");
        assertThat(registry.connections())
                .extracting(RegisteredConnection::name)
                .containsExactly("acme", "acme-emea");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(() -> registry.register(NewConnection.of("60012345678")))
                .hasMessageContaining("lacks what reads Zoho Books");
        assertThatThrownBy(() -> registry.register(NewConnection.of("60012345678")
                        .zoho("id", "secret", ZohoTokens.of("1000.token", DataCenter.EU))))
                .hasMessageContaining("lacks what writes HubSpot");
        assertThatThrownBy(() -> NewConnection.of("1; 2")).hasMessageContaining("the id of an organisation");
        assertThatThrownBy(() -> acme().named("a b")).hasMessageContaining("the name of a connection");
        assertThatThrownBy(() -> ConnectionRegistry.builder(store, SecretCipher.none()))
                .hasMessageContaining("needs a cipher that seals");
        assertThatThrownBy(() -> registry.open("nobody")).hasMessageContaining("there is no connection nobody");
        assertThatThrownBy(() -> registry.setPaused("nobody", true))
                .hasMessageContaining("there is no connection nobody");
    }

    /** Another process pauses, registers and removes. */
    @Test
    void theServiceSeesWhatOthersDo() {
        SyncService service = service();
        service.start();
        pass(Duration.ofMinutes(1));
        assertThat(service.statuses()).isEmpty();

        registry(cipher).register(acme());
        pass(Duration.ofMinutes(3));
        assertThat(service.status("acme").lastReport()).isNotNull();

        registry(cipher).setPaused("acme", true);
        pass(Duration.ofMinutes(1));
        assertThat(service.status("acme").state()).isEqualTo(State.PAUSED);
        addInvoice();
        pass(Duration.ofHours(2));
        assertThat(hubspot.records("invoices")).isEmpty();
        SyncService another = service();
        assertThat(another.status("acme").state()).isEqualTo(State.PAUSED);

        service.resume("acme");
        pass(Duration.ofMinutes(1));
        assertThat(registry.connection("acme").orElseThrow().paused()).isFalse();
        assertThat(hubspot.records("invoices")).hasSize(1);

        assertThat(registry(cipher).remove("acme")).isTrue();
        pass(Duration.ofMinutes(1));
        assertThat(service.statuses()).isEmpty();
        assertThat(registry.remove("acme")).isFalse();
        assertThat(store.scan(Query.of("credential"), null, 10)).isEmpty();
    }

    /** For all processes, from their next run on. */
    @Test
    void whatAConnectionSyncsCanBeChosen() {
        registry.register(acme());
        addInvoice();
        String second = books.addCustomer(CustomerDraft.business("Quay Ltd").person("C", "D", "c@d.example", "1"));
        books.addInvoice(InvoiceDraft.of(second, "INV-2").line("Seat", "1", "10"));
        registry.select(
                "acme", Selection.everything().customers(List.of(second)).since(LocalDate.of(2026, 1, 1)));
        SyncService service = service();
        service.start();
        pass(Duration.ofMinutes(2));
        assertThat(hubspot.records("invoices"))
                .extracting(held -> held.get("hs_number"))
                .containsExactly("INV-2");
        assertThat(registry.connection("acme").orElseThrow().selection())
                .hasToString("since 2026-01-01 customers " + second);

        registry(cipher).select("acme", Selection.everything());
        pass(Duration.ofHours(1));

        assertThat(hubspot.records("invoices")).hasSize(2);
    }

    @Test
    void aGrantIsEndedUnlessAnotherConnectionUsesIt() {
        registry.register(acme());
        registry.register(NewConnection.of("60099999999")
                .zoho(books.clientId(), books.clientSecret(), ZohoTokens.of(books.refreshToken(), DataCenter.US))
                .hubSpot("4712", hubspot.accessToken()));

        assertThat(registry.revoke("acme")).isFalse();
        registry.remove("zoho-60099999999");
        assertThat(registry.revoke("acme")).isTrue();

        SyncConnection connection = registry.open("acme");
        SyncReport report =
                connection.engine().store(store).timeSource(time).build().run();
        assertThat(report.problem().code()).isEqualTo("zoho.reconnect");
        assertThatThrownBy(() -> registry.revoke("nobody")).hasMessageContaining("there is no connection nobody");
    }

    @Test
    void thePropertiesOfAConnectionThatEndsAreArchivedUnlessAnotherNeedsThem() {
        registry.register(acme());
        addInvoice();
        SyncEngine engine =
                registry.open("acme").engine().store(store).timeSource(time).build();
        engine.run();
        syncOtherOrganization("60099999999");
        assertThatThrownBy(engine::archiveProperties)
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("60099999999 is kept in step with this HubSpot account as well");
        assertThat(hubspot.hasProperty("invoices", "zoho_books_key")).isTrue();
        hubspot.removeProperty("companies", "zoho_books_installation_60099999999");

        List<String> archived = engine.archiveProperties();

        assertThat(archived)
                .contains("companies.zoho_books_outstanding", "invoices.zoho_books_key")
                .anyMatch(name -> name.startsWith("companies.zoho_books_installation_"));
        assertThat(hubspot.hasProperty("invoices", "zoho_books_key")).isFalse();
        assertThat(hubspot.hasProperty("companies", "name")).isTrue();
        assertThat(hubspot.records("invoices")).hasSize(1);
    }

    /** Into the same account. */
    private void syncOtherOrganization(String id) {
        FakeZohoBooks other = FakeZohoBooks.builder(time).organizationId(id).build();
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(other.interceptor())
                .addInterceptor(hubspot.interceptor())
                .build();
        ZohoBooks zoho = ZohoBooks.builder(
                        ZohoCredentials.refreshToken(other.clientId(), other.clientSecret(), other.refreshToken()))
                .organization(id)
                .httpClient(http)
                .timeSource(time)
                .build();
        HubSpot target = HubSpot.builder(AccessToken.of(hubspot.accessToken()))
                .httpClient(http)
                .timeSource(time)
                .build();
        SyncEngine.builder(zoho, target).store(store).timeSource(time).build().run();
    }

    /** The registry, unless told otherwise. */
    private class AsRegistered implements ConnectionSource {
        @Override
        public List<Listed> list() {
            return registry.list();
        }

        @Override
        public SyncConnection open(String name) {
            return registry.open(name);
        }

        @Override
        public void close(SyncConnection connection) {
            registry.close(connection);
        }

        @Override
        public void setPaused(String name, boolean paused) {
            registry.setPaused(name, paused);
        }
    }

    /** Nobody needs to wait until a service has seen that a connection is gone before it is connected anew. */
    @Test
    void aConnectionThatIsConnectedAnewGetsNewClients() {
        registry.register(acme());
        List<String> opened = new ArrayList<>();
        SyncService service = service(new AsRegistered() {
            @Override
            public SyncConnection open(String name) {
                opened.add(name);
                return super.open(name);
            }
        });
        service.start();
        pass(Duration.ofMinutes(2));
        assertThat(opened).hasSize(1);

        registry.remove("acme");
        pass(Duration.ofMillis(1));
        registry.register(acme());
        addInvoice();
        pass(Duration.ofHours(2));

        assertThat(opened).hasSize(2);
        assertThat(hubspot.records("invoices")).hasSize(1);
        assertThat(service.status("acme").lastReport().status()).isEqualTo(SyncReport.Status.COMPLETE);
    }

    /** A list that was read before knows nothing of it. */
    @Test
    void aPauseHoldsThoughAnOlderListIsOnItsWay() {
        registry.register(acme());
        List<SyncService> pausing = new ArrayList<>();
        SyncService service = service(new AsRegistered() {
            @Override
            public List<Listed> list() {
                List<Listed> before = super.list();
                pausing.forEach(one -> one.pause("acme"));
                pausing.clear();
                return before;
            }
        });
        service.start();
        pass(Duration.ofMinutes(2));
        pausing.add(service);

        pass(Duration.ofSeconds(35));

        assertThat(pausing).as("it was paused while the list was read").isEmpty();
        assertThat(service.status("acme").state()).isEqualTo(State.PAUSED);
        registry(cipher).setPaused("acme", false);
        pass(Duration.ofSeconds(35));
        assertThat(service.status("acme").state()).as("others may resume it").isNotEqualTo(State.PAUSED);
    }

    /** Whatever it is, it is told, and the next run comes by itself. */
    @Test
    void aRunWithoutReportIsToldOf() {
        registry.register(acme());
        SyncService service = service(new AsRegistered() {
            @Override
            public SyncConnection open(String name) {
                throw new IllegalStateException("planted");
            }
        });
        service.start();
        pass(Duration.ofMinutes(2));

        ConnectionStatus status = service.status("acme");
        assertThat(status.state()).isEqualTo(State.WAITING);
        assertThat(status.reason()).contains("not expected").contains("see the log");
        assertThat(status.nextRun()).isAfter(time.now());
        assertThat(status.lastReport()).isNull();
    }

    /** Another process runs it, or another command has: this one tells of its passes all the same. */
    @Test
    void whatOthersHaveReadIsKnown() {
        registry.register(acme());
        SyncConnection elsewhere = registry.open("acme");
        elsewhere.engine().store(store).timeSource(time).build().run();
        registry.close(elsewhere);

        assertThat(service().status("acme").lastPass()).isNotNull();
    }

    @Test
    void keysAreRotatedWhileRunsGoOn() {
        addInvoice();
        registry.register(acme());
        SyncService service = service();
        service.start();
        pass(Duration.ofMinutes(5));
        cipher.addKey();

        assertThat(registry.rotateKeys())
                .as("tokens, client, its secret, HubSpot's token, the trail's key")
                .isEqualTo(5);
        cipher.forgetOldKeys();

        pass(Duration.ofHours(2));
        assertThat(service.status("acme").lastReport().problem()).isNull();
        assertThat(registry(cipher).open("acme")).isNotNull();
        assertThat(service().engine("acme").audit().verify().reason()).isEmpty();
    }

    /** What one process seals anew while another replaces it is the newer one. */
    @Test
    void aTokenThatIsRenewedDuringTheRotationIsKept() {
        registry.register(acme());
        Vault vault = new Vault(store, cipher);
        SealedTokenStore tokens = new SealedTokenStore(vault, "acme");
        ZohoTokens renewed = ZohoTokens.of("1000.renewed", DataCenter.EU);
        cipher.addKey();
        SyncStore racing = new Killer().guarding(store);
        assertThat(tokens.replace(1, renewed)).isTrue();
        assertThat(tokens.replace(1, renewed)).as("an old version").isFalse();
        new Vault(racing, cipher).reseal("acme");
        cipher.forgetOldKeys();

        assertThat(tokens.load().orElseThrow().tokens()).isEqualTo(renewed);
        assertThat(tokens.load().orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void withoutTheKeyAConnectionWaitsForSomebodyAndLosesNothing() {
        addInvoice();
        registry.register(acme());
        SyncService service = SyncService.builder()
                .store(store)
                .timeSource(time)
                .random(new Random(4))
                .connections(registry(new AesCipher()))
                .build();
        service.start();
        pass(Duration.ofMinutes(2));

        ConnectionStatus status = service.status("acme");
        assertThat(status.state()).isEqualTo(State.BROKEN);
        assertThat(status.reason())
                .contains("zoho-client-id of acme cannot be opened")
                .contains("Start with the key that it was sealed with");
        assertThat(hubspot.records("companies")).isEmpty();

        SyncService right = service();
        right.start();
        pass(Duration.ofMinutes(2));
        new Mirror(books, hubspot, time).assertHeld();
    }

    @Test
    void whatWasDamagedIsToldAndTheOthersGoOn() {
        registry.register(acme());
        Row row = store.find("acme", "credential", List.of("hubspot-token")).get(0);
        char[] body = row.body().toCharArray();
        int at = row.body().length() - 10;
        body[at] = body[at] == 'A' ? 'B' : 'A';
        store.commit(new Commit(
                List.of(new Put(
                        Row.of("acme", "credential", "hubspot-token", "", Map.of(), new String(body)), SyncStore.ANY)),
                List.of(),
                null));
        SyncService service = service();
        service.start();
        pass(Duration.ofMinutes(2));

        assertThat(service.status("acme").state()).isEqualTo(State.BROKEN);
        assertThat(service.status("acme").reason()).contains("hubspot-token of acme cannot be opened");
        // Another process gives it another token: it is tried again by itself.
        registry(cipher).replaceHubSpotToken("acme", hubspot.accessToken());
        pass(Duration.ofMinutes(2));
        assertThat(service.status("acme").state()).isEqualTo(State.WAITING);
    }

    @Test
    void whatCannotBeReadOfOneConnectionStopsNoOther() {
        addInvoice();
        registry.register(acme());
        store.commit(new Commit(
                List.of(new Put(
                        Row.of("all connections", "connection", "aaa", "aaa", Map.of(), "no JSON"), SyncStore.ANY)),
                List.of(),
                null));

        assertThat(registry.connections())
                .extracting(RegisteredConnection::name)
                .containsExactly("acme");
        SyncService service = service();
        service.start();
        pass(Duration.ofMinutes(2));
        assertThat(hubspot.records("invoices")).hasSize(1);
        assertThatThrownBy(() -> registry.setPaused("aaa", true)).hasMessageContaining("aaa cannot be read");
        assertThat(registry.remove("aaa")).isTrue();
    }

    /** The others are sealed anew; who runs it is told to keep the old key. */
    @Test
    void whatCannotBeOpenedIsLeftWhenKeysAreRotated() {
        registry.register(acme());
        registry.register(acme().named("beta").hubSpot("99", "pat-other"));
        Row row = store.find("acme", "credential", List.of("hubspot-token")).get(0);
        store.commit(new Commit(
                List.of(new Put(
                        Row.of(
                                "acme",
                                "credential",
                                "hubspot-token",
                                "",
                                Map.of(),
                                row.body().replace("\"sealed\":\"", "\"sealed\":\"AAAA")),
                        SyncStore.ANY)),
                List.of(),
                null));
        cipher.addKey();

        assertThatThrownBy(registry::rotateKeys)
                .hasMessageContaining("not all of acme. ")
                .hasMessageContaining("hubspot-token of acme cannot be opened");
        cipher.forgetOldKeys();
        assertThat(new Vault(store, cipher).open("beta", "hubspot-token")).isPresent();
    }

    /** Two connections of one organisation, two processes: one of them runs both. */
    @Test
    void connectionsThatShareSomethingAreRunByOneProcess() {
        addInvoice();
        registry.register(acme());
        registry.register(acme().named("acme-emea").hubSpot("4712", hubspot.accessToken()));
        List<String> shared = List.of("organization " + books.organizationId());
        SharedResources one = new SharedResources(store, time, "one");
        SharedResources other = new SharedResources(store, time, "other");

        assertThat(one.hold(shared)).isTrue();
        assertThat(one.hold(shared))
                .as("the other connection, in the same process")
                .isTrue();
        assertThat(other.hold(shared)).isFalse();
        one.release(shared);
        pass(Duration.ofMinutes(10));
        assertThat(other.hold(shared)).as("one run goes on").isFalse();
        one.release(shared);
        pass(Duration.ofSeconds(30));
        assertThat(other.hold(shared)).as("the minute's calls still count").isFalse();
        pass(Duration.ofSeconds(31));
        assertThat(other.hold(shared)).isTrue();
        other.release(shared);
        pass(Duration.ofSeconds(61));
        other.end();
        Instant before = time.now();
        assertThat(one.hold(shared)).isTrue();
        assertThat(time.now()).isEqualTo(before);
    }

    /** The next process must not add its calls to those of the last minute. */
    @Test
    void whatWasUsedJustNowIsNotHandedOverAtOnce() {
        List<String> shared = List.of("account 4711");
        SharedResources one = new SharedResources(store, time, "one");
        SharedResources other = new SharedResources(store, time, "other");
        assertThat(one.hold(shared)).isTrue();
        one.release(shared);
        one.end();

        assertThat(other.hold(shared)).isFalse();
        pass(Duration.ofMinutes(6));
        Instant before = time.now();
        assertThat(other.hold(shared)).isTrue();
        assertThat(other.hold(shared)).isTrue();
        assertThat(Duration.between(before, time.now())).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whatALostProcessSharedIsWaitedFor() {
        List<String> shared = List.of("account 4711");
        // A process that was killed gives nothing back, and its heart beats no more.
        assertThat(store.acquire("shared account 4711", "lost", Duration.ofMinutes(5)))
                .isPresent();
        SharedResources next = new SharedResources(store, time, "next");
        assertThat(next.hold(shared)).isFalse();
        pass(Duration.ofMinutes(6));
        Instant before = time.now();

        assertThat(next.hold(shared)).isTrue();
        assertThat(Duration.between(before, time.now())).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aSecretIsNamedNowhere() {
        assertThat(new Vault.Opened("1000.secret".getBytes(java.nio.charset.StandardCharsets.UTF_8), 3))
                .hasToString("Opened[3]");
        assertThat(Arrays.asList(registry.toString(), cipher.toString()))
                .noneMatch(text -> text.contains(books.clientSecret()));
    }
}
