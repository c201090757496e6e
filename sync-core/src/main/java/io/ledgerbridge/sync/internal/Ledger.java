package io.ledgerbridge.sync.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.QuarantinedRecord;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.CommitResult;
import io.ledgerbridge.sync.spi.SyncStore.Delete;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.sync.spi.SyncStore.RowId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the rows of one connection into records and back. */
public final class Ledger {

    private static final String LINK = "link";
    static final String QUEUE = "queue";
    static final String QUARANTINE = "quarantine";
    static final String CHECKPOINT = "checkpoint";
    private static final String SENDING = "sending";
    private static final String RECHECK = "recheck";
    private static final String FACT = "fact";
    private static final String INBOX = "inbox";
    private static final String DELIVERY = "delivery";
    private static final String FORMER = "former";
    /** Between a record, whose it was, and its id in HubSpot. */
    private static final String OF = "@";

    private static final String TARGET = "target";
    private static final String LINES_BEFORE = "lines";
    private static final String SKIP = "skip";
    private static final String RUN = "run";
    private static final String LINES = "lines";
    private static final String WORK = "work";
    private static final String RELATION = "relation";

    /** What the queue holds. */
    public enum Work {
        /** A record whose detail is to be fetched. */
        DETAIL,
        /** Association pairs that are to be written. */
        PAIRS,
        /** An invoice whose status is to be written and read back. */
        STATUS,
        /** A customer whose company figures are to be computed. */
        ROLL_UP,
        /** A deal whose figures are to be computed. */
        DEAL,
        /** A detail that can wait for calls that would expire; the order says until when. */
        DEFERRED,
        /** A detail that planning has fetched. */
        FETCHED,
        /** A record that is gone from the source. */
        DELETION,
        /** A quarantined record that is tried again by itself; the order says when. */
        RETRY
    }

    /** What somebody has asked the next run to do. */
    public enum Command {
        APPROVE_DELETIONS,
        APPROVE_REMAP,
        REBUILD_LINKS,
        TAKE_OVER
    }

    /**
     * What is remembered of a credit note.
     *
     * @param revenue what it takes from its customer's revenue, in base currency
     * @param applied amounts by the id of the invoice
     */
    public record CreditNoteFact(
            String id, String customerId, String stamp, String revenue, Map<String, String> applied) {

        static CreditNoteFact unread(String id, String customerId, String stamp) {
            return new CreditNoteFact(id, customerId, stamp, "0", Map.of());
        }

        CreditNoteFact withStamp(String newStamp) {
            return new CreditNoteFact(id, customerId, newStamp, revenue, applied);
        }
    }

    /**
     * One entry of the queue.
     *
     * @param id unique within the work
     * @param priority sorts before the id
     * @param body what the work needs
     */
    public record Entry(Work work, String id, String priority, Map<String, List<String>> body) {
        String rowId() {
            return work + "/" + id;
        }

        /** Of work on one source record. */
        Kind kind() {
            return Kind.valueOf(id.substring(0, id.indexOf('/')));
        }

        String sourceId() {
            return id.substring(id.indexOf('/') + 1);
        }

        List<String> part(String name) {
            return body.getOrDefault(name, List.of());
        }
    }

    /**
     * A record that could not be written, until its source changes, or until it is tried again by itself.
     *
     * @param next what to do about it
     * @param payload the values that should have been written
     * @param attempts how often it was tried by itself
     * @param again when it is tried by itself; empty if only a change of the source may help
     * @param needs what the account must have first; empty if that is not the reason
     * @param origin whose detail brings it once more
     */
    public record Quarantined(
            Kind kind,
            String sourceId,
            String stamp,
            String reason,
            String next,
            Map<String, String> payload,
            int attempts,
            String again,
            String needs,
            String origin) {

        /** Until the source changes. */
        static Quarantined of(Link link, String reason, String next, Map<String, String> payload, String needs) {
            return new Quarantined(
                    link.kind(), link.sourceId(), link.stamp(), reason, next, payload, 0, "", needs, link.origin());
        }

        boolean isDue(Instant now) {
            return !again.isEmpty() && again.compareTo(Times.sortable(now)) <= 0;
        }
    }

    /** What a request is about. */
    enum Asked {
        /** Records that shall be written once more. */
        REPLAY,
        /** A customer of whom nothing personal shall be kept. */
        ERASE,
        /** Records of others in HubSpot that look like ours. */
        ARCHIVE_DUPLICATES,
        /** What was planned, as far as it is still so. */
        APPLY,
        /** Something that a webhook has told; it has rows of its own. */
        DELIVERY
    }

    /**
     * What somebody wants done with certain records.
     *
     * @param id of its row
     * @param version of its row; if it was asked for once more meanwhile, it stays
     */
    record Request(Asked asked, String id, Map<String, List<String>> body, long version) {
        List<String> part(String name) {
            return body.getOrDefault(name, List.of());
        }

        boolean has(String name) {
            return body.containsKey(name);
        }
    }

