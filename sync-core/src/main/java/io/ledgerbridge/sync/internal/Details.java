package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.LineItems;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Quarantined;
import io.ledgerbridge.sync.internal.Ledger.Request;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.sync.internal.PaymentSync.Resolved;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.sync.internal.Tally.Decision;
import io.ledgerbridge.zohobooks.WebhookEvent;
import io.ledgerbridge.zohobooks.ZohoNotFoundException;
import io.ledgerbridge.zohobooks.ZohoPermissionException;
import io.ledgerbridge.zohobooks.ZohoRequestException;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
        Link known = run.ledger.link(Kind.INVOICE, told.invoiceId()).orElse(null);
        if (known == null) {
            return 1;
        }
        String stamp = BooksMapping.stamp(told.lastModifiedTime());
        int withHeader = stamp.compareTo(known.stamp());
        return withHeader == 0 && run.isOn(Kind.LINE_ITEM) ? stamp.compareTo(known.detailStamp()) : withHeader;
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

    /** The lines of invoices, their contacts, and what the detail tells of the invoice itself. */
    private static final class InvoiceLines {
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
                    Kind.INVOICE,
                    fetched.values().stream().map(Invoice::invoiceId).toList());
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
                    Kind.INVOICE,
                    fetched.values().stream().map(Invoice::invoiceId).toList());
            readAddressees(fetched.values(), links);
            fetched.forEach((entry, invoice) -> {
                changes.remove(entry);
                changes.remove(deferred(invoice.invoiceId(), run.time.now()));
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
                        .forEach((id, problem) -> run.tally.note(
                                Kind.LINE_ITEM, id, "HubSpot does not archive it: " + problem.message()));
                run.tally.archived(Kind.LINE_ITEM, targets.size());
            }
        }
    }
}
