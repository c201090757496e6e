package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.CreditNoteFact;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The figures of companies, computed from the facts of their invoices and payments, never by reading again. */
final class RollUps {

    private static final int BATCH = 100;
    private static final String NAMES = "names";
    private static final String VALUES = "values";

    private final Run run;

    /** Customers whose figures could not be written in this run; they stay in the queue for the next one. */
    private final Set<String> postponed = new HashSet<>();

    RollUps(Run run) {
        this.run = run;
    }

    static Entry entry(String customerId) {
        return new Entry(Work.ROLL_UP, customerId, "", Map.of());
    }

    /** With values that shall be written on the same occasion. */
    static Entry entry(String customerId, Map<String, String> values) {
        List<String> names = new ArrayList<>(values.keySet());
        return new Entry(
                Work.ROLL_UP,
                customerId + "/detail",
                "",
                Map.of(NAMES, names, VALUES, names.stream().map(values::get).toList()));
    }

    /** Overdue is a matter of the day: what was open may be late today. */
    void queueOpen() {
        Changes changes = run.ledger.changes();
        run.ledger.forEachLink(Kind.CUSTOMER, link -> {
            String open = link.written().getOrDefault(BooksProperties.OPEN_INVOICES.name(), "0");
            if (!open.equals("0")) {
                changes.put(entry(link.sourceId()));
            }
        });
        changes.commit();
    }

    void write() {
        List<Entry> due = due();
        while (!due.isEmpty()) {
            write(due);
            due = due();
        }
    }

    private List<Entry> due() {
        return run.ledger.queue(Work.ROLL_UP, 2 * (BATCH + postponed.size())).stream()
                .filter(entry -> !postponed.contains(customer(entry)))
                .toList();
    }

    private static String customer(Entry entry) {
        return entry.id().replace("/detail", "");
    }

    private void write(List<Entry> entries) {
        run.mayGoOn();
        Map<String, List<Entry>> byCustomer = new LinkedHashMap<>();
        for (Entry entry : entries) {
            String customer = customer(entry);
            if (byCustomer.containsKey(customer) || byCustomer.size() < BATCH) {
                byCustomer.computeIfAbsent(customer, id -> new ArrayList<>()).add(entry);
            }
        }
        Map<String, Link> links = run.ledger.links(Kind.CUSTOMER, byCustomer.keySet());
        Changes changes = run.ledger.changes();
        Map<String, Map<String, String>> updates = new LinkedHashMap<>();
        Map<String, Link> byTarget = new HashMap<>();
        Set<String> completed = new HashSet<>();
        byCustomer.forEach((customer, owed) -> {
            Link link = links.get(customer);
            if (link != null && link.targetId() != null && byTarget.containsKey(link.targetId())) {
                // Two of our companies were merged in HubSpot: the other one comes in the next call.
                return;
            }
            owed.forEach(changes::remove);
            if (link != null && link.targetId() != null && !link.isLeftOut()) {
                boolean figuresChange =
                        owed.stream().anyMatch(entry -> entry.part(NAMES).isEmpty());
                Map<String, String> values = figuresChange ? figures(customer) : new HashMap<>();
                owed.forEach(entry -> addValues(entry, values));
                boolean withDetail =
                        owed.stream().anyMatch(entry -> !entry.part(NAMES).isEmpty());
                if (withDetail) {
                    completed.add(customer);
                }
                String version = link.written().getOrDefault(BooksProperties.VERSION.name(), "");
                if (withDetail && !version.isEmpty() && link.detailStamp().equals(link.stamp())) {
                    values.put(BooksProperties.VERSION.name(), Version.withDetail(version));
                }
                Map<String, String> changed = Values.changes(run.writable(Kind.CUSTOMER, values), link);
                if (!changed.isEmpty()) {
                    updates.put(link.targetId(), changed);
                    byTarget.put(link.targetId(), link);
                }
            }
        });
        new Owners(run).takeOut(Kind.CUSTOMER, byTarget, updates).forEach((id, taken) -> {
            Link link = byTarget.get(id);
            if (link != null) {
                Link remembering = link.withWritten(taken);
                byTarget.put(id, remembering);
                changes.put(remembering);
            }
        });
        completed.forEach(customer -> {
            // With its detail a company is whole: from now on HubSpot owns what is written on create only.
            Link link = changes.latest(links.getOrDefault(customer, Link.unlinked(Kind.CUSTOMER, customer, "")));
            if (!link.fact(Facts.NEW).isEmpty()) {
                Link whole = link.withFacts(Map.of(Facts.NEW, ""));
                changes.put(whole);
                byTarget.computeIfPresent(String.valueOf(link.targetId()), (id, known) -> whole);
            }
        });
        updates.values().removeIf(Map::isEmpty);
        byTarget.keySet().retainAll(updates.keySet());
        if (!updates.isEmpty()) {
            changes.sending(byTarget.values());
            BatchResult<?> result = run.target.update(Kind.CUSTOMER, updates);
            updates.forEach((id, values) -> {
                Link link = byTarget.get(id);
                if (link != null) {
                    settle(result, link, values, byCustomer.getOrDefault(link.sourceId(), List.of()), changes);
                }
            });
        }
        changes.commit();
    }

