package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.Invoices;
import io.ledgerbridge.hubspot.Problem;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Association pairs that are owed: collected over batches, sent many at a time, those of one record never split. */
final class Pairs {

    private static final int PER_CALL = 2_000;
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String REMOVE = "remove";
    /** Kind and source id of the record whose link remembers the pairs. */
    private static final String HOLDER = "holder";

    /** HubSpot refuses a status while these are missing. */
    private static final Set<Relation> STATUS_NEEDS = EnumSet.of(Relation.INVOICE_LINE, Relation.INVOICE_CONTACT);

    /** The status that an invoice is created with, and that is never written later. */
    private static final String CREATED_AS = "draft";

    private final Run run;

    /** Entries that could not be sent in this run; they stay in the queue for the next one. */
    private final Set<String> postponed = new HashSet<>();

    Pairs(Run run) {
        this.run = run;
    }

    /**
     * From now on the record, which is in HubSpot, shall be associated with exactly these others, as far as it is the engine that
     * associates it: owes what is missing and what is too much, and remembers the others in the link.
     */
    Link relate(Relation relation, Link link, Collection<String> others, Changes changes) {
        Set<String> wanted = new LinkedHashSet<>(others);
        Set<String> there = new LinkedHashSet<>(link.related(relation));
        if (wanted.equals(there)) {
            return link;
        }
        Kind other = relation.from() == link.kind() ? relation.to() : relation.from();
        changes.auditRelated(
                link,
                other.stream(),
                new AuditEntry.Change(there.isEmpty() ? null : String.join(" ", there), String.join(" ", wanted)));
        for (String id : there) {
            if (!wanted.contains(id)) {
                changes.put(removal(relation, link, id));
            }
        }
        Entry all = addition(relation, link, wanted);
        if (!there.containsAll(wanted)) {
            // All of them: what an earlier entry owed and has not sent stays owed.
            changes.put(all);
            wanted.stream()
                    .filter(id -> !there.contains(id))
                    .forEach(id -> changes.remove(removal(relation, link, id)));
        } else if (wanted.isEmpty()) {
            changes.remove(all);
        } else if (run.ledger.isQueued(all)) {
            changes.put(all);
        }
        return link.withRelated(relation, List.copyOf(wanted));
    }

    /** What the record is associated with is written once more. */
    void again(Link link, Changes changes) {
        for (Relation relation : Relation.values()) {
            List<String> others = link.related(relation);
            if (!others.isEmpty()) {
                changes.put(addition(relation, link, others));
            }
        }
    }

    /** The record has another id in HubSpot: what it was associated with is owed again, and others know it by its new id. */
    Link retargeted(Link before, Link now, Changes changes) {
        Link link = now;
        for (Relation relation : Relation.values()) {
            List<String> others = before.related(relation);
            if (relation == Relation.INVOICE_LINE) {
                // They are written again with the detail, as they may have gone with their invoice.
                link = link.withRelated(relation, List.of());
                run.ledger
                        .links(Kind.LINE_ITEM, before.children())
                        .values()
                        .forEach(line -> changes.put(line.unsure()));
            } else if (!others.isEmpty()) {
                link = relate(relation, link.withRelated(relation, List.of()), others, changes);
            }
        }
        String old = String.valueOf(before.targetId());
        String id = String.valueOf(now.targetId());
        for (Relation relation : Relation.values()) {
            if (relation.from() == now.kind() || relation.to() == now.kind()) {
                run.ledger.forEachHolder(relation, now, stored -> {
                    Link holder = changes.latest(stored);
                    List<String> others = new ArrayList<>(holder.related(relation));
                    if (others.remove(old)) {
                        Link rest = holder.withRelated(relation, List.copyOf(others));
                        others.add(id);
                        // One that is not known for sure yet is associated when it is.
                        boolean isThere = holder.targetId() != null;
                        changes.put(isThere ? relate(relation, rest, others, changes) : rest);
                    }
                });
            }
        }
        return link;
    }

    private static Entry addition(Relation relation, Link link, Collection<String> others) {
        return entry(relation, relation + "/" + link.sourceId(), link, others, false);
    }

    private static Entry removal(Relation relation, Link link, String other) {
        return entry(relation, relation + "/remove/" + link.sourceId() + "/" + other, link, List.of(other), true);
    }

    private static Entry entry(Relation relation, String id, Link link, Collection<String> others, boolean remove) {
        String target = link.requireTarget();
        List<Pair> pairs = others.stream()
                .map(other -> relation.from() == link.kind() ? new Pair(target, other) : new Pair(other, target))
                .toList();
        return new Entry(
                Work.PAIRS,
                id,
                remove ? "0" : "1",
                Map.of(
                        "relation",
                        List.of(relation.name()),
                        HOLDER,
                        List.of(link.kind().name(), link.sourceId()),
                        REMOVE,
                        remove ? List.of("true") : List.of(),
                        FROM,
                        pairs.stream().map(Pair::from).toList(),
                        TO,
                        pairs.stream().map(Pair::to).toList()));
    }

    /** Sends everything that is owed. */
    void send() {
        send(EnumSet.allOf(Relation.class));
    }

    /**
     * Sends what others wait for. Only few details name another addressee than the customer's primary contact, which the
     * invoice has already: collecting them for the whole run saves two calls a minute.
     */
    void sendUrgent() {
        send(EnumSet.complementOf(EnumSet.of(Relation.INVOICE_CONTACT)));
    }

