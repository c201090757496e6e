package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The properties that the engine makes in HubSpot. Their names are public for ever. */
public final class BooksProperties {

    public static final String GROUP = "zoho_books";
    public static final String GROUP_LABEL = "Zoho Books";

    public static final Property<String> KEY = Property.text("zoho_books_key");
    public static final Property<String> VERSION = Property.text("zoho_books_version");
    public static final Property<String> STATUS = Property.text("zoho_books_status");
    public static final Property<String> CURRENCY = Property.text("zoho_books_currency");

    public static final Property<String> EMAIL = Property.text("zoho_books_email");
    public static final Property<BigDecimal> OUTSTANDING = Property.number("zoho_books_outstanding");
    public static final Property<BigDecimal> OVERDUE = Property.number("zoho_books_overdue");
    public static final Property<BigDecimal> LIFETIME_REVENUE = Property.number("zoho_books_lifetime_revenue");
    public static final Property<BigDecimal> OPEN_INVOICES = Property.number("zoho_books_open_invoices");
    public static final Property<LocalDate> LAST_INVOICE_DATE = Property.date("zoho_books_last_invoice_date");
    public static final Property<LocalDate> LAST_PAYMENT_DATE = Property.date("zoho_books_last_payment_date");

    public static final Property<BigDecimal> INVOICED = Property.number("zoho_books_invoiced");
    public static final Property<String> PAYMENT_STATUS = Property.text("zoho_books_payment_status");

    public static final Property<String> DETAILS = Property.text("zoho_books_details");
    public static final Property<BigDecimal> TOTAL = Property.number("zoho_books_total");
    public static final Property<BigDecimal> TAX = Property.number("zoho_books_tax");
    public static final Property<BigDecimal> BALANCE = Property.number("zoho_books_balance");
    public static final Property<BigDecimal> PAID = Property.number("zoho_books_paid");
    public static final Property<BigDecimal> EXCHANGE_RATE = Property.number("zoho_books_exchange_rate");

    public static final Property<String> ALLOCATIONS = Property.text("zoho_books_allocations");
    public static final Property<BigDecimal> UNUSED = Property.number("zoho_books_unused");
    public static final Property<String> METHOD = Property.text("zoho_books_method");

    /** How many there are at the head of each list that everything else rests on. */
    static final int KEYS = 2;

    private BooksProperties() {}

    static PropertyDefinition key() {
        return text(KEY, "Zoho Books key", "Identity of the record in Zoho Books. Written by the sync, do not edit.");
    }

    /** What a kind needs, most important first: where an account has no room for all, the last are left out. */
    public static List<PropertyDefinition> of(Kind kind) {
        List<PropertyDefinition> all = new ArrayList<>();
        if (kind == Kind.DEAL) {
            addDeals(all);
            return all;
        }
        all.add(key().unique());
        all.add(text(VERSION, "Zoho Books version", "Which version of the source this record shows."));
        switch (kind) {
            case CUSTOMER -> {
                all.add(text(STATUS, "Zoho Books status", "Status of the customer in Zoho Books."));
                all.add(text(EMAIL, "Zoho Books e-mail", "E-mail address of the customer in Zoho Books."));
                all.add(text(CURRENCY, "Zoho Books currency", "Currency of the amounts on this company."));
                all.add(number(OUTSTANDING, "Zoho Books outstanding", "Open balances of invoices."));
                all.add(number(OVERDUE, "Zoho Books overdue", "Open balances of invoices past due."));
                all.add(number(
                        LIFETIME_REVENUE, "Zoho Books lifetime revenue", "Invoices less credit notes, without tax."));
                all.add(number(OPEN_INVOICES, "Zoho Books open invoices", "Number of invoices with a balance."));
                all.add(date(LAST_INVOICE_DATE, "Zoho Books last invoice date"));
                all.add(date(LAST_PAYMENT_DATE, "Zoho Books last payment date"));
            }
            case INVOICE -> {
                all.add(text(STATUS, "Zoho Books status", "Status of the invoice in Zoho Books."));
                all.add(text(DETAILS, "Zoho Books details", "Whether lines are here: pending, complete or partial."));
                all.add(number(TOTAL, "Zoho Books total", "Total in the currency of the invoice."));
                all.add(number(TAX, "Zoho Books tax", "Taxes within the total."));
                all.add(number(BALANCE, "Zoho Books balance", "What is still to be paid."));
                all.add(number(PAID, "Zoho Books paid", "Total less balance."));
                all.add(text(CURRENCY, "Zoho Books currency", "Currency of the invoice."));
                all.add(number(EXCHANGE_RATE, "Zoho Books exchange rate", "Base currency per unit of currency."));
            }
            case LINE_ITEM -> {
                all.add(number(TOTAL, "Zoho Books total", "Net amount of the line."));
                all.add(number(TAX, "Zoho Books tax", "Taxes on the line."));
            }
            case PAYMENT -> {
                all.add(text(ALLOCATIONS, "Zoho Books allocations", "One line per invoice: number;id;amount."));
                all.add(number(UNUSED, "Zoho Books unused", "What is not applied to an invoice."));
                all.add(text(METHOD, "Zoho Books method", "Mode of payment in Zoho Books."));
            }
            default -> {
                // Key and version only: all else are standard properties.
            }
        }
        return all;
    }

    private static void addDeals(List<PropertyDefinition> all) {
        all.add(number(INVOICED, "Zoho Books invoiced", "Total of its invoices, in the currency of the books."));
        all.add(number(PAID, "Zoho Books paid", "What was paid of its invoices."));
        all.add(text(
                PAYMENT_STATUS, "Zoho Books payment status", "Not invoiced, open, partially paid, paid, or overdue."));
        all.add(number(OUTSTANDING, "Zoho Books outstanding", "Open balances of its invoices."));
        all.add(number(OVERDUE, "Zoho Books overdue", "Open balances of its invoices past due."));
        all.add(number(LIFETIME_REVENUE, "Zoho Books lifetime revenue", "Its invoices without tax."));
        all.add(date(LAST_PAYMENT_DATE, "Zoho Books last payment date"));
    }

    private static PropertyDefinition text(Property<String> property, String label, String description) {
        return PropertyDefinition.of(property.name(), label, description, "string");
    }

    private static PropertyDefinition number(Property<BigDecimal> property, String label, String description) {
        return PropertyDefinition.of(property.name(), label, description, "number");
    }

    private static PropertyDefinition date(Property<LocalDate> property, String label) {
        return PropertyDefinition.of(property.name(), label, "", "date");
    }
}
