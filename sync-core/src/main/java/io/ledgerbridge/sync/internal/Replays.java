package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Asked;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Quarantined;
import io.ledgerbridge.sync.internal.Ledger.Request;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.sync.internal.Tally.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records that somebody wants to be written once more. What is to be read anew goes to the head of the queue, and is doubted when it was
 * read: until then nothing has changed, so that what the source has no more stays as it is.
 */
final class Replays {

    /** Sorts before every other detail. */
    static final String PRIORITY = "0";

    private static final int CHUNK = 100;

    private static final String RECORDS = "records";
    private static final String FROM_PAYLOAD = "fromPayload";
    private static final String FORCED = "forced";
    private static final String VERSIONS = "versions";
    private static final String KNOWN = "known ";
    private static final String PLANNED = "planned";
    private static final String MOVED =
            "it has moved since it was planned, so it was left as it is; plan again, or sync";
    private static final List<String> YES = List.of("true");

    /** Part of the entry of a detail: what is replayed with it. */
    private static final String REPLAYED = "replayed";

    private final Run run;
    private final RecordWriter writer;
    private final Pairs pairs;

    Replays(Run run, RecordWriter writer, Pairs pairs) {
        this.run = run;
        this.writer = writer;
        this.pairs = pairs;
    }

    /** The detail of a record at the head of the queue; what it was queued for before stays. */
    static Entry first(SourceId record, Optional<Entry> queued) {
        return new Entry(
                Work.DETAIL,
                record.toString(),
                PRIORITY,
                queued.map(Entry::body).orElse(Map.of()));
    }

    private Entry first(SourceId record, String purpose, List<String> what) {
        Entry before = first(record, run.ledger.queueEntry(Work.DETAIL, record.toString()));
        Map<String, List<String>> body = new HashMap<>(before.body());
        body.put(purpose, what);
        return new Entry(Work.DETAIL, before.id(), PRIORITY, body);
    }

    /** Whether somebody wants it as it is at the source now, whatever its stamp says. */
    static boolean isFirst(Entry entry) {
        return entry.priority().equals(PRIORITY);
    }

    static boolean isReplay(Entry entry) {
        return !entry.part(REPLAYED).isEmpty();
    }

    /**
     * How a request says what was planned.
     *
     * @param part a record with everything that is planned of it and of what comes with it
     */
    static Map<String, List<String>> body(List<PlannedPart> parts) {
        Map<String, List<String>> body = new HashMap<>();
        body.put(RECORDS, parts.stream().map(part -> part.origin().toString()).toList());
        body.put(VERSIONS, parts.stream().map(PlannedPart::version).toList());
        for (PlannedPart part : parts) {
            List<String> known = new ArrayList<>();
            part.known().forEach((record, digest) -> known.add(record + "=" + digest));
            body.put(KNOWN + part.origin(), known);
        }
        return body;
    }

    /**
     * A record that was planned.
     *
     * @param version of the source; empty if only what comes with it was planned
     * @param known digests of what was written last, by record
     */
    record PlannedPart(SourceId origin, String version, Map<SourceId, String> known) {}

    /** What was planned and is as it was goes to the head of the queue; the rest has moved. */
    private void takeUpPlanned() {
        for (Request request : run.ledger.requests(Asked.APPLY)) {
            List<String> origins = request.part(RECORDS);
            Changes changes = run.ledger.changes();
            changes.auditConnection(
                    AuditEntry.Decision.COMMANDED, "what was planned of " + origins.size() + " records is written");
            for (int i = 0; i < origins.size(); i++) {
                SourceId origin = SourceId.parse(origins.get(i));
                if (origin.kind() == Kind.LINE_ITEM || origin.kind() == Kind.CONTACT) {
                    skip(origin, "it is written with the record that it belongs to", changes);
                } else if (isAsPlanned(request.part(KNOWN + origin))) {
                    String version = request.part(VERSIONS).get(i);
                    changes.put(first(origin, PLANNED, version.isEmpty() ? List.of() : List.of(version)));
                    if (origin.kind() == Kind.CUSTOMER) {
                        changes.put(RollUps.entry(origin.id()));
                    }
                } else {
                    skip(origin, MOVED, changes);
                }
            }
            changes.taken(request).commit();
        }
    }

    private boolean isAsPlanned(List<String> known) {
        for (String one : known) {
            int equals = one.lastIndexOf('=');
            SourceId record = SourceId.parse(one.substring(0, equals));
            String now = run.ledger
                    .link(record.kind(), record.id())
                    .map(Link::digest)
                    .orElse("");
            if (!now.equals(one.substring(equals + 1))) {
                return false;
            }
        }
        return true;
    }

