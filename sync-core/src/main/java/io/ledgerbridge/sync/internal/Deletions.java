package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.hubspot.Payments;
import io.ledgerbridge.hubspot.Problem;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.Lookup.Wanted;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.sync.internal.Tally.Decision;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Records that are gone from the source. A sweep names those it did not see, the source confirms each by its own call, and
 * then the policy decides. If too many are gone at once, nothing is done before somebody has approved it.
 */
final class Deletions {

    /** More than this many and more than this share of a stream at once are not removed by themselves. */
    private static final int MANY = 20;

    private static final int PERCENT = 5;
    private static final int BATCH = 100;
    private static final int ALL = Integer.MAX_VALUE;

    /** What {@code zoho_books_status} and the facts say of a record that is gone. */
    static final String DELETED = "deleted";

    /** Parts of entries. */
    private static final String CONFIRMED = "confirmed";

    static final String APPROVED = "approved";
    private static final List<String> YES = List.of("true");

    private final Run run;
    private final Pairs pairs;

    Deletions(Run run, Pairs pairs) {
        this.run = run;
        this.pairs = pairs;
    }

    /** A complete scan has not seen these. */
    void missing(Kind kind, Set<String> seen) {
        List<String> missing = new ArrayList<>();
        if (kind == Kind.CREDIT_NOTE) {
            run.ledger.forEachCreditNote(note -> addUnless(seen, note.id(), missing));
        } else {
            run.ledger.forEachLink(kind, link -> {
                if (link.fact(Facts.GONE).isEmpty() && !link.isLeftOut()) {
                    addUnless(seen, link.sourceId(), missing);
                }
            });
        }
        run.ledger.quarantined(kind).stream()
                .filter(id -> !seen.contains(id) && !missing.contains(id))
                .forEach(missing::add);
        Changes changes = run.ledger.changes();
        boolean tooMany = isTooMany(missing.size(), run.ledger.known(kind));
        for (String id : missing) {
            changes.put(tooMany ? entry(kind, id, Map.of()) : Details.entry(kind, id));
        }
        changes.commit();
    }

    private static void addUnless(Set<String> seen, String id, List<String> missing) {
        if (!seen.contains(id)) {
            missing.add(id);
        }
    }

    /** The source has no such record; the entry that asked for it is done. */
    void confirmed(Kind kind, String id, Entry asked) {
        Changes changes = run.ledger.changes().remove(asked);
        boolean known = run.ledger
                .link(kind, id)
                .map(link -> link.fact(Facts.GONE).equals(DELETED))
                .orElse(false);
        if (known) {
            changes.commit();
            return;
        }
        Map<String, List<String>> body = new HashMap<>(Map.of(CONFIRMED, YES));
        if (!asked.part(APPROVED).isEmpty()) {
            body.put(APPROVED, YES);
        }
        changes.put(entry(kind, id, body)).commit();
    }

    private static Entry entry(Kind kind, String id, Map<String, List<String>> body) {
        return new Entry(Work.DELETION, kind + "/" + id, "", body);
    }

    /** Somebody has said that all these deletions are meant. */
    void approve() {
        Changes changes = run.ledger.changes();
        run.ledger.queue(Work.DELETION, ALL).forEach(entry -> {
            Map<String, List<String>> body = new HashMap<>(entry.body());
            body.put(APPROVED, YES);
            changes.put(new Entry(Work.DELETION, entry.id(), "", body));
        });
        changes.commit();
    }

    /** Does what may be done; the rest waits for approval. */
    void work() {
        Map<Kind, List<Entry>> byKind = new EnumMap<>(Kind.class);
        run.ledger
                .queue(Work.DELETION, ALL)
                .forEach(entry -> byKind.computeIfAbsent(entry.kind(), kind -> new ArrayList<>())
                        .add(entry));
        byKind.forEach((kind, entries) -> {
            List<Entry> allowed = allowed(kind, entries);
            for (int from = 0; from < allowed.size(); from += BATCH) {
                apply(kind, allowed.subList(from, Math.min(allowed.size(), from + BATCH)));
            }
        });
    }

    private List<Entry> allowed(Kind kind, List<Entry> entries) {
        List<Entry> approved = entries.stream()
                .filter(entry -> !entry.part(APPROVED).isEmpty())
                .toList();
        int open = entries.size() - approved.size();
        if (!isTooMany(open, run.ledger.known(kind))) {
            return entries;
        }
        run.tally.needsDecision(kind, open);
        return approved;
    }

    private static boolean isTooMany(int gone, long known) {
        return gone > MANY && gone * 100L > known * PERCENT;
    }

