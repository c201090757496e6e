package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.Invoices;
import io.ledgerbridge.hubspot.LineItems;
import io.ledgerbridge.hubspot.Payments;
import io.ledgerbridge.sync.DeletionPolicy;
import io.ledgerbridge.sync.Mapping.Owner;
import io.ledgerbridge.sync.Reconciliation;
import io.ledgerbridge.sync.Reconciliation.Age;
import io.ledgerbridge.sync.Reconciliation.Cause;
import io.ledgerbridge.sync.Reconciliation.Difference;
import io.ledgerbridge.sync.Reconciliation.Month;
import io.ledgerbridge.sync.Reconciliation.Receivable;
import io.ledgerbridge.sync.Reconciliation.Side;
import io.ledgerbridge.zohobooks.Page;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares both sides: reads the lists of the source once, and HubSpot by the ids of the links, 100 a call. Of HubSpot's other records
 * only those are looked at that are associated with our companies. Writes nothing.
 */
final class Reconciler {

    private static final int BATCH = 100;
    private static final String KEY = BooksProperties.KEY.name();

    /** What accountants compare, by kind. */
    private static final Map<Kind, List<String>> COMPARED = Map.of(
            Kind.INVOICE,
            List.of(
                    Invoices.NUMBER.name(),
                    Invoices.CURRENCY.name(),
                    Invoices.AMOUNT_BILLED.name(),
                    Invoices.DUE_DATE.name(),
                    BooksProperties.STATUS.name(),
                    BooksProperties.TOTAL.name(),
                    BooksProperties.TAX.name(),
                    BooksProperties.BALANCE.name(),
                    BooksProperties.PAID.name(),
                    BooksProperties.CURRENCY.name(),
                    BooksProperties.EXCHANGE_RATE.name()),
            Kind.LINE_ITEM,
            List.of(
                    LineItems.QUANTITY.name(),
                    LineItems.PRICE.name(),
                    LineItems.DISCOUNT_PERCENTAGE.name(),
                    BooksProperties.TOTAL.name(),
                    BooksProperties.TAX.name()),
            Kind.PAYMENT,
            List.of(
                    Payments.INITIAL_AMOUNT.name(),
                    Payments.CURRENCY.name(),
                    Payments.INITIATED_DATE.name(),
                    BooksProperties.ALLOCATIONS.name(),
                    BooksProperties.UNUSED.name()),
            Kind.CUSTOMER,
            List.of(
                    BooksProperties.OUTSTANDING.name(),
                    BooksProperties.OVERDUE.name(),
                    BooksProperties.LIFETIME_REVENUE.name(),
                    BooksProperties.OPEN_INVOICES.name(),
                    BooksProperties.CURRENCY.name()));

    /** One record of the source with what HubSpot should have of it. */
    private record Wanted(
            Kind kind, String sourceId, String name, Map<String, String> values, String leftOut, boolean isNewest) {}

    /** What one customer owes by its invoices. */
    private static final class Owed {
        BigDecimal inBase = BigDecimal.ZERO;
        BigDecimal inCurrency = BigDecimal.ZERO;
    }

    private record MonthOfCurrency(String currency, YearMonth month) implements Comparable<MonthOfCurrency> {
        @Override
        public int compareTo(MonthOfCurrency other) {
            int byCurrency = currency.compareTo(other.currency);
            return byCurrency != 0 ? byCurrency : month.compareTo(other.month);
        }
    }

    private static final class Sums {
        long invoices;
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal balance = BigDecimal.ZERO;

        void add(BigDecimal addedTotal, BigDecimal addedBalance) {
            invoices++;
            total = total.add(addedTotal);
            balance = balance.add(addedBalance);
        }

        Side side() {
            return new Side(invoices, plain(total), plain(balance));
        }
    }

    /** One side's sums. */
    private static final class Sheet {
        final Map<MonthOfCurrency, Sums> months = new TreeMap<>();
        final Map<String, Map<Age, BigDecimal>> ages = new TreeMap<>();

        void add(
                String currency,
                @Nullable LocalDate date,
                @Nullable LocalDate due,
                BigDecimal total,
                BigDecimal balance,
                LocalDate today) {
            YearMonth month = YearMonth.from(date == null ? LocalDate.EPOCH : date);
            months.computeIfAbsent(new MonthOfCurrency(currency, month), key -> new Sums())
                    .add(total, balance);
            if (balance.signum() > 0) {
                Age age = Age.of(due == null ? 0 : ChronoUnit.DAYS.between(due, today));
                ages.computeIfAbsent(currency, key -> new EnumMap<>(Age.class)).merge(age, balance, BigDecimal::add);
            }
        }
    }

