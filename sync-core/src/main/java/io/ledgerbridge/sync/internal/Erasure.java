package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.Problem;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Asked;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Request;
import io.ledgerbridge.sync.internal.Tally.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
            if (request.has(ARCHIVE)) {
                archive(links);
            }
            List<SourceId> records = new ArrayList<>(run.ledger.skippedOf(customerId));
            records.add(new SourceId(Kind.CUSTOMER, customerId));
            links.values().forEach(all -> all.forEach(link -> records.add(new SourceId(link.kind(), link.sourceId()))));
            records.addAll(quarantinedWith(records));
            redact(records);
            forget(records, customerId);
            run.ledger
                    .changes()
                    .auditConnection(
                            AuditEntry.Decision.COMMANDED,
                            "everything personal of customer " + customerId + " was erased"
                                    + (request.has(ARCHIVE) ? ", and its records in HubSpot were archived" : ""))
                    .taken(request)
                    .commit();
            run.tally.decide(Kind.CUSTOMER, customerId, Decision.SKIPPED, customerId, Scope.ERASED);
        }
    }

    /** Everything that belongs to the customer; parents last, so that nothing is archived by its parent. */
    private Map<Kind, List<Link>> links(String customerId) {
        Map<Kind, List<Link>> links = new LinkedHashMap<>();
        for (Kind kind : List.of(Kind.LINE_ITEM, Kind.PAYMENT, Kind.INVOICE, Kind.CONTACT)) {
            links.put(kind, run.ledger.linksOfCustomer(kind, customerId));
        }
        links.put(
                Kind.CUSTOMER,
                run.ledger.link(Kind.CUSTOMER, customerId).map(List::of).orElse(List.of()));
        return links;
    }

    private void archive(Map<Kind, List<Link>> links) {
        links.forEach((kind, all) -> {
            List<String> targets = all.stream()
                    .filter(link -> link.targetId() != null)
                    .map(Link::requireTarget)
                    .toList();
            for (int from = 0; from < targets.size(); from += BATCH) {
                run.mayGoOn();
                Map<String, Problem> kept =
                        run.target.archive(kind, targets.subList(from, Math.min(targets.size(), from + BATCH)));
                kept.forEach(
                        (id, problem) -> run.tally.note(kind, id, "HubSpot does not archive it: " + problem.message()));
            }
            run.tally.archived(kind, targets.size());
        });
    }

    /** Records without a link may wait as well. */
    private List<SourceId> quarantinedWith(List<SourceId> records) {
        List<SourceId> found = new ArrayList<>();
        for (SourceId record : records) {
            run.ledger
                    .quarantinedOf(record.kind(), record.id())
                    .forEach(one -> found.add(new SourceId(one.kind(), one.sourceId())));
        }
        return found;
    }

    private void redact(List<SourceId> records) {
        for (SourceId record : records) {
            run.ledger.redact(record);
        }
    }

    private void forget(List<SourceId> records, String customerId) {
        for (int from = 0; from < records.size(); from += BATCH) {
            Changes changes = run.ledger.changes();
            for (SourceId record : records.subList(from, Math.min(records.size(), from + BATCH))) {
                changes.removeLink(record.kind(), record.id());
                changes.release(record.kind(), record.id());
                changes.unskip(record);
                changes.unqueue(record);
            }
            changes.unqueueRollUp(customerId).commit();
        }
    }
}