    /**
     * A record of which a call to HubSpot is, or may be, on its way.
     *
     * @param origin whose detail brings it once more, as {@code KIND/id}
     * @param customer whose it is; null in rows of earlier versions
     * @param mark what it would be known by among the children of its parent; null where its key is unique
     * @param parent id of the record under which it would be made; null as well
     * @param at when it was sent; null as well
     */
    public record Sending(
            Kind kind,
            String sourceId,
            String origin,
            @Nullable String customer,
            @Nullable String mark,
            @Nullable String parent,
            @Nullable String at) {
        static Sending of(Link link) {
            return new Sending(link.kind(), link.sourceId(), link.origin(), link.customerId(), null, null, null);
        }

        static String toJson(List<Sending> records) {
            return records.stream()
                    .map(record -> new JsonText()
                            .field("kind", record.kind.name())
                            .field("sourceId", record.sourceId)
                            .field("origin", record.origin)
                            .field("customer", record.customer)
                            .field("mark", record.mark)
                            .field("parent", record.parent)
                            .field("at", record.at)
                            .end())
                    .collect(Collectors.joining(",", "[", "]"));
        }

        Sending under(String newMark, @Nullable String newParent, Instant now) {
            return new Sending(kind, sourceId, origin, customer, newMark, newParent, now.toString());
        }
    }

    // Shared by all connections: adapters are large.
    private static final Moshi MOSHI = new Moshi.Builder().build();
    private static final JsonAdapter<Map<String, List<String>>> ENTRIES = MOSHI.adapter(
            Types.newParameterizedType(Map.class, String.class, Types.newParameterizedType(List.class, String.class)));
    private static final JsonAdapter<Quarantined> QUARANTINES = MOSHI.adapter(Quarantined.class);
    private static final JsonAdapter<Map<String, String>> CHECKPOINTS =
            MOSHI.adapter(Types.newParameterizedType(Map.class, String.class, String.class));
    private static final JsonAdapter<List<Sending>> SENDINGS =
            MOSHI.adapter(Types.newParameterizedType(List.class, Sending.class));
    private static final JsonAdapter<CreditNoteFact> CREDIT_NOTES = MOSHI.adapter(CreditNoteFact.class);

    private final SyncStore store;
    private final String connection;
    private final Tenure tenure;
    private final AuditLog audit;
    private final Supplier<Instant> recheckAt;
    private String runId = "";
    private final RecentLinks recent = new RecentLinks();
    private final QuarantineIndex quarantine;
    private final RunMemory memory;
    private long batches;
    /** What somebody had asked for when the run began, the newest last. */
    private final List<Request> requests = new ArrayList<>();
    /** What the present run knows that it was asked for, with the versions of the rows. */
    private final Map<Command, Row> commands = new ConcurrentHashMap<>();

    /** @param recheckAt when to compare what is written now once more, if it may be too late */
    Ledger(SyncStore store, String connection, Tenure tenure, AuditLog audit, Supplier<Instant> recheckAt) {
        this.recheckAt = recheckAt;
        this.audit = audit;
        this.store = store;
        this.connection = connection;
        this.tenure = tenure;
        quarantine = new QuarantineIndex(store, connection);
        memory = new RunMemory(store, connection);
    }

    String connection() {
        return connection;
    }

    /** Prolongs the lease if it is time; to be called now and then where nothing is committed for long. */
    void keepLease() {
        tenure.current();
    }

    /** What is decided from now on belongs to this run, which has the lease. */
    void begin(String id) {
        runId = id;
        batches = 0;
        quarantine.forget();
        memory.begin();
        commands.clear();
        requests.clear();
        scan(Query.of(connection, INBOX), row -> {
            note(row);
            for (Asked asked : Asked.values()) {
                if (row.id().startsWith(asked + "/")) {
                    requests.add(new Request(asked, row.id(), Bodies.read(ENTRIES, row.body()), row.version()));
                }
            }
        });
        audit.begin();
    }

    /** A newer version may know more of them, which are left to it. */
    private void note(Row inbox) {
        for (Command command : Command.values()) {
            if (command.name().equals(inbox.id())) {
                commands.put(command, inbox);
            }
        }
    }

    /** The run gives its lease back. */
    void end() {
        memory.forget();
        recent.forget();
        quarantine.forget();
    }

    // Links

    Optional<Link> link(Kind kind, String sourceId) {
        return Optional.ofNullable(links(kind, List.of(sourceId)).get(sourceId));
    }

    /** Links by source id, as they are known for sure. */
    Map<String, Link> settledLinks(Kind kind, Collection<String> sourceIds) {
        Map<String, Link> links = links(kind, sourceIds);
        links.replaceAll((id, link) -> link.settled());
        return links;
    }

    /** Links by source id. */
    Map<String, Link> links(Kind kind, Collection<String> sourceIds) {
        Map<String, Link> found = new HashMap<>();
        store.find(
                        connection,
                        LINK,
                        sourceIds.stream().map(id -> linkId(kind, id)).toList())
                .forEach(row -> {
                    Link link = recent.read(row);
                    found.put(link.sourceId(), link);
                });
        return found;
    }

    List<Link> linksOfCustomer(Kind kind, String customerId) {
        return linksWhere(kind + ".customer", customerId);
    }

    /** Contacts that own one of these e-mail addresses. */
    Map<String, Link> ownersOfEmails(Collection<String> emails) {
        Map<String, Link> owners = new HashMap<>();
        for (String email : emails) {
            linksWhere("email", email).stream().findFirst().ifPresent(link -> owners.put(email, link));
        }
        return owners;
    }

    Optional<Link> byTarget(Kind kind, String targetId) {
        return linksWhere(kind + ".target", targetId).stream().findFirst();
    }

    /** Whether there is any link of the kind. */
    boolean hasLinks(Kind kind) {
        return !store.scan(Query.of(connection, LINK).where("kind", kind.name()), null, 1)
                .isEmpty();
    }

    /** Whether HubSpot has refused the status of any invoice. */
    boolean hasRefused() {
        Query refused = Query.of(connection, LINK).where("refused", Kind.INVOICE.name());
        return !store.scan(refused, null, 1).isEmpty();
    }