    /** Whether this was planned for another version than was read; then it is not written. */
    boolean hasMoved(Entry entry, String version) {
        List<String> planned = entry.part(PLANNED);
        // Who wants it replayed wants it as it is now.
        if (planned.isEmpty() || isReplay(entry) || planned.get(0).equals(version)) {
            return false;
        }
        Changes changes = run.ledger.changes().remove(entry);
        skip(SourceId.parse(entry.id()), MOVED, changes);
        changes.commit();
        return true;
    }

    /** How a request says which records, and how. */
    static Map<String, List<String>> body(List<SourceId> records, boolean fromPayload, boolean forced) {
        Map<String, List<String>> body = new HashMap<>();
        body.put(RECORDS, records.stream().map(SourceId::toString).toList());
        if (fromPayload) {
            body.put(FROM_PAYLOAD, YES);
        }
        if (forced) {
            body.put(FORCED, YES);
        }
        return body;
    }

    static boolean isPlanned(Entry entry) {
        return entry.body().containsKey(PLANNED);
    }

    /** Takes up what was asked before this run. */
    void takeUp() {
        takeUpPlanned();
        for (Request request : run.ledger.requests(Asked.REPLAY)) {
            List<SourceId> records =
                    request.part(RECORDS).stream().map(SourceId::parse).toList();
            Changes changes = run.ledger.changes();
            changes.auditConnection(
                    AuditEntry.Decision.COMMANDED,
                    records.size() + " records are replayed from "
                            + (request.has(FROM_PAYLOAD) ? "quarantine" : "Zoho Books")
                            + (request.has(FORCED) ? ", whatever is known of newer versions" : ""));
            if (request.has(FROM_PAYLOAD)) {
                writePayloads(records, request.has(FORCED));
            } else {
                queue(records, changes);
            }
            changes.taken(request).commit();
        }
    }

    private void queue(List<SourceId> records, Changes changes) {
        Map<SourceId, List<String>> byOrigin = new LinkedHashMap<>();
        for (SourceId record : records) {
            Optional<SourceId> origin = origin(record);
            if (origin.isPresent()) {
                byOrigin.computeIfAbsent(origin.get(), id -> new ArrayList<>()).add(record.toString());
            } else {
                skip(record, "nothing is known of it here; replay the record that it belongs to", changes);
            }
        }
        byOrigin.forEach((origin, replayed) -> changes.put(first(origin, REPLAYED, replayed)));
    }

    /** The record whose detail brings this one; empty if that is not known. */
    private Optional<SourceId> origin(SourceId record) {
        if (record.kind() != Kind.CONTACT && record.kind() != Kind.LINE_ITEM) {
            return Optional.of(record);
        }
        return run.ledger
                .link(record.kind(), record.id())
                .map(Link::origin)
                .or(() -> run.ledger.quarantined(record.kind(), record.id()).map(Quarantined::origin))
                .map(SourceId::parse);
    }

    /** The detail of this entry was read: what HubSpot has of it, and of what comes with it, does not count any more. */
    void begin(Entry entry) {
        Changes changes = run.ledger.changes();
        SourceId origin = SourceId.parse(entry.id());
        for (String name : entry.part(REPLAYED)) {
            SourceId record = SourceId.parse(name);
            run.ledger.link(record.kind(), record.id()).ifPresent(link -> doubt(link, changes));
            release(record, changes);
        }
        if (entry.part(REPLAYED).contains(entry.id())) {
            run.ledger
                    .quarantinedOf(origin.kind(), origin.id())
                    .forEach(one -> release(new SourceId(one.kind(), one.sourceId()), changes));
            if (origin.kind() == Kind.CUSTOMER) {
                run.ledger.linksOfCustomer(Kind.CONTACT, origin.id()).forEach(link -> doubt(link, changes));
                changes.put(RollUps.entry(origin.id()));
            }
        }
        changes.commit();
    }

    private void doubt(Link known, Changes changes) {
        if (known.targetId() == null) {
            // Somebody wants it after all, where it was left deleted.
            changes.put(known.fact(Facts.GONE).equals(WriteBatch.LOST) ? known.withoutFact(Facts.GONE) : known);
            return;
        }
        changes.put(changes.latest(known).unsure());
        pairs.again(known, changes);
        if (known.kind() == Kind.INVOICE) {
            run.ledger.links(Kind.LINE_ITEM, known.children()).values().forEach(line -> changes.put(line.unsure()));
            changes.put(Statuses.entry(known.sourceId()));
        }
    }

    private static void release(SourceId record, Changes changes) {
        changes.release(record.kind(), record.id());
        changes.remove(new Entry(Work.RETRY, record.toString(), "", Map.of()));
    }

    /** The source does not have it: nothing is changed. */
    void notThere(Kind kind, String id, Entry entry) {
        Changes changes = run.ledger.changes().remove(entry);
        boolean isKnown = run.ledger.link(kind, id).isPresent()
                || run.ledger.quarantined(kind, id).isPresent();
        skip(
                new SourceId(kind, id),
                isKnown
                        ? "Zoho Books does not have it any more, so it was left as it is; the next sweep decides what becomes of it"
                        : "Zoho Books has no such record, and nothing is known of it here",
                changes);
        changes.commit();
    }

