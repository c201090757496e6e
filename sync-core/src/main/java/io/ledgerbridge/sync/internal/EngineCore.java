package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.HubSpotException;
import io.ledgerbridge.hubspot.HubSpotLimitException;
import io.ledgerbridge.hubspot.HubSpotUnavailableException;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.AuditEntry.Payload;
import io.ledgerbridge.sync.PlannedChange;
import io.ledgerbridge.sync.QuarantinedRecord;
import io.ledgerbridge.sync.Reconciliation;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.sync.SyncPlan;
import io.ledgerbridge.sync.SyncPlan.Depth;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.SyncReport.Problem;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.SyncStatus;
import io.ledgerbridge.sync.internal.Governor.DaySpent;
import io.ledgerbridge.sync.internal.Ledger.Asked;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Command;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.Replays.PlannedPart;
import io.ledgerbridge.sync.internal.Run.Stopped;
import io.ledgerbridge.sync.spi.SecretCipher;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.sync.spi.SyncStoreException;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooksException;
import io.ledgerbridge.zohobooks.ZohoLimitException;
import io.ledgerbridge.zohobooks.ZohoQuota;
import io.ledgerbridge.zohobooks.model.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs cycles of one connection, one at a time, and reports each. */
public final class EngineCore {

    private static final Logger log = LoggerFactory.getLogger(EngineCore.class);

    private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(5);
    private static final int RECORDS_PER_REQUEST = 500;
    private static final int PARTS_PER_REQUEST = 100;
    private static final Duration PREPARED_FOR = Duration.ofDays(1);

    private final SourceReader source;
    private final TargetWriter target;
    private final SyncStore store;
    private final SecretCipher cipher;
    private final Duration lease;
    private final TimeSource time;
    private final RandomGenerator random;
    private final SyncListener listener;
    private final Policies policies;
    private final Tenure tenure;
    private final String installation;
    private final boolean forgets;
    private final String connection;
    private final AuditLog audit;
    private final Ledger ledger;
    private @Nullable Prepared prepared;
    private Instant preparedAt = Instant.EPOCH;
    private boolean hubSpotWasDown;
    private final Object flags = new Object();
    private boolean running;
    private volatile boolean stopAsked;
    private BooleanSupplier mustStop = () -> false;

    public EngineCore(
            SourceReader source,
            TargetWriter target,
            SyncStore store,
            TimeSource time,
            RandomGenerator random,
            SyncListener listener,
            Policies policies,
            SecretCipher cipher,
            Duration lease,
            String name,
            String installation) {
        this.source = source;
        this.store = store;
        this.cipher = cipher;
        this.lease = lease;
        this.installation = installation;
        this.forgets = !store.isDurable();
        this.target = target;
        this.time = time;
        this.random = random;
        this.listener = new CarefulListener(listener);
        this.policies = policies;
        this.connection = name.isEmpty() ? connectionOf(source.organizationId()) : name;
        this.tenure = new Tenure(store, time, connection, randomId(), lease);
        this.audit = new AuditLog(store, time, connection, cipher, random);
        this.ledger =
                new Ledger(store, connection, tenure, audit, () -> time.now().plus(policies.recheckAfter()));
    }

    public static String connectionOf(String organizationId) {
        return "zoho-" + organizationId;
    }

    public String connection() {
        return connection;
    }

    /** Asks the present run to stop before its next batch. */
    public void stop() {
        synchronized (flags) {
            stopAsked = running;
        }
    }

    private void mark(boolean isRunning) {
        synchronized (flags) {
            running = isRunning;
            stopAsked = false;
        }
    }

    /** When all lists were last read as far as they had to be, by whatever process. */
    public Optional<Instant> lastPass() {
        return Optional.ofNullable(ledger.checkpoint(SyncRun.PASS).get(SyncRun.PASS))
                .map(Instant::parse);
    }

    /** The same of any connection in a store, whose clients need not be there. */
    public static Optional<Instant> lastPass(SyncStore store, String connection) {
        return Ledger.checkpoint(store, connection, SyncRun.PASS)
                .map(values -> values.get(SyncRun.PASS))
                .map(Instant::parse);
    }

    /** See {@code SyncEngine.pollingInterval}. */
    public Duration pollingInterval() {
        int limit = source.quota().map(ZohoQuota::limit).orElse(Governor.UNKNOWN_LIMIT);
        Duration interval = Governor.pollingInterval(limit);
        return interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval;
    }

