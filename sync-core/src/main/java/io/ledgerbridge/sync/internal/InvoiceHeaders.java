package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.DeletionPolicy;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.sync.internal.Tally.Decision;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Invoices become visible at once, as drafts with all figures; their lines and status follow with the details. */
final class InvoiceHeaders {

    private static final int CHUNK = 100;
    private static final Set<String> CHANGED_BY_PAYMENTS = Set.of(
            BooksProperties.STATUS.name(),
            BooksProperties.BALANCE.name(),
            BooksProperties.PAID.name(),
            BooksProperties.VERSION.name());

    private final Run run;
    private final Deletions deletions;
    private final Addressees addressees;
    private final RecordWriter writer;
    private final Pairs pairs;
    private final Customers customers;
    private final Deals deals;

    InvoiceHeaders(
            Run run,
            RecordWriter writer,
            Pairs pairs,
            Customers customers,
            Deletions deletions,
            Addressees addressees,
            Deals deals) {
        this.run = run;
        this.deals = deals;
        this.addressees = addressees;
        this.deletions = deletions;
        this.writer = writer;
        this.pairs = pairs;
        this.customers = customers;
    }

    Scan<Invoice> scan() {
        return new Scan<>(
                run, Kind.INVOICE, run.source::invoices, Invoice::invoiceId, Invoice::lastModifiedTime, this::write);
    }

    /**
     * A long history is read for many minutes, customers first. The latest invoices are there at once; their companies are
     * completed when the customers are read. For this one page is read twice. An account that has records of ours does not
     * need it.
     */
    void showLatest() {
        boolean isNew = run.prepared.newKeys().contains(Kind.INVOICE);
        if (!isNew || !run.isOn(Kind.INVOICE) || !mayBeMadeFromInvoices()) {
            return;
        }
        run.governor.keepReserve();
        List<Invoice> latest = run.source.invoices(ListOrder.NEWEST_FIRST, 1).items();
        for (int from = 0; from < latest.size(); from += CHUNK) {
            write(latest.subList(from, Math.min(latest.size(), from + CHUNK)));
        }
    }

    /**
     * Time and credits may change an invoice without a new stamp. The list of open ones tells of those that are still open; what
     * we hold as open and it does not name has its detail read.
     */
    void compareOpen() {
        Map<String, Invoice> rows = new LinkedHashMap<>();
        run.governor.keepReserve();
        run.source.openInvoices().forEach(row -> rows.put(row.invoiceId(), row));
        List<Invoice> listed = List.copyOf(rows.values());
        for (int from = 0; from < listed.size(); from += CHUNK) {
            writeThoseThatDiffer(listed.subList(from, Math.min(listed.size(), from + CHUNK)));
        }
        Set<String> open = rows.keySet();
        Changes changes = run.ledger.changes();
        run.ledger.forEachLink(Kind.INVOICE, link -> {
            boolean heldAsOpen = BooksMapping.counts(link.fact(Facts.STATUS))
                    && link.amount(Facts.BALANCE).signum() > 0;
            if (heldAsOpen && !link.isLeftOut() && link.targetId() != null && !open.contains(link.sourceId())) {
                changes.put(detailEntry(link.sourceId(), link.fact(Facts.DATE), true));
            }
        });
        changes.commit();
    }

    private void writeThoseThatDiffer(List<Invoice> rows) {
        Map<String, Link> links = run.ledger.links(
                Kind.INVOICE, rows.stream().map(Invoice::invoiceId).toList());
        List<Invoice> differing = rows.stream()
                .filter(row -> {
                    Link link = links.get(row.invoiceId());
                    return link != null
                            && !link.facts()
                                    .entrySet()
                                    .containsAll(BooksMapping.facts(row).entrySet());
                })
                .toList();
        if (!differing.isEmpty()) {
            write(differing);
        }
    }