    private void skip(SourceId record, String reason, Changes changes) {
        Link link = run.ledger.link(record.kind(), record.id()).orElse(Link.unlinked(record.kind(), record.id(), ""));
        changes.audit(link, AuditEntry.Decision.SKIPPED, "replay: " + reason);
        run.tally.decide(record.kind(), record.id(), Decision.SKIPPED, record.id(), reason);
    }

    /** In the order in which records need each other. */
    private void writePayloads(List<SourceId> all, boolean forced) {
        for (Kind kind : Kind.mirrored()) {
            List<SourceId> records =
                    all.stream().filter(record -> record.kind() == kind).toList();
            for (int from = 0; from < records.size(); from += CHUNK) {
                writePayloads(kind, records.subList(from, Math.min(records.size(), from + CHUNK)), forced);
            }
        }
    }

    private void writePayloads(Kind kind, List<SourceId> records, boolean forced) {
        Changes changes = run.ledger.changes();
        Map<String, Quarantined> quarantined = new HashMap<>();
        List<Desired> desired = new ArrayList<>();
        for (SourceId record : records) {
            Quarantined held = run.ledger.quarantined(kind, record.id()).orElse(null);
            Link known = run.ledger
                    .link(kind, record.id())
                    .orElseGet(() -> held == null ? Link.unlinked(kind, record.id(), "") : linkOf(held));
            String obstacle = obstacle(held, known, forced);
            if (held == null || !obstacle.isEmpty()) {
                skip(record, obstacle, changes);
                continue;
            }
            if (isNewer(known.stamp(), held.stamp())) {
                changes.audit(
                        known,
                        AuditEntry.Decision.COMMANDED,
                        "the values of version " + held.stamp() + " are written although " + known.stamp()
                                + " is known: that was forced");
            }
            quarantined.put(record.id(), held);
            Values values = new Values();
            values.encoded().putAll(held.payload());
            desired.add(new Desired(known, run.mapping.key(record.id()), values, Map.of(), record.id()));
            changes.remove(new Entry(Work.RETRY, record.toString(), "", Map.of()));
        }
        writer.write(kind, desired, changes).values().forEach(link -> {
            Quarantined held = quarantined.get(link.sourceId());
            if (held != null) {
                settle(link, held, changes);
            }
        });
        changes.commit();
    }

    /** Why the values that the quarantine holds are not to be written; empty if they are. */
    private String obstacle(@Nullable Quarantined held, Link known, boolean forced) {
        if (held == null) {
            return "it is not in quarantine";
        }
        if (held.payload().isEmpty()) {
            return "the quarantine holds no values of it; replay it from Zoho Books";
        }
        if (isNewer(known.stamp(), held.stamp()) && !forced) {
            return "version " + known.stamp() + " is known, and the quarantine holds " + held.stamp()
                    + "; replay it from Zoho Books";
        }
        if (run.identity(held.kind()) == Identity.POSITION) {
            return "it is known by its place among others alone; replay it from Zoho Books";
        }
        SourceId origin = SourceId.parse(held.origin());
        boolean hasParent = origin.kind() == held.kind()
                || run.ledger
                        .link(origin.kind(), origin.id())
                        .map(parent -> parent.targetId() != null)
                        .orElse(false);
        return hasParent
                ? ""
                : "what it belongs to is not in HubSpot; replay " + origin.kind().stream() + " " + origin.id();
    }

    private static Link linkOf(Quarantined quarantined) {
        String owner = SourceId.parse(quarantined.origin()).id();
        Link link = Link.unlinked(
                quarantined.kind(), quarantined.sourceId(), quarantined.kind() == Kind.CONTACT ? owner : "");
        return quarantined.kind() == Kind.LINE_ITEM ? link.withFacts(Map.of(Facts.INVOICE, owner)) : link;
    }

    private static boolean isNewer(String known, String held) {
        // Versions of contacts are digests, of which none is newer.
        return known.endsWith("Z") && held.endsWith("Z") && known.compareTo(held) > 0;
    }

    /** What comes with it follows from the source; a line is known to its invoice at once, which may not have it any more. */
    private void settle(Link link, Quarantined held, Changes changes) {
        changes.put(link);
        Redo.queue(link.kind(), link.sourceId(), held.origin(), changes);
        if (link.kind() == Kind.LINE_ITEM) {
            run.ledger
                    .link(Kind.INVOICE, link.fact(Facts.INVOICE))
                    .map(changes::latest)
                    .ifPresent(invoice -> changes.put(invoice.withChild(link.sourceId())));
        }
    }
}