    /** One run; a limit of null means until everything is done. */
    public SyncReport run(@Nullable Duration limit) {
        return run(limit, () -> false);
    }

    /** One run that ends before its next batch when it is told so. */
    public SyncReport run(@Nullable Duration limit, BooleanSupplier stop) {
        return run(Scope.EVERYTHING, limit, stop);
    }

    /** Has these records written once more, by this run or by whoever works on the connection. */
    public SyncReport replay(Collection<SourceId> records, boolean fromPayload, boolean forced) {
        List<SourceId> all = List.copyOf(records);
        for (int from = 0; from < all.size(); from += RECORDS_PER_REQUEST) {
            List<SourceId> some = all.subList(from, Math.min(all.size(), from + RECORDS_PER_REQUEST));
            ledger.ask(Asked.REPLAY, randomId(), Replays.body(some, fromPayload, forced), time.now());
        }
        return run(Scope.REQUESTS, null, () -> false);
    }

    /** Works on what was asked for single records, and reads no list; before the first pass it is a whole run. */
    public SyncReport carryOutRequests(BooleanSupplier stop) {
        return run(lastPass().isEmpty() ? Scope.EVERYTHING : Scope.REQUESTS, null, stop);
    }

    /** Has everything personal of a customer forgotten, by this run or by whoever works on the connection. */
    public SyncReport erase(String customerId, boolean archive) {
        ledger.ask(Asked.ERASE, customerId, Erasure.body(customerId, archive), time.now());
        return run(Scope.REQUESTS, null, () -> false);
    }

    /** What a run works on. */
    private enum Scope {
        EVERYTHING,
        HEADERS,
        REQUESTS
    }

    /**
     * A core that tries what this one would do, and does nothing.
     *
     * @param entries takes what it decides
     */
    public EngineCore onTrial(TrialTarget trial, Depth depth, Consumer<PlannedChange> entries) {
        return new EngineCore(this, trial, depth == Depth.DETAILS, entries);
    }

    private EngineCore(EngineCore of, TrialTarget trial, boolean keepsDetails, Consumer<PlannedChange> entries) {
        TrialStore store = new TrialStore(
                of.store,
                of.time,
                row -> of.planned(AuditLog.entry(row), this.ledger()).ifPresent(entries));
        source = keepsDetails ? new KeepingSource(of.source, of::keep) : of.source;
        target = trial;
        this.store = store;
        time = of.time;
        random = of.random;
        listener = of.listener;
        policies = of.policies;
        installation = of.installation;
        forgets = of.forgets;
        connection = of.connection;
        cipher = of.cipher;
        lease = of.lease;
        tenure = new Tenure(store, time, connection, randomId(), lease);
        audit = new AuditLog(store, time, connection, cipher, random);
        ledger = new Ledger(store, connection, tenure, audit, () -> time.now().plus(policies.recheckAfter()));
    }

    private Ledger ledger() {
        return ledger;
    }

    /** What a trial has decided, as people plan with it; empty for what concerns no record. */
    private Optional<PlannedChange> planned(AuditEntry entry, Ledger trial) {
        if (entry.record().isEmpty() || entry.stream().equals(Kind.DEAL.stream())) {
            return Optional.empty();
        }
        SourceId record = new SourceId(Kind.ofStream(entry.stream()), entry.record());
        String origin = trial.link(record.kind(), record.id())
                .or(() -> ledger.link(record.kind(), record.id()))
                .map(Link::origin)
                .orElse(record.toString());
        SourceId partOf = SourceId.parse(origin);
        Payload payload = entry.payload();
        return Optional.of(new PlannedChange(
                entry.stream(),
                entry.record(),
                partOf.kind().stream() + "/" + partOf.id(),
                TrialTarget.isReal(entry.target()) ? entry.target() : "",
                entry.version(),
                ledger.link(record.kind(), record.id()).map(Link::digest).orElse(""),
                entry.decision(),
                payload == null ? "" : payload.reason(),
                payload == null ? Map.of() : payload.changes()));
    }

    /** Outside of any lease of this core: a trial of it has one. */
    private void keep(SourceId record, RawJson detail) {
        String stamp = detail.stamp("last_modified_time")
                .or(() -> detail.stamp("updated_time"))
                .map(at -> BooksMapping.stamp(at.toInstant()))
                .orElse("");
        ledger.keepFetched(KeptDetails.entry(record, stamp, detail));
    }

