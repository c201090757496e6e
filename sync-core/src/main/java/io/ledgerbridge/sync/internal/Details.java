package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Request;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.PaymentSync.Resolved;
import io.ledgerbridge.zohobooks.WebhookEvent;
import io.ledgerbridge.zohobooks.ZohoNotFoundException;
import io.ledgerbridge.zohobooks.ZohoPermissionException;
import io.ledgerbridge.zohobooks.ZohoRequestException;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.time.Duration;
import java.time.Instant;
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
 * What only details tell, one call each, by the persistent queue: payments first, since a payment changes the status of its
 * invoices, then open invoices, customers, the rest. Fetched details are written about once a minute.
 */
final class Details {

    static final String PRIORITY_PAYMENT = "1";
    static final String PRIORITY_OPEN_INVOICE = "2";
    static final String PRIORITY_CUSTOMER = "3";
    static final String PRIORITY_OTHER_INVOICE = "4";

    /** The stamp of a payment's row: its detail has no such field. */
    static final String STAMP = "stamp";

    private static final int ENTRIES = 400;
    private static final int LINES = 1_000;
    private static final int CHUNK = 100;
    private static final Duration VISIBLE_AFTER = Duration.ofMinutes(1);
    private static final Duration LONGEST_DEFERRAL = Duration.ofDays(7);

    /** Stands instead of a kind before the id of an invoice whose payments are to be compared. */
    private static final String PAYMENTS_OF = "PAYMENTS_OF/";

    private record Fetched<T>(T detail, Entry entry) {}

    /** The detail of a record, whatever is known of it. */
    static Entry entry(Kind kind, String id) {
        String priority = switch (kind) {
            case CUSTOMER -> PRIORITY_CUSTOMER;
            case PAYMENT -> PRIORITY_PAYMENT;
            default -> PRIORITY_OPEN_INVOICE;
        };
        return new Entry(Work.DETAIL, kind + "/" + id, priority, Map.of());
    }

    /** A payment of this invoice may be gone. */
    static Entry paymentsOf(String invoiceId) {
        return new Entry(Work.DETAIL, PAYMENTS_OF + invoiceId, PRIORITY_PAYMENT, Map.of());
    }

    /** The detail of an invoice of which probably only the payments have changed. */
    static Entry deferred(String invoiceId, Instant now) {
        return new Entry(
                Work.DEFERRED, Kind.INVOICE + "/" + invoiceId, Times.sortable(now.plus(LONGEST_DEFERRAL)), Map.of());
    }

    /** Takes up deferred details: those that have waited long enough, and as many as there are calls that would expire. */
    void takeUpDeferred() {
        List<Entry> due =
                new ArrayList<>(run.ledger.queuedBefore(Work.DEFERRED, Times.sortable(run.time.now()), ENTRIES));
        int expiring = run.governor.expiring() - (int) run.ledger.queued(Work.DETAIL) - due.size();
        if (expiring > 0) {
            run.ledger.queue(Work.DEFERRED, due.size() + expiring).stream()
                    .filter(entry -> !due.contains(entry))
                    .forEach(due::add);
        }
        Changes changes = run.ledger.changes();
        due.forEach(entry ->
                changes.remove(entry).put(new Entry(Work.DETAIL, entry.id(), PRIORITY_OTHER_INVOICE, Map.of())));
        changes.commit();
    }

    private final Run run;
    private final RecordWriter writer;
    private final Pairs pairs;
    private final Customers customers;
    private final Persons persons;
    private final PaymentSync payments;
    private final InvoiceHeaders headers;
    private final CreditNotes creditNotes;
    private final Deletions deletions;
    private final Addressees addressees;
    private final Replays replays;
    private final KeptDetails keptDetails;
    private final Runnable afterEachRound;
    private long fetchedSoFar;

    Details(
            Run run,
            RecordWriter writer,
            Pairs pairs,
            Customers customers,
            Persons persons,
            PaymentSync payments,
            InvoiceHeaders headers,
            CreditNotes creditNotes,
            Deletions deletions,
            Addressees addressees,
            Replays replays,
            Runnable afterEachRound) {
        this.run = run;
        this.writer = writer;
        this.pairs = pairs;
        this.customers = customers;
        this.persons = persons;
        this.payments = payments;
        this.headers = headers;
        this.creditNotes = creditNotes;
        this.deletions = deletions;
        this.addressees = addressees;
        this.replays = replays;
        this.keptDetails = new KeptDetails(run);
        this.afterEachRound = afterEachRound;
    }

