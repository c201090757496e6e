package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds what a lost link knew of its associations from HubSpot, so that an invoice which has moved or lost a line
 * meanwhile does not keep what it had. Of the other records only those count that are linked again already, or were before they were erased.
 */
final class Relinking {

    private static final String PLACEHOLDER = ":record:";

    private final Run run;
    private final Pairs pairs;
    private final Changes changes;

    Relinking(Run run, Pairs pairs, Changes changes) {
        this.run = run;
        this.pairs = pairs;
        this.changes = changes;
    }

    /** Links of the records that were found, by key, as far as they hold associations. */
    Map<String, Link> rebuild(Kind kind, List<Desired> unlinked, Map<String, CrmRecord<?>> found) {
        Map<String, Link> byKey = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (Desired one : unlinked) {
            CrmRecord<?> record = found.get(one.key());
            if (record != null && (kind == Kind.INVOICE || kind == Kind.PAYMENT)) {
                byKey.put(one.key(), one.link().withTarget(record.id().value()));
                ids.add(record.id().value());
            }
        }
        if (ids.isEmpty()) {
            return byKey;
        }
        List<Relation> held = kind == Kind.INVOICE
                ? List.of(Relation.INVOICE_COMPANY, Relation.INVOICE_CONTACT, Relation.INVOICE_LINE)
                : List.of(Relation.PAYMENT_COMPANY, Relation.PAYMENT_CONTACT, Relation.INVOICE_PAYMENT);
        for (Relation relation : held) {
            Kind other = relation.other(kind);
            if (run.isOn(other)) {
                Map<String, List<String>> associated = run.target.associated(relation, kind, ids);
                byKey.replaceAll((key, link) -> {
                    List<String> others = associated.getOrDefault(link.requireTarget(), List.of());
                    return other == Kind.LINE_ITEM
                            ? withLines(link, others)
                            : link.withRelated(relation, linked(other, others));
                });
            }
            if (relation == Relation.INVOICE_PAYMENT) {
                List<Link> invoices = new ArrayList<>();
                byKey.values()
                        .forEach(link -> link.related(relation)
                                .forEach(target -> run.ledger
                                        .byTarget(Kind.INVOICE, target)
                                        .ifPresent(invoices::add)));
                pairs.statusAgain(invoices, changes);
            }
        }
        return byKey;
    }

    private List<String> linked(Kind kind, List<String> ids) {
        return ids.stream()
                .filter(id -> run.ledger.byTarget(kind, id).isPresent() || run.ledger.wasTarget(kind, id))
                .toList();
    }

    /** Whether this stands for a line of which only HubSpot's record is known. */
    static boolean isPlaceholder(String lineId) {
        return lineId.contains(PLACEHOLDER);
    }

    /** Lines with a key of ours are known again; what they hold is not. */
    private Link withLines(Link invoice, List<String> ids) {
        if (ids.isEmpty()) {
            return invoice;
        }
        if (run.identity(Kind.LINE_ITEM) == Identity.POSITION) {
            return withPlaceholders(invoice, ids);
        }
        String prefix = run.mapping.key("");
        Map<String, CrmRecord<?>> records = run.target.read(Kind.LINE_ITEM, ids, List.of(BooksProperties.KEY.name()));
        List<String> related = new ArrayList<>();
        List<String> children = new ArrayList<>();
        records.forEach((id, record) -> {
            String key = record.text(BooksProperties.KEY.name()).orElse("");
            if (key.startsWith(prefix)) {
                String sourceId = key.substring(prefix.length());
                related.add(id);
                children.add(sourceId);
                changes.put(Link.unlinked(Kind.LINE_ITEM, sourceId, invoice.customerId())
                        .withTarget(id)
                        .withFacts(Map.of(Facts.INVOICE, invoice.sourceId()))
                        .unsure());
            }
        });
        return invoice.withRelated(Relation.INVOICE_LINE, related).withChildren(children);
    }

    /**
     * Which lines these are is known when the detail is read; those that are none of it are archived then. What users of HubSpot have
     * added is left alone, and a line whose link is there still is no riddle.
     */
    private Link withPlaceholders(Link invoice, List<String> ids) {
        Map<String, CrmRecord<?>> records = run.target.read(Kind.LINE_ITEM, ids, List.of(Lookup.SOURCE));
        List<String> children = new ArrayList<>();
        List<String> related = new ArrayList<>();
        for (String id : ids) {
            CrmRecord<?> record = records.get(id);
            if (record == null || !Lookup.isMadeByAnIntegration(record)) {
                continue;
            }
            Link line = run.ledger
                    .byTarget(Kind.LINE_ITEM, id)
                    .orElseGet(() -> Link.unlinked(
                                    Kind.LINE_ITEM, invoice.sourceId() + PLACEHOLDER + id, invoice.customerId())
                            .withTarget(id)
                            .withFacts(Map.of(Facts.INVOICE, invoice.sourceId())));
            related.add(id);
            children.add(line.sourceId());
            changes.put(line.unsure());
        }
        return invoice.withRelated(Relation.INVOICE_LINE, related).withChildren(children);
    }
}
