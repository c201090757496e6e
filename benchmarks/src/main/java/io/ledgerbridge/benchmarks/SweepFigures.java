package io.ledgerbridge.benchmarks;

import com.sun.management.ThreadMXBean;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncPlan;
import io.ledgerbridge.sync.SyncPlan.Depth;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.time.VirtualTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * A sweep over 100,000 records that are linked and unchanged: 10,000 customers, 50,000 invoices and 40,000 payments. The fakes
 * answer on the engine's thread; the CPU time they take is measured around them and left out, sockets are not part of it.
 */
public final class SweepFigures {

    private static final LargeCompany COMPANY = new LargeCompany(10_000, 50_000, 1, 40_000, 0);
    private static final int CHANGED = 1_000;
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
    private static final int CALLS_BETWEEN_LOOKS_AT_THE_HEAP = 100;

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z"));
    private final FakeZohoBooks books = COMPANY.books(time);
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
        try (InMemoryClients clients = InMemoryClients.unlimited(books, account, time, this::measured)) {
            SyncEngine engine = SyncEngine.builder(clients.zoho(), clients.hubspot())
                    .timeSource(time)
                    .sweepEvery(BETWEEN_SWEEPS)
                    .build();
            long before = threads.getCurrentThreadCpuTime();
            SyncReport first = engine.run();
            System.out.printf(
                    "First sync of %,d records, %s: %.0f s of CPU, and %.0f s of the fakes%n",
                    COMPANY.listed(),
                    first.problem() == null ? first.status() : first.status() + " for " + first.problem(),
                    (threads.getCurrentThreadCpuTime() - before - outside) / 1e9,
                    outside / 1e9);
            sweep(engine);
            plan(engine);
            reconcile(engine);
        }
    }

    /** Of every fiftieth invoice another reference number. */
    private void plan(SyncEngine engine) throws InterruptedException {
        time.sleep(Duration.ofMinutes(20));
        List<String> ids = books.invoices().stream()
                .map(invoice -> String.valueOf(invoice.get("invoice_id")))
                .toList();
        for (int i = 0; i < CHANGED; i++) {
            String id = ids.get(i * (ids.size() / CHANGED));
            books.editInvoice(id, record -> record.put("reference_number", "PO"));
        }
        time.sleep(BETWEEN_SWEEPS);
        account.traffic().reset();
        long idle = LiveHeap.bytes();
        int[] planned = {0};
        begin();
        long before = threads.getCurrentThreadCpuTime();
        SyncPlan plan = engine.plan(Depth.HEADERS, change -> planned[0]++);
        double cpu = (threads.getCurrentThreadCpuTime() - before - outside) / 1e9;
        looking = false;
        targets.tell(
                "Plan over " + COMPANY.listed() + " records: changes found",
                planned[0] + ", details left " + plan.unfetchedDetails(),
                CHANGED + " and " + CHANGED,
                planned[0] == CHANGED && plan.unfetchedDetails() == CHANGED);
        targets.tell(
                "Plan: writes to HubSpot",
                String.valueOf(account.traffic().count(call -> !call.method().equals("GET"))),
                "0",
                account.traffic().count(call -> !call.method().equals("GET")) == 0);
        targets.tell("Plan: CPU of engine and client", String.format("%.1f s", cpu), "<= 15 s", cpu <= 15);
        double heap = (highest - idle) / 1e6;
        targets.tell(
                "Plan: live heap beyond the idle store, highest of " + looks + " looks",
                String.format("%.1f MB", heap),
                "< 64 MB",
                heap < 64);
    }

    private void reconcile(SyncEngine engine) {
        engine.run();
        account.traffic().reset();
        books.traffic().reset();
        begin();
        long before = threads.getCurrentThreadCpuTime();
        int differences = engine.reconcile().differences().size();
        double cpu = (threads.getCurrentThreadCpuTime() - before - outside) / 1e9;
        looking = false;
        long invoices = account.traffic().count("POST /crm/objects/2026-09/invoices/batch/read");
        long searches = account.traffic().count(call -> call.template().contains("search"));
        targets.tell(
                "Reconcile: calls that read 50,000 invoices from HubSpot, and searches",
                invoices + " and " + searches,
                "500 and 0",
                invoices == 500 && searches == 0);
        targets.tell("Reconcile: differences", String.valueOf(differences), "0", differences == 0);
        System.out.printf(
                "Reconcile: %,d calls of Zoho Books, %,d of HubSpot, %.1f s of CPU%n",
                books.traffic().count(call -> true), account.traffic().count(call -> true), cpu);
    }

    private void begin() {
        outside = 0;
        highest = 0;
        looks = 0;
        looking = true;
    }

    private void sweep(SyncEngine engine) throws InterruptedException {
        time.sleep(BETWEEN_SWEEPS.multipliedBy(2));
        books.traffic().reset();
        account.traffic().reset();
        long idle = LiveHeap.bytes();
        outside = 0;
        looking = true;
        long before = threads.getCurrentThreadCpuTime();
        SyncReport report = engine.run();
        double cpu = (threads.getCurrentThreadCpuTime() - before - outside) / 1e9;
        looking = false;
        long listed = books.traffic().count(call -> true);
        long written = account.traffic().count(call -> true);
        targets.tell(
                "Sweep: calls of Zoho Books for " + COMPANY.listed() + " records",
                String.valueOf(listed),
                ">= " + COMPANY.listed() / 200 + ", so that all was read",
                listed >= COMPANY.listed() / 200 && report.status() == SyncReport.Status.COMPLETE);
        targets.tell("Sweep: calls of HubSpot", String.valueOf(written), "0", written == 0);
        targets.tell("Sweep: CPU of engine and client", String.format("%.1f s", cpu), "<= 15 s", cpu <= 15);
        double heap = (highest - idle) / 1e6;
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
                highest = Math.max(highest, LiveHeap.bytes());
                looks++;
            }
            return chain.proceed(chain.request());
        } finally {
            outside += threads.getCurrentThreadCpuTime() - before;
        }
    }
}