    /**
     * Takes up what webhooks have told. An invoice that came with its lines is written at once if it is newer than what is known of it, and
     * left if it is older; everything else is read first.
     */
    void deliveries() {
        List<Request> told = run.ledger.deliveries(CHUNK);
        while (!told.isEmpty()) {
            take(told);
            // One that came again meanwhile stays, and is taken up by the next run.
            boolean allTaken = run.ledger.taken(told);
            told = allTaken ? run.ledger.deliveries(CHUNK) : List.of();
        }
    }

    private void take(List<Request> told) {
        Changes changes = run.ledger.changes();
        Round round = new Round();
        for (Request delivery : told) {
            SourceId record = Deliveries.record(delivery);
            Optional<Invoice> invoice = Deliveries.invoice(delivery);
            Optional<Entry> queued = run.ledger.queueEntry(Work.DETAIL, record.toString());
            // The queue has what is written as well, in case that this process is lost before.
            Entry asking = Replays.first(record, queued);
            if (invoice.isEmpty() || queued.isPresent() || isGone(record)) {
                changes.put(asking);
                continue;
            }
            int age = compareWithKnown(invoice.get());
            if (age >= 0) {
                changes.put(asking);
            }
            if (age > 0) {
                round.invoices.add(new Fetched<>(invoice.get(), asking));
            }
        }
        changes.commit();
        if (!round.invoices.isEmpty()) {
            round.write();
            afterEachRound.run();
        }
    }

    /** Whether it is said to be gone: then only the source itself brings it back. */
    private boolean isGone(SourceId record) {
        return run.ledger
                .link(record.kind(), record.id())
                .map(link -> !link.fact(Facts.GONE).isEmpty())
                .orElse(false);
    }

    /** Above 0 if it is newer than what is known, below 0 if it is older; 0 if only the source can tell, since stamps have but seconds. */
    private int compareWithKnown(Invoice told) {
        return run.ledger
                .link(Kind.INVOICE, told.invoiceId())
                .map(known -> BooksMapping.stamp(told.lastModifiedTime()).compareTo(known.stamp()))
                .orElse(1);
    }

    /** Works on what is replayed, and on nothing else. */
    void replay() {
        List<Entry> due = run.ledger.queuedBefore(Work.DETAIL, PRIORITY_PAYMENT, ENTRIES);
        while (!due.isEmpty() && !run.isOver()) {
            new Round().work(due);
            due = run.ledger.queuedBefore(Work.DETAIL, PRIORITY_PAYMENT, ENTRIES);
            afterEachRound.run();
        }
    }

    /** Works until the queue is empty, the run is over, or the day's calls are spent. */
    void work() {
        List<Entry> due = run.ledger.queue(Work.DETAIL, run.isCautious ? 1 : ENTRIES);
        while (!due.isEmpty() && !run.isOver()) {
            new Round().work(due);
            due = run.ledger.queue(Work.DETAIL, ENTRIES);
            if (!due.isEmpty()) {
                afterEachRound.run();
            }
        }
        if (due.isEmpty()) {
            keptDetails.forget();
        }
    }

    /** What is fetched before it is written together. */
    private final class Round {
        private final Instant started = run.time.now();
        private final List<Fetched<Invoice>> invoices = new ArrayList<>();
        private final List<Fetched<Resolved>> fetchedPayments = new ArrayList<>();
        private final Map<Contact, Entry> fetchedCustomers = new LinkedHashMap<>();
        private int lines;

        void work(List<Entry> due) {
            try {
                for (Entry entry : due) {
                    if (isFull() || run.isOver()) {
                        break;
                    }
                    fetch(entry);
                }
            } finally {
                // What was fetched is written, also when the day's calls ran out in between.
                write();
            }
        }

        private boolean isFull() {
            return lines >= LINES || Duration.between(started, run.time.now()).compareTo(VISIBLE_AFTER) >= 0;
        }

