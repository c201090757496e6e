package io.ledgerbridge.benchmarks;

import com.sun.management.ThreadMXBean;
import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * A sweep over 100,000 records that are linked and unchanged: 10,000 customers, 50,000 invoices and 40,000 payments. The fakes
 * answer on the engine's thread; the CPU time they take is measured around them and left out, sockets are not part of it.
 */
public final class SweepFigures {

    private static final int CUSTOMERS = 10_000;
    private static final int INVOICES = 50_000;
    private static final int PAYMENTS = 40_000;
    private static final int RECORDS = CUSTOMERS + INVOICES + PAYMENTS;
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
    private static final int CALLS_BETWEEN_LOOKS_AT_THE_HEAP = 100;

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z"));
    private Instant written = time.now().minus(Duration.ofDays(365));
    private final FakeZohoBooks books =
            FakeZohoBooks.builder(time).withoutLimits().build();
    private final FakeHubSpot account =
            FakeHubSpot.builder(time).withoutLimits().build();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Targets targets = new Targets();

    private long outside;
    private int calls;
    private int looks;
    private boolean looking;
    private long highest;

    private SweepFigures() {}

    public static void main(String[] arguments) throws Exception {
        SweepFigures figures = new SweepFigures();
        figures.print();
        System.exit(figures.targets.missed() ? 1 : 0);
    }

    private void print() throws Exception {
        fill();
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(this::measured)
                .addInterceptor(books.interceptor())
                .addInterceptor(account.interceptor())
                .build();
        try (ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.refreshToken(
                                books.clientId(), books.clientSecret(), books.refreshToken()))
                        .organization(books.organizationId())
                        .httpClient(http)
                        .timeSource(time)
                        .pacing(ZohoPacing.unlimited())
                        .build();
                HubSpot hubspot = HubSpot.builder(AccessToken.of(account.accessToken()))
                        .httpClient(http)
                        .timeSource(time)
                        .pacing(HubSpotPacing.unlimited())
                        .build()) {
            SyncEngine engine = SyncEngine.builder(zoho, hubspot)
                    .timeSource(time)
                    .sweepEvery(BETWEEN_SWEEPS)
                    .build();
            long before = threads.getCurrentThreadCpuTime();
            SyncReport first = engine.run();
            System.out.printf(
                    "First sync of %,d records, %s: %.0f s of CPU, and %.0f s of the fakes%n",
                    RECORDS,
                    first.status(),
                    (threads.getCurrentThreadCpuTime() - before - outside) / 1e9,
                    outside / 1e9);
            sweep(engine);
        }
    }

    private void fill() {
        String[] customers = new String[CUSTOMERS];
        for (int i = 0; i < CUSTOMERS; i++) {
            customers[i] = books.addCustomer(CustomerDraft.business("Customer " + i)
                    .person("Person", "No " + i, "person" + i + "@customer.example", "")
                    .at(next()));
        }
        for (int i = 0; i < INVOICES; i++) {
            String customer = customers[i % CUSTOMERS];
            String invoice = books.addInvoice(InvoiceDraft.of(customer, "INV-" + i)
                    .line("Seat", "1", "100")
                    .at(next()));
            if (i < PAYMENTS) {
                books.addPayment(PaymentDraft.of(customer, "P-" + i, "100")
                        .applyTo(invoice, "100")
                        .at(next()));
            }
        }
    }

    /** No two records are written in one minute, so that a poll reads little. */
    private Instant next() {
        written = written.plus(Duration.ofMinutes(2));
        return written;
    }

    private void sweep(SyncEngine engine) throws InterruptedException {
        time.sleep(BETWEEN_SWEEPS.multipliedBy(2));
        books.traffic().reset();
        account.traffic().reset();
        long idle = live();
        outside = 0;
        looking = true;
        long before = threads.getCurrentThreadCpuTime();
        SyncReport report = engine.run();
        double cpu = (threads.getCurrentThreadCpuTime() - before - outside) / 1e9;
        looking = false;
        long listed = books.traffic().count(call -> true);
        long written = account.traffic().count(call -> true);
        targets.tell(
                "Sweep: calls of Zoho Books for " + RECORDS + " records",
                String.valueOf(listed),
                ">= " + RECORDS / 200 + ", so that all was read",
                listed >= RECORDS / 200 && report.status() == SyncReport.Status.COMPLETE);
        targets.tell("Sweep: calls of HubSpot", String.valueOf(written), "0", written == 0);
        targets.tell("Sweep: CPU of engine and client", String.format("%.1f s", cpu), "<= 15 s", cpu <= 15);
        // What the first run and the fakes left behind goes at its own time, so the lesser of before and after counts
        // as idle.
        double heap = (highest - Math.min(idle, live())) / 1e6;
        targets.tell(
                "Sweep: live heap beyond the idle store, highest of " + looks + " looks",
                String.format("%.1f MB", heap),
                "< 64 MB",
                heap < 64);
    }

    /** Counts what happens beyond the client out of the engine's time. */
    private Response measured(Interceptor.Chain chain) throws IOException {
        long before = threads.getCurrentThreadCpuTime();
        try {
            if (looking && ++calls % CALLS_BETWEEN_LOOKS_AT_THE_HEAP == 0) {
                highest = Math.max(highest, live());
                looks++;
            }
            return chain.proceed(chain.request());
        } finally {
            outside += threads.getCurrentThreadCpuTime() - before;
        }
    }

    private static long live() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
