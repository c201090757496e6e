package io.ledgerbridge.sync;

import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.sync.SyncPlan.Depth;
import io.ledgerbridge.sync.internal.EngineCore;
import io.ledgerbridge.sync.internal.HubSpotTargetWriter;
import io.ledgerbridge.sync.internal.Kind;
import io.ledgerbridge.sync.internal.Policies;
import io.ledgerbridge.sync.internal.SourceId;
import io.ledgerbridge.sync.internal.TrialTarget;
import io.ledgerbridge.sync.internal.ZohoSourceReader;
import io.ledgerbridge.sync.spi.DealMatcher;
import io.ledgerbridge.sync.spi.SecretCipher;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooks;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one HubSpot account in step with one organisation of Zoho Books. Make one per connection and keep it; runs of one
 * engine follow each other, whoever asks. The clients stay the caller's to close.
 *
 * <pre>{@code
 * SyncEngine engine = SyncEngine.builder(zoho, hubspot).store(SyncStore.inMemory()).build();
 * SyncReport report = engine.run();
 * }</pre>
 */
public final class SyncEngine {

    /** How long a connection stays reserved for a process that has stopped, unless calls may take very long. */
    public static final Duration DEFAULT_LEASE = Duration.ofMinutes(5);

    private final EngineCore core;
    private final Duration lease;
    private final HubSpotTargetWriter target;
    private volatile @Nullable EngineCore trial;

    private SyncEngine(Builder builder) {
        target = new HubSpotTargetWriter(builder.hubspot.checkedBy(this::checkLease));
        lease = builder.leaseFor(target.longestAttempt());
        core = new EngineCore(
                new ZohoSourceReader(builder.zoho),
                target,
                builder.store,
                builder.time,
                builder.random,
                builder.listener,
                new Policies(
                        builder.deletions,
                        builder.voids,
                        builder.match,
                        builder.lost,
                        builder.sweepEvery,
                        builder.readBackEvery,
                        builder.recheckAfter,
                        builder.keepAuditFor,
                        builder.mapping,
                        builder.selection,
                        builder.deals),
                builder.cipher,
                lease,
                builder.connection,
                builder.installation);
    }

    /** Right before each call to HubSpot: a call may have waited so long that somebody else works on the connection by now. */
    private void checkLease() {
        EngineCore working = trial;
        (working == null ? core : working).checkLease();
    }

    /**
     * An engine between two clients.
     *
     * @param hubspot make it with {@link HubSpot.Builder#background}, so that the account's other tools keep their calls
     */
    public static Builder builder(ZohoBooks zoho, HubSpot hubspot) {
        return new Builder(zoho, hubspot);
    }

    /**
     * Brings HubSpot up to date. Returns when everything is done, or when the day's calls of Zoho Books or HubSpot are spent;
     * what went wrong stands in the report. While HubSpot's are spent, a run makes no call at all.
     */
    public SyncReport run() {
        return core.run(null);
    }

    /** For the service: a run that ends before its next batch when it is told so. */
    SyncReport run(BooleanSupplier stop) {
        return core.run(null, stop);
    }

    /**
     * Works on what webhooks have told and on what was asked for single records, and reads no list; before the first sync it is as
     * {@link #run()}.
     */
    public SyncReport runRequests() {
        return core.carryOutRequests(() -> false);
    }

    /** For the service. */
    SyncReport runRequests(BooleanSupplier stop) {
        return core.carryOutRequests(stop);
    }

    /** When all lists of Zoho Books were last read as far as they had to be, by whatever process; empty if never. */
    public Optional<Instant> lastPass() {
        return core.lastPass();
    }

    /** As {@link #run()}, but begins no further detail after this time; the rest is pending for the next run. */
    public SyncReport runFor(Duration limit) {
        return core.run(Builder.positive("the time for a run", limit));
    }

    /**
     * Asks a run that is on its way to stop before its next batch; it returns what it has done. Nothing is lost: the next run goes
     * on there. Without a run nothing happens.
     */
    public void stop() {
        core.stop();
    }

    /**
     * How long to wait between runs, so that looking for changes takes a tenth of the day's calls of Zoho Books, as far as its
     * limit is known: six minutes with 10,000 calls a day, an hour with 1,000, five minutes at least.
     */
    public Duration pollingInterval() {
        return core.pollingInterval();
    }

    /** The name of this engine's connection in the store, in reports and in logs. */
    public String connection() {
        return core.connection();
    }

    /** After this time at the latest a connection can be followed whose process was lost. */
    Duration lease() {
        return lease;
    }

