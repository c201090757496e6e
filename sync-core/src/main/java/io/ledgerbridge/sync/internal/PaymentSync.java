package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.BooksMapping.Allocation;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.sync.internal.Tally.Decision;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Customer payments become payments with all their invoices. A row tells enough if the whole amount went to one known
 * invoice; all others need their detail.
 */
final class PaymentSync {

    /** A payment with what only the detail, or the one invoice it settles, knows. */
    record Resolved(CustomerPayment payment, String currency, List<Allocation> allocations, String stamp) {}

    private static final String RETAINER = "it pays a retainer invoice, which is not synced";

    private final Run run;
    private final Addressees addressees;
    private final RecordWriter writer;
    private final Pairs pairs;
    private final Deals deals;

    PaymentSync(Run run, RecordWriter writer, Pairs pairs, Addressees addressees, Deals deals) {
        this.run = run;
        this.deals = deals;
        this.addressees = addressees;
        this.writer = writer;
        this.pairs = pairs;
    }

    Scan<CustomerPayment> scan() {
        return new Scan<>(
                run,
                Kind.PAYMENT,
                run.source::payments,
                CustomerPayment::paymentId,
                CustomerPayment::lastModifiedTime,
                this::headers);
    }

    private void headers(List<CustomerPayment> all) {
        List<CustomerPayment> rows = run.scope.payments(all);
        Map<String, Link> links = run.ledger.settledLinks(
                Kind.PAYMENT, rows.stream().map(CustomerPayment::paymentId).toList());
        Map<String, String> skipped = run.ledger.skipped(Kind.PAYMENT, retainers(rows));
        Changes changes = run.ledger.changes();
        List<Resolved> resolved = new ArrayList<>();
        for (CustomerPayment row : rows) {
            String stamp = BooksMapping.stamp(row.lastModifiedTime());
            Link known =
                    links.getOrDefault(row.paymentId(), Link.unlinked(Kind.PAYMENT, row.paymentId(), row.customerId()));
            if (!row.retainerInvoiceId().isEmpty()) {
                run.tally.decide(Kind.PAYMENT, row.paymentId(), Decision.SKIPPED, row.paymentNumber(), RETAINER);
                if (!RETAINER.equals(skipped.get(row.paymentId()))) {
                    changes.skip(known.withStamp(stamp), RETAINER);
                }
            } else if (!run.isOn(Kind.PAYMENT)) {
                rememberDate(known, row, changes);
            } else if (known.targetId() != null
                    && known.stamp().equals(stamp)
                    && known.detailStamp().equals(stamp)
                    && isOfAmount(known, row)
                    && known.fact(Facts.GONE).isEmpty()) {
                run.tally.decide(Kind.PAYMENT, row.paymentId(), Decision.UNCHANGED);
            } else if (!writer.isQuarantined(Kind.PAYMENT, row.paymentId(), stamp, row.paymentNumber())) {
                Optional<Resolved> settled = settledBy(row, stamp);
                if (settled.isPresent()) {
                    resolved.add(settled.get());
                } else {
                    changes.put(known.withStamp(stamp));
                    changes.put(new Entry(
                            Work.DETAIL,
                            Kind.PAYMENT + "/" + row.paymentId(),
                            Details.PRIORITY_PAYMENT,
                            Map.of(Details.STAMP, List.of(stamp))));
                }
            }
        }
        write(resolved, changes);
        changes.commit();
        run.tally.progress(Kind.PAYMENT, -1);
    }

    private static List<String> retainers(List<CustomerPayment> rows) {
        return rows.stream()
                .filter(row -> !row.retainerInvoiceId().isEmpty())
                .map(CustomerPayment::paymentId)
                .toList();
    }

    /** Stamps have but seconds: an edit within the second of the one before shows by its amount. */
    private static boolean isOfAmount(Link known, CustomerPayment row) {
        return known.fact(Facts.TOTAL).isEmpty()
                || known.amount(Facts.TOTAL).compareTo(BooksMapping.orZero(row.amount())) == 0;
    }

    private static void rememberDate(Link known, CustomerPayment row, Changes changes) {
        String date = BooksMapping.text(row.date());
        if (!known.fact(Facts.DATE).equals(date)) {
            changes.put(known.withFacts(Map.of(Facts.DATE, date)));
            changes.put(RollUps.entry(row.customerId()));
        }
    }

    /** The allocation, if the row leaves no doubt about it. */
    private Optional<Resolved> settledBy(CustomerPayment row, String stamp) {
        boolean whole = isZero(row.unusedAmount())
                && isZero(row.bcyRefundedAmount())
                && isZero(row.amountRefunded())
                && isZero(row.taxAmountWithheld());
        if (!whole || row.invoiceNumbers().isBlank() || row.invoiceNumbers().contains(",")) {
            return Optional.empty();
        }
        List<Link> named = run.ledger.invoicesByNumber(
                row.customerId(), row.invoiceNumbers().strip());
        if (named.size() != 1) {
            return Optional.empty();
        }
        Link invoice = named.get(0);
        Allocation all =
                new Allocation(invoice.sourceId(), invoice.fact(Facts.NUMBER), BooksMapping.orZero(row.amount()));
        return Optional.of(new Resolved(row, invoice.fact(Facts.CURRENCY), List.of(all), stamp));
    }