    /** See {@code SyncEngine.fingerprint}. */
    public String fingerprint() {
        Map<String, String> all = new HashMap<>(Remapping.fingerprints(policies.mapping()));
        all.put("selection", policies.selection().toString());
        return Values.hash(all);
    }

    public Instant now() {
        return time.now();
    }

    /** Plans, as a core on trial. */
    public SyncPlan plan(Depth depth) {
        SyncReport report = run(depth == Depth.DETAILS ? Scope.EVERYTHING : Scope.HEADERS, null, () -> false);
        return new SyncPlan(
                report.streams(),
                report.off(),
                target instanceof TrialTarget trial ? trial.properties() : List.of(),
                report.pendingDetails(),
                report.backlogEndsAt(),
                report.deletionsToApprove(),
                report.remapToApprove(),
                report.remapToApprove() > 0 ? Remapping.calls(ledger, policies.mapping()) : new SyncReport.Calls(0, 0),
                report.problem(),
                report.calls());
    }

    /** Writes what was planned, as far as it is still so. */
    public SyncReport apply(Collection<PlannedChange> planned) {
        Map<SourceId, String> versions = new LinkedHashMap<>();
        Map<SourceId, Map<SourceId, String>> known = new HashMap<>();
        for (PlannedChange change : planned) {
            int slash = change.partOf().indexOf('/');
            SourceId origin = new SourceId(
                    Kind.ofStream(change.partOf().substring(0, slash)),
                    change.partOf().substring(slash + 1));
            SourceId record = new SourceId(Kind.ofStream(change.stream()), change.record());
            versions.merge(
                    origin, record.equals(origin) ? change.version() : "", (one, other) -> one.isEmpty() ? other : one);
            known.computeIfAbsent(origin, key -> new LinkedHashMap<>()).putIfAbsent(record, change.known());
        }
        List<PlannedPart> parts = new ArrayList<>();
        versions.forEach(
                (origin, version) -> parts.add(new PlannedPart(origin, version, known.getOrDefault(origin, Map.of()))));
        for (int from = 0; from < parts.size(); from += PARTS_PER_REQUEST) {
            List<PlannedPart> some = parts.subList(from, Math.min(parts.size(), from + PARTS_PER_REQUEST));
            ledger.ask(Asked.APPLY, randomId(), Replays.body(some), time.now());
        }
        return run(Scope.REQUESTS, null, () -> false);
    }

    private synchronized SyncReport run(Scope scope, @Nullable Duration limit, BooleanSupplier stop) {
        String runId = randomId();
        MDC.put("connection", connection);
        MDC.put("run", runId);
        mark(true);
        mustStop = stop;
        try {
            listener.started(connection, runId);
            SyncReport report = run(runId, scope, limit);
            log.info(
                    "Run ended: {}, {} calls to Zoho Books, {} to HubSpot{}",
                    report.status(),
                    report.calls().zoho(),
                    report.calls().hubspot(),
                    report.problem() == null ? "" : ", " + report.problem().code());
            listener.ended(connection, report);
            return report;
        } finally {
            mark(false);
            MDC.remove("connection");
            MDC.remove("run");
        }
    }

    private SyncReport run(String runId, Scope scope, @Nullable Duration limit) {
        Instant started = time.now();
        long zohoCalls = source.calls();
        long hubSpotCalls = target.calls();
        Tally tally = new Tally(listener);
        Map<Kind, String> off = Map.of();
        Problem problem = null;
        boolean stopped = false;
        try {
            Parking parking = Parking.of(ledger);
            if (!parking.isHubSpotSpent(started)) {
                parking = parking.at(started);
                SyncRun cycle = null;
                try {
                    begin(runId);
                    Run run = prepared(tally, parking, started, limit == null ? null : started.plus(limit));
                    off = run.off;
                    cycle = new SyncRun(run);
                    switch (scope) {
                        case REQUESTS -> cycle.carryOutRequests();
                        case HEADERS -> cycle.readHeaders();
                        case EVERYTHING -> cycle.work();
                    }
                    hubSpotWasDown = false;
                    prepared = prepared == null ? null : prepared.withOff(run.off);
                    parking = parking.withZoho(cycle.parkedUntil());
                } catch (HubSpotLimitException spent) {
                    parking = parking.withZoho(cycle == null ? null : cycle.parkedUntil())
                            .withHubSpot(spent.resumesAt());
                } catch (ZohoLimitException spent) {
                    parking = parking.withZoho(spent.resumesAt());
                } catch (Stopped e) {
                    stopped = true;
                } catch (ZohoBooksException | HubSpotException | SyncException e) {
                    hubSpotWasDown |= e instanceof HubSpotUnavailableException;
                    problem = SyncRun.problem(ofOurs(e));
                }
            }
            Instant resumesAt = parking.until();
            long pending = ledger.queued(Work.DETAIL);
            SyncReport report = new SyncReport(
                    runId,
                    status(scope, tally, problem, resumesAt, pending, stopped),
                    tally.counts(),
                    names(off),
                    pending,
                    Governor.backlogEnds(source.quota(), time.now(), pending).orElse(null),
                    ledger.queued(Work.DEFERRED),
                    tally.decisionsNeeded(),
                    tally.remap(),
                    resumesAt != null,
                    resumesAt,
                    problem,
                    new SyncReport.Calls(source.calls() - zohoCalls, target.calls() - hubSpotCalls),
                    Duration.between(started, time.now()),
                    tally.remarks());
            remember(parking, report, started);
            return report;
        } catch (SyncStoreException e) {
            log.error("The store failed; the next run goes on where it can", e);
            SyncReport.Calls calls = new SyncReport.Calls(source.calls() - zohoCalls, target.calls() - hubSpotCalls);
            return withoutStore(runId, tally, off, e, calls, Duration.between(started, time.now()));
        } finally {
            endTenure();
        }
    }