    /** Invoices of a customer that have this number. */
    List<Link> invoicesByNumber(String customerId, String number) {
        return linksWhere("number", customerId + "/" + number);
    }

    List<Link> invoicesOfDeal(String deal) {
        return linksWhere("deal", deal);
    }

    void forEachLink(Kind kind, Consumer<Link> consumer) {
        scan(
                Query.of(connection, LINK).where("kind", kind.name()),
                row -> consumer.accept(LinkReader.read(row.body())));
    }

    /**
     * Links of other records that may name this one in this relation. Customers may share a contact, so all of them are looked
     * at for one.
     */
    void forEachHolder(Relation relation, Link named, Consumer<Link> consumer) {
        Kind holder = relation.from() == named.kind() ? relation.to() : relation.from();
        if (relation == Relation.CONTACT_COMPANY) {
            if (named.kind() == Kind.CONTACT) {
                forEachLink(Kind.CUSTOMER, consumer);
            }
        } else if (named.kind() == Kind.CONTACT) {
            forEachLink(holder, consumer);
        } else if (named.kind() != Kind.LINE_ITEM && holder != Kind.CUSTOMER && holder != Kind.CONTACT) {
            String customer = named.kind() == Kind.CUSTOMER ? named.sourceId() : named.customerId();
            linksOfCustomer(holder, customer).forEach(consumer);
        }
    }

    /** How many records of the kind the source has, as far as is known. */
    long known(Kind kind) {
        return kind == Kind.CREDIT_NOTE
                ? store.count(Query.of(connection, FACT))
                : store.count(Query.of(connection, LINK).where("kind", kind.name()))
                        - store.count(Query.of(connection, LINK).where("gone", kind.name()));
    }

    // Credit notes

    Map<String, CreditNoteFact> creditNotes(Collection<String> ids) {
        Map<String, CreditNoteFact> found = new HashMap<>();
        store.find(connection, FACT, ids).forEach(row -> found.put(row.id(), Bodies.read(CREDIT_NOTES, row.body())));
        return found;
    }

    void forEachCreditNote(Consumer<CreditNoteFact> consumer) {
        scan(Query.of(connection, FACT), row -> consumer.accept(Bodies.read(CREDIT_NOTES, row.body())));
    }

    List<CreditNoteFact> creditNotesOfCustomer(String customerId) {
        List<CreditNoteFact> found = new ArrayList<>();
        scan(
                Query.of(connection, FACT).where("customer", customerId),
                row -> found.add(Bodies.read(CREDIT_NOTES, row.body())));
        return found;
    }

    private List<Link> linksWhere(String key, String value) {
        List<Link> found = new ArrayList<>();
        scan(Query.of(connection, LINK).where(key, value), row -> found.add(recent.read(row)));
        return found;
    }

    /** Forgets what it knows of HubSpot, and where the lists were read to: everything is looked up by its key again. */
    void doubtEverything() {
        for (Kind kind : Kind.mirrored()) {
            List<Link> links = new ArrayList<>();
            forEachLink(kind, link -> {
                if (link.targetId() != null && link.fact(Facts.GONE).isEmpty()) {
                    links.add(link);
                }
            });
            for (int from = 0; from < links.size(); from += Rows.PAGE) {
                Changes changes = changes();
                links.subList(from, Math.min(links.size(), from + Rows.PAGE))
                        .forEach(link -> changes.put(
                                kind == Kind.LINE_ITEM ? link.unsure() : link.withFacts(Map.of(Facts.MADE, "yes"))));
                changes.commit();
            }
        }
        Changes changes = changes();
        forEachLink(Kind.DEAL, deal -> changes.put(deal.unsure()).put(Deals.entry(deal.sourceId())));
        for (Kind kind : Kind.values()) {
            changes.forget(kind.stream());
        }
        changes.forget(SyncRun.DAY).commit();
    }

    // Queue

    List<Entry> queue(Work work, int limit) {
        return queued(WORK, work.name(), limit).stream()
                .map(row -> entry(work, row))
                .toList();
    }

    /** Entries of pairs of one relation. */
    List<Entry> owedPairs(Relation relation, int limit) {
        return queued(RELATION, relation.name(), limit).stream()
                .map(row -> entry(Work.PAIRS, row))
                .toList();
    }

    private List<Row> queued(String key, String value, int limit) {
        if (memory.isEmpty(key, value)) {
            return List.of();
        }
        List<Row> rows = store.scan(Query.of(connection, QUEUE).where(key, value), null, limit);
        if (rows.isEmpty() && limit > 0) {
            memory.sawEmpty(key, value);
        }
        return rows;
    }

    /** Entries whose order is smaller than this. */
    List<Entry> queuedBefore(Work work, String order, int limit) {
        return memory.isEmpty(WORK, work.name())
                ? List.of()
                : store.scan(queue(work).before(order), null, limit).stream()
                        .map(row -> entry(work, row))
                        .toList();
    }

    Optional<Entry> queueEntry(Work work, String id) {
        return store.find(connection, QUEUE, List.of(work + "/" + id)).stream()
                .findFirst()
                .map(row -> entry(work, row));
    }

    boolean isQueued(Entry entry) {
        return !store.find(connection, QUEUE, List.of(entry.rowId())).isEmpty();
    }

    long queued(Work work) {
        if (memory.isEmpty(WORK, work.name())) {
            return 0;
        }
        long entries = store.count(queue(work));
        if (entries == 0) {
            memory.sawEmpty(WORK, work.name());
        }
        return entries;
    }