    private void apply(Kind kind, List<Entry> entries) {
        run.mayGoOn();
        Changes changes = run.ledger.changes();
        List<String> confirmed = new ArrayList<>();
        for (Entry entry : entries) {
            changes.remove(entry);
            if (entry.part(CONFIRMED).isEmpty()) {
                Entry detail = Details.entry(kind, entry.sourceId());
                changes.put(new Entry(Work.DETAIL, detail.id(), detail.priority(), Map.of(APPROVED, YES)));
            } else {
                confirmed.add(entry.sourceId());
                changes.release(kind, entry.sourceId());
                run.ledger
                        .quarantinedOf(kind, entry.sourceId())
                        .forEach(one -> changes.release(one.kind(), one.sourceId()));
            }
        }
        if (kind == Kind.CREDIT_NOTE) {
            CreditNotes.forget(run, confirmed, changes);
        } else {
            remove(kind, List.copyOf(run.ledger.links(kind, confirmed).values()), changes);
        }
        changes.commit();
    }

    private void remove(Kind kind, List<Link> links, Changes changes) {
        List<Link> inHubSpot = new ArrayList<>();
        for (Link link : links) {
            changes.release(kind, link.sourceId());
            if (kind == Kind.CUSTOMER) {
                // Its contacts stay in HubSpot, and their addresses are free for whoever has them next.
                run.ledger.linksOfCustomer(Kind.CONTACT, link.sourceId()).forEach(changes::removeLink);
            } else {
                changes.put(RollUps.entry(link.customerId()));
                Deals.changed(run, link, link, changes);
                Deals.paid(run, link.paidInvoices(), changes);
            }
            if (link.targetId() == null) {
                changes.removeLink(link);
                run.tally.decide(kind, link.sourceId(), Decision.SKIPPED);
            } else {
                inHubSpot.add(link);
            }
        }
        if (inHubSpot.isEmpty()) {
            return;
        }
        switch (run.policies.deletions()) {
            case MARK -> mark(kind, inHubSpot, changes);
            case ARCHIVE -> mark(kind, archive(kind, inHubSpot, "it was deleted in Zoho Books", changes), changes);
            case IGNORE ->
                inHubSpot.forEach(link -> {
                    changes.put(link.withFacts(goneFacts(kind)));
                    changes.audit(link, AuditEntry.Decision.SKIPPED, "it was deleted in Zoho Books, which is ignored");
                    run.tally.decide(
                            kind,
                            link.sourceId(),
                            Decision.SKIPPED,
                            label(link),
                            "it was deleted in Zoho Books, and stays in HubSpot as it is");
                });
        }
    }

    /**
     * Moves these to HubSpot's recycle bin.
     *
     * @return those that HubSpot does not archive
     */
    private List<Link> archive(Kind kind, List<Link> links, String why, Changes changes) {
        changes.sending(links);
        Map<String, Problem> refused =
                run.target.archive(kind, links.stream().map(Link::requireTarget).toList());
        List<Link> left = new ArrayList<>();
        for (Link link : links) {
            Problem problem = refused.get(link.requireTarget());
            if (problem == null) {
                run.ledger.links(Kind.LINE_ITEM, link.children()).values().forEach(changes::removeLink);
                changes.removeLink(link);
                changes.audit(link, AuditEntry.Decision.ARCHIVED, why);
                run.tally.archived(kind, 1);
                run.tally.decide(kind, link.sourceId(), Decision.SKIPPED, label(link), why + ", and archived");
            } else {
                run.tally.note(kind, label(link), "HubSpot does not archive it, so it is marked: " + problem.message());
                left.add(link);
            }
        }
        return left;
    }

    private void mark(Kind kind, List<Link> links, Changes changes) {
        Map<String, Map<String, String>> updates = new LinkedHashMap<>();
        Map<String, Link> byTarget = new LinkedHashMap<>();
        for (Link link : links) {
            Map<String, String> values = Values.changes(run.writable(kind, marks(kind)), link);
            if (!values.isEmpty()) {
                updates.put(link.requireTarget(), values);
            }
            byTarget.put(link.requireTarget(), link);
        }
        changes.sending(links);
        BatchResult<?> result = updates.isEmpty() ? null : run.target.update(kind, updates);
        List<Link> lost = new ArrayList<>();
        byTarget.forEach((target, link) -> {
            Map<String, String> values = updates.getOrDefault(target, Map.of());
            Outcome<?> outcome = values.isEmpty() || result == null ? null : result.of(target);
            if (outcome != null && Outcomes.mayComeTrue(outcome)) {
                changes.put(entry(kind, link.sourceId(), Map.of(CONFIRMED, YES, APPROVED, YES)));
                return;
            }
            if (outcome != null && Outcomes.isGone(outcome)) {
                lost.add(link);
                return;
            }
            boolean written = outcome == null || outcome instanceof Outcome.Updated;
            Link marked = (written ? link.withWritten(values) : link).withFacts(goneFacts(kind));
            if (kind == Kind.PAYMENT) {
                marked = pairs.relate(Relation.INVOICE_PAYMENT, marked, List.of(), changes);
            }
            if (kind == Kind.INVOICE) {
                archiveLooseLines(link, changes);
            }
            if (kind == Kind.INVOICE && !link.children().isEmpty()) {
                changes.put(Statuses.entry(link.sourceId()));
            }
            changes.put(marked);
            changes.audit(
                    link,
                    AuditEntry.Decision.UPDATED,
                    outcome == null || result == null ? "" : result.correlationId(target),
                    "it was deleted in Zoho Books",
                    RecordWriter.changed(link, written ? values : Map.of()));
            run.tally.decide(kind, link.sourceId(), Decision.UPDATED);
            run.tally.note(
                    kind,
                    label(link),
                    written ? "it was deleted in Zoho Books, and is marked" : "it was deleted in Zoho Books");
        });
        leaveLost(kind, lost, changes);
    }

