package io.ledgerbridge.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.testkit.WebhookDelivery;
import io.ledgerbridge.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connecting, serving, pausing and ending connections from the command line, over sockets. */
class ConnectionCommandsTest {

    private static int stores;

    @TempDir
    private Path directory;

    private final FakeZohoBooks books =
            FakeZohoBooks.builder(TimeSource.system()).withoutLimits().build();
    private final FakeHubSpot account =
            FakeHubSpot.builder(TimeSource.system()).withoutLimits().build();
    private final LoopbackServer zohoServer = books.start();
    private final LoopbackServer hubspotServer = account.start();
    private final Map<String, String> environment = new HashMap<>();
    private final String store = "jdbc:h2:mem:connections" + ++stores + ";DB_CLOSE_DELAY=-1";
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path keyset;

    @BeforeEach
    void configure() {
        String customer =
                books.addCustomer(CustomerDraft.business("Harbor Tools").person("Mara", "Quinn", "m@h.example", ""));
        books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
        keyset = directory.resolve("keyset.json");
        environment.put("ZOHO_CLIENT_ID", books.clientId());
        environment.put("ZOHO_CLIENT_SECRET", books.clientSecret());
        environment.put("ZOHO_REFRESH_TOKEN", books.refreshToken());
        environment.put("HUBSPOT_ACCESS_TOKEN", account.accessToken());
        environment.put("ZOHO_ACCOUNTS_URL", zohoServer.url());
        environment.put("ZOHO_API_URL", zohoServer.url());
        environment.put("HUBSPOT_API_URL", hubspotServer.url());
        environment.put("LEDGERBRIDGE_STORE", store);
        environment.put("LEDGERBRIDGE_KEYSET_FILE", keyset.toString());
    }

    @AfterEach
    void stop() throws Exception {
        zohoServer.close();
        hubspotServer.close();
        String key = Files.exists(keyset)
                ? Files.readString(keyset).replaceAll("(?s).*\"value\"\\s*:\\s*\"(.*?)\".*", "$1")
                : "no key";
        assertThat(out + " " + err + " " + dump())
                .as("secrets are never shown, and stand nowhere in the store")
                .doesNotContain(books.clientSecret())
                .doesNotContain(books.refreshToken())
                .doesNotContain(account.accessToken())
                .doesNotContain(key);
    }

