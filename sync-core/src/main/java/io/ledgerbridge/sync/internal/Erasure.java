package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.HubSpotPermissionException;
import io.ledgerbridge.hubspot.Problem;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Asked;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Former;
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
import java.util.stream.Collectors;

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
            List<Former> formers = run.ledger.formerOf(customerId);
            List<Held> held = held(links, formers, customerId);
            Archiving archiving = request.has(ARCHIVE) ? archive(held) : new Archiving(List.of(), held, false);
            Set<SourceId> linked = new LinkedHashSet<>();
            links.values().forEach(all -> all.forEach(link -> linked.add(new SourceId(link.kind(), link.sourceId()))));
            Set<SourceId> others = new LinkedHashSet<>(run.ledger.skippedOf(customerId));
            others.add(new SourceId(Kind.CUSTOMER, customerId));
            formers.forEach(former -> others.add(former.record()));
            linked.forEach(run.ledger::redact);
            others.forEach(run.ledger::redact);
            formers.forEach(former ->
                    former.lines().forEach(line -> run.ledger.redact(new SourceId(Kind.LINE_ITEM, line))));
            others.removeIf(record -> isOfAnother(record, customerId));
            // What is found through others is forgotten before them, in case that this process is lost in between.
            Set<SourceId> records = new LinkedHashSet<>(quarantinedWith(linked));
            records.addAll(quarantinedWith(others));
            records.forEach(run.ledger::redact);
            records.addAll(linked);
            records.addAll(others);
            run.ledger.forgetBodies(records, customerId);
            forget(List.copyOf(records), archiving.left(), customerId);
            settle(request, customerId, formers, archiving);
            run.tally.decide(Kind.CUSTOMER, customerId, Decision.SKIPPED, customerId, Scope.ERASED);
        }
    }

    /** What HubSpot has of a record. */
    private record Held(SourceId record, String target) {
        Kind kind() {
            return record.kind();
        }
    }

    /**
     * What has become of that.
     *
     * @param left what stays in HubSpot
     * @param maySucceed whether some of that may be archived later
     */
    private record Archiving(List<Held> archived, List<Held> left, boolean maySucceed) {}

    /** An invoice that has moved to another customer stays with that one. */
    private boolean isOfAnother(SourceId record, String customerId) {
        return run.ledger
                .link(record.kind(), record.id())
                .map(Link::customerId)
                .filter(owner -> !owner.isEmpty() && !owner.equals(customerId))
                .isPresent();
    }

    /** What HubSpot refuses for good, such as to archive a paid invoice, it would refuse again: that is told, and left to people. */
    private void settle(Request request, String customerId, List<Former> formers, Archiving archiving) {
        Changes changes = run.ledger.changes();
        Set<Held> gone = Set.copyOf(archiving.archived());
        formers.stream()
                .filter(former ->
                        former.target().isEmpty() || gone.contains(new Held(former.record(), former.target())))
                .forEach(former -> changes.forget(former, customerId));
        String archived = archiving.left().isEmpty()
                ? ", and its records in HubSpot were archived"
                : "; HubSpot does not archive " + archiving.left().size() + " records";
        changes.auditConnection(
                        AuditEntry.Decision.COMMANDED,
                        "everything personal of customer " + customerId + " was erased"
                                + (request.has(ARCHIVE) ? archived : ""))
                .commit();
        if (!archiving.maySucceed()) {
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

    /** What HubSpot has of them. A contact of somebody who was removed may be another's by now. */
    private List<Held> held(Map<Kind, List<Link>> links, List<Former> formers, String customerId) {
        List<Held> held = new ArrayList<>();
        links.forEach((kind, all) -> {
            Set<String> targets = new HashSet<>();
            all.stream()
                    .filter(link -> link.targetId() != null && targets.add(link.requireTarget()))
                    .forEach(link -> held.add(new Held(new SourceId(kind, link.sourceId()), link.requireTarget())));
            formers.stream()
                    .filter(former -> former.isIn(kind)
                            && !isKnownToAnother(kind, former.target(), customerId)
                            && targets.add(former.target()))
                    .forEach(former -> held.add(new Held(former.record(), former.target())));
        });
        return held;
    }

    /** Whether somebody who is not erased has it now, or had it too. */
    private boolean isKnownToAnother(Kind kind, String target, String customerId) {
        return run.ledger.byTarget(kind, target).isPresent()
                || run.ledger.formerOwners(kind, target).stream()
                        .anyMatch(owner -> !owner.equals(customerId) && !run.scope.isErased(owner));
    }

    private Archiving archive(List<Held> held) {
        List<Held> archived = new ArrayList<>();
        List<Held> left = new ArrayList<>();
        boolean maySucceed = false;
        Map<Kind, List<Held>> byKind = new LinkedHashMap<>();
        held.forEach(one ->
                byKind.computeIfAbsent(one.kind(), kind -> new ArrayList<>()).add(one));
        for (List<Held> all : byKind.values()) {
            for (int from = 0; from < all.size(); from += BATCH) {
                run.mayGoOn();
                List<Held> some = all.subList(from, Math.min(all.size(), from + BATCH));
                Map<String, Problem> problems = archive(some.get(0).kind(), some);
                for (Held one : some) {
                    Problem problem = problems.get(one.target());
                    if (problem == null) {
                        archived.add(one);
                    } else {
                        left.add(one);
                        maySucceed |= problem.retryable();
                        tell(one, problem);
                    }
                }
                run.tally.archived(some.get(0).kind(), some.size() - problems.size());
            }
        }
        return new Archiving(archived, left, maySucceed);
    }

    /** Answers what HubSpot does not archive; a token that may not do it refuses everything. */
    private Map<String, Problem> archive(Kind kind, List<Held> some) {
        List<String> targets = some.stream().map(Held::target).toList();
        try {
            return run.target.archive(kind, targets);
        } catch (HubSpotPermissionException e) {
            Problem refusal =
                    new Problem(Problem.NOT_SENT, null, Set.of(), String.valueOf(e.getMessage()), null, null, false);
            return targets.stream().collect(Collectors.toMap(target -> target, target -> refusal));
        }
    }

    private void tell(Held held, Problem problem) {
        run.tally.note(
                held.kind(),
                held.target(),
                "HubSpot does not archive it, "
                        + (problem.retryable() ? "it is tried again: " : "so somebody has to: ")
                        + problem.message());
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

    /** @param left what stays in HubSpot, of which the id alone is known on */
    private void forget(List<SourceId> records, List<Held> left, String customerId) {
        Map<SourceId, List<Held>> leftOf = left.stream().collect(Collectors.groupingBy(Held::record));
        for (int from = 0; from < records.size(); from += BATCH) {
            Changes changes = run.ledger.changes();
            for (SourceId record : records.subList(from, Math.min(records.size(), from + BATCH))) {
                changes.forgetLink(record);
                leftOf.getOrDefault(record, List.of())
                        .forEach(held -> changes.former(record, customerId, held.target()));
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