    private Query queue(Work work) {
        return Query.of(connection, QUEUE).where(WORK, work.name());
    }

    private Entry entry(Work work, Row row) {
        return new Entry(
                work, row.id().substring(work.name().length() + 1), row.order(), Bodies.read(ENTRIES, row.body()));
    }

    // Checkpoints and quarantine

    Map<String, String> checkpoint(String name) {
        Row row = memory.checkpoint(name);
        return row == null ? Map.of() : Bodies.read(CHECKPOINTS, row.body());
    }

    static Row checkpointRow(String connection, String name, Map<String, String> values) {
        return Row.of(connection, CHECKPOINT, name, "", Map.of(), CHECKPOINTS.toJson(values));
    }

    /** Of a connection that no engine is there for. */
    static Optional<Map<String, String>> checkpoint(SyncStore store, String connection, String name) {
        return store.find(connection, CHECKPOINT, List.of(name)).stream()
                .findFirst()
                .map(row -> Bodies.read(CHECKPOINTS, row.body()));
    }

    Optional<Quarantined> quarantined(Kind kind, String sourceId) {
        String id = linkId(kind, sourceId);
        return !quarantine.has(id)
                ? Optional.empty()
                : store.find(connection, QUARANTINE, List.of(id)).stream()
                        .findFirst()
                        .map(row -> Bodies.read(QUARANTINES, row.body()));
    }

    /** Those that the detail of this record would bring once more. */
    List<Quarantined> quarantinedOf(Kind kind, String sourceId) {
        List<Quarantined> found = new ArrayList<>();
        if (!quarantine.isEmpty()) {
            scan(
                    Query.of(connection, QUARANTINE).where("origin", linkId(kind, sourceId)),
                    row -> found.add(Bodies.read(QUARANTINES, row.body())));
        }
        return found;
    }

    /** Whether a record waits for something that the account did not have. */
    boolean waitsForAccount() {
        return store.count(Query.of(connection, QUARANTINE).where("waits", "account")) > 0;
    }

    /** Those that wait for something that the account did not have. */
    List<Quarantined> quarantinedFor(String need) {
        List<Quarantined> found = new ArrayList<>();
        scan(
                Query.of(connection, QUARANTINE).where("needs", need),
                row -> found.add(Bodies.read(QUARANTINES, row.body())));
        return found;
    }

    /** Why records were skipped, as far as that was decided already. */
    Map<String, String> skipped(Kind kind, Collection<String> sourceIds) {
        Map<String, String> reasons = new HashMap<>();
        store.find(
                        connection,
                        SKIP,
                        sourceIds.stream().map(id -> linkId(kind, id)).toList())
                .forEach(row -> reasons.put(
                        row.id().substring(row.id().indexOf('/') + 1),
                        String.valueOf(row.keys().get("reason"))));
        return reasons;
    }

    /** Records of a customer that are skipped. */
    List<SourceId> skippedOf(String customerId) {
        List<SourceId> found = new ArrayList<>();
        scan(Query.of(connection, SKIP).where("customer", customerId), row -> found.add(SourceId.parse(row.id())));
        return found;
    }

    /**
     * A record that was linked once, and a customer's then.
     *
     * @param target its id in HubSpot; empty if that went with it to another customer, or there was none
     * @param lines that it had, if it is an invoice that another customer has now
     */
    record Former(SourceId record, String target, List<String> lines) {
        boolean isIn(Kind kind) {
            return record.kind() == kind && !target.isEmpty();
        }
    }

    /** What this customer had, and what has gone to others. */
    List<Former> formerOf(String customerId) {
        List<Former> found = new ArrayList<>();
        scan(Query.of(connection, FORMER).where("customer", customerId), row -> {
            Map<String, List<String>> body = Bodies.read(ENTRIES, row.body());
            found.add(new Former(
                    SourceId.parse(row.id().substring(0, row.id().indexOf(OF))),
                    String.join("", body.getOrDefault(TARGET, List.of())),
                    body.getOrDefault(LINES_BEFORE, List.of())));
        });
        return found;
    }

    private static String formerId(SourceId record, String customerId, String target) {
        return record + OF + customerId + OF + target;
    }

    /** The customers that a record in HubSpot was of once. */
    Set<String> formerOwners(Kind kind, String targetId) {
        return store.scan(Query.of(connection, FORMER).where(kind + ".target", targetId), null, Rows.PAGE).stream()
                .map(row -> row.id().split(OF, -1)[1])
                .collect(Collectors.toSet());
    }

    /** Whether a record in HubSpot was linked once. */
    boolean wasTarget(Kind kind, String targetId) {
        return !store.scan(Query.of(connection, FORMER).where(kind + ".target", targetId), null, 1)
                .isEmpty();
    }

    /** Ids of those of a kind. */
    List<String> quarantined(Kind kind) {
        List<String> ids = new ArrayList<>();
        scan(Query.of(connection, QUARANTINE), row -> {
            Quarantined one = Bodies.read(QUARANTINES, row.body());
            if (one.kind() == kind) {
                ids.add(one.sourceId());
            }
        });
        return ids;
    }

    /** Whether any record is in quarantine, as far as this run knows. */
    boolean anyQuarantined() {
        return !quarantine.isEmpty();
    }

