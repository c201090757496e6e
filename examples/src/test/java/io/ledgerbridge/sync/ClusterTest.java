package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.dbscheduler.DbSchedulerTable;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.tink.TinkCipher;
import io.ledgerbridge.tink.TinkKeysets;
import io.ledgerbridge.zohobooks.DataCenter;
import io.ledgerbridge.zohobooks.ZohoTokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Three processes run sixty connections on one PostgreSQL, and are killed, and stopped for longer than their lease, again and again,
 * while people work in the books. In the end each HubSpot account must hold its books.
 */
@EnabledIfSystemProperty(named = "ledgerbridge.cluster", matches = "true")
class ClusterTest {

    private static final int CONNECTIONS = 60;
    /** So many of them keep another HubSpot account in step with books that have one. */
    private static final int SHARING = 5;

    private static final int NODES = 3;
    private static final Duration CHAOS = Duration.ofSeconds(120);
    private static final Duration LONGEST_CALM = Duration.ofMinutes(6);
    private static final TimeSource TIME = TimeSource.system();

    private final Random random = new Random(42);
    private final String keyset = TinkKeysets.create();
    private final List<Company> companies = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger notProlonged = new AtomicInteger();
    private final AtomicInteger across = new AtomicInteger();
    /** How many calls were late, by connection and fence. */
    private final Map<String, Integer> late = new ConcurrentHashMap<>();

    private String url = "";
    private int kills;
    private int stops;

    /** The books and the HubSpot account of one connection. */
    private static final class Company implements AutoCloseable {
        final FakeZohoBooks books;
        final FakeHubSpot account = FakeHubSpot.builder(TIME).withoutLimits().build();
        final LoopbackServer zohoServer;
        final LoopbackServer hubSpotServer = account.start();
        final List<String> customers = new ArrayList<>();
        final List<String> invoices = new ArrayList<>();
        private int named;

        final String name;
        private final boolean ownsBooks;

        /** Another account for the same books. */
        Company(Company of) {
            name = "second-" + of.books.organizationId();
            books = of.books;
            zohoServer = of.zohoServer;
            customers.addAll(of.customers);
            ownsBooks = false;
            named = 10_000;
            account.latency(Duration.ofMillis(120));
        }

        Company(int number) {
            books = FakeZohoBooks.builder(TIME)
                    .organizationId("60012345" + (100 + number))
                    .withoutLimits()
                    .build();
            name = "first-" + books.organizationId();
            zohoServer = books.start();
            ownsBooks = true;
            for (int i = 0; i < 3; i++) {
                customers.add(books.addCustomer(CustomerDraft.business("Customer " + i)
                        .person("First" + i, "Last", i == 2 ? "" : "p" + i + "@c.example", "")));
            }
            account.latency(Duration.ofMillis(120));
        }

        void edit(Random random) {
            String customer = customers.get(random.nextInt(customers.size()));
            switch (random.nextInt(4)) {
                case 0 -> books.editContact(customer, contact -> contact.put("phone", "+44 " + ++named));
                case 1 -> {
                    if (!invoices.isEmpty()) {
                        String invoice = invoices.get(random.nextInt(invoices.size()));
                        books.editInvoice(invoice, one -> one.put("reference_number", "PO-" + ++named));
                    }
                }
                default -> {
                    String invoice = books.addInvoice(InvoiceDraft.of(customer, "INV-" + ++named)
                            .line("Seat", "2", "50")
                            .line("Support", "1", "20.50"));
                    invoices.add(invoice);
                    if (random.nextInt(3) == 0) {
                        books.addPayment(PaymentDraft.of(customer, "P-" + named, "120.50")
                                .applyTo(invoice, "120.50"));
                    }
                }
            }
        }

        NewConnection connection() {
            return NewConnection.of(books.organizationId())
                    .named(name)
                    .zoho(books.clientId(), books.clientSecret(), ZohoTokens.of(books.refreshToken(), DataCenter.US))
                    .zohoEndpoints(zohoServer.url(), zohoServer.url())
                    .hubSpot(name, account.accessToken())
                    .hubSpotEndpoint(hubSpotServer.url());
        }

        @Override
        public void close() {
            if (ownsBooks) {
                zohoServer.close();
            }
            hubSpotServer.close();
        }
    }

    private final class Node {
        private final Process process;

