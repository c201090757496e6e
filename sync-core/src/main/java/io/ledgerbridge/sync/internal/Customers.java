package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.Companies;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Customers become companies. */
final class Customers {

    private static final int CHUNK = 100;

    private final Run run;
    private final RecordWriter writer;

    Customers(Run run, RecordWriter writer) {
        this.run = run;
        this.writer = writer;
    }

    Scan<Contact> scan() {
        return new Scan<>(
                run,
                Kind.CUSTOMER,
                run.source::customers,
                Contact::contactId,
                Contact::lastModifiedTime,
                this::headers);
    }

    private void headers(List<Contact> all) {
        List<Contact> rows = run.scope.customers(
                all.stream().filter(row -> !row.contactType().equals("vendor")).toList());
        Changes changes = run.ledger.changes();
        Map<String, Link> links = run.ledger.settledLinks(
                Kind.CUSTOMER, rows.stream().map(Contact::contactId).toList());
        List<Desired> desired = new ArrayList<>();
        for (Contact row : rows) {
            String stamp = BooksMapping.stamp(row.lastModifiedTime());
            if (writer.isQuarantined(Kind.CUSTOMER, row.contactId(), stamp, row.contactName())) {
                continue;
            }
            Link known = links.getOrDefault(row.contactId(), Link.unlinked(Kind.CUSTOMER, row.contactId(), ""));
            Link link = known.present().withStamp(stamp).withFacts(facts(row));
            if (run.remapping.isWaitingFor(Kind.CUSTOMER) && isWritten(known) && link.equals(known)) {
                run.tally.decide(Kind.CUSTOMER, row.contactId(), Tally.Decision.UNCHANGED);
                continue;
            }
            if (!known.stamp().equals(stamp)) {
                changes.put(new Entry(
                        Work.DETAIL, Kind.CUSTOMER + "/" + row.contactId(), Details.PRIORITY_CUSTOMER, Map.of()));
            }
            desired.add(new Desired(
                    link,
                    run.mapping.key(row.contactId()),
                    run.mapping.company(row),
                    Map.of(),
                    row.contactName(),
                    run.policies.match().valueOf(row)));
        }
        Map<String, Link> written = writer.write(Kind.CUSTOMER, desired, changes);
        boolean anyHeldBack = run.ledger.hasLinks(Kind.INVOICE) || run.ledger.hasLinks(Kind.PAYMENT);
        written.values().forEach(link -> {
            if (!link.equals(links.get(link.sourceId()))) {
                changes.put(link);
            }
            Link known = links.get(link.sourceId());
            if (link.detailStamp().equals(link.stamp())) {
                changes.remove(Details.entry(Kind.CUSTOMER, link.sourceId()));
            }
            if (known == null || known.targetId() == null) {
                changes.put(RollUps.entry(link.sourceId()));
                if (anyHeldBack) {
                    takeUpHeldBack(link.sourceId(), changes);
                }
            }
        });
        for (Desired one : desired) {
            if (!written.containsKey(one.link().sourceId())) {
                changes.remove(
                        new Entry(Work.DETAIL, Kind.CUSTOMER + "/" + one.link().sourceId(), "", Map.of()));
            }
        }
        changes.commit();
        run.tally.progress(Kind.CUSTOMER, -1);
    }

    private static boolean isWritten(Link link) {
        return link.targetId() != null && !link.isUnsure();
    }

    /** What was read before its customer could be written is read once more. */
    private void takeUpHeldBack(String customerId, Changes changes) {
        for (Kind kind : List.of(Kind.INVOICE, Kind.PAYMENT)) {
            for (Link link : run.ledger.linksOfCustomer(kind, customerId)) {
                boolean waits = link.targetId() == null
                        || run.ledger.quarantined(kind, link.sourceId()).isPresent()
                        || (kind == Kind.PAYMENT
                                && link.related(Relation.PAYMENT_COMPANY).isEmpty());
                if (!waits) {
                    continue;
                }
                changes.release(kind, link.sourceId());
                changes.put(new Entry(
                        Work.DETAIL,
                        kind + "/" + link.sourceId(),
                        Details.PRIORITY_OPEN_INVOICE,
                        Map.of(Details.STAMP, List.of(link.stamp()))));
            }
        }
    }

    /** Companies from what up to 100 invoices say of their customers, to be completed when the customers themselves are read. */
    void fromInvoices(Collection<Invoice> invoices) {
        Changes changes = run.ledger.changes();
        Map<String, Desired> desired = new LinkedHashMap<>();
        for (Invoice invoice : invoices) {
            Link link = Link.unlinked(Kind.CUSTOMER, invoice.customerId(), "")
                    .withFacts(Map.of(Facts.NAME, invoice.customerName(), Facts.NEW, "yes"));
            Values values = new Values().text(Companies.NAME, invoice.customerName());
            desired.put(
                    invoice.customerId(),
                    new Desired(link, run.mapping.key(invoice.customerId()), values, Map.of(), invoice.customerName()));
        }
        boolean anyHeldBack = run.ledger.hasLinks(Kind.PAYMENT);
        writer.write(Kind.CUSTOMER, List.copyOf(desired.values()), changes)
                .values()
                .forEach(link -> {
                    // Its invoices may be gone before they are remembered.
                    changes.put(link).put(RollUps.entry(link.sourceId()));
                    if (anyHeldBack) {
                        takeUpHeldBack(link.sourceId(), changes);
                    }
                });
        changes.commit();
    }

    /** Details of customers: the address rides with the roll-up, the persons are decided by the caller. */
    void details(Map<Contact, Entry> fetched) {
        Changes changes = run.ledger.changes();
        Map<String, Link> links = run.ledger.links(
                Kind.CUSTOMER, fetched.keySet().stream().map(Contact::contactId).toList());
        fetched.forEach((customer, entry) -> {
            Link link = links.get(customer.contactId());
            if (link != null && !link.isLeftOut()) {
                changes.put(link.withDetailStamp(BooksMapping.stamp(customer.lastModifiedTime())));
                changes.put(RollUps.entry(
                        link.sourceId(), run.mapping.companyDetail(customer).encoded()));
            }
            writer.releaseUnread(Kind.CUSTOMER, customer.contactId(), changes);
            changes.remove(entry);
        });
        changes.commit();
    }

    /**
     * Customers that have changed since their row was read, or of which HubSpot may have something else.
     *
     * @param wanted those of which it was said that they differ
     */
    void headersThatDiffer(List<Contact> details, Set<Contact> wanted) {
        Map<String, Link> links = run.ledger.settledLinks(
                Kind.CUSTOMER, details.stream().map(Contact::contactId).toList());
        List<Contact> differing = details.stream()
                .filter(customer -> wanted.contains(customer) || differs(customer, links.get(customer.contactId())))
                .toList();
        for (int from = 0; from < differing.size(); from += CHUNK) {
            headers(differing.subList(from, Math.min(differing.size(), from + CHUNK)));
        }
    }

    private static boolean differs(Contact customer, @Nullable Link link) {
        return link == null
                || link.targetId() == null
                || link.isUnsure()
                || !link.stamp().equals(BooksMapping.stamp(customer.lastModifiedTime()))
                || !link.facts().entrySet().containsAll(facts(customer).entrySet());
    }

    private static Map<String, String> facts(Contact row) {
        return Map.of(
                Facts.NAME, row.contactName(),
                Facts.EMAIL, BooksMapping.cleanEmail(row.email()),
                Facts.FIRST_NAME, row.firstName(),
                Facts.LAST_NAME, row.lastName(),
                Facts.PHONE, row.phone());
    }
}
