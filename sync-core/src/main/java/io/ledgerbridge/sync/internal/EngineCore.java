package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.HubSpotException;
import io.ledgerbridge.hubspot.HubSpotLimitException;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.SyncReport.Problem;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.spi.SyncStore;
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

    private final SourceReader source;
    private final TargetWriter target;
    private final TimeSource time;
    private final RandomGenerator random;
    private final SyncListener listener;
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
            SyncListener listener) {
        this.source = source;
        this.target = target;
        this.time = time;
        this.random = random;
        this.listener = listener;
        this.ledger = new Ledger(store, "zoho-" + source.organizationId());
    }

    /** One run; a limit of null means until everything is done. */
    public synchronized SyncReport run(@Nullable Duration limit) {
        Instant started = time.now();
        long zohoCalls = source.calls();
        long hubSpotCalls = target.calls();
        Tally tally = new Tally(listener);
        Map<Kind, String> off = Map.of();
        Instant zohoSpentUntil = null;
        Problem problem = null;
        if (hubSpotSpentUntil == null || !started.isBefore(hubSpotSpentUntil)) {
            hubSpotSpentUntil = null;
            SyncRun cycle = null;
            try {
                Prepared ready = prepared == null ? new Preparation(source, target).run() : prepared;
                Run run =
                        new Run(ledger, source, target, time, ready, tally, limit == null ? null : started.plus(limit));
                off = run.off;
                prepared = ready.withoutNewKeys();
                cycle = new SyncRun(run);
                cycle.work();
            } catch (HubSpotLimitException spent) {
                hubSpotSpentUntil = spent.resumesAt();
            } catch (ZohoLimitException spent) {
                zohoSpentUntil = spent.resumesAt();
            } catch (ZohoBooksException | HubSpotException | SyncException e) {
                problem = SyncRun.problem(e);
            }
            zohoSpentUntil = later(zohoSpentUntil, cycle == null ? null : cycle.parkedUntil());
        }
        Instant resumesAt = later(zohoSpentUntil, hubSpotSpentUntil);
        long pending = ledger.queued(Work.DETAIL);
        return new SyncReport(
                new UUID(random.nextLong(), random.nextLong()).toString(),
                status(tally, problem, resumesAt, pending),
                tally.counts(),
                names(off),
                pending,
                resumesAt != null,
                resumesAt,
                problem,
                new SyncReport.Calls(source.calls() - zohoCalls, target.calls() - hubSpotCalls),
                Duration.between(started, time.now()),
                tally.remarks());
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private Status status(Tally tally, @Nullable Problem problem, @Nullable Instant resumesAt, long pending) {
        if (problem != null && tally.isEmpty()) {
            return Status.FAILED;
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