    static String validName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,79}")) {
            throw new IllegalArgumentException("the name of a connection has 1 to 80 letters, digits, dots, hyphens and"
                    + " underscores, but was '" + name + "'");
        }
        return name;
    }

    static String connectionOf(ZohoBooks zoho) {
        return EngineCore.connectionOf(zoho.organizationId());
    }

    /** The id of this installation; empty if none was set and the first run has not made one yet. */
    public Optional<String> installation() {
        return core.installation();
    }

    /** How the connection stands, as its store knows it, whatever process has worked on it. Costs no call. */
    public SyncStatus status() {
        return core.status();
    }

    /** What was decided, when and why. */
    public AuditTrail audit() {
        return new AuditTrail(core.audit());
    }

    /** The records that could not be written. */
    public List<QuarantinedRecord> quarantine() {
        return core.quarantine();
    }

    /**
     * Writes records once more, and reads no list: see {@link Replay}. What it did with them stands in its report; a record that Zoho Books
     * does not have is left as it is, and the report says so. Details that wait for other reasons stay pending.
     *
     * <p>What could not be done now, because another process works on the connection or the day's calls are spent, is done first in the next
     * run of whatever process.
     */
    public SyncReport replay(Replay replay) {
        return core.replay(replay.choose(this), replay.isFromPayload(), replay.isForced());
    }

    /**
     * Erases what is personal of a customer who wants to be forgotten: links, queue, quarantine and the payloads of the audit trail lose
     * everything of the customer, its persons, invoices and payments. The trail stays verifiable. The customer is not synced from then on;
     * runs report it as skipped: erased. As with {@link #replay}, what cannot be done now is done in the next run.
     *
     * @param customerId in Zoho Books
     * @param archive whether HubSpot's records of all that are archived; otherwise they stay as they are, and may be archived by asking
     *     again. What HubSpot refuses to archive, such as a paid invoice, the report names
     */
    public SyncReport erase(String customerId, boolean archive) {
        return core.erase(customerId, archive);
    }

    /**
     * Finds what a run would do, and does none of it: nothing is written to HubSpot, and the store stays as it is, but for details that were
     * fetched, which are kept for the next run. Runs of this connection wait meanwhile.
     *
     * @param entries takes each thing that would be done, as it is found; they are not kept
     */
    public SyncPlan plan(Depth depth, Consumer<PlannedChange> entries) {
        synchronized (core) {
            TrialTarget pretended = new TrialTarget(target);
            EngineCore trying = core.onTrial(pretended, depth, entries);
            trial = trying;
            try {
                return trying.plan(depth);
            } finally {
                trial = null;
            }
        }
    }

    /**
     * Writes what was planned, as far as it is still so: of records whose source, or what was written of them, is another by now, the report
     * says that they have moved, and nothing is written. Each record costs a call of Zoho Books, by which it is seen. What
     * is planned of lines and persons is written with their invoice and their customer. Lists are not read.
     */
    public SyncReport apply(Collection<PlannedChange> planned) {
        return core.apply(planned.stream().filter(PlannedChange::isChange).toList());
    }

    /** Another text where the same source would be written otherwise. */
    String fingerprint() {
        return core.fingerprint();
    }

    Instant now() {
        return core.now();
    }

    /**
     * Compares both sides, as accountants do, and says of each difference why it is there. Writes nothing. Costs a call of Zoho Books per
     * 200 customers, invoices and payments, and one per customer whose outstanding amount its invoices do not explain; and of HubSpot one
     * per 100 records. Runs of this connection wait meanwhile.
     *
     * @throws SyncException if another process works on the connection, or the day's calls are spent
     */
    public Reconciliation reconcile() {
        return core.reconcile();
    }

    /**
     * Makes differences vanish: what was changed, deleted or not fetched is written once more, as by {@link #replay}; a foreign duplicate is
     * archived in HubSpot. Those that are not {@linkplain Reconciliation.Difference#isRepairable() repairable} are left alone.
     */
    public SyncReport repair(Collection<Reconciliation.Difference> chosen) {
        Set<SourceId> records = new LinkedHashSet<>();
        Map<Kind, List<String>> duplicates = new EnumMap<>(Kind.class);
        for (Reconciliation.Difference difference : chosen) {
            Kind kind = Kind.ofStream(difference.stream());
            if (difference.cause() == Reconciliation.Cause.FOREIGN_DUPLICATE) {
                duplicates.computeIfAbsent(kind, key -> new ArrayList<>()).add(difference.target());
            } else if (difference.isRepairable()) {
                records.add(new SourceId(kind, difference.record()));
            }
        }
        return core.repair(records, duplicates);
    }

    /**
     * Moves the properties that syncs have made in HubSpot to its recycle bin, with what records have in them; for a connection that ends
     * for good. HubSpot keeps them there for 90 days. The records stay.
     *
     * @return the properties, as {@code companies.zoho_books_key}
     * @throws SyncException if another organisation is kept in step with this account as well, which needs them
     */
    public List<String> archiveProperties() {
        return core.archiveProperties();
    }

    /**
     * To be called after the store was restored from a backup: the next run looks up every record of HubSpot by its key, and
     * writes what is not of the version that Zoho Books has. It reads all lists of Zoho Books once, and details only where the version
     * differs. A store that is empty needs no such call: its first run does the same.
     */
    public void rebuildLinks() {
        core.rebuildLinks();
    }

    /**
     * Has the next run take the HubSpot account from another installation that keeps it in step with the same organisation; see
     * {@link Builder#installation}. It is then looked up and compared as after {@link #rebuildLinks}. Stop the other one before: it
     * is turned away when it starts the next time, and not earlier.
     */
    public void takeOver() {
        core.takeOver();
    }

    /**
     * Says that deletions which a run holds back because they are so many ({@link SyncReport#deletionsToApprove}) are meant. The
     * next run carries them out by the policy, each after Zoho Books has confirmed it.
     *
     * @return how many deletions wait
     */
    public long approveDeletions() {
        return core.approveDeletions();
    }

    /**
     * Says that another mapping is meant which the last run has held back because it may write more than 5 % of the records anew
     * ({@link SyncReport#remapToApprove}). The next runs do so: what rows of lists tell at once, what only details tell as backlog, one call
     * each. If they find yet another mapping, that one waits again.
     *
     * @return how many records at most; 0 if nothing waits
     */
    public long approveRemap() {
        return core.approveRemap();
    }

    /** Collects what an engine is made of; everything but the clients has a default. */
    public static final class Builder {
        private final ZohoBooks zoho;
        private final HubSpot hubspot;
        private SyncStore store = SyncStore.inMemory();
        private TimeSource time = TimeSource.system();
        private RandomGenerator random = new SecureRandom();
        private SecretCipher cipher = SecretCipher.none();
        private SyncListener listener = SyncListener.NONE;
        private @Nullable Duration lease;
        private DeletionPolicy deletions = DeletionPolicy.MARK;
        private DeletionPolicy voids = DeletionPolicy.MARK;
        private MatchPolicy match = MatchPolicy.none();
        private LostRecordPolicy lost = LostRecordPolicy.RECREATE;
        private Duration sweepEvery = Duration.ofDays(7);
        private Duration readBackEvery = Duration.ofDays(30);
        private Duration recheckAfter = Duration.ofHours(24);
        private Duration keepAuditFor = Duration.ofDays(400);
        private Mapping mapping = Mapping.defaults();
        private Selection selection = Selection.everything();
        private DealMatcher deals = DealMatcher.none();
        private String connection = "";
        private String installation = "";

        private Builder(ZohoBooks zoho, HubSpot hubspot) {
            this.zoho = zoho;
            this.hubspot = hubspot;
        }

        /** Where links, queue and checkpoints are kept; by default {@link SyncStore#inMemory()}, which forgets them. */
        public Builder store(SyncStore store) {
            this.store = store;
            return this;
        }

        /**
         * Name of the connection in the store, in reports and in logs: letters, digits, dots, hyphens and underscores, 80 at most.
         * {@code zoho-} and the organisation's id by default; another is needed where one store holds two connections of the same
         * organisation.
         */
        public Builder connection(String name) {
            this.connection = validName(name);
            return this;
        }

        /** The clock; it should be the clients' too. */
        public Builder timeSource(TimeSource time) {
            this.time = time;
            return this;
        }

        /**
         * Seals the key of the audit trail in the store. Without one, which is the default, each process has a key of its own: what
         * earlier processes have entered stays a chain, but its seals cannot be checked any more.
         */
        public Builder cipher(SecretCipher cipher) {
            this.cipher = cipher;
            return this;
        }

        /**
         * How long entries of the audit trail and reports of runs are kept: 400 days by default. Of runs that found nothing only the latest
         * is kept, whatever this says.
         */
        public Builder keepAuditFor(Duration time) {
            this.keepAuditFor = positive("the time for which the audit trail is kept", time);
            return this;
        }

        /** Where run ids and the key of the audit trail come from; by default a source that nobody can guess. */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /**
         * For how long a run reserves the connection at a time; while it works, it prolongs this whenever a third is over. After a
         * process was stopped, its connection is free when the time is over: five minutes by default. One and a half times as long
         * as an attempt of a call to HubSpot at least ({@link HubSpot#longestAttempt}), so that none outlives it.
         */
        public Builder lease(Duration lease) {
            this.lease = positive("the lease", lease);
            return this;
        }

        private Duration leaseFor(Duration longestAttempt) {
            Duration shortest = longestAttempt.multipliedBy(3).dividedBy(2);
            if (lease == null) {
                return shortest.compareTo(DEFAULT_LEASE) < 0 ? DEFAULT_LEASE : shortest;
            }
            if (lease.compareTo(shortest) < 0) {
                throw new IllegalArgumentException("the lease must be " + shortest
                        + " or longer, since a call to HubSpot may take " + longestAttempt + ", but was " + lease);
            }
            return lease;
        }

        /** What becomes of records that were deleted in Zoho Books; by default they are marked. */
        public Builder whenDeleted(DeletionPolicy policy) {
            this.deletions = policy;
            return this;
        }

        /** What becomes of invoices that were voided in Zoho Books; by default they are marked, which is: voided. */
        public Builder whenVoided(DeletionPolicy policy) {
            this.voids = policy;
            return this;
        }

        /** What becomes of records that were deleted in HubSpot; by default they are made again. */
        public Builder whenLost(LostRecordPolicy policy) {
            this.lost = policy;
            return this;
        }

        /** Which records are synced; all by default. */
        public Builder select(Selection selection) {
            this.selection = selection;
            return this;
        }

        /**
         * Which deals invoices belong to: they and their payments are associated with the deal, which gets figures. None by default. Needs the
         * scopes to write deals and to define their properties.
         */
        public Builder deals(DealMatcher matcher) {
            this.deals = matcher;
            return this;
        }

        /** Which companies that were in HubSpot before are taken for customers; none by default. */
        public Builder adoptCompanies(MatchPolicy policy) {
            this.match = policy;
            return this;
        }

        /**
         * Time between two complete scans of the lists, which find deletions and whatever else was missed; a week by default.
         * Each costs one call per 200 records.
         */
        public Builder sweepEvery(Duration time) {
            this.sweepEvery = positive("the time between two sweeps", time);
            return this;
        }

        /**
         * Time between two looks at whether all records are still in HubSpot; thirty days by default. Each costs one call of
         * HubSpot per 100 records.
         */
        public Builder readBackEvery(Duration time) {
            this.readBackEvery = positive("the time between two read-backs", time);
            return this;
        }

        /**
         * When to compare once more what a process was writing that did not end properly: 24 hours after it was followed, by default. A
         * process that was stopped, and goes on, may still send one call.
         */
        public Builder recheckAfter(Duration time) {
            this.recheckAfter = positive("the time until records are compared once more", time);
            return this;
        }

        private static Duration positive(String what, Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException(what + " must be positive, but was " + time);
            }
            return time;
        }

        /**
         * The id of this installation, up to 100 characters without spaces. The first installation that keeps an account in step
         * with an organisation leaves its id in HubSpot (description of the company property
         * {@code zoho_books_installation_{organization}}), and others are turned away with the problem
         * {@code hubspot.installation}.
         *
         * <p>By default an id is made once and kept in the store. Set it to the one that the problem names if the store was lost;
         * call {@link SyncEngine#takeOver} if another installation shall follow. {@link SyncStore#inMemory} has a fixed id for each
         * organisation, and gives way to every installation that can remember.
         */
        public Builder installation(String id) {
            if (!id.matches("\\S{1,100}")) {
                throw new IllegalArgumentException(
                        "the id of an installation has 1 to 100 characters and no spaces, but was '" + id + "'");
            }
            this.installation = id;
            return this;
        }

        /** Which values HubSpot gets, and who owns them; {@link Mapping#defaults} by default. */
        public Builder mapping(Mapping mapping) {
            this.mapping = mapping;
            return this;
        }

        /** Hears how runs get on. */
        public Builder listener(SyncListener listener) {
            this.listener = listener;
            return this;
        }

        /** @throws IllegalArgumentException if the lease is too short for the calls of the HubSpot client */
        public SyncEngine build() {
            return new SyncEngine(this);
        }
    }
}