    /** Up to 100 invoices, as rows or details. */
    void write(List<Invoice> all) {
        List<Invoice> rows = run.scope.invoices(all);
        Map<String, Link> companies = companies(rows);
        Map<String, Link> links = run.ledger.settledLinks(
                Kind.INVOICE, rows.stream().map(Invoice::invoiceId).toList());
        Changes changes = run.ledger.changes();
        List<Desired> desired = new ArrayList<>();
        List<Desired> voided = new ArrayList<>();
        for (Invoice row : rows) {
            Link known =
                    links.getOrDefault(row.invoiceId(), Link.unlinked(Kind.INVOICE, row.invoiceId(), row.customerId()));
            Link link = known.present()
                    .withCustomer(row.customerId())
                    .withStamp(BooksMapping.stamp(row.lastModifiedTime()))
                    .withFacts(BooksMapping.facts(row));
            if (!known.customerId().equals(row.customerId())) {
                changes.moved(known);
            }
            link = deals.matched(link, row);
            if (!link.facts().equals(known.facts()) || !link.customerId().equals(known.customerId())) {
                changes.put(RollUps.entry(known.customerId()));
                changes.put(RollUps.entry(row.customerId()));
                Deals.changed(run, known, link, changes);
            }
            if (run.remapping.isWaitingFor(Kind.INVOICE)
                    && link.targetId() != null
                    && !link.isUnsure()
                    && link.equals(known)) {
                run.tally.decide(Kind.INVOICE, row.invoiceId(), Decision.UNCHANGED);
                continue;
            }
            // The facts count for the company's figures, whatever becomes of the record.
            if (!link.equals(known)) {
                changes.put(link);
            }
            if (isVoid(row) && run.policies.voids() != DeletionPolicy.MARK) {
                leaveVoided(row, desired(row, link), voided);
            } else if (isWritable(row, link, companies.get(row.customerId()), changes)) {
                desired.add(desired(row, link));
            } else if (link.targetId() != null && !link.equals(known)) {
                // The link tells a version that HubSpot does not have.
                changes.put(link.unsure());
            }
        }
        desired.addAll(deletions.archiveVoided(voided, changes));
        Map<String, Link> written = writer.write(Kind.INVOICE, desired, changes);
        Map<String, Link> contacts = addressees.contacts(written.values(), companies.values());
        boolean payments = run.ledger.hasLinks(Kind.PAYMENT);
        for (Desired one : desired) {
            Link link = written.get(one.link().sourceId());
            if (link != null) {
                Link known = links.get(link.sourceId());
                if (payments && (known == null || known.targetId() == null)) {
                    owePayments(link, changes);
                }
                put(link, known, companies.get(link.customerId()), contacts, changes);
            } else if (one.link().targetId() != null) {
                // The link tells a version that HubSpot does not have.
                changes.put(changes.latest(one.link()).unsure());
            }
        }
        changes.commit();
        run.tally.progress(Kind.INVOICE, -1);
    }

    private static boolean isVoid(Invoice row) {
        return BooksMapping.hubSpotStatus(row.status()).equals("voided");
    }

    private Desired desired(Invoice row, Link link) {
        return new Desired(
                link,
                run.mapping.key(row.invoiceId()),
                run.mapping.invoice(row),
                BooksMapping.onlyOnCreate(),
                row.invoiceNumber());
    }

    private void leaveVoided(Invoice row, Desired desired, List<Desired> voided) {
        if (run.policies.voids() == DeletionPolicy.ARCHIVE && desired.link().targetId() != null) {
            voided.add(desired);
        } else {
            run.tally.decide(
                    Kind.INVOICE,
                    row.invoiceId(),
                    Decision.SKIPPED,
                    row.invoiceNumber(),
                    "it was voided in Zoho Books");
        }
    }

    private boolean isWritable(Invoice row, Link link, @Nullable Link company, Changes changes) {
        if (!run.isOn(Kind.INVOICE)
                || writer.isQuarantined(Kind.INVOICE, row.invoiceId(), link.stamp(), row.invoiceNumber())) {
            return false;
        }
        Map<String, String> payload = run.mapping.invoice(row).encoded();
        if (company == null || company.targetId() == null) {
            String reason = "its customer '" + row.customerName() + "' could not be written; see there";
            writer.quarantine(link, row.invoiceNumber(), reason, payload, changes);
            return false;
        }
        if (!run.prepared.account().currencies().contains(row.currencyCode())) {
            writer.awaitCurrency(link, row.invoiceNumber(), row.currencyCode(), payload, changes);
            return false;
        }
        return true;
    }

    private void put(
            Link written, @Nullable Link known, @Nullable Link company, Map<String, Link> contacts, Changes changes) {
        Link link = written;
        boolean isNew = known == null || known.targetId() == null;
        boolean moved = !isNew
                && company != null
                && company.targetId() != null
                && !link.related(Relation.INVOICE_COMPANY).contains(company.targetId());
        if (moved && known != null && !known.customerId().equals(link.customerId())) {
            link = link.withFacts(Map.of(Facts.ADDRESSEES, ""));
        }
        if (company != null && company.targetId() != null) {
            link = pairs.relate(Relation.INVOICE_COMPANY, link, List.of(company.targetId()), changes);
        }
        if ((isNew || moved) && company != null) {
            link = addressees.relate(link, company, contacts, changes);
        }
        if (known != null
                && !known.fact(Facts.STATUS).equals(link.fact(Facts.STATUS))
                && !link.children().isEmpty()) {
            changes.put(Statuses.entry(link.sourceId()));
        }
        link = deals.relate(link, true, changes);
        if (run.isOn(Kind.LINE_ITEM) && isDetailNews(isNew ? null : known, link)) {
            queueDetail(known, link, changes);
        }
        if (!link.equals(known)) {
            changes.put(link);
        }
    }

