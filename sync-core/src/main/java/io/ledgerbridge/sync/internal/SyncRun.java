package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.HubSpotAuthenticationException;
import io.ledgerbridge.hubspot.HubSpotException;
import io.ledgerbridge.hubspot.HubSpotLimitException;
import io.ledgerbridge.hubspot.HubSpotPermissionException;
import io.ledgerbridge.hubspot.HubSpotUnavailableException;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.sync.SyncReport.Problem;
import io.ledgerbridge.sync.internal.Governor.DaySpent;
import io.ledgerbridge.sync.internal.Ledger.Asked;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Command;
import io.ledgerbridge.sync.internal.Ledger.Request;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.zohobooks.ZohoBooksException;
import io.ledgerbridge.zohobooks.ZohoConfigurationException;
import io.ledgerbridge.zohobooks.ZohoLimitException;
import io.ledgerbridge.zohobooks.ZohoPermissionException;
import io.ledgerbridge.zohobooks.ZohoReconnectException;
import io.ledgerbridge.zohobooks.ZohoUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One cycle: headers at once, then details, then what is owed. Every step may be interrupted and is taken up again. */
public final class SyncRun {

    static final String DAY = "day";
    static final String PASS = "pass";

    private final Run run;
    private final RecordWriter writer;
    private final Customers customers;
    private final Persons persons;
    private final InvoiceHeaders invoices;
    private final PaymentSync payments;
    private final Pairs pairs;
    private final Statuses statuses;
    private final RollUps rollUps;
    private final Deals deals;
    private final Details details;
    private final Recovery recovery;
    private final CreditNotes creditNotes;
    private final Deletions deletions;
    private final ReadBack readBack;
    private final Replays replays;
    private final Erasure erasure;
    private @Nullable Instant parkedUntil;

    SyncRun(Run run) {
        this.run = run;
        pairs = new Pairs(run);
        writer = new RecordWriter(run, pairs);
        statuses = new Statuses(run);
        rollUps = new RollUps(run);
        customers = new Customers(run, writer);
        Addressees addressees = new Addressees(run, pairs);
        persons = new Persons(run, writer, pairs, addressees);
        deals = new Deals(run, pairs);
        deletions = new Deletions(run, pairs);
        creditNotes = new CreditNotes(run);
        readBack = new ReadBack(run);
        replays = new Replays(run, writer, pairs);
        erasure = new Erasure(run);
        invoices = new InvoiceHeaders(run, writer, pairs, customers, deletions, addressees, deals);
        payments = new PaymentSync(run, writer, pairs, addressees, deals);
        recovery = new Recovery(run);
        details = new Details(
                run,
                writer,
                pairs,
                customers,
                persons,
                payments,
                invoices,
                creditNotes,
                deletions,
                addressees,
                replays,
                this::writeOwed);
    }

    /**
     * Works until nothing is left, the run is over, or the day's calls of Zoho Books are spent.
     *
     * @throws HubSpotLimitException if the day's calls of HubSpot are spent, so that nothing can be written
     */
    void work() {
        recovery.takeUp();
        carryOut();
        rebuildLinks();
        if (run.isJustPrepared) {
            new TakingUp(run).work();
        }
        recovery.recheck();
        run.scope.takeUp();
        deals.takeUp();
        run.remapping.takeUp();
        erasure.work();
        archiveDuplicates();
        replays.takeUp();
        readUnlessParked(this::read);
        pairs.send();
        statuses.write(true);
        rollUps.write();
        deals.write();
    }

    /** As {@link #work}, but reads lists alone: details wait. */
    void readHeaders() {
        recovery.takeUp();
        carryOut();
        rebuildLinks();
        if (run.isJustPrepared) {
            new TakingUp(run).work();
        }
        run.scope.takeUp();
        deals.takeUp();
        run.remapping.takeUp();
        readUnlessParked(this::headers);
        pairs.send();
        statuses.write(true);
        rollUps.write();
        deals.write();
    }

    /** Works on what was asked for single records, and reads no list. As {@link #work} otherwise. */
    void carryOutRequests() {
        recovery.takeUp();
        if (run.isJustPrepared) {
            new TakingUp(run).work();
        }
        run.scope.takeUp();
        deals.takeUp();
        run.remapping.takeUp();
        erasure.work();
        archiveDuplicates();
        replays.takeUp();
        readUnlessParked(() -> {
            details.deliveries();
            details.replay();
        });
        pairs.send();
        statuses.write(true);
        rollUps.write();
        deals.write();
    }

    /** Somebody has looked at them, and wants them gone. */
    private void archiveDuplicates() {
        for (Request request : run.ledger.requests(Asked.ARCHIVE_DUPLICATES)) {
            Changes changes = run.ledger.changes();
            request.body().forEach((name, targets) -> {
                Kind kind = Kind.valueOf(name);
                List<String> strangers = targets.stream()
                        .filter(target -> run.ledger.byTarget(kind, target).isEmpty())
                        .toList();
                var kept = run.target.archive(kind, strangers);
                strangers.forEach(target -> {
                    if (kept.containsKey(target)) {
                        run.tally.note(
                                kind,
                                target,
                                "HubSpot does not archive it: "
                                        + kept.get(target).message());
                    } else {
                        changes.audit(
                                Link.unlinked(kind, "", "").withTarget(target),
                                AuditEntry.Decision.ARCHIVED,
                                "a duplicate of one of ours; somebody has asked for it");
                    }
                });
                run.tally.archived(kind, strangers.size() - kept.size());
            });
            changes.taken(request).commit();
        }
    }

