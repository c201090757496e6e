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
            Map<SourceId, String> left = targets(links, former);
            boolean archives = request.has(ARCHIVE);
            if (archives) {
                left.keySet().retainAll(archive(left));
            }
            Set<SourceId> records = new LinkedHashSet<>(run.ledger.skippedOf(customerId));
            records.add(new SourceId(Kind.CUSTOMER, customerId));
            records.addAll(former.keySet());
            links.values().forEach(all -> all.forEach(link -> records.add(new SourceId(link.kind(), link.sourceId()))));
            records.addAll(quarantinedWith(records));
            records.forEach(run.ledger::redact);
            records.removeAll(forgetThoseOfOthers(former.keySet(), customerId));
            run.ledger.forgetBodies(records, customerId);
            forget(List.copyOf(records), left, customerId);
            settle(request, customerId, archives ? left.size() : 0);
            run.tally.decide(Kind.CUSTOMER, customerId, Decision.SKIPPED, customerId, Scope.ERASED);
        }
    }

    /** What HubSpot refuses to archive, such as a paid invoice, it would refuse again: that is told, and left to people. */
    private void settle(Request request, String customerId, int refused) {
        String archived = request.has(ARCHIVE) ? ", and its records in HubSpot were archived" : "";
        run.ledger
                .changes()
                .auditConnection(
                        AuditEntry.Decision.COMMANDED,
                        "everything personal of customer " + customerId + " was erased"
                                + (refused == 0 ? archived : "; HubSpot does not archive " + refused + " records"))
                .commit();
        run.ledger.doneIfSame(request);
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

    /** What HubSpot has of them. A contact of somebody who was removed may be another's by now. */
    private Map<SourceId, String> targets(Map<Kind, List<Link>> links, Map<SourceId, String> former) {
        Map<SourceId, String> targets = new LinkedHashMap<>();
        links.forEach((kind, all) -> {
            all.stream()
                    .filter(link -> link.targetId() != null)
                    .forEach(link -> targets.put(new SourceId(kind, link.sourceId()), link.requireTarget()));
            former.forEach((record, target) -> {
                boolean isFree = record.kind() == kind
                        && !target.isEmpty()
                        && !targets.containsValue(target)
                        && run.ledger.byTarget(kind, target).isEmpty();
                if (isFree) {
                    targets.put(record, target);
                }
            });
        });
        return targets;
    }

    /** Answers what HubSpot refuses to archive. */
    private Set<SourceId> archive(Map<SourceId, String> targets) {
        Set<SourceId> refused = new HashSet<>();
        Map<Kind, Map<String, SourceId>> byKind = new LinkedHashMap<>();
        targets.forEach((record, target) -> byKind.computeIfAbsent(record.kind(), kind -> new LinkedHashMap<>())
                .put(target, record));
        byKind.forEach((kind, byTarget) -> {
            List<String> all = List.copyOf(byTarget.keySet());
            for (int from = 0; from < all.size(); from += BATCH) {
                run.mayGoOn();
                List<String> some = all.subList(from, Math.min(all.size(), from + BATCH));
                Map<String, Problem> problems = run.target.archive(kind, some);
                problems.forEach((id, problem) -> {
                    run.tally.note(kind, id, "HubSpot does not archive it, so somebody has to: " + problem.message());
                    refused.add(byTarget.getOrDefault(id, new SourceId(kind, id)));
                });
                run.tally.archived(kind, some.size() - problems.size());
            }
        });
        return refused;
    }

    /** An invoice that is another customer's by now stays; what the trail says of it and its lines is forgotten all the same. */
    private Set<SourceId> forgetThoseOfOthers(Set<SourceId> former, String customerId) {
        Set<SourceId> others = new HashSet<>();
        Changes changes = run.ledger.changes();
        for (SourceId record : former) {
            run.ledger
                    .link(record.kind(), record.id())
                    .filter(link ->
                            !link.customerId().isEmpty() && !link.customerId().equals(customerId))
                    .ifPresent(link -> {
                        others.add(record);
                        link.children().forEach(line -> run.ledger.redact(new SourceId(Kind.LINE_ITEM, line)));
                        changes.forgetFormer(record, customerId);
                    });
        }
        changes.commit();
        return others;
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

    /** @param left what is in HubSpot on, whose ids are all that is known of it */
    private void forget(List<SourceId> records, Map<SourceId, String> left, String customerId) {
        for (int from = 0; from < records.size(); from += BATCH) {
            Changes changes = run.ledger.changes();
            for (SourceId record : records.subList(from, Math.min(records.size(), from + BATCH))) {
                String target = left.get(record);
                if (target == null) {
                    changes.forgetLink(record, customerId);
                } else {
                    changes.removeLink(record, customerId, target);
                }
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