    /** Deleted in HubSpot too. One that was made again, and of which no answer told, has the key under another id. */
    private void leaveLost(Kind kind, List<Link> lost, Changes changes) {
        if (lost.isEmpty()) {
            return;
        }
        Map<String, Link> parents = run.lookup.parents(kind, lost);
        Map<String, CrmRecord<?>> byKey = run.lookup.findAnew(
                kind,
                lost.stream()
                        .map(link -> {
                            String key = run.mapping.key(link.sourceId());
                            return Wanted.of(link, key, key, parents.get(link.sourceId()));
                        })
                        .toList());
        List<Link> madeAgain = new ArrayList<>();
        for (Link link : lost) {
            CrmRecord<?> found = byKey.get(run.mapping.key(link.sourceId()));
            if (found == null) {
                // Of its lines none is associated with anything any more.
                archiveLooseLines(link.withRelated(Relation.INVOICE_LINE, List.of()), changes);
                changes.removeLink(link);
                changes.audit(link, AuditEntry.Decision.SKIPPED, "it is gone from Zoho Books and from HubSpot");
                run.tally.decide(kind, link.sourceId(), Decision.SKIPPED);
            } else {
                madeAgain.add(link.withTarget(found.id().value()).unsure());
            }
        }
        if (!madeAgain.isEmpty()) {
            mark(kind, madeAgain, changes);
        }
    }

    /** Lines that were made and never associated would belong to nothing. */
    private void archiveLooseLines(Link invoice, Changes changes) {
        List<Link> loose = run.ledger.links(Kind.LINE_ITEM, invoice.children()).values().stream()
                .filter(line -> line.targetId() != null)
                .filter(line -> !invoice.related(Relation.INVOICE_LINE).contains(line.targetId()))
                .toList();
        if (!loose.isEmpty()) {
            run.target.archive(
                    Kind.LINE_ITEM, loose.stream().map(Link::requireTarget).toList());
            loose.forEach(line -> {
                changes.removeLink(line);
                changes.audit(line, AuditEntry.Decision.ARCHIVED, "its invoice was deleted in Zoho Books");
            });
        }
    }

    private static Map<String, String> marks(Kind kind) {
        return switch (kind) {
            case INVOICE ->
                new Values()
                        .set(BooksProperties.STATUS, DELETED)
                        .set(BooksProperties.BALANCE, BigDecimal.ZERO)
                        .encoded();
            case PAYMENT ->
                new Values()
                        .set(Payments.STATUS, "failed")
                        .set(BooksProperties.ALLOCATIONS, null)
                        .set(BooksProperties.UNUSED, null)
                        .encoded();
            default -> new Values().set(BooksProperties.STATUS, DELETED).encoded();
        };
    }

    /** With these it counts nowhere, and no sweep misses it again. */
    private static Map<String, String> goneFacts(Kind kind) {
        return switch (kind) {
            case INVOICE -> Map.of(Facts.GONE, DELETED, Facts.STATUS, DELETED);
            case PAYMENT -> Map.of(Facts.GONE, DELETED, Facts.DATE, "", Facts.PAID_INVOICES, "");
            default -> Map.of(Facts.GONE, DELETED);
        };
    }

    /**
     * Archives invoices that were voided.
     *
     * @return those that HubSpot does not archive
     */
    List<Desired> archiveVoided(List<Desired> voided, Changes changes) {
        if (voided.isEmpty()) {
            return List.of();
        }
        List<Link> refused = archive(
                Kind.INVOICE, voided.stream().map(Desired::link).toList(), "it was voided in Zoho Books", changes);
        List<Desired> left = new ArrayList<>();
        for (Desired one : voided) {
            if (refused.contains(one.link())) {
                left.add(one);
            } else {
                changes.put(one.link().archived());
            }
        }
        return left;
    }

    private static String label(Link link) {
        String number = link.fact(Facts.NUMBER);
        String name = number.isEmpty() ? link.fact(Facts.NAME) : number;
        return name.isEmpty() ? link.sourceId() : name;
    }
}