    /** Stamps have but seconds: an edit within the second of the one before shows by its total. */
    private static boolean isDetailNews(@Nullable Link known, Link link) {
        if (known != null && known.stamp().equals(link.stamp())) {
            return !known.fact(Facts.TOTAL).isEmpty()
                    && known.amount(Facts.TOTAL).compareTo(link.amount(Facts.TOTAL)) != 0;
        }
        return !link.detailStamp().equals(link.stamp());
    }

    /** What looks as if only payments had come in can wait; if one was taken away, the invoice's payments are compared. */
    private void queueDetail(@Nullable Link known, Link link, Changes changes) {
        boolean open = BooksMapping.counts(link.fact(Facts.STATUS))
                && link.amount(Facts.BALANCE).signum() > 0;
        Entry detail = detailEntry(link.sourceId(), link.fact(Facts.DATE), open);
        boolean rises = known != null
                && !known.detailStamp().isEmpty()
                && known.amount(Facts.TOTAL).compareTo(link.amount(Facts.TOTAL)) == 0
                && known.amount(Facts.BALANCE).compareTo(link.amount(Facts.BALANCE)) < 0;
        if (rises) {
            changes.put(Details.paymentsOf(link.sourceId()));
        }
        if (known == null || !looksPaidOnly(known, link) || run.ledger.isQueued(detail)) {
            changes.put(detail);
            return;
        }
        Entry deferred = Details.deferred(link.sourceId(), run.time.now());
        if (!run.ledger.isQueued(deferred)) {
            changes.put(deferred);
        }
    }

    /** Its detail is known, its balance is another one, and everything else that a row shows is as it was. */
    private static boolean looksPaidOnly(Link before, Link now) {
        return !before.detailStamp().isEmpty()
                && before.amount(Facts.BALANCE).compareTo(now.amount(Facts.BALANCE)) != 0
                && withoutPayments(before).equals(withoutPayments(now));
    }

    private static Map<String, String> withoutPayments(Link link) {
        Map<String, String> rest = new HashMap<>(link.written());
        rest.keySet().removeAll(CHANGED_BY_PAYMENTS);
        return rest;
    }

    /** Payments may have been there before their invoice. */
    private void owePayments(Link invoice, Changes changes) {
        for (Link stored : run.ledger.linksOfCustomer(Kind.PAYMENT, invoice.customerId())) {
            Link payment = changes.latest(stored);
            if (payment.paid(invoice.sourceId()) && payment.targetId() != null) {
                List<String> invoices = new ArrayList<>(payment.related(Relation.INVOICE_PAYMENT));
                invoices.add(invoice.requireTarget());
                changes.put(pairs.relate(Relation.INVOICE_PAYMENT, payment, invoices, changes));
            }
        }
    }

    /** Open ones first, and within them the latest. */
    private static Entry detailEntry(String id, String date, boolean open) {
        long day = date.isEmpty() ? 0 : LocalDate.parse(date).toEpochDay();
        String priority = (open ? Details.PRIORITY_OPEN_INVOICE : Details.PRIORITY_OTHER_INVOICE)
                + String.format(Locale.ROOT, "%07d", 1_000_000 - day);
        return new Entry(Work.DETAIL, Kind.INVOICE + "/" + id, priority, Map.of());
    }

    /** Whether a company is to be adopted only the customer itself can tell; its invoices wait for it then. */
    private boolean mayBeMadeFromInvoices() {
        return run.policies.match().property().isEmpty();
    }

    private Map<String, Link> companies(List<Invoice> rows) {
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.customerId()));
        Map<String, Link> companies = new HashMap<>(run.ledger.links(Kind.CUSTOMER, ids));
        Map<String, Invoice> unread = new LinkedHashMap<>();
        for (Invoice row : rows) {
            if (!companies.containsKey(row.customerId())
                    && run.ledger.quarantined(Kind.CUSTOMER, row.customerId()).isEmpty()) {
                unread.put(row.customerId(), row);
            }
        }
        if (!unread.isEmpty() && mayBeMadeFromInvoices()) {
            customers.fromInvoices(unread.values());
            companies.putAll(run.ledger.links(Kind.CUSTOMER, unread.keySet()));
        }
        return companies;
    }
}