    private final Run run;
    private final Map<Kind, List<String>> compared = new EnumMap<>(Kind.class);
    private final Sheet zoho = new Sheet();
    private final Sheet hubSpot = new Sheet();
    private final Map<String, Owed> owed = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();

    Reconciler(Run run) {
        this.run = run;
        // What the account does not have, or lets nobody write, cannot differ.
        COMPARED.forEach((kind, names) -> compared.put(
                kind,
                names.stream()
                        .filter(run.prepared.writable().getOrDefault(kind, Set.of())::contains)
                        .filter(name -> isOurs(kind, name))
                        .toList()));
    }

    /** What users of HubSpot own, or the mapping leaves to them, may be as they like it. */
    private boolean isOurs(Kind kind, String property) {
        Map<String, String> value = new HashMap<>(Map.of(property, ""));
        run.policies.mapping().leaveOut(kind.target(), value);
        return !value.isEmpty() && run.policies.mapping().owner(kind.target(), property) == Owner.SOURCE;
    }

    Reconciliation compare() {
        Instant began = run.time.now();
        Set<String> invoices = readAll(run.source::invoices, this::invoices, Invoice::invoiceId);
        missing(Kind.INVOICE, invoices);
        Set<String> payments = readAll(run.source::payments, this::payments, CustomerPayment::paymentId);
        missing(Kind.PAYMENT, payments);
        readAll(run.source::customers, this::customers, Contact::contactId);
        return new Reconciliation(began, months(), receivables(), List.copyOf(differences));
    }

    private <T> Set<String> readAll(Scan.Pages<T> pages, Takes<T> taker, Function<T, String> id) {
        Set<String> seen = new HashSet<>();
        boolean more = true;
        for (int number = 1; more; number++) {
            run.governor.keepReserve();
            Page<T> page = pages.page(ListOrder.BY_CREATION, number);
            List<T> rows =
                    page.items().stream().filter(row -> seen.add(id.apply(row))).toList();
            for (int from = 0; from < rows.size(); from += BATCH) {
                taker.take(rows.subList(from, Math.min(rows.size(), from + BATCH)));
            }
            more = page.hasNext();
        }
        return seen;
    }

    private interface Takes<T> {
        void take(List<T> rows);
    }

    // Invoices

    private void invoices(List<Invoice> rows) {
        List<Wanted> wanted = new ArrayList<>();
        for (Invoice row : rows) {
            boolean counts = BooksMapping.counts(row.status());
            BigDecimal balance = BooksMapping.orZero(row.balance());
            if (counts) {
                zoho.add(
                        row.currencyCode(),
                        row.date(),
                        row.dueDate(),
                        BooksMapping.orZero(row.total()),
                        balance,
                        run.today());
                Owed customer = owed.computeIfAbsent(row.customerId(), id -> new Owed());
                customer.inCurrency = customer.inCurrency.add(balance);
                customer.inBase = customer.inBase.add(
                        balance.multiply(row.exchangeRate() == null ? BigDecimal.ONE : row.exchangeRate()));
            }
            boolean isLeftVoid = BooksMapping.hubSpotStatus(row.status()).equals("voided")
                    && run.policies.voids() != DeletionPolicy.MARK;
            if (!isLeftVoid) {
                wanted.add(new Wanted(
                        Kind.INVOICE,
                        row.invoiceId(),
                        row.invoiceNumber(),
                        run.mapping.invoice(row).encoded(),
                        run.scope.leftOut(row),
                        true));
            }
        }
        Map<String, Link> links = compare(Kind.INVOICE, wanted, this::addHeld);
        lines(links.values(), wanted);
    }

    private void addHeld(CrmRecord<?> record) {
        String status = record.text(BooksProperties.STATUS.name()).orElse("");
        if (!status.isEmpty() && BooksMapping.counts(status)) {
            hubSpot.add(
                    record.text(BooksProperties.CURRENCY.name()).orElse(""),
                    day(record, Invoices.INVOICE_DATE.name()),
                    day(record, Invoices.DUE_DATE.name()),
                    amount(record, BooksProperties.TOTAL.name()),
                    amount(record, BooksProperties.BALANCE.name()),
                    run.today());
        }
    }