    private static boolean isZero(@Nullable BigDecimal amount) {
        return amount == null || amount.signum() == 0;
    }

    static Resolved resolved(CustomerPayment detail, String stamp) {
        List<Allocation> allocations = detail.invoices().stream()
                .map(part -> new Allocation(
                        part.invoiceId(), part.invoiceNumber(), BooksMapping.orZero(part.amountApplied())))
                .toList();
        return new Resolved(detail, detail.currencyCode(), allocations, stamp);
    }

    /** Writes up to 100 payments, and owes their associations. */
    void write(List<Resolved> given, Changes changes) {
        Set<CustomerPayment> admitted = Set.copyOf(
                run.scope.payments(given.stream().map(Resolved::payment).toList()));
        List<Resolved> resolved =
                given.stream().filter(one -> admitted.contains(one.payment())).toList();
        Map<String, Link> links = run.ledger.settledLinks(
                Kind.PAYMENT,
                resolved.stream().map(one -> one.payment().paymentId()).toList());
        Set<String> customerIds = new HashSet<>();
        Set<String> invoiceIds = new HashSet<>();
        Map<String, Resolved> byId = new LinkedHashMap<>();
        List<Desired> desired = new ArrayList<>();
        for (Resolved one : resolved) {
            CustomerPayment payment = one.payment();
            byId.put(payment.paymentId(), one);
            customerIds.add(payment.customerId());
            one.allocations().forEach(part -> invoiceIds.add(part.invoiceId()));
            Link known = links.getOrDefault(
                    payment.paymentId(), Link.unlinked(Kind.PAYMENT, payment.paymentId(), payment.customerId()));
            Link link = known.present()
                    .withCustomer(payment.customerId())
                    .withStamp(one.stamp())
                    .withDetailStamp(one.stamp())
                    .withFacts(facts(one));
            if (!link.customerId().equals(known.customerId())) {
                changes.moved(known);
            }
            if (!link.facts().equals(known.facts()) || !link.customerId().equals(known.customerId())) {
                changes.put(RollUps.entry(known.customerId()));
                changes.put(RollUps.entry(payment.customerId()));
                Deals.paid(run, known.paidInvoices(), changes);
                Deals.paid(run, link.paidInvoices(), changes);
            }
            changes.put(link);
            Values values = run.mapping.payment(payment, one.currency(), one.allocations(), one.stamp());
            if (run.prepared.account().currencies().contains(one.currency())) {
                desired.add(new Desired(
                        link, run.mapping.key(payment.paymentId()), values, Map.of(), payment.paymentNumber()));
            } else {
                writer.awaitCurrency(link, payment.paymentNumber(), one.currency(), values.encoded(), changes);
            }
        }
        Map<String, Link> written = writer.write(Kind.PAYMENT, desired, changes);
        Map<String, Link> companies = run.ledger.links(Kind.CUSTOMER, customerIds);
        Map<String, Link> invoices = run.ledger.links(Kind.INVOICE, invoiceIds);
        Map<String, Link> contacts = addressees.contacts(written.values(), companies.values());
        for (Link link : written.values()) {
            Resolved one = byId.get(link.sourceId());
            if (one != null) {
                Link owing = owe(Relation.PAYMENT_COMPANY, link, companies.get(link.customerId()), changes);
                Link customer = companies.get(link.customerId());
                owing = customer == null ? owing : addressees.relate(owing, customer, contacts, changes);
                owing = deals.relatePayment(owing, invoices.values(), changes);
                changes.put(oweInvoices(owing, one, invoices, changes));
            }
        }
    }

    private Link owe(Relation relation, Link payment, @Nullable Link other, Changes changes) {
        if (other == null || other.targetId() == null || payment.targetId() == null) {
            return payment;
        }
        return pairs.relate(relation, payment, List.of(other.targetId()), changes);
    }

    private Link oweInvoices(Link payment, Resolved resolved, Map<String, Link> invoices, Changes changes) {
        List<String> all = new ArrayList<>();
        for (Allocation part : resolved.allocations()) {
            Link invoice = invoices.get(part.invoiceId());
            if (invoice != null && invoice.targetId() != null) {
                all.add(invoice.targetId());
            }
        }
        return pairs.relate(Relation.INVOICE_PAYMENT, payment, all, changes);
    }

    private static Map<String, String> facts(Resolved resolved) {
        return Map.of(
                Facts.DATE,
                BooksMapping.text(resolved.payment().date()),
                Facts.TOTAL,
                BooksMapping.orZero(resolved.payment().amount()).toPlainString(),
                Facts.PAID_INVOICES,
                resolved.allocations().stream().map(Allocation::invoiceId).collect(Collectors.joining(" ")));
    }
}