    /** All of them, as people read them. */
    public List<QuarantinedRecord> quarantine() {
        List<QuarantinedRecord> all = new ArrayList<>();
        scan(Query.of(connection, QUARANTINE), row -> {
            Quarantined one = Bodies.read(QUARANTINES, row.body());
            all.add(new QuarantinedRecord(
                    one.kind().stream(),
                    one.sourceId(),
                    one.stamp(),
                    one.reason(),
                    one.next(),
                    one.payload(),
                    one.attempts(),
                    one.again().isEmpty() ? null : Instant.parse(one.again())));
        });
        return all;
    }

    long quarantined() {
        return store.count(Query.of(connection, QUARANTINE));
    }

    // How records are told apart

    /** Whether lines were made, or may have been, while nothing but their places told them apart. */
    boolean hasLinesWithoutKeys() {
        return !checkpoint(LINES).isEmpty()
                && (store.count(Query.of(connection, LINK).where("kind", Kind.LINE_ITEM.name())) > 0
                        || store.count(Query.of(connection, SENDING)) > 0);
    }

    /** Null means that it is not known now, since the kind is off. */
    void rememberLines(@Nullable Identity identity) {
        boolean known = !checkpoint(LINES).isEmpty();
        if (identity == Identity.POSITION && !known) {
            changes().checkpoint(LINES, Map.of(LINES, identity.name())).commit();
        } else if (identity != null && identity != Identity.POSITION && known) {
            changes().forget(LINES).commit();
        }
    }

    /** Whether anything is linked. */
    boolean hasLinks() {
        return !store.scan(Query.of(connection, LINK), null, 1).isEmpty();
    }

    // Commands

    /** Leaves a command for whoever runs next; a run of this process that comes to it later carries it out too. */
    void ask(Command command) {
        ask(command, Map.of());
    }

    /**
     * The same.
     *
     * @param about what it is about, which {@link #asked} answers
     */
    void ask(Command command, Map<String, String> about) {
        Row row = Row.of(connection, INBOX, command.name(), "", Map.of(), CHECKPOINTS.toJson(about));
        store.commit(new Commit(List.of(new Put(row, SyncStore.ANY)), List.of(), null));
        store.find(connection, INBOX, List.of(command.name())).forEach(this::note);
    }

    /**
     * Leaves a request for whoever runs next.
     *
     * @param id unique among requests of this sort; the same again takes its place
     */
    void ask(Asked asked, String id, Map<String, List<String>> body, Instant now) {
        ask(store, connection, asked, id, body, now);
    }

    /** The same for a connection that no engine is there for. */
    static void ask(
            SyncStore store, String connection, Asked asked, String id, Map<String, List<String>> body, Instant now) {
        Row row = Row.of(connection, INBOX, asked + "/" + id, Times.sortable(now), Map.of(), ENTRIES.toJson(body));
        store.commit(new Commit(List.of(new Put(row, SyncStore.ANY)), List.of(), null));
    }

    // What webhooks have told

    /** Keeps a delivery, in place of an earlier one about the same record. */
    static void deliver(
            SyncStore store, String connection, SourceId record, Map<String, List<String>> body, Instant now) {
        Row row = Row.of(connection, DELIVERY, record.toString(), Times.sortable(now), Map.of(), ENTRIES.toJson(body));
        store.commit(new Commit(List.of(new Put(row, SyncStore.ANY)), List.of(), null));
    }

    static boolean isDelivered(SyncStore store, String connection, SourceId record) {
        return !store.find(connection, DELIVERY, List.of(record.toString())).isEmpty();
    }

    /** The oldest deliveries. */
    List<Request> deliveries(int limit) {
        return store.scan(Query.of(connection, DELIVERY), null, limit).stream()
                .map(row -> new Request(Asked.DELIVERY, row.id(), Bodies.read(ENTRIES, row.body()), row.version()))
                .toList();
    }

    /** Forgets deliveries about a customer, whoever may have brought them, and details that planning has fetched. */
    void forgetBodies(Set<SourceId> records, String customerId) {
        List<Request> told = new ArrayList<>();
        scan(Query.of(connection, DELIVERY), row -> {
            Request delivery = new Request(Asked.DELIVERY, row.id(), Bodies.read(ENTRIES, row.body()), row.version());
            boolean isTheirs = records.contains(SourceId.parse(row.id()))
                    || Deliveries.invoice(delivery)
                            .map(invoice -> invoice.customerId().equals(customerId))
                            .orElse(false);
            if (isTheirs) {
                told.add(delivery);
            }
        });
        taken(told);
        List<Entry> fetched = queue(Work.FETCHED, Rows.PAGE);
        while (!fetched.isEmpty()) {
            Changes changes = changes();
            fetched.forEach(changes::remove);
            changes.commit();
            fetched = queue(Work.FETCHED, Rows.PAGE);
        }
    }

    /** The request is done as it was found; if it was renewed meanwhile, it stays. */
    void doneIfSame(Request request) {
        requests.remove(request);
        RowId id = new RowId(connection, INBOX, request.id());
        store.commit(new Commit(List.of(), List.of(new Delete(id, request.version())), tenure.current()));
    }

    /**
     * What these deliveries told is committed. One that came again meanwhile stays.
     *
     * @return whether none has
     */
    boolean taken(List<Request> deliveries) {
        boolean all = true;
        for (Request delivery : deliveries) {
            RowId id = new RowId(connection, DELIVERY, delivery.id());
            CommitResult result =
                    store.commit(new Commit(List.of(), List.of(new Delete(id, delivery.version())), tenure.current()));
            if (result instanceof CommitResult.LeaseLost) {
                throw tenure.lost();
            }
            all &= result instanceof CommitResult.Done;
        }
        return all;
    }