    private String dump() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create(store, "sa", "");
        try (java.sql.Connection connection = pool.getConnection();
                java.sql.Statement statement = connection.createStatement();
                java.sql.ResultSet script = statement.executeQuery("SCRIPT")) {
            StringBuilder all = new StringBuilder();
            while (script.next()) {
                all.append(script.getString(1)).append('\n');
            }
            return all.toString();
        } finally {
            pool.dispose();
        }
    }

    private int run(String... args) {
        return run(err, args);
    }

    private int run(Writer errors, String... args) {
        return Ledgerbridge.run(environment, new PrintWriter(out, true), new PrintWriter(errors, true), false, args);
    }

    private Map<?, ?> json() throws Exception {
        return (Map<?, ?>) new Moshi.Builder().build().adapter(Object.class).fromJson(out.toString());
    }

    private void begin() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    @Test
    void whatIsConnectedIsServedPausedResumedAndEnded() throws Exception {
        assertThat(run("connect", "--name", "acme")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("acme is connected: organisation " + books.organizationId());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset)))
                .isEqualTo("rw-------");
        begin();
        assertThat(run("connections")).isZero();
        assertThat(out.toString())
                .contains("acme")
                .contains(books.organizationId())
                .contains("active");

        begin();
        assertThat(run("serve", "--once")).isZero();
        assertThat(out.toString()).contains("acme: COMPLETE");
        assertThat(err.toString()).contains("Serving 1 connections");
        assertThat(account.records("invoices")).hasSize(1);

        begin();
        assertThat(run("serve", "--for", "1s")).isZero();
        begin();
        assertThat(run("pause", "acme")).isZero();
        assertThat(out.toString()).contains("acme is paused.");
        begin();
        assertThat(run("connections", "--json")).isZero();
        assertThat(json().toString()).contains("connection=acme").contains("paused=true");
        begin();
        assertThat(run("serve", "--once")).isZero();
        assertThat(out.toString()).isEmpty();

        begin();
        assertThat(run("resume", "acme", "--json")).isZero();
        assertThat(json()).isEqualTo(Map.of("connection", "acme", "done", "resumed"));

        begin();
        assertThat(run("select", "acme", "--since", "2025-01-01", "--customers", "1,2"))
                .isZero();
        assertThat(out.toString()).contains("acme is selecting since 2025-01-01 customers 1 2.");
        begin();
        assertThat(run("select", "acme", "--since", "new year")).isEqualTo(2);
        assertThat(err.toString()).contains("--since expects a day");
        begin();
        assertThat(run("disconnect", "acme", "--archive-properties"))
                .as(err.toString())
                .isZero();
        assertThat(account.hasProperty("invoices", "zoho_books_key")).isFalse();
        assertThat(err.toString()).doesNotContain("not confirmed");
        assertThat(out.toString()).contains("acme is disconnected.");
        begin();
        assertThat(run("connections")).isZero();
        assertThat(out.toString()).contains("Nothing is connected");
    }

    /** Nothing but the store, the keyset and the name is needed. */
    @Test
    void aRegisteredConnectionIsSyncedAndAskedByItsName() throws Exception {
        assertThat(run("connect", "--name", "acme")).as(err.toString()).isZero();
        environment.keySet().removeIf(name -> !name.startsWith("LEDGERBRIDGE"));
        begin();
        assertThat(run("sync", "--connection", "acme")).as(err.toString()).isZero();
        assertThat(account.records("invoices")).hasSize(1);
        begin();
        assertThat(run("status", "--connection", "acme")).isZero();
        assertThat(out.toString()).contains("Connection acme", "COMPLETE");
        begin();
        assertThat(run("audit", "verify", "--connection", "acme")).isZero();
        assertThat(out.toString()).contains("as they were written").doesNotContain("only the chain");
        begin();
        assertThat(run("erase", "4711", "--connection", "acme")).isEqualTo(2);
        assertThat(err.toString()).contains("give --yes if it is meant");
        begin();
        String customer = String.valueOf(books.contacts().get(0).get("contact_id"));
        assertThat(run("erase", customer, "--archive", "--yes", "--connection", "acme"))
                .isZero();
        assertThat(out.toString()).contains("Erase: COMPLETE", customer + " skipped: erased");
        assertThat(account.records("invoices")).isEmpty();
        begin();
        assertThat(run("status", "--connection", "nobody")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no connection nobody");
    }

    /** Zoho posts to a proxy, which hands it on to the port. */
    @Test
    void webhooksAreInstalledReceivedAndRemoved() throws Exception {
        books.grantScope("ZohoBooks.settings.CREATE");
        books.grantScope("ZohoBooks.settings.DELETE");
        assertThat(run("connect", "--name", "acme")).isZero();
        assertThat(run("serve", "--once")).as(err.toString()).isZero();
        begin();
        assertThat(run("webhooks", "install", "acme", "--url", "http://books.example/zoho"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("must be https");
        begin();
        assertThat(run("webhooks", "install", "acme", "--url", "https://books.example/zoho"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("acme is told of ", "invoice.upsert", "payment.deleted");

        String invoice = String.valueOf(books.invoices().get(0).get("invoice_id"));
        books.editInvoice(invoice, record -> record.put("reference_number", "PO-7"));
        WebhookDelivery delivery =
                books.deliveries("invoice", "add_edit", invoice).get(0);
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Writer watched = new StringWriter() {
            @Override
            public void flush() {
                Matcher found = Pattern.compile("received on port (\\d+)").matcher(toString());
                if (found.find()) {
                    port.complete(Integer.valueOf(found.group(1)));
                }
            }
        };
        CompletableFuture<Integer> posted = port.thenApplyAsync(number -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + number + delivery.path()))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
            delivery.headers().forEach((name, values) -> request.header(name, values.get(0)));
            try {
                return HttpClient.newHttpClient()
                        .send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        begin();
        assertThat(run(watched, "serve", "--for", "10s", "--webhook-port", "0")).isZero();

        assertThat(posted.join()).isEqualTo(200);
        assertThat(account.records("invoices").get(0).get("hs_purchase_order_number"))
                .isEqualTo("PO-7");
        begin();
        assertThat(run("webhooks", "remove", "acme")).isZero();
        assertThat(out.toString()).contains("acme is without its 8 webhooks.");
    }

    /** As the sync of one connection would have told. */
    @Test
    void whatIsLeftAfterServingOnceTellsTheExitCode() throws Exception {
        assertThat(run("connect")).isZero();
        String customer =
                books.addCustomer(CustomerDraft.business("Harbor Tools").currency("ZAR"));
        books.addInvoice(
                InvoiceDraft.of(customer, "INV-9").currency("ZAR", "0.05").line("Seat", "1", "5"));
        begin();

        assertThat(run("serve", "--once")).isEqualTo(1);
        assertThat(out.toString()).contains("PARTIAL");
    }

    @Test
    void keysAreRotated() throws Exception {
        assertThat(run("connect")).isZero();
        String old = Files.readString(keyset);
        begin();

        assertThat(run("rotate-keys", "--json")).isZero();
        assertThat(json()).isEqualTo(Map.of("sealedAnew", 5.0, "oldKeysForgotten", false));
        begin();
        assertThat(run("rotate-keys", "--keep-key", "--forget-old")).isZero();
        assertThat(out.toString()).contains("0 secrets were sealed").contains("the old ones are forgotten");

        assertThat(run("serve", "--once")).isZero();
        assertThat(out.toString()).contains("zoho-" + books.organizationId() + ": COMPLETE");
        Files.writeString(keyset, old);
        begin();
        assertThat(run("serve", "--once")).isEqualTo(1);
        assertThat(out.toString()).doesNotContain("COMPLETE");
        assertThat(err.toString()).contains("waits for somebody").contains("it was sealed with the key");
    }

    /** The browser of a user comes back to the page of the command. */
    @Test
    void accessIsGrantedInTheBrowser() throws Exception {
        environment.remove("ZOHO_REFRESH_TOKEN");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CompletableFuture<HttpUrl> address = new CompletableFuture<>();
        Writer watched = new StringWriter() {
            @Override
            public void flush() {
                toString()
                        .lines()
                        .filter(line -> line.startsWith("http"))
                        .findFirst()
                        .ifPresent(line -> address.complete(HttpUrl.get(line)));
            }
        };
        Thread user = new Thread(() -> {
            HttpUrl asked = address.join();
            HttpUrl back = HttpUrl.get(asked.queryParameter("redirect_uri"))
                    .newBuilder()
                    .addQueryParameter("state", asked.queryParameter("state"))
                    .addQueryParameter("code", books.newGrantCode())
                    .build();
            try (Response page = new OkHttpClient()
                    .newCall(new Request.Builder().url(back).build())
                    .execute()) {
                assertThat(page.body().string()).contains("you may close this page");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        user.start();

        assertThat(run(watched, "connect", "--callback-port", String.valueOf(port)))
                .as(watched.toString())
                .isZero();
        user.join();

        assertThat(out.toString()).contains("is connected: organisation " + books.organizationId());
        assertThat(address.join().queryParameter("redirect_uri")).isEqualTo("http://localhost:" + port + "/callback");
    }

    @Test
    void aSelfClientsCodeIsEnough() throws Exception {
        environment.remove("ZOHO_REFRESH_TOKEN");
        Path code = Files.writeString(directory.resolve("code"), books.newGrantCode() + "\n", StandardCharsets.UTF_8);

        assertThat(run("connect", "--zoho-code-file", code.toString()))
                .as(err.toString())
                .isZero();
        begin();
        assertThat(run("connect", "--zoho-code-file", code.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Nothing was connected");
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        environment.put("ZOHO_ORGANIZATION_ID", "123");
        assertThat(run("connect")).isEqualTo(2);
        assertThat(err.toString()).contains("Which organisation?").contains(books.organizationId());
        environment.remove("ZOHO_ORGANIZATION_ID");

        begin();
        assertThat(run("pause", "nobody")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no connection nobody");

        assertThat(run("connect")).isZero();
        begin();
        assertThat(run("connect")).isEqualTo(2);
        assertThat(err.toString()).contains("there is a connection zoho-" + books.organizationId() + " already");

        String keys = Files.readString(keyset);
        Files.delete(keyset);
        begin();
        assertThat(run("connections")).isEqualTo(2);
        assertThat(err.toString()).contains("is missing").contains("Put it back");
        begin();
        assertThat(run("connect", "--name", "other"))
                .as("no new key for a store that has one")
                .isEqualTo(2);
        Files.writeString(keyset, "{}");
        begin();
        assertThat(run("connections")).isEqualTo(2);
        assertThat(err.toString()).contains("no keyset in Tink's JSON");
        Files.writeString(keyset, keys);
        assertThat(run("connections")).isZero();
    }
}