    /** What has kept a token from a client is told in its own words. */
    private static RuntimeException ofOurs(RuntimeException failure) {
        if (failure.getCause() instanceof SyncStoreException store) {
            throw store;
        }
        return failure.getCause() instanceof SyncException cause ? cause : failure;
    }

    /** A lease that cannot be given back ends by itself. */
    private void endTenure() {
        ledger.end();
        try {
            tenure.end();
        } catch (SyncStoreException e) {
            log.warn("The lease could not be given back: {}", e.getMessage());
        }
    }

    /** What is left to do cannot be known. */
    private static SyncReport withoutStore(
            String runId,
            Tally tally,
            Map<Kind, String> off,
            SyncStoreException failure,
            SyncReport.Calls calls,
            Duration duration) {
        Problem problem = new Problem(
                "store.unavailable",
                String.valueOf(failure.getMessage()),
                "Repair the store, then run again: nothing is lost. Its own words are in the log.");
        return new SyncReport(
                runId,
                tally.isEmpty() ? Status.FAILED : Status.PARTIAL,
                tally.counts(),
                names(off),
                0,
                null,
                0,
                tally.decisionsNeeded(),
                tally.remap(),
                false,
                null,
                problem,
                calls,
                duration,
                tally.remarks());
    }

    /** For other processes: until when the day's calls are spent, and how this run went. */
    private void remember(Parking parking, SyncReport report, Instant started) {
        if (!tenure.isHeld()) {
            return;
        }
        try {
            parking.remember(ledger);
            Map<String, String> record = RunRecord.of(report, started, Remapping.fingerprints(policies.mapping()));
            Changes changes = ledger.changes().checkpoint(RunRecord.LAST, record);
            if (RunRecord.isWorthKeeping(report)) {
                changes.putRun(report.runId(), started, record);
            }
            changes.commit();
        } catch (SyncException lost) {
            log.warn("How the run went cannot be kept: {}", lost.getMessage());
        }
    }

    /** How the connection stands, as the store knows it. */
    public SyncStatus status() {
        Map<String, String> last = ledger.checkpoint(RunRecord.LAST);
        return new SyncStatus(
                connection,
                lastPass().orElse(null),
                RunRecord.read(last),
                ledger.queued(Work.DETAIL),
                RunRecord.backlogEndsAt(last),
                ledger.queued(Work.DEFERRED),
                ledger.queued(Work.PAIRS)
                        + ledger.queued(Work.STATUS)
                        + ledger.queued(Work.ROLL_UP)
                        + ledger.queued(Work.DEAL),
                ledger.quarantined(),
                ledger.queued(Work.DELETION),
                RunRecord.remapToApprove(last),
                Parking.of(ledger).at(time.now()).until());
    }

    /** Everything that a run needs; finds out first what the connection can do if that is not known. */
    private Run prepared(Tally tally, Parking parking, Instant now, @Nullable Instant deadline) {
        Prepared known = prepared;
        boolean prepare = known == null || mayBeMore(known, now) || ledger.isAsked(Command.TAKE_OVER);
        Prepared ready = known == null || prepare ? prepare(tally) : known;
        preparedAt = prepare ? now : preparedAt;
        prepared = ready.withoutNewKeys();
        return run(ready, prepare, tally, parking, deadline);
    }

