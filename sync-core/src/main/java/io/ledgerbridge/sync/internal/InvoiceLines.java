package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.LineItems;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Quarantined;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.sync.internal.Tally.Decision;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lines of invoices, their contacts, and what the detail tells of the invoice itself. */
final class InvoiceLines {

    private static final int CHUNK = 100;

    private final Run run;
    private final RecordWriter writer;
    private final Pairs pairs;
    private final Addressees addressees;
    /** Lines as they are known for sure, and those that are in HubSpot now. */
    private final Map<String, Link> lines = new HashMap<>();

    private final Map<String, Link> written = new HashMap<>();
    private Map<String, Link> customers = Map.of();
    private Map<String, Link> contacts = Map.of();

    InvoiceLines(Run run, RecordWriter writer, Pairs pairs, Addressees addressees) {
        this.run = run;
        this.addressees = addressees;
        this.writer = writer;
        this.pairs = pairs;
    }

    void write(Map<Entry, Invoice> fetched) {
        Changes changes = run.ledger.changes();
        Map<String, LineMapping.Result> mapped = new HashMap<>();
        List<Desired> desired = new ArrayList<>();
        Map<String, Link> headers = run.ledger.links(
                Kind.INVOICE, fetched.values().stream().map(Invoice::invoiceId).toList());
        for (Invoice invoice : fetched.values()) {
            Link header = headers.get(invoice.invoiceId());
            if (header != null && mayHaveLines(header)) {
                LineMapping.Result result = LineMapping.map(invoice, run.mapping.custom());
                mapped.put(invoice.invoiceId(), result);
            }
        }
        lines.putAll(run.ledger.settledLinks(
                Kind.LINE_ITEM,
                mapped.values().stream()
                        .flatMap(result -> result.lines().stream())
                        .map(LineMapping.Line::sourceId)
                        .toList()));
        fetched.values().forEach(invoice -> {
            LineMapping.Result result = mapped.get(invoice.invoiceId());
            if (result != null) {
                desired.addAll(desired(invoice, result));
            }
        });
        for (int from = 0; from < desired.size(); from += CHUNK) {
            written.putAll(writer.write(
                    Kind.LINE_ITEM, desired.subList(from, Math.min(desired.size(), from + CHUNK)), changes));
        }
        written.values().forEach(line -> {
            if (!line.equals(lines.put(line.sourceId(), line))) {
                changes.put(line);
            }
        });
        Map<String, Link> links = run.ledger.links(
                Kind.INVOICE, fetched.values().stream().map(Invoice::invoiceId).toList());
        readAddressees(fetched.values(), links);
        fetched.forEach((entry, invoice) -> {
            changes.remove(entry);
            changes.remove(Details.deferred(invoice.invoiceId(), run.time.now()));
            writer.releaseUnread(Kind.INVOICE, invoice.invoiceId(), changes);
            Link link = links.get(invoice.invoiceId());
            if (link != null && mayHaveLines(link) && run.isOn(Kind.LINE_ITEM)) {
                settle(invoice, changes.latest(link), mapped.get(invoice.invoiceId()), changes);
            }
        });
        changes.commit();
        run.tally.progress(Kind.LINE_ITEM, -1);
    }

    /** The customers of these invoices, and the contacts that they may be addressed to. */
    private void readAddressees(Collection<Invoice> invoices, Map<String, Link> links) {
        customers = run.ledger.links(
                Kind.CUSTOMER, links.values().stream().map(Link::customerId).collect(Collectors.toSet()));
        List<Link> addressed = new ArrayList<>();
        for (Invoice invoice : invoices) {
            Link link = links.get(invoice.invoiceId());
            if (link != null) {
                addressed.add(link.withFacts(addressees(invoice)));
            }
        }
        contacts = addressees.contacts(addressed, customers.values());
    }

    private static Map<String, String> addressees(Invoice invoice) {
        return Map.of(Facts.ADDRESSEES, String.join(" ", invoice.contactPersons()));
    }

    /** Lines of an invoice that is not in HubSpot would belong to nothing. */
    private static boolean mayHaveLines(Link invoice) {
        return invoice.targetId() != null
                && invoice.fact(Facts.GONE).isEmpty()
                && invoice.fact(Facts.MADE).isEmpty()
                && !invoice.isLeftOut();
    }

    private List<Desired> desired(Invoice invoice, LineMapping.Result result) {
        List<Desired> desired = new ArrayList<>();
        for (LineMapping.Line line : result.lines()) {
            if (run.identity(Kind.LINE_ITEM) == Identity.POSITION) {
                // Whatever the mapping says: nothing else tells the lines apart.
                line.values().set(LineItems.POSITION, BigDecimal.valueOf(desired.size()));
            }
            Link link = lines.getOrDefault(
                            line.sourceId(), Link.unlinked(Kind.LINE_ITEM, line.sourceId(), invoice.customerId()))
                    .withCustomer(invoice.customerId())
                    .withStamp(BooksMapping.stamp(invoice.lastModifiedTime()))
                    .withFacts(Map.of(Facts.INVOICE, invoice.invoiceId()));
            desired.add(new Desired(
                    link,
                    run.mapping.key(line.sourceId()),
                    line.values(),
                    Map.of(),
                    invoice.invoiceNumber() + " line " + line.sourceId()));
        }
        return desired;
    }

