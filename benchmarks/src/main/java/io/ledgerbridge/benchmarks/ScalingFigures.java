package io.ledgerbridge.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ledgerbridge.dbscheduler.DbSchedulerTable;
import io.ledgerbridge.dbscheduler.DbSyncScheduler;
import io.ledgerbridge.jdbc.JdbcSyncStore;
import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.NewConnection;
import io.ledgerbridge.sync.SyncConnection;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.testkit.Traffic;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.tink.TinkCipher;
import io.ledgerbridge.tink.TinkKeysets;
import io.ledgerbridge.zohobooks.DataCenter;
import io.ledgerbridge.zohobooks.ZohoTokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;

/**
 * Many connections on one node of 512 MB with PostgreSQL: how late they run when each has its turn every half an hour, and what one of
 * them costs. Both vendors are in this process, the node in another. Each connection is synced for the first time before.
 */
public final class ScalingFigures {

    private static final int CUSTOMERS = 3;
    private static final int LOADERS = 8;
    private static final double EDITED_PER_MINUTE = 0.01;
    private static final double LATEST = 0.1;
    private static final Duration AHEAD = Duration.ofSeconds(20);
    private static final TimeSource TIME = TimeSource.system();

    private final int many;
    private final int minutes;
    private final String keyset = TinkKeysets.create();
    private final Random random = new Random(17);
    private final List<Company> companies = new ArrayList<>();
    private final Targets targets = new Targets();

    private ScalingFigures(int many, int minutes) {
        this.many = many;
        this.minutes = minutes;
    }

