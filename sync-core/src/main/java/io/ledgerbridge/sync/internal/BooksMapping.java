package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.Companies;
import io.ledgerbridge.hubspot.Contacts;
import io.ledgerbridge.hubspot.Invoices;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.hubspot.Payments;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.sync.Mapping;
import io.ledgerbridge.zohobooks.model.Address;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From records of Zoho Books to values in HubSpot. No input, no output, no state. */
final class BooksMapping {

    private static final Set<String> NOT_COUNTED =
            Set.of("draft", "void", "voided", "pending_approval", "rejected", "deleted");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\",;<>()]+@[^@\\s\",;<>()]+\\.[^@\\s\",;<>().]{2,}");
    private static final Pattern AROUND_EMAIL = Pattern.compile("[\\s\"\\u00A0]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s_-]");

    /** One part of a payment. */
    record Allocation(String invoiceId, String number, BigDecimal amount) {}

    private final String organizationId;
    private final String baseCurrency;
    private final Account account;
    private final Mapping custom;

    BooksMapping(String organizationId, String baseCurrency, Account account, Mapping custom) {
        this.custom = custom;
        this.organizationId = organizationId;
        this.baseCurrency = baseCurrency;
        this.account = account;
    }

    /** What the user's mapping makes of the values; what fails is told like a text that was cut. */
    static <S> void customize(ObjectType<?> type, S source, Values values, Mapping custom) {
        values.cuts().addAll(custom.apply(type, source, values.encoded()));
        custom.added(type).forEach(values::fit);
    }

    /** What the user has changed of the defaults. */
    Mapping custom() {
        return custom;
    }

    String key(String sourceId) {
        return organizationId + ":" + sourceId;
    }

    // Customers

    Values company(Contact customer) {
        Values values = new Values()
                .text(Companies.NAME, customer.contactName())
                .text(Companies.PHONE, customer.phone())
                .text(Companies.WEBSITE, customer.website())
                .text(BooksProperties.STATUS, customer.status())
                .text(BooksProperties.EMAIL, cleanEmail(customer.email()))
                .text(BooksProperties.CURRENCY, baseCurrency);
        customize(ObjectType.COMPANIES, customer, values, custom);
        return versioned(values, stamp(customer.lastModifiedTime()));
    }

    /** What only the detail knows of a customer. */
    Values companyDetail(Contact customer) {
        Address address = customer.billingAddress();
        Values values = new Values()
                .text(Companies.ADDRESS, address == null ? "" : address.address())
                .text(Companies.ADDRESS_2, address == null ? "" : address.street2())
                .text(Companies.CITY, address == null ? "" : address.city())
                .text(Companies.STATE, address == null ? "" : address.state())
                .text(Companies.ZIP, address == null ? "" : address.postCode())
                .text(Companies.COUNTRY, address == null ? "" : address.country());
        custom.leaveOut(ObjectType.COMPANIES, values.encoded());
        values.encoded().keySet().removeAll(custom.added(ObjectType.COMPANIES));
        return values;
    }

    Values contact(ContactPerson person) {
        Values values = new Values()
                .text(Contacts.EMAIL, cleanEmail(person.email()))
                .text(Contacts.FIRST_NAME, person.firstName())
                .text(Contacts.LAST_NAME, person.lastName())
                .text(Contacts.PHONE, person.phone())
                .text(Contacts.MOBILE_PHONE, person.mobile())
                .text(Contacts.JOB_TITLE, person.designation());
        customize(ObjectType.CONTACTS, person, values, custom);
        return versioned(values, "");
    }

    /** The address belongs to another contact; the version says that it is not here. */
    static void leaveOutEmail(Values values) {
        values.encoded().remove(Contacts.EMAIL.name());
        values.encoded().remove(BooksProperties.VERSION.name());
        versioned(values, "");
    }

    /** Quotes, line breaks and blanks stand around live addresses. HubSpot keeps them in lower case. */
    static String cleanEmail(String email) {
        return AROUND_EMAIL.matcher(email).replaceAll("").toLowerCase(Locale.ROOT);
    }

    static boolean isEmail(String email) {
        return EMAIL.matcher(email).matches();
    }

    // Invoices

    Values invoice(Invoice invoice) {
        Address address = invoice.billingAddress();
        BigDecimal total = orZero(invoice.total());
        BigDecimal balance = orZero(invoice.balance());
        Values values = new Values()
                .text(Invoices.CURRENCY, invoice.currencyCode())
                .text(Invoices.TITLE, invoice.invoiceNumber() + " " + invoice.customerName())
                .text(Invoices.NUMBER, invoice.invoiceNumber())
                .set(Invoices.INVOICE_DATE, startOfDay(invoice.date()))
                .set(Invoices.DUE_DATE, startOfDay(invoice.dueDate()))
                .set(Invoices.AMOUNT_BILLED, total)
                .text(Invoices.PURCHASE_ORDER_NUMBER, invoice.referenceNumber())
                .text(Invoices.RECIPIENT_ADDRESS, address == null ? "" : address.address())
                .text(Invoices.RECIPIENT_ADDRESS_2, address == null ? "" : address.street2())
                .text(Invoices.RECIPIENT_CITY, address == null ? "" : address.city())
                .text(Invoices.RECIPIENT_STATE, address == null ? "" : address.state())
                .text(Invoices.RECIPIENT_ZIP, address == null ? "" : address.postCode())
                .text(BooksProperties.STATUS, invoice.status())
                .set(BooksProperties.TOTAL, total)
                .set(BooksProperties.BALANCE, balance)
                .set(BooksProperties.PAID, total.subtract(balance))
                .text(BooksProperties.CURRENCY, invoice.currencyCode())
                .set(BooksProperties.EXCHANGE_RATE, orOne(invoice.exchangeRate()));
        customize(ObjectType.INVOICES, invoice, values, custom);
        return versioned(values, stamp(invoice.lastModifiedTime()));
    }

    /** What an invoice has from its first moment, and never again. */
    static Map<String, String> onlyOnCreate() {
        return new Values()
                .set(Invoices.STATUS, "draft")
                .set(Invoices.BILLABLE, false)
                .set(BooksProperties.DETAILS, "pending")
                .encoded();
    }

    static Map<String, String> facts(Invoice invoice) {
        return Map.of(
                Facts.NUMBER, invoice.invoiceNumber(),
                Facts.STATUS, invoice.status(),
                Facts.DATE, text(invoice.date()),
                Facts.DUE_DATE, text(invoice.dueDate()),
                Facts.CURRENCY, invoice.currencyCode(),
                Facts.RATE, orOne(invoice.exchangeRate()).toPlainString(),
                Facts.TOTAL, orZero(invoice.total()).toPlainString(),
                Facts.BALANCE, orZero(invoice.balance()).toPlainString());
    }

    /** Drafts and the like count nowhere, although they keep a balance. */
    static boolean counts(String status) {
        return !NOT_COUNTED.contains(status);
    }

    /** The status that HubSpot has for one of Zoho Books; unknown ones are open. */
    static String hubSpotStatus(String status) {
        return switch (status) {
            case "draft", "pending_approval", "rejected" -> "draft";
            case "paid" -> "paid";
            case "void", "voided", Deletions.DELETED -> "voided";
            default -> "open";
        };
    }

    static boolean isKnownStatus(String status) {
        return !hubSpotStatus(status).equals("open")
                || Set.of("approved", "sent", "viewed", "unpaid", "partially_paid", "overdue")
                        .contains(status);
    }

    // Payments

    Values payment(CustomerPayment payment, String currency, List<Allocation> allocations, String stamp) {
        BigDecimal refunded = orZero(payment.amountRefunded());
        BigDecimal amount = orZero(payment.amount());
        String status = refunded.signum() == 0
                ? "succeeded"
                : refunded.compareTo(amount) >= 0 ? "refunded" : "partially_refunded";
        Values values = new Values()
                .set(Payments.INITIAL_AMOUNT, amount)
                .set(Payments.INITIATED_DATE, startOfDay(payment.date()))
                .text(Payments.CURRENCY, currency)
                .set(Payments.STATUS, status)
                .set(Payments.METHOD, method(payment.paymentMode()))
                .set(Payments.PROCESSOR, "none")
                .text(Payments.REFERENCE_NUMBER, payment.referenceNumber())
                .text(Payments.INTERNAL_COMMENT, payment.description())
                .set(Payments.REFUNDS_AMOUNT, refunded.signum() == 0 ? null : refunded)
                .text(
                        BooksProperties.ALLOCATIONS,
                        allocations.stream()
                                .map(part -> part.number() + ";" + part.invoiceId() + ";"
                                        + part.amount().toPlainString())
                                .collect(Collectors.joining("\n")))
                .set(BooksProperties.UNUSED, orZero(payment.unusedAmount()))
                .text(BooksProperties.METHOD, payment.paymentMode());
        customize(ObjectType.PAYMENTS, payment, values, custom);
        return versioned(values, stamp);
    }

    private static String method(String mode) {
        return switch (BETWEEN_WORDS.matcher(mode.toLowerCase(Locale.ROOT)).replaceAll("")) {
            case "banktransfer", "bankremittance", "wiretransfer" -> "wire_transfer";
            case "creditcard", "card", "debitcard" -> "card";
            case "cash" -> "cash";
            case "check", "cheque" -> "check";
            case "ach" -> "ach";
            default -> "other";
        };
    }

    // Common

    /** Stamp, digest of the header's values, digest of the detail's. */
    static Values versioned(Values values, String stamp) {
        return values.set(BooksProperties.VERSION, Version.ofHeader(stamp, values.encoded()));
    }

    static String stamp(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    static String text(@Nullable LocalDate date) {
        return date == null ? "" : date.toString();
    }

    static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    private static BigDecimal orOne(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ONE : value;
    }

    private @Nullable Instant startOfDay(@Nullable LocalDate day) {
        return day == null ? null : account.startOfDay(day);
    }
}