    /** What was asked for before this run began. */
    List<Request> requests(Asked asked) {
        return requests.stream().filter(request -> request.asked() == asked).toList();
    }

    /** Whether somebody had left this command when the run began, or this process has since. */
    boolean isAsked(Command command) {
        return commands.containsKey(command);
    }

    /** What a command is about that somebody had left; empty if there is none. */
    Optional<Map<String, String>> asked(Command command) {
        return Optional.ofNullable(commands.get(command)).map(row -> Bodies.read(CHECKPOINTS, row.body()));
    }

    /** The command is carried out as it was found; the trail says so. If it was given again meanwhile, it stays. */
    void done(Command command, String reason) {
        AuditLog.Note note = AuditLog.Note.ofConnection(AuditEntry.Decision.COMMANDED, reason);
        commit(List.of(), List.of(), List.of(note));
        Row found = commands.remove(command);
        if (found != null) {
            RowId id = new RowId(connection, INBOX, command.name());
            store.commit(new Commit(List.of(), List.of(new Delete(id, found.version())), tenure.current()));
        }
    }

    /** A detail that was fetched outside of a run. */
    void keepFetched(Entry fetched) {
        Row row = Row.of(
                connection,
                QUEUE,
                fetched.rowId(),
                fetched.priority(),
                Map.of(WORK, fetched.work().name()),
                ENTRIES.toJson(fetched.body()));
        store.commit(new Commit(List.of(new Put(row, SyncStore.ANY)), List.of(), null));
    }

    // What is on its way

    /** The records of up to so many calls of which it is not known what HubSpot has, by the id of the call. */
    Map<String, List<Sending>> sending(int limit) {
        Map<String, List<Sending>> calls = new LinkedHashMap<>();
        store.scan(Query.of(connection, SENDING), null, limit)
                .forEach(row -> calls.put(row.id(), Bodies.read(SENDINGS, row.body())));
        return calls;
    }

    /**
     * Something to compare once more.
     *
     * @param version of its row; whoever adds the record meanwhile means another comparison
     */
    record Recheck(Sending what, long version) {}

    /** Records that a process may have changed late, whose time to be compared has come. */
    List<Recheck> toRecheck(Instant now, int limit) {
        return store.scan(Query.of(connection, RECHECK).before(Times.sortable(now)), null, limit).stream()
                .flatMap(row -> Bodies.read(SENDINGS, row.body()).stream().map(one -> new Recheck(one, row.version())))
                .toList();
    }

    /** These were compared, and what came of it is committed. If one was added again meanwhile, all of them stay. */
    void rechecked(List<Recheck> done) {
        List<Delete> deletes = done.stream()
                .map(one -> new Delete(
                        new RowId(connection, RECHECK, linkId(one.what.kind(), one.what.sourceId())), one.version))
                .toList();
        if (store.commit(new Commit(List.of(), deletes, tenure.current())) instanceof CommitResult.LeaseLost) {
            throw tenure.lost();
        }
    }

    Changes changes() {
        return new Changes();
    }

    private void commit(List<Put> puts, List<Delete> deletes, List<AuditLog.Note> notes) {
        List<Put> all = new ArrayList<>(puts);
        if (!notes.isEmpty()) {
            audit.rows(runId, notes).forEach(row -> all.add(new Put(row, SyncStore.ANY)));
        }
        if (!isDone(all, deletes)) {
            noteLate(puts);
            throw tenure.lost();
        }
        quarantine.committed(puts, deletes);
        memory.committed(puts, deletes);
        if (!notes.isEmpty()) {
            audit.committed();
        }
    }

    private boolean isDone(List<Put> puts, List<Delete> deletes) {
        Optional<Lease> lease = tenure.ifHeld();
        return lease.isPresent() && store.commit(new Commit(puts, deletes, lease.get())) instanceof CommitResult.Done;
    }

    /** Somebody else works here by now: what this process may have written after that is compared once more. */
    private void noteLate(List<Put> refused) {
        Instant due = recheckAt.get();
        List<Put> rechecks = refused.stream()
                .map(Put::row)
                .filter(row -> row.kind().equals(LINK))
                .map(row -> new Put(recheckRow(Sending.of(LinkReader.read(row.body())), due), SyncStore.ANY))
                .toList();
        if (!rechecks.isEmpty()) {
            store.commit(new Commit(rechecks, List.of(), null));
        }
    }

    private Row recheckRow(Sending record, Instant due) {
        return Row.of(
                connection,
                RECHECK,
                linkId(record.kind(), record.sourceId()),
                Times.sortable(due),
                Map.of(),
                Sending.toJson(List.of(record)));
    }

    // Retention

    /** Removes audit entries and reports of runs that are older than this, and says so in the trail. */
    void trimBefore(Instant oldest) {
        Row anchor = audit.anchorBefore(oldest);
        if (anchor != null) {
            AuditLog.Note note = AuditLog.Note.ofConnection(
                    AuditEntry.Decision.TRIMMED, "entries before " + oldest + " were removed");
            commit(List.of(new Put(anchor, SyncStore.ANY)), List.of(), List.of(note));
        }
        audit.trimBefore(oldest);
        Query runs = Query.of(connection, RUN).before(Times.sortable(oldest));
        while (store.trim(runs, Rows.PAGE) == Rows.PAGE) {
            // Page by page, so that no transaction becomes large.
        }
    }

    /** Takes what is personal out of the trail's entries on a record. */
    void redact(SourceId record) {
        tenure.current();
        audit.redact(record.kind().stream(), record.id());
    }

