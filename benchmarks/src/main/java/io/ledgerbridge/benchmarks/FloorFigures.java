package io.ledgerbridge.benchmarks;

import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.Traffic;
import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * How long a first sync takes at the vendors' real limits, on a clock that jumps, beside the least that any program could need:
 * every call that has to be made, a day's calls without the reserve each day, and on the last day the pace of a minute.
 */
public final class FloorFigures {

    private static final int CALLS_A_DAY = 10_000;
    private static final int RESERVE = 1_000;
    private static final int CALLS_A_MINUTE = 100;
    private static final Instant BEGIN = Instant.parse("2026-03-02T04:45:30Z");

    private final LargeCompany company = new LargeCompany(20_000, 10_000, 3, 9_000, 0);
    private final VirtualTime time = VirtualTime.startingAt(BEGIN);
    private final FakeZohoBooks books = company.books(time, CALLS_A_DAY);
    private final FakeHubSpot account = FakeHubSpot.builder(time).build();
    private final Targets targets = new Targets();

    private FloorFigures() {}

    public static void main(String[] arguments) throws InterruptedException {
        FloorFigures figures = new FloorFigures();
        figures.print();
        System.exit(figures.targets.missed() ? 1 : 0);
    }

    private void print() throws InterruptedException {
        books.latency(Duration.ofMillis(300));
        account.latency(Duration.ofMillis(200));
        sync();
        Duration taken = Duration.between(BEGIN, time.now());
        long made = books.traffic().count(call -> !call.template().startsWith("/oauth"));
        Duration floor = floor(made);
        double share = taken.toSeconds() / (double) floor.toSeconds();
        System.out.printf(
                "%,d records, Premium plan: %,d calls of Zoho Books, of which %,d at least; %s, floor %s%n",
                company.records(), made, company.leastZohoCalls(), taken, floor);
        targets.tell(
                "At real limits: time of the first sync, times the floor",
                String.format("%.3f", share),
                "<= 1.05",
                share <= 1.05);
        long extra = made - company.leastZohoCalls();
        targets.tell(
                "At real limits: calls beyond the least, which are due lists",
                String.valueOf(extra),
                "<= 5 % of the least",
                extra * 20 <= company.leastZohoCalls());
        Duration visible = Duration.between(BEGIN, firstInvoice());
        targets.tell(
                "At real limits: first invoices in HubSpot after",
                visible.toSeconds() + " s",
                "<= 60 s",
                visible.toSeconds() <= 60);
        int broken = books.traffic().limitsBroken().size()
                + account.traffic().limitsBroken().size();
        targets.tell("At real limits: limits broken", String.valueOf(broken), "0", broken == 0);
    }

    /** When all these calls could be made at the earliest. */
    private Duration floor(long calls) {
        long perDay = CALLS_A_DAY - RESERVE;
        Instant day = BEGIN;
        long left = calls;
        while (left > perDay) {
            left -= perDay;
            day = day.atZone(books.zone())
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay(books.zone())
                    .toInstant();
        }
        return Duration.between(BEGIN, day).plus(Duration.ofMinutes(1).multipliedBy(left / CALLS_A_MINUTE));
    }

    private Instant firstInvoice() {
        return account.traffic().calls().stream()
                .filter(call -> call.template().equals("/crm/objects/2026-09/invoices/batch/upsert"))
                .map(Traffic.Call::at)
                .findFirst()
                .orElse(Instant.MAX);
    }

    private void sync() throws InterruptedException {
        try (InMemoryClients clients = InMemoryClients.paced(books, account, time)) {
            SyncEngine engine = SyncEngine.builder(clients.zoho(), clients.hubspot())
                    .timeSource(time)
                    .random(new Random(3))
                    .build();
            SyncReport run = engine.run();
            while (run.resumesAt() != null) {
                time.sleep(Duration.between(time.now(), run.resumesAt()));
                run = engine.run();
            }
            if (run.status() != SyncReport.Status.COMPLETE) {
                throw new IllegalStateException("the sync is not complete: " + run);
            }
        }
    }
}
