package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Invoices become visible at once, as drafts with all figures; their lines and status follow with the details. */
final class InvoiceHeaders {

    private final Run run;
    private final RecordWriter writer;
    private final Pairs pairs;
    private final Customers customers;

    InvoiceHeaders(Run run, RecordWriter writer, Pairs pairs, Customers customers) {
        this.run = run;
        this.writer = writer;
        this.pairs = pairs;
        this.customers = customers;
    }

    void scan() {
        new Scan<>(run, "invoices", run.source::invoices, Invoice::invoiceId, Invoice::lastModifiedTime)
                .read(this::write);
    }

    /** Open invoices that the source no longer lists as open have changed without a new stamp: their details tell how. */
    void queueSilentlyClosed() {
        Set<String> open = new HashSet<>(run.source.openInvoices());
        Changes changes = run.ledger.changes();
        run.ledger.forEachLink(Kind.INVOICE, link -> {
            boolean heldAsOpen = Mapping.counts(link.fact(Facts.STATUS))
                    && link.amount(Facts.BALANCE).signum() > 0;
            if (heldAsOpen && link.targetId() != null && !open.contains(link.sourceId())) {
                changes.put(detailEntry(link.sourceId(), link.fact(Facts.DATE), true));
            }
        });
        changes.commit();
    }

    /** Up to 100 invoices, as rows or details. */
    void write(List<Invoice> rows) {
        Map<String, Link> companies = companies(rows);
        Map<String, Link> contacts = primaryContacts(companies);
        Map<String, Link> links = run.ledger.links(
                Kind.INVOICE, rows.stream().map(Invoice::invoiceId).toList());
        Changes changes = run.ledger.changes();
        List<Desired> desired = new ArrayList<>();
        for (Invoice row : rows) {
            Link known =
                    links.getOrDefault(row.invoiceId(), Link.unlinked(Kind.INVOICE, row.invoiceId(), row.customerId()));
            Link link = known.withCustomer(row.customerId())
                    .withStamp(Mapping.stamp(row.lastModifiedTime()))
                    .withFacts(Mapping.facts(row));
            if (!link.facts().equals(known.facts()) || !link.customerId().equals(known.customerId())) {
                changes.put(RollUps.entry(known.customerId()));
                changes.put(RollUps.entry(row.customerId()));
            }
            // The facts count for the company's figures, whatever becomes of the record.
            changes.put(link);
            if (isWritable(row, link, companies.get(row.customerId()), changes)) {
                desired.add(new Desired(
                        link,
                        run.mapping.key(row.invoiceId()),
                        run.mapping.invoice(row),
                        Mapping.onlyOnCreate(),
                        row.invoiceNumber()));
            }
        }
        Map<String, Link> written = writer.write(Kind.INVOICE, desired, changes);
        for (Link link : written.values()) {
            Link known = links.get(link.sourceId());
            put(link, known, companies.get(link.customerId()), contacts.get(link.customerId()), changes);
        }
        changes.commit();
        run.tally.progress(Kind.INVOICE, -1);
    }

    private boolean isWritable(Invoice row, Link link, @Nullable Link company, Changes changes) {
        if (!run.isOn(Kind.INVOICE)
                || writer.isQuarantined(Kind.INVOICE, row.invoiceId(), link.stamp(), row.invoiceNumber())) {
            return false;
        }
        String reason = null;
        if (company == null || company.targetId() == null) {
            reason = "its customer '" + row.customerName() + "' could not be written; see there";
        } else if (!run.prepared.account().currencies().contains(row.currencyCode())) {
            reason = CurrencyCheck.lacking(row.currencyCode());
        }
        if (reason != null) {
            writer.quarantine(Kind.INVOICE, row.invoiceId(), link.stamp(), row.invoiceNumber(), reason, changes);
        }
        return reason == null;
    }

    private void put(
            Link written, @Nullable Link known, @Nullable Link company, @Nullable Link contact, Changes changes) {
        Link link = written;
        boolean isNew = known == null || known.targetId() == null;
        boolean moved = known != null && !known.customerId().equals(link.customerId());
        if (company != null && company.targetId() != null) {
            link = pairs.relate(Relation.INVOICE_COMPANY, link, List.of(company.targetId()), changes);
        }
        if (isNew || moved) {
            List<String> addressee =
                    contact == null || contact.targetId() == null ? List.of() : List.of(contact.targetId());
            link = pairs.relate(Relation.INVOICE_CONTACT, link, addressee, changes);
        }
        if (isNew) {
            owePayments(link, changes);
        }
        if (known != null
                && !known.fact(Facts.STATUS).equals(link.fact(Facts.STATUS))
                && !link.children().isEmpty()) {
            changes.put(Statuses.entry(link.sourceId()));
        }
        if (!link.detailStamp().equals(link.stamp()) && run.isOn(Kind.LINE_ITEM)) {
            boolean open = Mapping.counts(link.fact(Facts.STATUS))
                    && link.amount(Facts.BALANCE).signum() > 0;
            changes.put(detailEntry(link.sourceId(), link.fact(Facts.DATE), open));
        }
        changes.put(link);
    }

    /** Payments may have been there before their invoice. */
    private void owePayments(Link invoice, Changes changes) {
        for (Link stored : run.ledger.linksOfCustomer(Kind.PAYMENT, invoice.customerId())) {
            Link payment = changes.latest(stored);
            boolean pays = List.of(payment.fact(Facts.PAID_INVOICES).split(" ")).contains(invoice.sourceId());
            if (pays && payment.targetId() != null) {
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

    private Map<String, Link> companies(List<Invoice> rows) {
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.customerId()));
        Map<String, Link> companies = new HashMap<>(run.ledger.links(Kind.CUSTOMER, ids));
        for (Invoice row : rows) {
            boolean unread = !companies.containsKey(row.customerId())
                    && run.ledger.quarantined(Kind.CUSTOMER, row.customerId()).isEmpty();
            if (unread) {
                customers.fromInvoice(row);
                companies.putAll(run.ledger.links(Kind.CUSTOMER, List.of(row.customerId())));
            }
        }
        return companies;
    }

    private Map<String, Link> primaryContacts(Map<String, Link> companies) {
        return primaryContacts(run, companies);
    }

    /** The contact that stands for a customer, by customer id. */
    static Map<String, Link> primaryContacts(Run run, Map<String, Link> companies) {
        Set<String> ids = new HashSet<>();
        companies.values().forEach(company -> ids.add(company.fact(Facts.PRIMARY)));
        Map<String, Link> contacts = run.ledger.links(Kind.CONTACT, ids);
        Map<String, Link> byCustomer = new HashMap<>();
        companies.forEach((id, company) -> {
            Link contact = contacts.get(company.fact(Facts.PRIMARY));
            if (contact != null) {
                byCustomer.put(id, contact);
            }
        });
        return byCustomer;
    }
}
