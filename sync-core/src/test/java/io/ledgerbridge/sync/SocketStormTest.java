package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Several connections at once on one store, over sockets and on the real clock: two processes want each connection, people work in
 * the books, and calls are lost. How the threads meet is different each time, so only the rules are asserted: the lease keeps the
 * processes apart, and in the end HubSpot holds the books, with nothing twice and nothing lost.
 */
class SocketStormTest {

    private static final int COMPANIES = 4;
    private static final int PROCESSES = 2;
    private static final int ROUNDS = 4;
    private static final int EDITS = 60;

    /** Another process works there, or a service did not answer. */
    private static final List<String> EXPECTED = List.of("", "sync.busy", "hubspot.unavailable", "zoho.unavailable");

    private static final TimeSource TIME = TimeSource.system();

    private final SyncStore store = SyncStore.inMemory();

    /** The books and the HubSpot account of one connection. */
    private static final class Company implements AutoCloseable {
        private final FakeZohoBooks books;
        private final FakeHubSpot account =
                FakeHubSpot.builder(TIME).withoutLimits().build();
        private final LoopbackServer zohoServer;
        private final LoopbackServer hubSpotServer = account.start();
        private final Random random;

        /** The processes begin each round together, so that they want the lease at the same time. */
        private final CyclicBarrier start = new CyclicBarrier(PROCESSES);

        private final List<String> customers = new ArrayList<>();
        private final List<String> invoices = new ArrayList<>();

        Company(int number) {
            random = new Random(number);
            books = FakeZohoBooks.builder(TIME)
                    .organizationId("6001234500" + number)
                    .withoutLimits()
                    .build();
            zohoServer = books.start();
            for (int i = 0; i < 12; i++) {
                customers.add(books.addCustomer(CustomerDraft.business("Customer " + i)
                        .person("First" + i, "Last", i % 5 == 0 ? "shared@c.example" : "p" + i + "@c.example", "")));
            }
            for (int i = 0; i < 30; i++) {
                addInvoice();
            }
        }

        private void addInvoice() {
            String customer = customers.get(random.nextInt(customers.size()));
            int number = invoices.size();
            String invoice = books.addInvoice(InvoiceDraft.of(customer, "INV-" + number)
                    .line("Seat", "2", "50")
                    .line("Support", "1", "20.50"));
            invoices.add(invoice);
            if (number % 3 == 0) {
                books.addPayment(
                        PaymentDraft.of(customer, "P-" + number, "120.50").applyTo(invoice, "120.50"));
            }
        }

        void edit(int edit) {
            switch (edit % 3) {
                case 0 -> addInvoice();
                case 1 ->
                    books.editContact(
                            customers.get(random.nextInt(customers.size())),
                            contact -> contact.put("phone", "+44 " + edit));
                default ->
                    books.editInvoice(
                            invoices.get(random.nextInt(invoices.size())),
                            invoice -> invoice.put("reference_number", "PO-" + edit));
            }
        }

        void disturb() {
            List<String> stages = List.of("companies/batch", "contacts/batch", "invoices/batch", "line_items/batch");
            for (String stage : stages) {
                account.nextRequests()
                        .matching(stage)
                        .passing(random.nextInt(4))
                        .droppedAfterApplying(1)
                        .answering(500, 1);
            }
            account.nextRequests()
                    .matching("associate")
                    .passing(random.nextInt(4))
                    .droppedBeforeApplying(1)
                    .droppedAfterApplying(1);
            books.nextRequests()
                    .matching("/invoices")
                    .passing(random.nextInt(20))
                    .htmlBadGateway(1);
        }

        <T> T with(SyncStore store, Duration sweeps, Callback<T> use) {
            try (ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.refreshToken(
                                    books.clientId(), books.clientSecret(), books.refreshToken()))
                            .organization(books.organizationId())
                            .endpoints(zohoServer.url(), zohoServer.url())
                            .pacing(ZohoPacing.unlimited())
                            .build();
                    HubSpot hubspot = HubSpot.builder(AccessToken.of(account.accessToken()))
                            .endpoint(hubSpotServer.url())
                            .pacing(HubSpotPacing.unlimited())
                            .build()) {
                return use.with(SyncEngine.builder(zoho, hubspot)
                        .store(store)
                        .sweepEvery(sweeps)
                        .build());
            }
        }

        List<SyncReport> rounds(SyncEngine engine) {
            List<SyncReport> reports = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                try {
                    start.await();
                } catch (InterruptedException | BrokenBarrierException e) {
                    throw new IllegalStateException(e);
                }
                reports.add(engine.run());
            }
            return reports;
        }

        @Override
        public void close() {
            zohoServer.close();
            hubSpotServer.close();
        }
    }

    private interface Callback<T> {
        T with(SyncEngine engine);
    }

    @Test
    void connectionsOnManyThreadsKeepTheRules() throws Exception {
        List<Company> companies = new ArrayList<>();
        for (int i = 0; i < COMPANIES; i++) {
            companies.add(new Company(i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(COMPANIES * PROCESSES + 1);
        try {
            companies.forEach(Company::disturb);
            List<Future<List<SyncReport>>> processes = new ArrayList<>();
            for (int i = 0; i < COMPANIES * PROCESSES; i++) {
                Company company = companies.get(i % COMPANIES);
                processes.add(threads.submit(() -> company.with(store, Duration.ofDays(7), company::rounds)));
            }
            Callable<Void> people = () -> {
                for (int edit = 0; edit < EDITS; edit++) {
                    companies.get(edit % COMPANIES).edit(edit);
                }
                return null;
            };
            threads.submit(people).get();
            List<SyncReport> reports = new ArrayList<>();
            for (Future<List<SyncReport>> process : processes) {
                reports.addAll(process.get());
            }
            assertThat(reports).allMatch(report -> EXPECTED.contains(code(report)));
            assertThat(reports).anyMatch(report -> code(report).equals("sync.busy"));
            assertThat(reports).anyMatch(report -> report.calls().hubspot() > 0);
            for (Company company : companies) {
                company.account.nextRequests().none();
                company.books.nextRequests().none();
                Status last = company.with(store, Duration.ofNanos(1), SocketStormTest::untilComplete);
                assertThat(last).isEqualTo(Status.COMPLETE);
                new Mirror(company.books, company.account, TIME).assertHeld();
                boolean intact = company.with(
                        store,
                        Duration.ofDays(7),
                        engine -> engine.audit().verify().isIntact());
                assertThat(intact).isTrue();
            }
        } finally {
            threads.shutdownNow();
            companies.forEach(Company::close);
        }
    }

    private static String code(SyncReport report) {
        return report.problem() == null ? "" : report.problem().code();
    }

    private static Status untilComplete(SyncEngine engine) {
        Status status = engine.run().status();
        for (int i = 0; i < 3 && status != Status.COMPLETE; i++) {
            status = engine.run().status();
        }
        return status;
    }
}