        Node() throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ClusterNode.class.getName(),
                            url)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            for (Company company : companies) {
                String port = company.hubSpotServer.url().replaceAll(".*:", "");
                builder.command().addAll(List.of(port, company.name));
            }
            builder.environment().put("LEDGERBRIDGE_KEYSET", keyset);
            process = builder.start();
            BufferedReader output = process.inputReader();
            assertThat(output.lines().anyMatch(line -> line.equals("READY")))
                    .as("a node is ready")
                    .isTrue();
            Thread reader = new Thread(() -> output.lines().forEach(ClusterTest.this::told));
            reader.setDaemon(true);
            reader.start();
        }

        void signal(String signal) throws Exception {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    private void told(String line) {
        if (line.startsWith(ClusterNode.REFUSED)) {
            refused.incrementAndGet();
        } else if (line.startsWith(ClusterNode.NOT_PROLONGED)) {
            notProlonged.incrementAndGet();
        } else if (line.startsWith(ClusterNode.ACROSS)) {
            across.incrementAndGet();
        } else if (line.startsWith(ClusterNode.LATE)) {
            late.merge(line, 1, Integer::sum);
        }
    }

    @Test
    void whateverHappensToProcessesHubSpotHoldsTheBooks() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            url = server.getJdbcUrl("postgres", "postgres");
            register(server.getPostgresDatabase());
            for (int i = 0; i < NODES; i++) {
                nodes.add(new Node());
            }
            play();
            awaitCalm();
            assertFencesRise(server.getPostgresDatabase());
            System.out.printf(
                    "%d connections on %d nodes: %d killed, %d stopped, %d calls across a stop, %d late, %d leases lost, %d commits"
                            + " refused%n",
                    CONNECTIONS, NODES, kills, stops, across.get(), late.size(), notProlonged.get(), refused.get());
            assertThat(kills).isGreaterThan(2);
            assertThat(stops).isGreaterThan(5);
            assertThat(across).hasPositiveValue();
            assertThat(refused).hasPositiveValue();
            assertThat(notProlonged).hasPositiveValue();
            assertThat(late).as("late calls of one process on one connection").isNotEmpty();
            assertThat(late.values()).allMatch(calls -> calls == 1);
        } finally {
            for (Node node : nodes) {
                node.kill();
            }
            companies.forEach(Company::close);
        }
    }

    private void register(DataSource database) throws Exception {
        SyncStore store = JdbcSyncStore.builder(database).createTables().build();
        DbSchedulerTable.create(database);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE fences (n BIGSERIAL, connection TEXT, fence BIGINT)");
            statement.execute("CREATE FUNCTION note_fence() RETURNS trigger AS $$ BEGIN INSERT INTO fences (connection,"
                    + " fence) VALUES (NEW.connection, CAST(NEW.body AS BIGINT)); RETURN NEW; END $$ LANGUAGE plpgsql");
            statement.execute("CREATE TRIGGER fences AFTER INSERT OR UPDATE ON ledgerbridge_row FOR EACH ROW WHEN"
                    + " (NEW.kind = '" + ClusterNode.FENCE + "') EXECUTE FUNCTION note_fence()");
        }
        ConnectionRegistry registry =
                ConnectionRegistry.builder(store, TinkCipher.keyset(keyset)).build();
        for (int i = 0; i < CONNECTIONS; i++) {
            Company company = i < SHARING
                    ? new Company(i)
                    : i < 2 * SHARING ? new Company(companies.get(i - SHARING)) : new Company(i);
            companies.add(company);
            company.edit(random);
            registry.register(company.connection());
        }
    }

    /** A seed decides what happens; when exactly, the machine does. */
    private void play() throws Exception {
        Instant end = TIME.now().plus(CHAOS);
        while (TIME.now().isBefore(end)) {
            for (int i = 0; i < 4; i++) {
                companies.get(random.nextInt(CONNECTIONS)).edit(random);
            }
            int number = random.nextInt(NODES);
            if (random.nextInt(4) == 0) {
                nodes.get(number).kill();
                nodes.set(number, new Node());
                kills++;
            } else {
                Node node = nodes.get(number);
                node.signal("STOP");
                TIME.sleep(ClusterNode.LEASE.plusMillis(500 + random.nextInt(4_000)));
                node.signal("CONT");
                stops++;
            }
            TIME.sleep(Duration.ofMillis(200 + random.nextInt(1_500)));
        }
    }

    private void awaitCalm() throws InterruptedException {
        Instant end = TIME.now().plus(LONGEST_CALM);
        List<Company> open = new ArrayList<>(companies);
        Map<String, Throwable> last = new HashMap<>();
        while (!open.isEmpty() && TIME.now().isBefore(end)) {
            TIME.sleep(Duration.ofSeconds(2));
            open.removeIf(company -> isHeld(company, last));
        }
        assertThat(open)
                .as(() -> "accounts that do not hold their books: "
                        + last.get(open.get(0).books.organizationId()))
                .isEmpty();
        // What was sent late has been compared by now, and nothing changes any more.
        TIME.sleep(Duration.ofSeconds(20));
        companies.forEach(company -> new Mirror(company.books, company.account, TIME).assertHeld());
    }

    /** What is half written may lack what the comparison takes for granted. */
    private static boolean isHeld(Company company, Map<String, Throwable> last) {
        try {
            new Mirror(company.books, company.account, TIME).assertHeld();
            return true;
        } catch (AssertionError | RuntimeException e) {
            last.put(company.books.organizationId(), e);
            return false;
        }
    }

    private static void assertFencesRise(DataSource database) throws Exception {
        Map<String, Long> highest = new HashMap<>();
        int takeovers = 0;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("SELECT connection, fence FROM fences ORDER BY n")) {
            while (all.next()) {
                long fence = all.getLong(2);
                Long before = highest.put(all.getString(1), fence);
                assertThat(fence).isGreaterThanOrEqualTo(before == null ? 1 : before);
                takeovers += before != null && fence > before ? 1 : 0;
            }
        }
        assertThat(highest).hasSize(CONNECTIONS);
        assertThat(takeovers).isGreaterThan(CONNECTIONS);
    }
}