    private void settle(Invoice invoice, Link known, LineMapping.@Nullable Result result, Changes changes) {
        if (result == null) {
            return;
        }
        report(invoice, result, changes);
        releaseThoseGone(invoice, result, changes);
        List<String> ids =
                result.lines().stream().map(LineMapping.Line::sourceId).toList();
        boolean mapped = result.problem() == null;
        boolean complete = mapped && written.keySet().containsAll(ids);
        Link link = known.withDetailStamp(known.stamp())
                .withFacts(Map.of(
                        Facts.DETAILS,
                        complete ? "complete" : "partial",
                        Facts.TAX,
                        result.tax().toPlainString()))
                .withFacts(addressees(invoice));
        if (known.amount(Facts.TAX).compareTo(link.amount(Facts.TAX)) != 0) {
            changes.put(RollUps.entry(link.customerId()));
            Deals.changed(run, link, link, changes);
        }
        if (mapped) {
            link = lines(link, ids, changes);
        }
        Link customer = customers.get(link.customerId());
        if (customer != null) {
            link = addressees.relate(link, customer, contacts, changes);
        }
        if (!BooksMapping.isKnownStatus(invoice.status())) {
            run.tally.note(
                    Kind.INVOICE,
                    invoice.invoiceNumber(),
                    "its status '" + invoice.status() + "' is not known here; HubSpot shows it as open");
        }
        if (link.children().isEmpty()) {
            run.tally.note(
                    Kind.INVOICE, invoice.invoiceNumber(), "it has no lines in HubSpot, so it stays a draft there");
        }
        changes.put(link);
        changes.put(Statuses.entry(link.sourceId()));
    }

    /** A line that could not be written does not wait any more when the invoice has it no more. */
    private void releaseThoseGone(Invoice invoice, LineMapping.Result result, Changes changes) {
        if (run.ledger.anyQuarantined()) {
            Set<String> present = result.lines().stream()
                    .map(LineMapping.Line::sourceId)
                    .collect(Collectors.toCollection(HashSet::new));
            present.add(invoice.invoiceId());
            run.ledger.quarantinedOf(Kind.INVOICE, invoice.invoiceId()).stream()
                    .filter(one -> one.kind() == Kind.LINE_ITEM && !present.contains(one.sourceId()))
                    .forEach(one -> changes.release(one.kind(), one.sourceId()));
        }
    }

    private void report(Invoice invoice, LineMapping.Result result, Changes changes) {
        result.merged().forEach((id, reason) -> run.tally.decide(Kind.LINE_ITEM, id, Decision.SKIPPED));
        String stamp = BooksMapping.stamp(invoice.lastModifiedTime());
        if (result.problem() == null) {
            changes.release(Kind.LINE_ITEM, invoice.invoiceId());
            return;
        }
        Link lines = Link.unlinked(Kind.LINE_ITEM, invoice.invoiceId(), invoice.customerId())
                .withFacts(Map.of(Facts.INVOICE, invoice.invoiceId()))
                .withStamp(stamp);
        changes.put(Quarantined.of(lines, result.problem(), "Correct the invoice in Zoho Books.", Map.of(), ""));
        changes.audit(lines, AuditEntry.Decision.QUARANTINED, result.problem());
        invoice.lineItems()
                .forEach(line -> run.tally.decide(
                        Kind.LINE_ITEM,
                        line.lineItemId(),
                        Decision.QUARANTINED,
                        invoice.invoiceNumber(),
                        result.problem()
                                + ". HubSpot shows the lines it had before, if any; correct it in Zoho Books."));
    }

    /**
     * Owes the associations of new lines, and archives those that the source no longer has. A line that could not be written
     * stays as it was.
     */
    private Link lines(Link link, List<String> ids, Changes changes) {
        List<String> children = new ArrayList<>();
        List<String> targets = new ArrayList<>();
        for (String id : ids) {
            Link line = lines.get(id);
            if (line != null && line.targetId() != null) {
                children.add(id);
                targets.add(line.targetId());
            }
        }
        Set<String> gone = new HashSet<>(link.children());
        ids.forEach(gone::remove);
        if (!gone.isEmpty()) {
            archive(gone, Set.copyOf(targets), changes);
        }
        // Archiving has separated those that are gone.
        List<String> there = new ArrayList<>(link.related(Relation.INVOICE_LINE));
        there.retainAll(targets);
        return pairs.relate(Relation.INVOICE_LINE, link.withRelated(Relation.INVOICE_LINE, there), targets, changes)
                .withChildren(children);
    }

    /** A record that another line has now stays. */
    private void archive(Set<String> gone, Set<String> kept, Changes changes) {
        List<String> targets = new ArrayList<>();
        run.ledger.links(Kind.LINE_ITEM, gone).values().forEach(line -> {
            changes.removeLink(line);
            if (line.targetId() == null || !kept.contains(line.targetId())) {
                changes.audit(line, AuditEntry.Decision.ARCHIVED, "the invoice has no such line any more");
                if (line.targetId() != null) {
                    targets.add(line.targetId());
                }
            }
        });
        if (!targets.isEmpty()) {
            run.target
                    .archive(Kind.LINE_ITEM, targets)
                    .forEach((id, problem) ->
                            run.tally.note(Kind.LINE_ITEM, id, "HubSpot does not archive it: " + problem.message()));
            run.tally.archived(Kind.LINE_ITEM, targets.size());
        }
    }
}