    /** Lines are known by what was written last: the lists do not tell of them. */
    private void lines(Collection<Link> invoices, List<Wanted> wanted) {
        if (!run.isOn(Kind.LINE_ITEM)) {
            return;
        }
        Map<String, String> numbers = new HashMap<>();
        wanted.forEach(one -> numbers.put(one.sourceId(), one.name()));
        Map<String, String> invoiceOf = new LinkedHashMap<>();
        invoices.stream()
                .filter(invoice -> invoice.targetId() != null && !invoice.isLeftOut())
                .forEach(invoice -> invoice.children().forEach(line -> invoiceOf.put(line, invoice.sourceId())));
        List<String> ids = List.copyOf(invoiceOf.keySet());
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<Wanted> lines = ids.subList(from, Math.min(ids.size(), from + BATCH)).stream()
                    .map(id -> new Wanted(
                            Kind.LINE_ITEM,
                            id,
                            numbers.getOrDefault(invoiceOf.get(id), "") + " line " + id,
                            Map.of(),
                            "",
                            false))
                    .toList();
            compare(Kind.LINE_ITEM, lines, record -> {});
        }
    }

    // Payments

    private void payments(List<CustomerPayment> rows) {
        List<Wanted> wanted = new ArrayList<>();
        for (CustomerPayment row : rows) {
            if (row.retainerInvoiceId().isEmpty()) {
                wanted.add(new Wanted(
                        Kind.PAYMENT,
                        row.paymentId(),
                        row.paymentNumber(),
                        new Values()
                                .set(Payments.INITIAL_AMOUNT, BooksMapping.orZero(row.amount()))
                                .encoded(),
                        run.scope.leftOut(row),
                        true));
            }
        }
        compare(Kind.PAYMENT, wanted, record -> {});
    }

    // Customers

    private void customers(List<Contact> all) {
        List<Contact> rows =
                all.stream().filter(row -> !row.contactType().equals("vendor")).toList();
        List<Wanted> wanted = rows.stream()
                .map(row -> new Wanted(
                        Kind.CUSTOMER, row.contactId(), row.contactName(), Map.of(), run.scope.leftOut(row), false))
                .toList();
        Map<String, Link> links = compare(Kind.CUSTOMER, wanted, record -> {});
        rows.forEach(row -> compareOutstanding(row, links.get(row.contactId())));
        foreign(links.values());
    }

    /** What Zoho says of a customer as a whole against its invoices, and these against what HubSpot was given. */
    private void compareOutstanding(Contact row, @Nullable Link link) {
        Owed customer = owed.getOrDefault(row.contactId(), new Owed());
        int digits = LineMapping.digits(run.prepared.organization().currencyCode());
        BigDecimal ofInvoices = customer.inBase.setScale(digits, RoundingMode.HALF_UP);
        String property = BooksProperties.OUTSTANDING.name();
        String written = link == null || link.isLeftOut() ? "" : link.written().getOrDefault(property, "");
        if (!written.isEmpty() && new BigDecimal(written).compareTo(ofInvoices) != 0) {
            boolean isSelected = run.scope.isEverything();
            add(
                    new Wanted(Kind.CUSTOMER, row.contactId(), row.contactName(), Map.of(), "", false),
                    link,
                    property,
                    ofInvoices.toPlainString(),
                    written,
                    isSelected ? Cause.NOT_YET_FETCHED : Cause.OUT_OF_SELECTION,
                    isSelected
                            ? "invoices of it have changed; the next run computes it anew"
                            : "invoices of it are not selected, or have changed");
        }
        BigDecimal told = row.outstandingReceivableAmountBcy();
        if (told != null && told.compareTo(ofInvoices) != 0) {
            explainOutstanding(row, link, told, ofInvoices, customer.inCurrency);
        }
    }

    /** Costs a call, for customers whose amount needs it alone. */
    private void explainOutstanding(
            Contact row, @Nullable Link link, BigDecimal told, BigDecimal ofInvoices, BigDecimal ofInvoicesInCurrency) {
        run.governor.keepReserve();
        Contact detail = run.source.customer(row.contactId());
        BigDecimal openingInBase = money(detail, "opening_balance_amount_bcy");
        BigDecimal opening = money(detail, "opening_balance_amount");
        BigDecimal inCurrency = BooksMapping.orZero(row.outstandingReceivableAmount());
        boolean isOpening =
                openingInBase.signum() != 0 && told.subtract(ofInvoices).compareTo(openingInBase) == 0;
        boolean isRate = inCurrency.subtract(opening).compareTo(ofInvoicesInCurrency) == 0;
        Cause cause = isOpening ? Cause.OPENING_BALANCE : isRate ? Cause.RATE_CHANGE : Cause.UNKNOWN;
        String explanation = switch (cause) {
            case OPENING_BALANCE ->
                "Zoho's amount has an opening balance of " + openingInBase.toPlainString()
                        + " in it, which no invoice stands for";
            case RATE_CHANGE -> "Zoho values its open invoices at another rate than that of the documents";
            default -> "its invoices do not add up to what Zoho says it owes";
        };
        add(
                new Wanted(Kind.CUSTOMER, row.contactId(), row.contactName(), Map.of(), "", false),
                link,
                "outstanding_receivable_amount_bcy",
                told.toPlainString(),
                ofInvoices.toPlainString(),
                cause,
                explanation);
    }

    private static BigDecimal money(Contact detail, String field) {
        String text = detail.raw().text(field).orElse("");
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    // Records that are not ours

    private void foreign(Collection<Link> companies) {
        List<Link> synced = companies.stream()
                .filter(link -> link.targetId() != null && !link.isLeftOut())
                .toList();
        if (synced.isEmpty()) {
            return;
        }
        if (run.isOn(Kind.INVOICE)) {
            foreign(
                    synced,
                    Relation.INVOICE_COMPANY,
                    List.of(
                            Invoices.NUMBER.name(),
                            Invoices.AMOUNT_BILLED.name(),
                            Invoices.CURRENCY.name(),
                            Invoices.INVOICE_DATE.name(),
                            Invoices.DUE_DATE.name(),
                            KEY),
                    link -> link.fact(Facts.NUMBER),
                    record -> record.text(Invoices.NUMBER.name()).orElse(""));
        }
        if (run.isOn(Kind.PAYMENT)) {
            foreign(
                    synced,
                    Relation.PAYMENT_COMPANY,
                    List.of(Payments.INITIAL_AMOUNT.name(), Payments.INITIATED_DATE.name(), KEY),
                    link -> paymentMark(
                            link.written().getOrDefault(Payments.INITIAL_AMOUNT.name(), ""),
                            link.written().getOrDefault(Payments.INITIATED_DATE.name(), "")),
                    record -> paymentMark(
                            record.text(Payments.INITIAL_AMOUNT.name()).orElse(""),
                            record.text(Payments.INITIATED_DATE.name()).orElse("")));
        }
    }

    private String paymentMark(String amount, String date) {
        return amount.isEmpty() || date.isEmpty()
                ? ""
                : new BigDecimal(amount).stripTrailingZeros().toPlainString() + " of "
                        + LocalDate.ofInstant(
                                Instant.parse(date), run.prepared.account().timeZone());
    }

    /** Others that hang on our companies and carry the mark of a document of ours. */
    private void foreign(
            List<Link> companies,
            Relation relation,
            List<String> properties,
            Function<Link, String> ourMark,
            Function<CrmRecord<?>, String> mark) {
        Kind kind = relation.other(Kind.CUSTOMER);
        Map<String, List<String>> associated = run.target.associated(
                relation,
                Kind.CUSTOMER,
                companies.stream().map(Link::requireTarget).toList());
        for (Link company : companies) {
            List<String> hanging = associated.getOrDefault(company.requireTarget(), List.of());
            List<Link> ours = run.ledger.linksOfCustomer(kind, company.sourceId());
            Map<String, Link> byMark = new HashMap<>();
            Set<String> strangers = new LinkedHashSet<>(hanging);
            ours.forEach(link -> {
                byMark.put(ourMark.apply(link), link);
                strangers.remove(link.targetId());
            });
            byMark.remove("");
            List<String> ids = byMark.isEmpty() ? List.of() : List.copyOf(strangers);
            for (int from = 0; from < ids.size(); from += BATCH) {
                run.target
                        .read(kind, ids.subList(from, Math.min(ids.size(), from + BATCH)), properties)
                        .values()
                        .forEach(record -> compareForeign(kind, record, byMark.get(mark.apply(record))));
            }
        }
    }

    private void compareForeign(Kind kind, CrmRecord<?> record, @Nullable Link ours) {
        boolean hasKey = !record.text(KEY).orElse("").isEmpty();
        if (ours == null || hasKey) {
            return;
        }
        if (kind == Kind.INVOICE) {
            hubSpot.add(
                    record.text(Invoices.CURRENCY.name()).orElse(""),
                    day(record, Invoices.INVOICE_DATE.name()),
                    day(record, Invoices.DUE_DATE.name()),
                    amount(record, Invoices.AMOUNT_BILLED.name()),
                    BigDecimal.ZERO,
                    run.today());
        }
        String name = kind == Kind.INVOICE ? ours.fact(Facts.NUMBER) : ours.sourceId();
        differences.add(new Difference(
                kind.stream(),
                "",
                name,
                record.id().value(),
                "",
                "",
                record.id().value(),
                Cause.FOREIGN_DUPLICATE,
                "it looks like " + name + ", which is " + ours.targetId()
                        + " in HubSpot, and was made by somebody else; repairing archives it"));
    }

    // Comparing

    /** Compares up to 100 records with what HubSpot has; answers their links. */
    private Map<String, Link> compare(Kind kind, List<Wanted> wanted, Consumer<CrmRecord<?>> held) {
        Map<String, Link> links =
                run.ledger.links(kind, wanted.stream().map(Wanted::sourceId).toList());
        if (!run.isOn(kind)) {
            return links;
        }
        List<String> properties = new ArrayList<>(compared.getOrDefault(kind, List.of()));
        if (kind == Kind.INVOICE) {
            properties.add(Invoices.INVOICE_DATE.name());
        }
        List<String> targets = links.values().stream()
                .filter(link -> link.targetId() != null)
                .map(Link::requireTarget)
                .toList();
        Map<String, CrmRecord<?>> records = targets.isEmpty() ? Map.of() : run.target.read(kind, targets, properties);
        for (Wanted one : wanted) {
            Link link = links.get(one.sourceId());
            CrmRecord<?> record = link == null || link.targetId() == null ? null : records.get(link.targetId());
            if (record != null) {
                held.accept(record);
            }
            compare(one, link, record);
        }
        return links;
    }

    private void compare(Wanted wanted, @Nullable Link link, @Nullable CrmRecord<?> record) {
        boolean isGone = link != null
                && !link.fact(Facts.GONE).isEmpty()
                && !link.fact(Facts.GONE).equals(WriteBatch.LOST);
        if (isGone) {
            return;
        }
        if (!wanted.leftOut().isEmpty()) {
            boolean isThere = record != null;
            if (!isThere) {
                add(wanted, link, "", wanted.name(), "", Cause.OUT_OF_SELECTION, wanted.leftOut());
                return;
            }
        }
        Optional<Cause> known = knownCause(wanted, link);
        if (record == null) {
            boolean wasThere = link != null
                    && (link.targetId() != null || link.fact(Facts.GONE).equals(WriteBatch.LOST));
            Cause cause = known.orElse(wasThere ? Cause.DELETED_IN_HUBSPOT : Cause.NOT_YET_FETCHED);
            add(wanted, link, "", wanted.name(), "", cause, explained(cause, wanted, link));
            return;
        }
        boolean lacksLines = wanted.kind() == Kind.INVOICE
                && link != null
                && link.detailStamp().isEmpty()
                && run.isOn(Kind.LINE_ITEM)
                && wanted.leftOut().isEmpty();
        if (lacksLines) {
            add(
                    wanted,
                    link,
                    BooksProperties.DETAILS.name(),
                    "complete",
                    "pending",
                    Cause.NOT_YET_FETCHED,
                    "its lines have not been read yet; the next runs bring them");
        }
        for (String property : compared.getOrDefault(wanted.kind(), List.of())) {
            String written = link == null ? "" : link.written().getOrDefault(property, "");
            String should = wanted.values().getOrDefault(property, written);
            String is = record.text(property).orElse("");
            boolean isKnown = link != null && !link.isUnsure();
            boolean isNothing = should.isEmpty() && !isKnown;
            if (!isNothing && !Shown.same(should, is)) {
                Cause cause = known.orElse(
                        isKnown && !Shown.same(written, is) ? Cause.CHANGED_IN_HUBSPOT : Cause.NOT_YET_FETCHED);
                add(wanted, link, property, should, is, cause, explained(cause, wanted, link));
            }
        }
    }

    private Optional<Cause> knownCause(Wanted wanted, @Nullable Link link) {
        if (!wanted.leftOut().isEmpty() || (link != null && link.isLeftOut())) {
            return Optional.of(Cause.OUT_OF_SELECTION);
        }
        return run.ledger.quarantined(wanted.kind(), wanted.sourceId()).isPresent()
                ? Optional.of(Cause.QUARANTINED)
                : Optional.empty();
    }

    private String explained(Cause cause, Wanted wanted, @Nullable Link link) {
        return switch (cause) {
            case QUARANTINED ->
                run.ledger
                        .quarantined(wanted.kind(), wanted.sourceId())
                        .map(Ledger.Quarantined::reason)
                        .orElse("it is in quarantine");
            case OUT_OF_SELECTION ->
                link != null && link.isLeftOut()
                        ? link.fact(Facts.LEFT) + "; HubSpot keeps it as it is"
                        : wanted.leftOut();
            case CHANGED_IN_HUBSPOT -> "it was changed in HubSpot after it was written; repairing writes it once more";
            case DELETED_IN_HUBSPOT -> "it was deleted in HubSpot after it was written; repairing makes it again";
            default -> "Zoho Books has a newer version, or it has not been read yet; the next runs write it";
        };
    }

    /** What is linked and the source does not list. */
    private void missing(Kind kind, Set<String> seen) {
        if (!run.isOn(kind)) {
            return;
        }
        run.ledger.forEachLink(kind, link -> {
            if (!seen.contains(link.sourceId())
                    && link.targetId() != null
                    && link.fact(Facts.GONE).isEmpty()
                    && !link.isLeftOut()) {
                String name = link.fact(Facts.NUMBER).isEmpty() ? link.sourceId() : link.fact(Facts.NUMBER);
                add(
                        new Wanted(kind, link.sourceId(), name, Map.of(), "", false),
                        link,
                        "",
                        "",
                        name,
                        Cause.NOT_YET_FETCHED,
                        "Zoho Books does not have it any more; the next sweep sees to it");
            }
        });
    }

    private void add(
            Wanted wanted,
            @Nullable Link link,
            String property,
            String should,
            String is,
            Cause cause,
            String explanation) {
        String target = link == null || link.targetId() == null ? "" : link.targetId();
        differences.add(new Difference(
                wanted.kind().stream(),
                wanted.sourceId(),
                wanted.name(),
                target,
                property,
                should,
                is,
                cause,
                explanation));
    }

    // Figures

    private List<Month> months() {
        Set<MonthOfCurrency> all = new TreeSet<>(zoho.months.keySet());
        all.addAll(hubSpot.months.keySet());
        return all.stream()
                .map(key -> new Month(
                        key.currency(),
                        key.month(),
                        zoho.months.getOrDefault(key, new Sums()).side(),
                        hubSpot.months.getOrDefault(key, new Sums()).side()))
                .toList();
    }

    private List<Receivable> receivables() {
        Set<String> currencies = new TreeSet<>(zoho.ages.keySet());
        currencies.addAll(hubSpot.ages.keySet());
        List<Receivable> all = new ArrayList<>();
        for (String currency : currencies) {
            Map<Age, BigDecimal> ofZoho = zoho.ages.getOrDefault(currency, Map.of());
            Map<Age, BigDecimal> ofHubSpot = hubSpot.ages.getOrDefault(currency, Map.of());
            for (Age age : Age.values()) {
                if (ofZoho.containsKey(age) || ofHubSpot.containsKey(age)) {
                    all.add(new Receivable(
                            currency,
                            age,
                            plain(ofZoho.getOrDefault(age, BigDecimal.ZERO)),
                            plain(ofHubSpot.getOrDefault(age, BigDecimal.ZERO))));
                }
            }
        }
        return all;
    }

    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static BigDecimal amount(CrmRecord<?> record, String property) {
        return record.text(property)
                .filter(text -> !text.isEmpty())
                .map(BigDecimal::new)
                .orElse(BigDecimal.ZERO);
    }

    /** In the zone of the account, in which days were written. */
    private @Nullable LocalDate day(CrmRecord<?> record, String property) {
        String text = record.text(property).orElse("");
        return text.isEmpty()
                ? null
                : LocalDate.ofInstant(
                        Instant.parse(text), run.prepared.account().timeZone());
    }
}