    private void settle(
            BatchResult<?> result, Link link, Map<String, String> values, List<Entry> owed, Changes changes) {
        Outcome<?> outcome = result.of(link.requireTarget());
        if (outcome instanceof Outcome.Updated) {
            changes.put(link.withWritten(values));
            changes.audit(
                    link,
                    AuditEntry.Decision.UPDATED,
                    result.correlationId(link.requireTarget()),
                    "",
                    RecordWriter.changed(link, values));
            run.tally.decide(Kind.CUSTOMER, link.sourceId(), Tally.Decision.UPDATED);
        } else if (Outcomes.mayComeTrue(outcome) || Outcomes.isGone(outcome)) {
            postponed.add(link.sourceId());
            owed.forEach(changes::put);
            if (Outcomes.isGone(outcome)) {
                // It is made again with its header.
                changes.put(link.unsure());
                changes.put(Details.entry(Kind.CUSTOMER, link.sourceId()));
            }
        } else {
            changes.audit(
                    link,
                    AuditEntry.Decision.SKIPPED,
                    "HubSpot refused its figures and address: " + Outcomes.reason(outcome));
            run.tally.note(
                    Kind.CUSTOMER,
                    link.fact(Facts.NAME),
                    "HubSpot refused its figures and address: " + Outcomes.reason(outcome));
        }
    }

    private static void addValues(Entry entry, Map<String, String> values) {
        List<String> names = entry.part(NAMES);
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), entry.part(VALUES).get(i));
        }
    }

    /** In the base currency, at each document's own rate. */
    private Map<String, String> figures(String customerId) {
        BigDecimal outstanding = BigDecimal.ZERO;
        BigDecimal overdue = BigDecimal.ZERO;
        BigDecimal revenue = BigDecimal.ZERO;
        int open = 0;
        LocalDate lastInvoice = null;
        for (Link invoice : run.ledger.linksOfCustomer(Kind.INVOICE, customerId)) {
            if (BooksMapping.counts(invoice.fact(Facts.STATUS)) && !invoice.isLeftOut()) {
                lastInvoice = later(lastInvoice, invoice.fact(Facts.DATE));
                revenue = revenue.add(invoice.amount(Facts.TOTAL)
                        .subtract(invoice.amount(Facts.TAX))
                        .multiply(invoice.amount(Facts.RATE)));
                BigDecimal balance = invoice.amount(Facts.BALANCE);
                if (balance.signum() > 0) {
                    BigDecimal inBase = balance.multiply(invoice.amount(Facts.RATE));
                    open++;
                    outstanding = outstanding.add(inBase);
                    if (isOverdue(invoice.fact(Facts.DUE_DATE))) {
                        overdue = overdue.add(inBase);
                    }
                }
            }
        }
        for (CreditNoteFact note : run.ledger.creditNotesOfCustomer(customerId)) {
            revenue = revenue.subtract(new BigDecimal(note.revenue()));
        }
        LocalDate lastPayment = null;
        for (Link payment : run.ledger.linksOfCustomer(Kind.PAYMENT, customerId)) {
            if (!payment.isLeftOut()) {
                lastPayment = later(lastPayment, payment.fact(Facts.DATE));
            }
        }
        int digits = LineMapping.digits(run.prepared.organization().currencyCode());
        return new Values()
                .set(BooksProperties.OUTSTANDING, outstanding.setScale(digits, RoundingMode.HALF_UP))
                .set(BooksProperties.OVERDUE, overdue.setScale(digits, RoundingMode.HALF_UP))
                .set(BooksProperties.LIFETIME_REVENUE, revenue.setScale(digits, RoundingMode.HALF_UP))
                .set(BooksProperties.OPEN_INVOICES, BigDecimal.valueOf(open))
                .set(BooksProperties.LAST_INVOICE_DATE, lastInvoice)
                .set(BooksProperties.LAST_PAYMENT_DATE, lastPayment)
                .encoded();
    }

    private boolean isOverdue(String dueDate) {
        return !dueDate.isEmpty() && LocalDate.parse(dueDate).isBefore(run.today());
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, String other) {
        if (other.isEmpty()) {
            return one;
        }
        LocalDate date = LocalDate.parse(other);
        return one == null || date.isAfter(one) ? date : one;
    }
}