    private void send(Set<Relation> relations) {
        for (Relation relation : relations) {
            List<Entry> owed = owed(relation);
            while (!owed.isEmpty()) {
                send(relation, fitting(owed));
                owed = owed(relation);
            }
        }
    }

    private List<Entry> owed(Relation relation) {
        return run.ledger.owedPairs(relation, PER_CALL + postponed.size()).stream()
                .filter(entry -> !postponed.contains(entry.id()))
                .toList();
    }

    /** As many entries of one sort as fit into one call; a larger one goes alone. */
    private static List<Entry> fitting(List<Entry> owed) {
        List<Entry> fitting = new ArrayList<>();
        int pairs = 0;
        boolean removing = isRemoval(owed.get(0));
        for (Entry entry : owed) {
            int more = entry.part(FROM).size();
            if (isRemoval(entry) != removing || (!fitting.isEmpty() && pairs + more > PER_CALL)) {
                break;
            }
            fitting.add(entry);
            pairs += more;
        }
        return fitting;
    }

    private void send(Relation relation, List<Entry> entries) {
        run.mayGoOn();
        List<Pair> all = new ArrayList<>();
        entries.forEach(entry -> all.addAll(pairs(entry)));
        boolean removing = isRemoval(entries.get(0));
        Map<Pair, Problem> refused =
                removing ? run.target.dissociate(relation, all) : run.target.associate(relation, all);
        Changes changes = run.ledger.changes();
        List<Entry> done = new ArrayList<>();
        for (Entry entry : entries) {
            if (mayComeTrue(entry, refused)) {
                postponed.add(entry.id());
            } else {
                changes.remove(entry);
                tellRefusal(relation, entry, refused, changes);
                done.add(entry);
            }
        }
        if (relation == Relation.INVOICE_PAYMENT) {
            statusAgain(invoices(done), changes);
        } else if (!removing && STATUS_NEEDS.contains(relation) && run.ledger.hasRefused()) {
            List<Link> refusedBefore = invoices(done).stream()
                    .filter(invoice -> !invoice.fact(Facts.REFUSED).isEmpty())
                    .toList();
            statusAgain(refusedBefore, changes);
        }
        changes.commit();
    }

    /** The invoices that these associations are of. */
    private List<Link> invoices(List<Entry> entries) {
        Set<String> targets = new LinkedHashSet<>();
        Map<Kind, Set<String>> holders = new EnumMap<>(Kind.class);
        for (Entry entry : entries) {
            pairs(entry).forEach(pair -> targets.add(pair.from()));
            List<String> holder = entry.part(HOLDER);
            holders.computeIfAbsent(Kind.valueOf(holder.get(0)), kind -> new LinkedHashSet<>())
                    .add(holder.get(1));
        }
        Set<String> ids = new LinkedHashSet<>(holders.getOrDefault(Kind.INVOICE, Set.of()));
        run.ledger
                .links(Kind.PAYMENT, holders.getOrDefault(Kind.PAYMENT, Set.of()))
                .values()
                .forEach(payment -> ids.addAll(payment.paidInvoices()));
        List<Link> invoices = new ArrayList<>();
        run.ledger.links(Kind.INVOICE, ids).values().forEach(invoice -> {
            if (invoice.targetId() != null && targets.remove(invoice.targetId())) {
                invoices.add(invoice);
            }
        });
        // A payment does not tell any more what it does not pay any more.
        targets.forEach(target -> run.ledger.byTarget(Kind.INVOICE, target).ifPresent(invoices::add));
        return invoices;
    }

    private static boolean mayComeTrue(Entry entry, Map<Pair, Problem> refused) {
        return pairs(entry).stream().map(refused::get).anyMatch(problem -> problem != null && problem.retryable());
    }

    private static List<Pair> pairs(Entry entry) {
        List<String> from = entry.part(FROM);
        List<String> to = entry.part(TO);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            pairs.add(new Pair(from.get(i), to.get(i)));
        }
        return pairs;
    }

    private void tellRefusal(Relation relation, Entry entry, Map<Pair, Problem> refused, Changes changes) {
        for (Pair pair : pairs(entry)) {
            Problem problem = refused.get(pair);
            if (problem != null) {
                String reason = "HubSpot refused to " + (isRemoval(entry) ? "separate it from " : "associate it with ")
                        + relation.to().target() + " " + pair.to() + ": " + problem.message();
                run.tally.note(relation.from(), pair.from(), reason);
                Kind holder = Kind.valueOf(entry.part(HOLDER).get(0));
                changes.audit(
                        Link.unlinked(holder, entry.part(HOLDER).get(1), "")
                                .withTarget(holder == relation.from() ? pair.from() : pair.to()),
                        AuditEntry.Decision.SKIPPED,
                        reason);
            }
        }
    }

    /**
     * Associating a payment may have changed the status of its invoice, and associating a line may let HubSpot take one that it
     * refused, so what was written no longer counts.
     */
    void statusAgain(Collection<Link> invoices, Changes changes) {
        for (Link stored : invoices) {
            Link link = changes.latest(stored);
            String status = link.written().getOrDefault(Invoices.STATUS.name(), CREATED_AS);
            if (!status.equals(CREATED_AS)) {
                changes.put(link.withoutWritten(Invoices.STATUS.name()));
            }
            if (!link.children().isEmpty()) {
                changes.put(Statuses.entry(link.sourceId()));
            }
        }
    }

    private static boolean isRemoval(Entry entry) {
        return !entry.part(REMOVE).isEmpty();
    }
}
