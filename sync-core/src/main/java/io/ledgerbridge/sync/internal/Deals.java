package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Invoices and payments are associated with the deals that they belong to, and deals show what was invoiced, paid and is overdue. Deals
 * are HubSpot's own: they are never made, archived or changed otherwise.
 */
final class Deals {

    private static final int BATCH = 100;
    private static final String MATCHED = "matchedDeals";

    private final Run run;
    private final Pairs pairs;

    /** Deals whose figures could not be written in this run. */
    private final Set<String> postponed = new HashSet<>();

    Deals(Run run, Pairs pairs) {
        this.run = run;
        this.pairs = pairs;
    }

    static Entry entry(String deal) {
        return new Entry(Work.DEAL, deal, "", Map.of());
    }

    /** The invoice belongs to the deal that this row tells, if deals are matched at all. */
    Link matched(Link invoice, Invoice row) {
        if (!run.isOn(Kind.DEAL)) {
            return invoice;
        }
        String deal = run.policies.deals().dealOf(row).orElse("");
        return deal.isEmpty() ? invoice.withoutFact(Facts.DEAL) : invoice.withFacts(Map.of(Facts.DEAL, deal));
    }

    /** What was known of this invoice has changed, so the figures of its deals are not right any more. */
    static void changed(Run run, Link before, Link now, Changes changes) {
        if (!run.isOn(Kind.DEAL)) {
            return;
        }
        for (Link link : List.of(before, now)) {
            if (!link.fact(Facts.DEAL).isEmpty()) {
                changes.put(entry(link.fact(Facts.DEAL)));
            }
        }
    }

    /** Of invoices that a payment has paid, or has paid before. */
    static void paid(Run run, Collection<String> invoiceIds, Changes changes) {
        if (run.isOn(Kind.DEAL)) {
            run.ledger
                    .links(Kind.INVOICE, invoiceIds)
                    .values()
                    .forEach(invoice -> changed(run, invoice, invoice, changes));
        }
    }

    /** An invoice that is in HubSpot hangs on its deal, and so do the payments that it has got. */
    Link relate(Link invoice, boolean withPayments, Changes changes) {
        if (!run.isOn(Kind.DEAL)) {
            return invoice;
        }
        String deal = invoice.fact(Facts.DEAL);
        List<String> wanted = deal.isEmpty() ? List.of() : List.of(deal);
        boolean isSame = wanted.equals(invoice.related(Relation.INVOICE_DEAL));
        Link related = pairs.relate(Relation.INVOICE_DEAL, invoice, wanted, changes);
        if (!isSame && withPayments) {
            for (Link stored : run.ledger.linksOfCustomer(Kind.PAYMENT, invoice.customerId())) {
                Link payment = changes.latest(stored);
                if (payment.paid(invoice.sourceId()) && payment.targetId() != null) {
                    Map<String, Link> invoices = run.ledger.links(Kind.INVOICE, payment.paidInvoices());
                    invoices.put(related.sourceId(), related);
                    changes.put(relatePayment(payment, invoices.values(), changes));
                }
            }
        }
        return related;
    }

    /** A payment that is in HubSpot hangs on the deals of its invoices. */
    Link relatePayment(Link payment, Collection<Link> invoices, Changes changes) {
        if (!run.isOn(Kind.DEAL)) {
            return payment;
        }
        Set<String> deals = new LinkedHashSet<>();
        invoices.stream()
                .filter(invoice -> payment.paid(invoice.sourceId()))
                .map(invoice -> invoice.fact(Facts.DEAL))
                .filter(deal -> !deal.isEmpty())
                .forEach(deals::add);
        return pairs.relate(Relation.PAYMENT_DEAL, payment, deals, changes);
    }

    /** Overdue is a matter of the day. */
    void queueOpen() {
        if (!run.isOn(Kind.DEAL)) {
            return;
        }
        Changes changes = run.ledger.changes();
        run.ledger.forEachLink(Kind.DEAL, deal -> {
            if (!Shown.same("0", deal.written().getOrDefault(BooksProperties.OUTSTANDING.name(), "0"))) {
                changes.put(entry(deal.sourceId()));
            }
        });
        changes.commit();
    }

    /** Writes the figures that have changed. */
    void write() {
        if (!run.isOn(Kind.DEAL)) {
            forget();
            return;
        }
        List<Entry> due = due();
        while (!due.isEmpty()) {
            write(due);
            due = due();
        }
    }

    /** Nobody wants to know any more. */
    private void forget() {
        List<Entry> left = run.ledger.queue(Work.DEAL, BATCH);
        while (!left.isEmpty()) {
            Changes changes = run.ledger.changes();
            left.forEach(changes::remove);
            changes.commit();
            left = run.ledger.queue(Work.DEAL, BATCH);
        }
    }

    /** When deals begin to be matched, the lists of what may belong to one are read once. */
    void takeUp() {
        String now = String.valueOf(run.isOn(Kind.DEAL));
        String before = run.ledger.checkpoint(MATCHED).getOrDefault(MATCHED, "false");
        if (now.equals(before)) {
            return;
        }
        Changes changes = run.ledger.changes();
        if (run.isOn(Kind.DEAL)) {
            changes.forget(Kind.INVOICE.stream());
        }
        changes.checkpoint(MATCHED, Map.of(MATCHED, now)).commit();
    }

    private List<Entry> due() {
        return run.ledger.queue(Work.DEAL, BATCH + postponed.size()).stream()
                .filter(entry -> !postponed.contains(entry.id()))
                .limit(BATCH)
                .toList();
    }

