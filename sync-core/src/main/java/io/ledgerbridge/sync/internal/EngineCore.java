package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.HubSpotException;
import io.ledgerbridge.hubspot.HubSpotLimitException;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.SyncReport.Problem;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.internal.Ledger.Command;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.spi.SecretCipher;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooksException;
import io.ledgerbridge.zohobooks.ZohoLimitException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs cycles of one connection, one at a time, and reports each. */
public final class EngineCore {

    /** Connecting, writing and reading, by the settings that the clients begin with. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(130);

    private final SourceReader source;
    private final TargetWriter target;
    private final TimeSource time;
    private final RandomGenerator random;
    private final SyncListener listener;
    private final Policies policies;
    private final Tenure tenure;
    private final AuditLog audit;
    private final Ledger ledger;
    private @Nullable Prepared prepared;

    /** Until then HubSpot takes no more calls, so nothing is read that could not be written. */
    private @Nullable Instant hubSpotSpentUntil;

    public EngineCore(
            SourceReader source,
            TargetWriter target,
            SyncStore store,
            TimeSource time,
            RandomGenerator random,
            SyncListener listener,
            Policies policies,
            SecretCipher cipher,
            Duration lease) {
        this.source = source;
        this.target = target;
        this.time = time;
        this.random = random;
        this.listener = listener;
        this.policies = policies;
        String connection = "zoho-" + source.organizationId();
        this.tenure = new Tenure(store, time, connection, randomId(), lease);
        this.audit = new AuditLog(store, time, connection, cipher, random);
        this.ledger = new Ledger(store, connection, tenure, audit);
    }

    /** One run; a limit of null means until everything is done. */
    public synchronized SyncReport run(@Nullable Duration limit) {
        Instant started = time.now();
        long zohoCalls = source.calls();
        long hubSpotCalls = target.calls();
        Tally tally = new Tally(listener);
        String runId = randomId();
        Map<Kind, String> off = Map.of();
        Instant zohoSpentUntil = null;
        Problem problem = null;
        if (hubSpotSpentUntil == null || !started.isBefore(hubSpotSpentUntil)) {
            hubSpotSpentUntil = null;
            SyncRun cycle = null;
            try {
                boolean takenOver = begin();
                ledger.begin(runId);
                Prepared ready = prepared == null ? new Preparation(source, target).run() : prepared;
                Run run = new Run(
                        ledger,
                        source,
                        target,
                        time,
                        ready,
                        policies,
                        tally,
                        limit == null ? null : started.plus(limit));
                off = run.off;
                prepared = ready.withoutNewKeys();
                cycle = new SyncRun(run);
                cycle.work(takenOver);
            } catch (HubSpotLimitException spent) {
                hubSpotSpentUntil = spent.resumesAt();
            } catch (ZohoLimitException spent) {
                zohoSpentUntil = spent.resumesAt();
            } catch (ZohoBooksException | HubSpotException | SyncException e) {
                problem = SyncRun.problem(e);
            } finally {
                tenure.end();
            }
            zohoSpentUntil = later(zohoSpentUntil, cycle == null ? null : cycle.parkedUntil());
        }
        Instant resumesAt = later(zohoSpentUntil, hubSpotSpentUntil);
        long pending = ledger.queued(Work.DETAIL);
        return new SyncReport(
                runId,
                status(tally, problem, resumesAt, pending),
                tally.counts(),
                names(off),
                pending,
                ledger.queued(Work.DEFERRED),
                tally.decisionsNeeded(),
                resumesAt != null,
                resumesAt,
                problem,
                new SyncReport.Calls(source.calls() - zohoCalls, target.calls() - hubSpotCalls),
                Duration.between(started, time.now()),
                tally.remarks());
    }

    public AuditLog audit() {
        return audit;
    }

    /** Says that the deletions which wait for a decision are meant; the next run carries them out. */
    public long approveDeletions() {
        long waiting = ledger.queued(Work.DELETION);
        if (waiting > 0) {
            ledger.ask(Command.APPROVE_DELETIONS);
        }
        return waiting;
    }

    /** Whether the run before this one was stopped in the middle; then a call of it may still be on its way. */
    private boolean begin() {
        Lease lease = tenure.begin()
                .orElseThrow(() -> new SyncException(
                        "sync.busy",
                        "Another process works on this connection.",
                        "Wait until it has ended; a process that was stopped is followed when its lease has ended."));
        if (lease.takenOver()) {
            try {
                time.sleep(LONGEST_CALL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SyncException("sync.interrupted", "The run was interrupted while it waited.", "Run again.");
            }
        }
        return lease.takenOver();
    }

    private String randomId() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private Status status(Tally tally, @Nullable Problem problem, @Nullable Instant resumesAt, long pending) {
        if (problem != null && tally.isEmpty()) {
            return Status.FAILED;
        }
        if (!tally.decisionsNeeded().isEmpty()) {
            return Status.DECISION_NEEDED;
        }
        return problem != null || resumesAt != null || pending > 0 || ledger.quarantined() > 0
                ? Status.PARTIAL
                : Status.COMPLETE;
    }

    private static Map<String, String> names(Map<Kind, String> off) {
        Map<String, String> names = new LinkedHashMap<>();
        off.forEach((kind, reason) -> names.put(kind.stream(), reason));
        return names;
    }
}
