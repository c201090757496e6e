package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.Problem;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Asked;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Request;
import io.ledgerbridge.sync.internal.Tally.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Forgets everything personal of customers who want it. That they are not synced any more is remembered first, so that nothing of them
 * comes back, whatever happens in between; what was asked is asked until all of it is done.
 */
final class Erasure {

    private static final String CUSTOMER = "customer";
    private static final String ARCHIVE = "archive";
    private static final int BATCH = 100;

    private final Run run;

    Erasure(Run run) {
        this.run = run;
    }

    static Map<String, List<String>> body(String customerId, boolean archive) {
        Map<String, List<String>> body = new HashMap<>(Map.of(CUSTOMER, List.of(customerId)));
        if (archive) {
            body.put(ARCHIVE, List.of("true"));
        }
        return body;
    }

    void work() {
        for (Request request : run.ledger.requests(Asked.ERASE)) {
            String customerId = request.part(CUSTOMER).get(0);
            run.scope.erase(customerId);
            Map<Kind, List<Link>> links = links(customerId);
            Map<SourceId, String> former = run.ledger.formerOf(customerId);
            Set<SourceId> kept = request.has(ARCHIVE) ? archive(links, former) : Set.of();
            Set<SourceId> records = new LinkedHashSet<>(run.ledger.skippedOf(customerId));
            records.add(new SourceId(Kind.CUSTOMER, customerId));
            records.addAll(former.keySet());
            links.values().forEach(all -> all.forEach(link -> records.add(new SourceId(link.kind(), link.sourceId()))));
            records.addAll(quarantinedWith(records));
            records.forEach(run.ledger::redact);
            run.ledger.forgetBodies(records, customerId);
            records.removeAll(kept);
            forget(List.copyOf(records), customerId);
            settle(request, customerId, kept);
            run.tally.decide(Kind.CUSTOMER, customerId, Decision.SKIPPED, customerId, Scope.ERASED);
        }
    }

    /** What HubSpot does not archive is known on, without what is personal, and asked for again. */
    private void settle(Request request, String customerId, Set<SourceId> kept) {
        String archived = request.has(ARCHIVE) ? ", and its records in HubSpot were archived" : "";
        Changes changes = run.ledger.changes();
        kept.forEach(record -> run.ledger
                .link(record.kind(), record.id())
                .ifPresent(link -> changes.put(Link.unlinked(link.kind(), link.sourceId(), customerId)
                        .withTarget(link.targetId())
                        .leftOut(Scope.ERASED))));
        changes.auditConnection(
                        AuditEntry.Decision.COMMANDED,
                        "everything personal of customer " + customerId + " was erased"
                                + (kept.isEmpty()
                                        ? archived
                                        : "; HubSpot does not archive " + kept.size() + " records"))
                .commit();
        if (kept.isEmpty()) {
            run.ledger.doneIfSame(request);
        }
    }

    /** Everything that belongs to the customer; parents last, so that nothing is archived by its parent. */
    private Map<Kind, List<Link>> links(String customerId) {
        List<Link> invoices = run.ledger.linksOfCustomer(Kind.INVOICE, customerId);
        List<Link> lines = new ArrayList<>();
        // An invoice may have come from another customer: its lines are those that it has now.
        invoices.forEach(invoice -> lines.addAll(
                run.ledger.links(Kind.LINE_ITEM, invoice.children()).values()));
        Map<Kind, List<Link>> links = new LinkedHashMap<>();
        links.put(Kind.LINE_ITEM, lines);
        links.put(Kind.PAYMENT, run.ledger.linksOfCustomer(Kind.PAYMENT, customerId));
        links.put(Kind.INVOICE, invoices);
        links.put(Kind.CONTACT, run.ledger.linksOfCustomer(Kind.CONTACT, customerId));
        links.put(
                Kind.CUSTOMER,
                run.ledger.link(Kind.CUSTOMER, customerId).map(List::of).orElse(List.of()));
        return links;
    }

    /** Answers what HubSpot does not archive. */
    private Set<SourceId> archive(Map<Kind, List<Link>> links, Map<SourceId, String> former) {
        Set<SourceId> kept = new HashSet<>();
        links.forEach((kind, all) -> {
            Map<String, SourceId> byTarget = new LinkedHashMap<>();
            all.stream()
                    .filter(link -> link.targetId() != null)
                    .forEach(link -> byTarget.put(link.requireTarget(), new SourceId(kind, link.sourceId())));
            // A contact of somebody who was removed may be another's by now.
            former.forEach((record, target) -> {
                boolean isFree = record.kind() == kind
                        && !target.isEmpty()
                        && run.ledger.byTarget(kind, target).isEmpty();
                if (isFree) {
                    byTarget.putIfAbsent(target, record);
                }
            });
            List<String> targets = List.copyOf(byTarget.keySet());
            for (int from = 0; from < targets.size(); from += BATCH) {
                run.mayGoOn();
                List<String> some = targets.subList(from, Math.min(targets.size(), from + BATCH));
                Map<String, Problem> refused = run.target.archive(kind, some);
                refused.forEach((id, problem) -> {
                    run.tally.note(kind, id, "HubSpot does not archive it: " + problem.message());
                    kept.add(byTarget.getOrDefault(id, new SourceId(kind, id)));
                });
                run.tally.archived(kind, some.size() - refused.size());
            }
        });
        return kept;
    }

    /** Records without a link may wait as well. */
    private List<SourceId> quarantinedWith(Set<SourceId> records) {
        List<SourceId> found = new ArrayList<>();
        for (SourceId record : records) {
            run.ledger
                    .quarantinedOf(record.kind(), record.id())
                    .forEach(one -> found.add(new SourceId(one.kind(), one.sourceId())));
        }
        return found;
    }

    private void forget(List<SourceId> records, String customerId) {
        for (int from = 0; from < records.size(); from += BATCH) {
            Changes changes = run.ledger.changes();
            for (SourceId record : records.subList(from, Math.min(records.size(), from + BATCH))) {
                changes.forgetLink(record);
                changes.release(record.kind(), record.id());
                changes.unskip(record);
                changes.unqueue(record);
            }
            changes.commit();
        }
        Changes changes = run.ledger.changes();
        run.ledger.creditNotesOfCustomer(customerId).forEach(note -> {
            changes.removeCreditNote(note.id());
            changes.unqueue(new SourceId(Kind.CREDIT_NOTE, note.id()));
        });
        changes.unqueueRollUp(customerId).commit();
    }
}