        private void fetch(Entry entry) {
            run.governor.keepReserve();
            if (entry.id().startsWith(PAYMENTS_OF)) {
                comparePayments(entry);
                return;
            }
            Kind kind = entry.kind();
            String id = entry.sourceId();
            try {
                switch (kind) {
                    case CREDIT_NOTE -> {
                        CreditNote note =
                                kept(entry).map(WebhookEvent::creditNote).orElseGet(() -> run.source.creditNote(id));
                        if (hasMoved(entry, note.updatedTime())) {
                            return;
                        }
                        beginReplay(entry);
                        creditNotes.detail(note, entry);
                        Changes changes = run.ledger.changes();
                        writer.releaseUnread(kind, id, changes);
                        changes.commit();
                    }
                    case CUSTOMER -> {
                        Contact customer =
                                kept(entry).map(WebhookEvent::contact).orElseGet(() -> run.source.customer(id));
                        if (hasMoved(entry, customer.lastModifiedTime())) {
                            return;
                        }
                        beginReplay(entry);
                        fetchedCustomers.put(customer, entry);
                    }
                    case PAYMENT -> {
                        CustomerPayment payment =
                                kept(entry).map(WebhookEvent::payment).orElseGet(() -> run.source.payment(id));
                        if (hasMoved(entry, payment.updatedTime())) {
                            return;
                        }
                        beginReplay(entry);
                        String stamp = entry.part(STAMP).isEmpty()
                                ? BooksMapping.stamp(payment.updatedTime())
                                : entry.part(STAMP).get(0);
                        fetchedPayments.add(new Fetched<>(PaymentSync.resolved(payment, stamp), entry));
                    }
                    default -> {
                        Invoice invoice =
                                kept(entry).map(WebhookEvent::invoice).orElseGet(() -> run.source.invoice(id));
                        if (hasMoved(entry, invoice.lastModifiedTime())) {
                            return;
                        }
                        beginReplay(entry);
                        lines += invoice.lineItems().size();
                        invoices.add(new Fetched<>(invoice, entry));
                    }
                }
            } catch (ZohoNotFoundException e) {
                if (Replays.isReplay(entry)) {
                    replays.notThere(kind, id, entry);
                } else {
                    deletions.confirmed(kind, id, entry);
                }
            } catch (ZohoRequestException | IllegalArgumentException e) {
                // An id that no call can be made with is refused by the client.
                setAside(kind, id, entry, String.valueOf(e.getMessage()));
            } catch (ZohoPermissionException e) {
                if (kind != Kind.CREDIT_NOTE) {
                    throw e;
                }
                setAside(kind, id, entry, String.valueOf(e.getMessage()));
            }
        }

        /** What planning has fetched is not fetched again, unless somebody wants to know how it is now. */
        private Optional<WebhookEvent> kept(Entry entry) {
            boolean isAsked = !entry.body().isEmpty() && !entry.body().keySet().equals(Set.of(STAMP));
            Changes changes = run.ledger.changes();
            Optional<WebhookEvent> kept = keptDetails.take(entry.kind(), entry.sourceId(), changes);
            changes.commit();
            return isAsked || Replays.isFirst(entry) ? Optional.empty() : kept;
        }

        private void beginReplay(Entry entry) {
            if (Replays.isReplay(entry)) {
                replays.begin(entry);
            }
        }

        /** Whether what was planned was planned for another version than this. */
        private boolean hasMoved(Entry entry, @Nullable Instant version) {
            return replays.hasMoved(entry, BooksMapping.stamp(version));
        }

        /** One record that cannot be read does not keep the others waiting; it is tried again by itself. */
        private void setAside(Kind kind, String id, Entry entry, String reason) {
            Changes changes = run.ledger.changes().remove(entry);
            Link link = run.ledger.link(kind, id).orElse(Link.unlinked(kind, id, ""));
            writer.postpone(link, id, "", RecordWriter.UNREAD + reason, Map.of(), changes);
            changes.commit();
        }

        /** Payments that we know of and that the invoice does not name any more are looked at themselves. */
        private void comparePayments(Entry entry) {
            String invoiceId = entry.sourceId();
            Changes changes = run.ledger.changes().remove(entry);
            Optional<Link> invoice = run.ledger.link(Kind.INVOICE, invoiceId);
            if (invoice.isPresent()) {
                Set<String> named = paymentsOfOrNone(invoiceId);
                run.ledger.linksOfCustomer(Kind.PAYMENT, invoice.get().customerId()).stream()
                        .filter(payment -> payment.paid(invoiceId) && !named.contains(payment.sourceId()))
                        .forEach(payment -> changes.put(entry(Kind.PAYMENT, payment.sourceId())));
            }
            changes.commit();
        }