    private void write(List<Entry> entries) {
        run.mayGoOn();
        Map<String, Link> known =
                run.ledger.links(Kind.DEAL, entries.stream().map(Entry::id).toList());
        Changes doubts = run.ledger.changes();
        Changes changes = run.ledger.changes();
        Map<String, Link> deals = new LinkedHashMap<>();
        Map<String, Map<String, String>> updates = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Link deal = known.getOrDefault(
                    entry.id(), Link.unlinked(Kind.DEAL, entry.id(), "").withTarget(entry.id()));
            Map<String, String> values = Values.changes(run.writable(Kind.DEAL, figures(entry.id())), deal);
            changes.remove(entry);
            if (!values.isEmpty()) {
                deals.put(entry.id(), deal);
                updates.put(entry.id(), values);
                doubts.put(deal.unsure());
            }
        }
        if (!updates.isEmpty()) {
            // If the process is lost now, the next one writes everything.
            doubts.commit();
            BatchResult<?> result = run.target.update(Kind.DEAL, updates);
            deals.forEach((id, deal) -> settle(deal, updates.getOrDefault(id, Map.of()), result, changes));
        }
        changes.commit();
    }

    private void settle(Link deal, Map<String, String> values, BatchResult<?> result, Changes changes) {
        String id = deal.sourceId();
        Outcome<?> outcome = result.of(id);
        if (outcome instanceof Outcome.Updated) {
            Link written = deal.withWritten(values).withoutWritten(Link.UNSURE);
            changes.put(written);
            changes.audit(
                    written,
                    AuditEntry.Decision.UPDATED,
                    result.correlationId(id),
                    "",
                    RecordWriter.changed(deal, values));
        } else if (Outcomes.mayComeTrue(outcome)) {
            postponed.add(id);
            changes.put(entry(id));
        } else {
            String reason = Outcomes.isGone(outcome)
                    ? "HubSpot has no such deal; correct it in the invoices that name it"
                    : "HubSpot refused its figures: " + Outcomes.reason(outcome);
            changes.audit(deal, AuditEntry.Decision.SKIPPED, reason);
            run.tally.note(Kind.DEAL, id, reason);
        }
    }

    /** In the base currency, at each document's own rate. */
    private Map<String, String> figures(String deal) {
        BigDecimal invoiced = BigDecimal.ZERO;
        BigDecimal outstanding = BigDecimal.ZERO;
        BigDecimal overdue = BigDecimal.ZERO;
        BigDecimal revenue = BigDecimal.ZERO;
        List<Link> invoices = new ArrayList<>();
        for (Link invoice : run.ledger.invoicesOfDeal(deal)) {
            if (!BooksMapping.counts(invoice.fact(Facts.STATUS)) || invoice.isLeftOut()) {
                continue;
            }
            invoices.add(invoice);
            BigDecimal rate = invoice.amount(Facts.RATE);
            BigDecimal balance = invoice.amount(Facts.BALANCE).multiply(rate);
            invoiced = invoiced.add(invoice.amount(Facts.TOTAL).multiply(rate));
            outstanding = outstanding.add(balance);
            revenue = revenue.add(invoice.amount(Facts.TOTAL)
                    .subtract(invoice.amount(Facts.TAX))
                    .multiply(rate));
            String due = invoice.fact(Facts.DUE_DATE);
            if (!due.isEmpty() && LocalDate.parse(due).isBefore(run.today())) {
                overdue = overdue.add(balance);
            }
        }
        BigDecimal paid = invoiced.subtract(outstanding);
        return new Values()
                .set(BooksProperties.INVOICED, cents(invoiced))
                .set(BooksProperties.PAID, cents(paid))
                .text(BooksProperties.PAYMENT_STATUS, paymentStatus(invoices.isEmpty(), paid, outstanding, overdue))
                .set(BooksProperties.OUTSTANDING, cents(outstanding))
                .set(BooksProperties.OVERDUE, cents(overdue))
                .set(BooksProperties.LIFETIME_REVENUE, cents(revenue))
                .set(BooksProperties.LAST_PAYMENT_DATE, lastPayment(invoices))
                .encoded();
    }

    private BigDecimal cents(BigDecimal amount) {
        return amount.setScale(LineMapping.digits(run.prepared.organization().currencyCode()), RoundingMode.HALF_UP);
    }

    private static String paymentStatus(boolean isEmpty, BigDecimal paid, BigDecimal outstanding, BigDecimal overdue) {
        if (isEmpty) {
            return "not invoiced";
        }
        if (overdue.signum() > 0) {
            return "overdue";
        }
        if (outstanding.signum() == 0) {
            return "paid";
        }
        return paid.signum() > 0 ? "partially paid" : "open";
    }

    private @Nullable LocalDate lastPayment(List<Link> invoices) {
        Set<String> customers = new HashSet<>();
        Set<String> ids = new HashSet<>();
        invoices.forEach(invoice -> {
            customers.add(invoice.customerId());
            ids.add(invoice.sourceId());
        });
        String last = "";
        for (String customer : customers) {
            for (Link payment : run.ledger.linksOfCustomer(Kind.PAYMENT, customer)) {
                boolean counts = payment.paidInvoices().stream().anyMatch(ids::contains)
                        && payment.fact(Facts.GONE).isEmpty()
                        && !payment.isLeftOut();
                if (counts && payment.fact(Facts.DATE).compareTo(last) > 0) {
                    last = payment.fact(Facts.DATE);
                }
            }
        }
        return last.isEmpty() ? null : LocalDate.parse(last);
    }
}