    private Run run(Prepared ready, boolean isJustPrepared, Tally tally, Parking parking, @Nullable Instant deadline) {
        return new Run(
                ledger,
                source,
                target,
                time,
                ready,
                isJustPrepared,
                hubSpotWasDown,
                policies,
                tally,
                parking,
                () -> stopAsked || mustStop.getAsBoolean(),
                deadline);
    }

    private Prepared prepare(Tally tally) {
        Installation here = new Installation(ledger, target, fixedId(), installation, forgets, this::randomId);
        Prepared ready = new Preparation(source, target, here, policies.matchesDeals()).run();
        ledger.rememberLines(ready.identity().get(Kind.LINE_ITEM));
        checkMapping(ready);
        ready.lacking().forEach((kind, properties) -> {
            if (!ready.off().containsKey(kind)) {
                properties.forEach((property, reason) ->
                        tally.note(kind, "property " + property, "it is not as it is needed in HubSpot: " + reason));
            }
        });
        return ready;
    }

    /** What the user has added must be there. */
    private void checkMapping(Prepared ready) {
        for (Kind kind : Kind.mirrored()) {
            Set<String> writable = ready.writable().getOrDefault(kind, Set.of());
            for (String property : policies.mapping().added(kind.target())) {
                if (!ready.off().containsKey(kind) && !writable.contains(property)) {
                    throw new SyncException(
                            "mapping.property",
                            "The mapping writes the property " + property + " of " + kind.target()
                                    + ", which HubSpot does not have or does not let be written.",
                            "Create it in HubSpot under Settings > Properties, or take it out of the mapping.");
                }
            }
        }
    }

    /** See {@code SyncEngine.reconcile}. */
    public synchronized Reconciliation reconcile() {
        alone();
        try {
            ledger.begin(randomId());
            Installation here = new Installation(ledger, target, fixedId(), installation, forgets, this::randomId);
            Prepared ready = new Preparation(source, target, here, policies.matchesDeals()).look();
            return new Reconciler(run(ready, false, new Tally(listener), Parking.of(ledger), null)).compare();
        } catch (DaySpent spent) {
            throw new SyncException(
                    "zoho.limit",
                    "The day's calls of Zoho Books are spent, but for the reserve.",
                    "Reconcile after " + spent.resumesAt + ".");
        } finally {
            endTenure();
        }
    }

    /** See {@code SyncEngine.repair}. */
    public SyncReport repair(Collection<SourceId> records, Map<Kind, List<String>> duplicates) {
        if (!duplicates.isEmpty()) {
            Map<String, List<String>> body = new HashMap<>();
            duplicates.forEach((kind, targets) -> body.put(kind.name(), targets));
            ledger.ask(Asked.ARCHIVE_DUPLICATES, randomId(), body, time.now());
        }
        return replay(records, false, false);
    }

    /** See {@code SyncEngine.archiveProperties}. */
    public synchronized List<String> archiveProperties() {
        // Each call to HubSpot asks for the lease.
        alone();
        try {
            return archiveOurs();
        } finally {
            tenure.end();
        }
    }

    private List<String> archiveOurs() {
        String marker = new Installation(ledger, target, fixedId(), installation, forgets, () -> "")
                .marker()
                .name();
        Map<String, PropertyDefinition> ofCompanies = target.definitions(Kind.CUSTOMER);
        ofCompanies.keySet().stream()
                .filter(name -> name.startsWith(Installation.MARKER) && !name.equals(marker))
                .findFirst()
                .ifPresent(other -> {
                    throw new SyncException(
                            "hubspot.shared",
                            "The organisation " + other.substring(Installation.MARKER.length())
                                    + " is kept in step with this HubSpot account as well, and needs the properties.",
                            "Leave them, or end the other connection first.");
                });
        List<String> archived = new ArrayList<>();
        List<Kind> kinds = new ArrayList<>(Kind.mirrored());
        if (policies.matchesDeals()) {
            kinds.add(Kind.DEAL);
        }
        for (Kind kind : kinds) {
            Map<String, PropertyDefinition> present = kind == Kind.CUSTOMER ? ofCompanies : target.definitions(kind);
            Set<String> ours = BooksProperties.of(kind).stream()
                    .map(PropertyDefinition::name)
                    .collect(Collectors.toSet());
            present.keySet().stream()
                    .filter(name -> ours.contains(name) || name.equals(marker))
                    .sorted()
                    .forEach(name -> {
                        target.archiveProperty(kind, name);
                        archived.add(kind.target().slug() + "." + name);
                    });
        }
        return archived;
    }