    private void scan(Query query, Consumer<Row> consumer) {
        Rows.forEach(store, query, consumer);
    }

    private static String linkId(Kind kind, String sourceId) {
        return kind + "/" + sourceId;
    }

    /** Collects what belongs together and commits it at once. */
    final class Changes {
        private final Map<RowId, Put> puts = new HashMap<>();
        private final Map<RowId, Delete> deletes = new HashMap<>();
        private final Map<String, Link> putLinks = new HashMap<>();
        private final List<AuditLog.Note> notes = new ArrayList<>();
        private final Map<String, Integer> lastNotes = new HashMap<>();

        /** The link as it is put already, or as it is in the store. */
        Link latest(Link stored) {
            return putLinks.getOrDefault(linkId(stored.kind(), stored.sourceId()), stored);
        }

        Changes put(Link link) {
            String id = linkId(link.kind(), link.sourceId());
            putLinks.put(id, link);
            Map<String, String> keys = new HashMap<>();
            keys.put("kind", link.kind().name());
            if (link.targetId() != null) {
                keys.put(link.kind() + ".target", link.targetId());
            }
            if (!link.fact(Facts.GONE).isEmpty()) {
                keys.put("gone", link.kind().name());
            }
            if (!link.customerId().isEmpty()) {
                keys.put(link.kind() + ".customer", link.customerId());
            }
            if (link.kind() == Kind.INVOICE && !link.fact(Facts.NUMBER).isEmpty()) {
                keys.put("number", link.customerId() + "/" + link.fact(Facts.NUMBER));
            }
            if (link.kind() == Kind.INVOICE && !link.fact(Facts.DEAL).isEmpty()) {
                keys.put("deal", link.fact(Facts.DEAL));
            }
            if (!link.fact(Facts.REFUSED).isEmpty()) {
                keys.put("refused", link.kind().name());
            }
            String email = link.fact(Facts.EMAIL);
            if (link.kind() == Kind.CONTACT && !email.isEmpty() && link.targetId() != null) {
                keys.put("email", email);
            }
            String body = link.toJson();
            if (link.kind() != Kind.LINE_ITEM) {
                // There are many lines, and a batch writes each once.
                recent.remember(id, body, link);
            }
            return put(LINK, id, "", keys, body);
        }

        Changes put(Entry entry) {
            Map<String, String> keys = new HashMap<>(Map.of(WORK, entry.work().name()));
            if (entry.work() == Work.PAIRS) {
                keys.put(RELATION, entry.part("relation").get(0));
            }
            return put(
                    QUEUE,
                    entry.rowId(),
                    entry.priority(),
                    keys,
                    entry.body().isEmpty() ? "{}" : ENTRIES.toJson(entry.body()));
        }

        Changes put(CreditNoteFact note) {
            return put(FACT, note.id(), "", Map.of("customer", note.customerId()), CREDIT_NOTES.toJson(note));
        }

        Changes removeCreditNote(String id) {
            return remove(FACT, id);
        }

        Changes remove(Entry entry) {
            return remove(QUEUE, entry.rowId());
        }

        Changes put(Quarantined quarantined) {
            Map<String, String> keys = new HashMap<>(Map.of("origin", quarantined.origin()));
            if (!quarantined.needs().isEmpty()) {
                keys.put("needs", quarantined.needs());
                keys.put("waits", "account");
            }
            String id = linkId(quarantined.kind(), quarantined.sourceId());
            return put(QUARANTINE, id, "", keys, QUARANTINES.toJson(quarantined));
        }

        Changes release(Kind kind, String sourceId) {
            String id = linkId(kind, sourceId);
            boolean isThere = quarantine.has(id) || puts.containsKey(new RowId(connection, QUARANTINE, id));
            return isThere ? remove(QUARANTINE, id) : this;
        }

        /** The request is done, or taken up, with these changes. */
        Changes taken(Request request) {
            requests.remove(request);
            return remove(INBOX, request.id());
        }

        /** Nothing is to be done with the record any more. */
        Changes unqueue(SourceId record) {
            remove(DELIVERY, record.toString());
            for (Work work : List.of(Work.DETAIL, Work.DEFERRED, Work.FETCHED, Work.DELETION, Work.RETRY)) {
                remove(new Entry(work, record.toString(), "", Map.of()));
            }
            if (record.kind() == Kind.INVOICE) {
                remove(Details.paymentsOf(record.id()));
                remove(Statuses.entry(record.id()));
            }
            return this;
        }

        /** The figures and the address of this customer are not to be written any more. */
        Changes unqueueRollUp(String customerId) {
            return remove(RollUps.entry(customerId)).remove(RollUps.entry(customerId, Map.of()));
        }

        /** Forgets a pair of records; that it was one of this customer's stays known, for when the customer is forgotten. */
        Changes removeLink(Link link) {
            SourceId record = new SourceId(link.kind(), link.sourceId());
            if (!link.customerId().isEmpty()) {
                former(record, link.customerId(), link.targetId() == null ? "" : link.targetId());
            }
            return remove(LINK, record.toString());
        }

        /** The record was this customer's, and is not known any more. */
        Changes former(SourceId record, String customerId, String targetId) {
            return putFormer(record, customerId, targetId, Map.of(TARGET, List.of(targetId)));
        }

        /** The record is another customer's from now on. */
        Changes moved(Link from) {
            return from.customerId().isEmpty()
                    ? this
                    : putFormer(
                            new SourceId(from.kind(), from.sourceId()),
                            from.customerId(),
                            "",
                            Map.of(LINES_BEFORE, from.children()));
        }