    /** @param arguments how many connections, and for how many minutes */
    public static void main(String[] arguments) throws Exception {
        ScalingFigures figures = new ScalingFigures(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        figures.print();
        System.exit(figures.targets.missed() ? 1 : 0);
    }

    /** The books and the HubSpot account of one connection, and what was edited last. */
    private static final class Company {
        final FakeZohoBooks books;
        final FakeHubSpot account;
        final List<String> customers = new ArrayList<>();
        private int edits;
        private Instant editedAt = Instant.MAX;
        private String edited = "";

        Company(int number) {
            books = FakeZohoBooks.builder(TIME)
                    .organizationId(String.valueOf(600_100_000_000L + number))
                    .build();
            account = FakeHubSpot.builder(TIME).portalId(30_000_000L + number).build();
            for (int i = 0; i < CUSTOMERS; i++) {
                String customer = books.addCustomer(CustomerDraft.business("Customer " + i + " Ltd")
                        .person("First" + i, "Last" + i, "p" + i + "@c" + number + ".example", "+44 " + i));
                customers.add(customer);
                String invoice = invoice(customer, "INV-" + i);
                if (i > 0) {
                    books.addPayment(PaymentDraft.of(customer, "P-" + i, "50").applyTo(invoice, "50"));
                }
            }
        }

        private String invoice(String customer, String number) {
            return books.addInvoice(
                    InvoiceDraft.of(customer, number).line("Seat", "3", "10.05").line("Support", "1", "100"));
        }

        void edit(Random random) {
            String customer = customers.get(random.nextInt(CUSTOMERS));
            editedAt = TIME.now();
            edits++;
            if (random.nextBoolean()) {
                edited = customer;
                books.editContact(customer, contact -> contact.put("phone", "+44 900 " + edits));
            } else {
                edited = invoice(customer, "INV-N" + edits);
            }
        }

        /** Whether it was edited, and its lists were read after that; who reads them meanwhile does not count. */
        boolean wasReadAfterEdit() {
            List<Traffic.Call> calls = books.traffic().calls();
            return edits > 0
                    && calls.stream()
                            .filter(call -> call.toString().equals("GET /books/v3/contacts"))
                            .anyMatch(call -> call.at().isAfter(editedAt));
        }

        boolean holdsWhatWasEdited() {
            String key = books.organizationId() + ":" + edited;
            String phone = "+44 900 " + edits;
            boolean isCustomer = customers.contains(edited);
            return account.records(isCustomer ? "companies" : "invoices").stream()
                    .filter(record -> record.get("zoho_books_key").equals(key))
                    .anyMatch(record -> !isCustomer || record.get("phone").equals(phone));
        }

        NewConnection connection(String zohoUrl, String hubSpotUrl) {
            return NewConnection.of(books.organizationId())
                    .zoho(books.clientId(), books.clientSecret(), ZohoTokens.of(books.refreshToken(), DataCenter.US))
                    .zohoEndpoints(zohoUrl, zohoUrl)
                    .hubSpot(books.organizationId(), account.accessToken())
                    .hubSpotEndpoint(hubSpotUrl);
        }
    }

    private void print() throws Exception {
        for (int i = 0; i < many; i++) {
            companies.add(new Company(i));
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("shared_buffers", "1GB")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                LoopbackServer zoho = FakeZohoBooks.startAll(
                        companies.stream().map(company -> company.books).toList());
                LoopbackServer hubspot = FakeHubSpot.startAll(
                        companies.stream().map(company -> company.account).toList())) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
            config.setMaximumPoolSize(6);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                load(pool, zoho.url(), hubspot.url());
                plan(pool);
                System.out.printf(
                        "%,d connections of %d customers are linked; the store has %.1f kB of each%n",
                        many, CUSTOMERS, size(pool) / 1_000.0 / many);
                tell(watch(config.getJdbcUrl()));
            }
        }
    }

    /** Registers all connections, and syncs each for the first time. */
    private void load(HikariDataSource pool, String zohoUrl, String hubSpotUrl) throws Exception {
        SyncStore store = JdbcSyncStore.builder(pool).createTables().build();
        DbSchedulerTable.create(pool);
        OkHttpClient http = new OkHttpClient();
        ConnectionRegistry registry = ConnectionRegistry.builder(store, TinkCipher.keyset(keyset))
                .zohoBooks(settings -> settings.httpClient(http))
                .hubSpot(settings -> settings.httpClient(http))
                .build();
        AtomicInteger done = new AtomicInteger();
        ExecutorService loaders = Executors.newFixedThreadPool(LOADERS);
        List<Future<?>> loading = new ArrayList<>();
        for (Company company : companies) {
            loading.add(loaders.submit(() -> {
                link(registry, store, registry.register(company.connection(zohoUrl, hubSpotUrl)));
                if (done.incrementAndGet() % 1_000 == 0) {
                    System.out.println(done + " connections are linked");
                }
            }));
        }
        for (Future<?> one : loading) {
            one.get();
        }
        loaders.shutdown();
    }

    private static void link(
            ConnectionRegistry registry, SyncStore store, ConnectionRegistry.Registration registration) {
        SyncConnection connection = registry.open(registration.connection().name());
        SyncReport report = connection.engine().store(store).build().run();
        registry.close(connection);
        if (report.status() != Status.COMPLETE) {
            throw new IllegalStateException("the first sync of " + connection.name() + " is not complete: " + report);
        }
    }

    /** As they stand when all of them have run: one after the other within the interval. */
    private void plan(HikariDataSource pool) {
        DbSyncScheduler scheduler = DbSyncScheduler.with(pool);
        Instant begin = TIME.now().plus(AHEAD);
        IntStream.range(0, many)
                .forEach(i -> scheduler.scheduleIfAbsent(
                        "zoho-" + companies.get(i).books.organizationId(),
                        begin.plus(ScalingNode.INTERVAL.multipliedBy(i).dividedBy(many))));
    }

    private static long size(HikariDataSource pool) throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
            try (ResultSet size = statement.executeQuery("SELECT pg_database_size('postgres')")) {
                size.next();
                return size.getLong(1);
            }
        }
    }

    /** Runs the node, and works in the books meanwhile; answers what it has printed. */
    private Printed watch(String url) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScalingNode.class.getName(),
                        url,
                        String.valueOf(minutes))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LEDGERBRIDGE_KEYSET", keyset);
        Process node = builder.start();
        Map<String, Double> figures = new TreeMap<>();
        Thread reader = new Thread(() -> read(node, figures));
        reader.start();
        double owed = 0;
        while (node.isAlive()) {
            TIME.sleep(Duration.ofSeconds(1));
            for (owed += many * EDITED_PER_MINUTE / 60; owed >= 1; owed--) {
                companies.get(random.nextInt(many)).edit(random);
            }
        }
        reader.join();
        return new Printed(figures);
    }

    private static void read(Process node, Map<String, Double> figures) {
        try (BufferedReader output = node.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String[] figure = line.split("=", 2);
                figures.put(figure[0], Double.valueOf(figure[1]));
            }
        } catch (IOException e) {
            System.err.println("what the node has printed cannot be read: " + e);
        }
    }

    /** What the node has printed. */
    private record Printed(Map<String, Double> figures) {
        double of(String name) {
            Double figure = figures.get(name);
            if (figure == null) {
                throw new IllegalStateException("the node has not printed " + name);
            }
            return figure;
        }
    }

    private void tell(Printed node) {
        double runs = node.of("runs");
        double seconds = node.of("seconds");
        System.out.printf(
                "In %.0f s: %.0f runs, %.0f complete, %.0f others; lag: median %.1f s, most %.1f s%n",
                seconds, runs, node.of("complete"), node.of("others"), node.of("lagMedian"), node.of("lagMost"));
        System.out.printf(
                "A run: %.0f ms, %.1f ms of CPU of the node, %.1f statements, %.1f calls of Zoho Books, %.1f of HubSpot%n",
                node.of("runMillis"),
                1_000 * node.of("cpuSeconds") / runs,
                node.of("statements") / runs,
                node.of("zohoCalls") / runs,
                node.of("hubSpotCalls") / runs);
        System.out.printf(
                "Live heap of the node: %.0f MB at first, %.0f MB in the end, %.1f kB for each connection that ran%n",
                node.of("heapBefore") / 1e6,
                node.of("heap") / 1e6,
                (node.of("heap") - node.of("heapBefore")) / 1_000 / runs);
        double allowed = LATEST * ScalingNode.INTERVAL.toSeconds();
        targets.tell(
                "95th percentile of lags",
                String.format("%.1f s", node.of("lag95")),
                String.format("<= %.0f s", allowed),
                node.of("lag95") <= allowed);
        double expected = (double) many * minutes / ScalingNode.INTERVAL.toMinutes();
        targets.tell(
                "Runs in this time",
                String.format("%.0f", runs),
                String.format(">= %.0f", 0.9 * expected),
                runs >= 0.9 * expected);
        targets.tell(
                "Runs that were not complete", String.format("%.0f", node.of("others")), "0", node.of("others") == 0);
        List<Company> read =
                companies.stream().filter(Company::wasReadAfterEdit).toList();
        long lost =
                read.stream().filter(company -> !company.holdsWhatWasEdited()).count();
        targets.tell(
                "Edits that HubSpot lacks, of " + read.size() + " whose connection ran since",
                String.valueOf(lost),
                "0",
                lost == 0 && !read.isEmpty());
        long broken = companies.stream()
                .filter(company -> !company.books.traffic().limitsBroken().isEmpty()
                        || !company.account.traffic().limitsBroken().isEmpty())
                .count();
        targets.tell("Connections that broke a vendor's limit", String.valueOf(broken), "0", broken == 0);
    }
}