    public AuditLog audit() {
        return audit;
    }

    public List<QuarantinedRecord> quarantine() {
        return ledger.quarantine();
    }

    /** Has the next run look up everything by its key. */
    public void rebuildLinks() {
        ledger.ask(Command.REBUILD_LINKS);
    }

    /**
     * Prolongs the lease if it is time.
     *
     * @throws SyncException if somebody else has it
     */
    public void checkLease() {
        ledger.keepLease();
    }

    /** See {@code SyncEngine.installation}. */
    public Optional<String> installation() {
        return Installation.known(ledger, fixedId(), installation, forgets);
    }

    /** By which an installation is known that cannot remember another. */
    private String fixedId() {
        return connectionOf(source.organizationId());
    }

    /** Has the next run take the account from whatever installation had it. */
    public void takeOver() {
        ledger.ask(Command.TAKE_OVER);
    }

    /** Says that the deletions which wait for a decision are meant; the next run carries them out. */
    public long approveDeletions() {
        long waiting = ledger.queued(Work.DELETION);
        if (waiting > 0) {
            ledger.ask(Command.APPROVE_DELETIONS);
        }
        return waiting;
    }

    /** Says that another mapping is meant; answers how many records it may rewrite, as the last run has found. */
    public long approveRemap() {
        Map<String, String> last = ledger.checkpoint(RunRecord.LAST);
        long records = RunRecord.remapToApprove(last);
        if (records > 0) {
            ledger.ask(Command.APPROVE_REMAP, RunRecord.mappingToApprove(last));
        }
        return records;
    }

    /** If the run before this one was stopped in the middle, a call of it may still be on its way. */
    private void begin(String runId) {
        Lease lease = tenure.begin().orElseThrow(EngineCore::busy);
        ledger.begin(runId);
        if (lease.takenOver()) {
            Recovery.noteTakeover(ledger, time.now());
            pause(time, target.longestAttempt());
        }
    }

    /** Takes the lease for something else than a run. */
    private void alone() {
        Lease given = tenure.begin().orElseThrow(EngineCore::busy);
        if (given.takenOver()) {
            Recovery.noteTakeover(store, given);
        }
    }

    private static SyncException busy() {
        return new SyncException(
                "sync.busy",
                "Another process works on this connection.",
                "Wait until it has ended; a process that was stopped is followed when its lease has ended.");
    }

    static void pause(TimeSource time, Duration duration) {
        try {
            time.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SyncException("sync.interrupted", "The run was interrupted while it waited.", "Run again.");
        }
    }

    /** What the account could not do yet it may be able to do a day later. */
    private boolean mayBeMore(Prepared known, Instant now) {
        return Duration.between(preparedAt, now).compareTo(PREPARED_FOR) >= 0
                && (!known.off().isEmpty() || known.lacksProperties() || ledger.waitsForAccount());
    }

    private String randomId() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Status status(
            Scope scope,
            Tally tally,
            @Nullable Problem problem,
            @Nullable Instant resumesAt,
            long pending,
            boolean stopped) {
        if (problem != null && tally.isEmpty()) {
            return Status.FAILED;
        }
        if (!tally.decisionsNeeded().isEmpty() || tally.remap() > 0) {
            return Status.DECISION_NEEDED;
        }
        if (scope == Scope.REQUESTS) {
            boolean done = problem == null && resumesAt == null && !stopped && !tally.hasQuarantined();
            return done ? Status.COMPLETE : Status.PARTIAL;
        }
        boolean owes = stopped
                || pending > 0
                || ledger.quarantined() > 0
                || ledger.queued(Work.DELETION) > 0
                || ledger.queued(Work.STATUS) > 0
                || ledger.queued(Work.ROLL_UP) > 0
                || ledger.queued(Work.DEAL) > 0
                || ledger.queued(Work.PAIRS) > 0;
        return problem != null || resumesAt != null || owes ? Status.PARTIAL : Status.COMPLETE;
    }

    private static Map<String, String> names(Map<Kind, String> off) {
        Map<String, String> names = new LinkedHashMap<>();
        off.forEach((kind, reason) -> names.put(kind.stream(), reason));
        return names;
    }
}