    private void readUnlessParked(Runnable reading) {
        if (run.parking.zoho() != null) {
            parkedUntil = run.parking.zoho();
            return;
        }
        try {
            reading.run();
        } catch (DaySpent spent) {
            parkedUntil = spent.resumesAt;
        } catch (ZohoLimitException limit) {
            parkedUntil = limit.resumesAt();
        }
    }

    private void read() {
        if (!run.ledger.checkpoint(PASS).isEmpty()) {
            details.deliveries();
            // Before lists are read, which may queue the same details without saying that they are replayed.
            details.replay();
        }
        writer.takeUpPostponed();
        headers();
        readBack.workIfDue();
        details.takeUpDeferred();
        do {
            details.work();
            deletions.work();
            // What was approved is confirmed by one more call each.
        } while (run.ledger.queued(Work.DETAIL) > 0 && !run.isOver());
    }

    /** When a parked connection may go on; null if it is not parked. */
    @Nullable
    Instant parkedUntil() {
        return parkedUntil;
    }

    private void headers() {
        String day = run.ledger.checkpoint(DAY).getOrDefault(DAY, "");
        boolean newDay = !day.equals(run.today().toString());
        if (day.isEmpty()) {
            invoices.showLatest();
        }
        read(customers.scan());
        if (newDay) {
            persons.readAll();
        }
        read(invoices.scan());
        read(payments.scan());
        creditNotes.pass();
        run.ledger
                .changes()
                .checkpoint(PASS, Map.of(PASS, run.time.now().toString()))
                .commit();
        if (run.isOn(Kind.CREDIT_NOTE) && creditNotes.scan().isSweepDue()) {
            sweep(creditNotes.scan());
        }
        if (newDay && !day.isEmpty()) {
            invoices.compareOpen();
            rollUps.queueOpen();
            deals.queueOpen();
        }
        pairs.send();
        rollUps.write();
        if (newDay) {
            run.ledger
                    .changes()
                    .checkpoint(DAY, Map.of(DAY, run.today().toString()))
                    .commit();
            run.ledger.trimBefore(run.time.now().minus(run.policies.keepAuditFor()));
        }
    }

    private void rebuildLinks() {
        if (run.ledger.isAsked(Command.REBUILD_LINKS)) {
            run.ledger.doubtEverything();
            run.ledger.done(Command.REBUILD_LINKS, "all links are looked up by their keys again");
        }
    }

    private void read(Scan<?> scan) {
        scan.pass();
        if (scan.isSweepDue()) {
            sweep(scan);
        }
    }

    private void sweep(Scan<?> scan) {
        deletions.missing(scan.kind(), scan.sweep());
    }

    /** What somebody has asked for since the last run. */
    private void carryOut() {
        if (run.ledger.isAsked(Command.APPROVE_DELETIONS)) {
            deletions.approve();
            run.ledger.done(Command.APPROVE_DELETIONS, "deletions were approved");
        }
    }

    private void writeOwed() {
        pairs.sendUrgent();
        statuses.write(false);
    }

    /** What to tell of a failure that ended the run. */
    static Problem problem(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof SyncException sync) {
            return new Problem(sync.code(), message, sync.next());
        }
        if (failure instanceof ZohoBooksException) {
            return zohoProblem(failure, message);
        }
        if (failure instanceof HubSpotException) {
            return hubSpotProblem(failure, message);
        }
        throw failure;
    }

    private static Problem zohoProblem(RuntimeException failure, String message) {
        if (failure instanceof ZohoReconnectException) {
            return new Problem(
                    "zoho.reconnect", message, "Get a new refresh token from Zoho and set ZOHO_REFRESH_TOKEN.");
        }
        if (failure instanceof ZohoConfigurationException) {
            return new Problem(
                    "zoho.configuration",
                    message,
                    "Check ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET, ZOHO_DATA_CENTER and ZOHO_ORGANIZATION_ID.");
        }
        if (failure instanceof ZohoPermissionException) {
            return new Problem(
                    "zoho.permission",
                    message,
                    "Grant the scopes ZohoBooks.settings.READ, contacts.READ, invoices.READ and customerpayments.READ, and"
                            + " get a new refresh token.");
        }
        return failure instanceof ZohoUnavailableException
                ? new Problem("zoho.unavailable", message, "Run again later; what was done is kept.")
                : new Problem("zoho.request", message, "Report this with the message: it is not expected.");
    }

    private static Problem hubSpotProblem(RuntimeException failure, String message) {
        if (failure instanceof HubSpotAuthenticationException) {
            return new Problem("hubspot.token", message, "Set HUBSPOT_ACCESS_TOKEN to a valid token.");
        }
        if (failure instanceof HubSpotPermissionException permission) {
            return new Problem(
                    "hubspot.scope",
                    message,
                    "Add the scope " + String.join(" or ", permission.missingScopes())
                            + " to the HubSpot app or service key.");
        }
        return failure instanceof HubSpotUnavailableException
                ? new Problem("hubspot.unavailable", message, "Run again later; what was done is kept.")
                : new Problem("hubspot.request", message, "Report this with the message: it is not expected.");
    }
}
