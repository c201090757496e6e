package io.ledgerbridge.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.AuditQuery;
import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.NewConnection;
import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.SyncService;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.tink.TinkCipher;
import io.ledgerbridge.tink.TinkKeysets;
import io.ledgerbridge.zohobooks.DataCenter;
import io.ledgerbridge.zohobooks.ZohoTokens;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plants secrets, has everything go wrong that may, and looks for them in everything that comes out. */
class SecretsTest {

    private static final Pattern KEY_MATERIAL = Pattern.compile("\"value\"\\s*:\\s*\"([^\"]+)\"");

    private static int databases;

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T06:00:00Z"));
    private final FakeZohoBooks books = FakeZohoBooks.builder(time).build();
    private final FakeHubSpot account = FakeHubSpot.builder(time).build();
    private final OkHttpClient http = new OkHttpClient.Builder()
            .addInterceptor(books.interceptor())
            .addInterceptor(account.interceptor())
            .build();
    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:secrets" + ++databases + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final SyncStore store =
            JdbcSyncStore.builder(database).createTables().build();
    private final String keyset = TinkKeysets.create();
    private final ConnectionRegistry registry = registry(keyset);
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    /** What happens in turn, each before some runs. */
    private final List<Runnable> mishaps = List.of(
            () -> {},
            () -> books.nextRequests().htmlBadGateway(20),
            () -> books.nextRequests().droppedAfterApplying(20),
            () -> books.nextRequests().answering(400, 20),
            () -> account.nextRequests().answering(400, 20),
            () -> account.nextRequests().droppedBeforeApplying(20),
            () -> account.nextRequests().answering(500, 40),
            () -> account.withdrawScope("crm.schemas.companies.write"),
            books::expireAccessTokens);

    /** What no run gets over, so that each needs a connection of its own. */
    private enum End {
        HUBSPOT_TOKEN("hubspot.token"),
        ZOHO_GRANT("zoho.reconnect"),
        ZOHO_CLIENT("zoho.configuration");

        private final String problem;

        End(String problem) {
            this.problem = problem;
        }
    }

    private void end(End end) {
        switch (end) {
            case HUBSPOT_TOKEN -> account.revokeToken();
            case ZOHO_GRANT -> books.revokeRefreshToken();
            case ZOHO_CLIENT -> {
                books.forgetClient();
                books.expireAccessTokens();
            }
        }
    }

    @AfterEach
    void close() {
        database.dispose();
    }

    private ConnectionRegistry registry(String keys) {
        return ConnectionRegistry.builder(store, TinkCipher.keyset(keys))
                .timeSource(time)
                .zohoBooks(zoho -> zoho.httpClient(http).random(new Random(1)))
                .hubSpot(hubspot -> hubspot.httpClient(http).random(new Random(2)))
                .build();
    }

    private final SyncListener listener = new SyncListener() {
        @Override
        public void progress(String stream, long done, long remaining) {
            told.add(stream);
        }

        @Override
        public void ended(String connection, SyncReport report) {
            told.add(report.toString());
        }
    };

    @Test
    void secretsAreInNothingThatComesOutWhenHubSpotTakesNoToken() throws Exception {
        assertSecretsStayUntil(End.HUBSPOT_TOKEN);
    }

    @Test
    void secretsAreInNothingThatComesOutWhenTheUserHasLeftZoho() throws Exception {
        assertSecretsStayUntil(End.ZOHO_GRANT);
    }

    @Test
    void secretsAreInNothingThatComesOutWhenZohoKnowsNoClient() throws Exception {
        assertSecretsStayUntil(End.ZOHO_CLIENT);
    }

    private void assertSecretsStayUntil(End end) throws Exception {
        NewConnection connection = NewConnection.of(books.organizationId())
                .named("acme")
                .zoho(books.clientId(), books.clientSecret(), ZohoTokens.of(books.refreshToken(), DataCenter.US))
                .hubSpot("1", account.accessToken());
        told.add(connection.toString());
        told.add(registry.register(connection).toString());
        SyncService service = SyncService.builder()
                .store(store)
                .timeSource(time)
                .random(new Random(3))
                .listener(listener)
                .connections(registry)
                .build();
        service.start();
        String customer = books.addCustomer(CustomerDraft.business("Harbor Tools"));
        List<Runnable> all = new ArrayList<>(mishaps);
        all.add(() -> end(end));
        for (Runnable mishap : all) {
            books.addInvoice(InvoiceDraft.of(customer, "INV-" + told.size()).line("Seat", "2", "50"));
            mishap.run();
            // Some mishaps break the connection.
            service.resume("acme");
            pass(Duration.ofHours(2));
            told.add(service.statuses().toString());
        }
        tellOf(catchThrowable(() -> registry(TinkKeysets.create()).open("acme")));
        service.engine("acme").audit().forEach(AuditQuery.all(), entry -> told.add(entry.toString()));
        told.add(service.engine("acme").status().toString());
        told.addAll(List.of(
                registry.toString(), service.toString(), registry.connections().toString()));
        told.addAll(List.of(
                registry.open("acme").toString(), TinkCipher.keyset(keyset).toString()));
        service.stop(Duration.ofMinutes(1));
        HeardLogs.EVENTS.forEach(this::tellOf);
        dump();

        for (String problem : List.of("zoho.unavailable", end.problem)) {
            assertThat(told.stream().anyMatch(text -> text.contains("code=" + problem)))
                    .as(problem)
                    .isTrue();
        }
        assertThat(HeardLogs.EVENTS).hasSizeGreaterThan(20);
        for (String secret : secrets()) {
            assertThat(told.stream().filter(text -> text.contains(secret)))
                    .as("what tells a secret")
                    .isEmpty();
        }
    }

    private List<String> secrets() {
        Matcher key = KEY_MATERIAL.matcher(keyset);
        assertThat(key.find()).isTrue();
        return List.of(
                books.clientSecret(), books.refreshToken(), "1000.access", account.accessToken(), key.group(1), keyset);
    }

    private void pass(Duration span) {
        try {
            time.sleep(span);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void tellOf(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        told.add(text.toString());
    }

    private void tellOf(ILoggingEvent event) {
        told.add(event.getFormattedMessage() + event.getMDCPropertyMap());
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure instanceof ThrowableProxy proxy) {
            tellOf(proxy.getThrowable());
        }
    }

    private void dump() throws Exception {
        try (Connection open = database.getConnection();
                Statement statement = open.createStatement();
                ResultSet script = statement.executeQuery("SCRIPT")) {
            while (script.next()) {
                told.add(script.getString(1));
            }
        }
    }
}