        private Changes putFormer(SourceId record, String customerId, String targetId, Map<String, List<String>> body) {
            return put(
                    FORMER,
                    formerId(record, customerId, targetId),
                    "",
                    targetId.isEmpty()
                            ? Map.of("customer", customerId)
                            : Map.of("customer", customerId, record.kind() + ".target", targetId),
                    ENTRIES.toJson(body));
        }

        Changes forget(Former former, String customerId) {
            return remove(FORMER, formerId(former.record(), customerId, former.target()));
        }

        /** Forgets a pair of records as if it had never been. */
        Changes forgetLink(SourceId record) {
            return remove(LINK, record.toString());
        }

        Changes checkpoint(String name, Map<String, String> values) {
            return put(CHECKPOINT, name, "", Map.of(), CHECKPOINTS.toJson(values));
        }

        /**
         * Notes at once that these records are being sent; the commit of what became of them ends it. If there is none, the next
         * run does not know what HubSpot has.
         */
        Changes sending(Collection<Link> records) {
            return onTheirWay(records.stream().map(Sending::of).toList());
        }

        /** As {@link #sending}, with what else is needed to find those again that are new. */
        Changes onTheirWay(List<Sending> records) {
            String id = nextBatch();
            Row row = sendingRow(id, records);
            Ledger.this.commit(List.of(new Put(row, SyncStore.ANY)), List.of(), List.of());
            return sent(id);
        }

        /** What became of the records of this call is known. */
        Changes sent(String call) {
            return remove(SENDING, call);
        }

        /** HubSpot did not say what became of it: the next run looks. */
        Changes stillOnItsWay(Sending record) {
            Row row = sendingRow(nextBatch(), List.of(record));
            return put(SENDING, row.id(), row.order(), row.keys(), row.body());
        }

        private String nextBatch() {
            return runId + "/" + ++batches;
        }

        private Row sendingRow(String id, List<Sending> records) {
            return Row.of(connection, SENDING, id, "", Map.of(), Sending.toJson(records));
        }

        /** Enters a decision into the audit trail, in the same commit. */
        Changes audit(
                Link link,
                AuditEntry.Decision decision,
                String correlationId,
                String reason,
                Map<String, AuditEntry.Change> changed) {
            lastNotes.put(linkId(link.kind(), link.sourceId()), notes.size());
            notes.add(new AuditLog.Note(
                    link.kind().stream(),
                    link.sourceId(),
                    link.targetId() == null ? "" : link.targetId(),
                    link.stamp(),
                    decision,
                    correlationId,
                    reason,
                    changed));
            return this;
        }

        /**
         * Enters what a record shall be associated with from now on: into the entry that tells of its last change in this
         * commit, else into one of its own.
         */
        Changes auditRelated(Link link, String stream, AuditEntry.Change change) {
            Integer last = lastNotes.get(linkId(link.kind(), link.sourceId()));
            if (last != null && notes.get(last).tellsOfChanges()) {
                notes.set(last, notes.get(last).with(stream, change));
                return this;
            }
            AuditEntry.Decision decision =
                    change.after().isEmpty() ? AuditEntry.Decision.SEPARATED : AuditEntry.Decision.ASSOCIATED;
            return audit(link, decision, "", "", Map.of(stream, change));
        }

        Changes audit(Link link, AuditEntry.Decision decision, String reason) {
            return audit(link, decision, "", reason, Map.of());
        }

        /** Enters something that concerns no single record. */
        Changes auditConnection(AuditEntry.Decision decision, String reason) {
            notes.add(AuditLog.Note.ofConnection(decision, reason));
            return this;
        }

        Changes forget(String checkpoint) {
            return remove(CHECKPOINT, checkpoint);
        }

        /** Remembers that the record is skipped, so that this is entered into the trail once. */
        Changes skip(Link link, String reason) {
            audit(link, AuditEntry.Decision.SKIPPED, reason);
            Map<String, String> keys = new HashMap<>(Map.of("reason", reason));
            if (!link.customerId().isEmpty()) {
                keys.put("customer", link.customerId());
            }
            return put(SKIP, linkId(link.kind(), link.sourceId()), "", keys, "{}");
        }

        /** The record is not skipped any more, or nothing shall tell of it. */
        Changes unskip(SourceId record) {
            return remove(SKIP, record.toString());
        }

        /** Keeps how a run went. */
        Changes putRun(String id, Instant at, Map<String, String> record) {
            return put(RUN, id, Times.sortable(at), Map.of(), CHECKPOINTS.toJson(record));
        }

        void commit() {
            if (!puts.isEmpty() || !deletes.isEmpty() || !notes.isEmpty()) {
                Ledger.this.commit(List.copyOf(puts.values()), List.copyOf(deletes.values()), notes);
            }
        }

        /** The record is read back and compared when the time has come. */
        Changes recheck(Sending record, Instant due) {
            Row row = recheckRow(record, due);
            return put(RECHECK, row.id(), row.order(), row.keys(), row.body());
        }

        private Changes put(String kind, String id, String order, Map<String, String> keys, String body) {
            RowId rowId = new RowId(connection, kind, id);
            deletes.remove(rowId);
            puts.put(rowId, new Put(Row.of(connection, kind, id, order, Map.copyOf(keys), body), SyncStore.ANY));
            return this;
        }

        private Changes remove(String kind, String id) {
            RowId rowId = new RowId(connection, kind, id);
            puts.remove(rowId);
            deletes.put(rowId, new Delete(rowId, SyncStore.ANY));
            return this;
        }
    }
}