        /** Where the list cannot be read, each payment is looked at itself. */
        private Set<String> paymentsOfOrNone(String invoiceId) {
            try {
                return new HashSet<>(run.source.paymentsOf(invoiceId));
            } catch (ZohoNotFoundException | ZohoRequestException e) {
                return Set.of();
            }
        }

        private void write() {
            writePayments();
            writeCustomers();
            writeInvoices();
            fetchedSoFar += invoices.size() + fetchedPayments.size() + fetchedCustomers.size();
            run.tally.detailProgress(fetchedSoFar, run.ledger.queued(Work.DETAIL));
        }

        private void writePayments() {
            for (int from = 0; from < fetchedPayments.size(); from += CHUNK) {
                List<Fetched<Resolved>> chunk =
                        fetchedPayments.subList(from, Math.min(fetchedPayments.size(), from + CHUNK));
                Changes changes = run.ledger.changes();
                payments.write(chunk.stream().map(Fetched::detail).toList(), changes);
                chunk.forEach(fetched -> {
                    changes.remove(fetched.entry());
                    if (Replays.isFirst(fetched.entry()) && !Replays.isPlanned(fetched.entry())) {
                        queueInvoices(fetched.detail(), changes);
                    }
                });
                changes.commit();
            }
        }

        /** Who asks for a payment at once wants to see its invoices paid, of which nobody may have told. */
        private void queueInvoices(Resolved payment, Changes changes) {
            payment.allocations().forEach(part -> {
                Entry invoice =
                        new Entry(Work.DETAIL, Kind.INVOICE + "/" + part.invoiceId(), Replays.PRIORITY, Map.of());
                if (!run.ledger.isQueued(invoice)) {
                    changes.put(invoice);
                }
            });
        }

        private void writeCustomers() {
            if (fetchedCustomers.isEmpty()) {
                return;
            }
            Set<Contact> wanted = new HashSet<>();
            fetchedCustomers.forEach((customer, entry) -> {
                if (Replays.isFirst(entry)) {
                    wanted.add(customer);
                }
            });
            customers.headersThatDiffer(List.copyOf(fetchedCustomers.keySet()), wanted);
            if (run.isOn(Kind.CONTACT)) {
                Map<String, Link> links = run.ledger.links(
                        Kind.CUSTOMER,
                        fetchedCustomers.keySet().stream()
                                .map(Contact::contactId)
                                .toList());
                Map<Link, List<ContactPerson>> toDecide = new LinkedHashMap<>();
                fetchedCustomers.forEach((customer, entry) -> {
                    Link link = links.get(customer.contactId());
                    if (link != null && !link.isLeftOut()) {
                        toDecide.put(link, customer.contactPersons());
                    }
                });
                persons.decide(toDecide);
            }
            customers.details(fetchedCustomers);
        }

        /** Invoices that waited for their customer, or that have changed since their row was read. */
        private void headersThatDiffer() {
            Map<String, Link> links = run.ledger.links(
                    Kind.INVOICE,
                    invoices.stream()
                            .map(fetched -> fetched.detail().invoiceId())
                            .toList());
            // What somebody wants may differ, though its stamp is the same: it has but seconds.
            List<Invoice> differing = invoices.stream()
                    .filter(fetched -> Replays.isFirst(fetched.entry())
                            || differs(
                                    fetched.detail(), links.get(fetched.detail().invoiceId())))
                    .map(Fetched::detail)
                    .toList();
            for (int from = 0; from < differing.size(); from += CHUNK) {
                headers.write(differing.subList(from, Math.min(differing.size(), from + CHUNK)));
            }
        }

        private static boolean differs(Invoice invoice, @Nullable Link link) {
            return link == null
                    || link.targetId() == null
                    || !link.fact(Facts.MADE).isEmpty()
                    || link.isUnsure()
                    || !link.stamp().equals(BooksMapping.stamp(invoice.lastModifiedTime()))
                    || !link.facts()
                            .entrySet()
                            .containsAll(BooksMapping.facts(invoice).entrySet());
        }

        private void writeInvoices() {
            if (!invoices.isEmpty()) {
                headersThatDiffer();
                new InvoiceLines(run, writer, pairs, addressees)
                        .write(invoices.stream()
                                .collect(Collectors.toMap(
                                        Fetched::entry, Fetched::detail, (one, other) -> one, LinkedHashMap::new)));
            }
        }
    }
}
