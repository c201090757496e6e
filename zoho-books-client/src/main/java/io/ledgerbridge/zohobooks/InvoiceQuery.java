package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.model.Invoice;
import java.time.Instant;
import java.util.Locale;

/**
 * Which invoices to list, and in which order. Immutable; filters add up.
 *
 * @see <a href="https://www.zoho.com/books/api/v3/invoices/">Zoho Books API, invoices</a>
 */
public final class InvoiceQuery {

    /** States of the parameter {@code status}. */
    public enum Status {
        SENT,
        DRAFT,
        OVERDUE,
        PAID,
        VOID,
        UNPAID,
        PARTIALLY_PAID,
        VIEWED
    }

    /** Views of the parameter {@code filter_by}. */
    public enum View {
        ALL("Status.All"),
        SENT("Status.Sent"),
        DRAFT("Status.Draft"),
        OVERDUE("Status.OverDue"),
        PAID("Status.Paid"),
        VOID("Status.Void"),
        /** Whatever has a balance and is neither draft nor void; overdue ones may or may not be among them. */
        UNPAID("Status.Unpaid"),
        PARTIALLY_PAID("Status.PartiallyPaid"),
        VIEWED("Status.Viewed"),
        PAYMENT_EXPECTED("Date.PaymentExpectedDate");

        private final String wire;

        View(String wire) {
            this.wire = wire;
        }
    }

    /** Columns to sort by. */
    public enum SortBy {
        CUSTOMER_NAME,
        INVOICE_NUMBER,
        DATE,
        DUE_DATE,
        TOTAL,
        BALANCE,
        CREATED_TIME,
        /** Works, but is not documented: look at {@link Page#sortEcho()}. */
        LAST_MODIFIED_TIME
    }

    private static final InvoiceQuery ALL = new InvoiceQuery(Parameters.none());

    private final Parameters<Invoice> parameters;

    private InvoiceQuery(Parameters<Invoice> parameters) {
        this.parameters = parameters;
    }

    public static InvoiceQuery all() {
        return ALL;
    }

    /** Invoices modified at or after this instant. Time and applied credits may change an invoice without moving it. */
    public static InvoiceQuery modifiedSince(Instant instant) {
        return new InvoiceQuery(ALL.parameters.since(instant, Invoice::lastModifiedTime, true));
    }

    /** Open invoices; some of them may be overdue. */
    public static InvoiceQuery unpaid() {
        return ALL.view(View.UNPAID);
    }

    public static InvoiceQuery overdue() {
        return ALL.view(View.OVERDUE);
    }

    /** Either this or {@link #view}. A partly paid invoice past its due date counts as overdue. */
    public InvoiceQuery status(Status status) {
        String value = status.name().toLowerCase(Locale.ROOT);
        Parameters<Invoice> more = parameters.alternative("status", "filter_by", value);
        boolean exact = status == Status.DRAFT || status == Status.VOID || status == Status.PAID;
        return new InvoiceQuery(
                exact ? more.checked("status", invoice -> invoice.status().equals(value)) : more);
    }

    /** Either this or {@link #status}. */
    public InvoiceQuery view(View view) {
        return new InvoiceQuery(parameters.alternative("filter_by", "status", view.wire));
    }

    public InvoiceQuery customerId(String customerId) {
        return new InvoiceQuery(parameters.withId("customer_id", customerId, Invoice::customerId));
    }

    public InvoiceQuery customerName(String name) {
        return new InvoiceQuery(parameters.withText("customer_name", name));
    }

    public InvoiceQuery email(String email) {
        return new InvoiceQuery(parameters.withText("email", email));
    }

    public InvoiceQuery invoiceNumber(Match number) {
        return new InvoiceQuery(parameters.withText("invoice_number", number));
    }

    public InvoiceQuery referenceNumber(String reference) {
        return new InvoiceQuery(parameters.withText("reference_number", reference));
    }

    public InvoiceQuery itemName(Match name) {
        return new InvoiceQuery(parameters.withText("item_name", name));
    }

    public InvoiceQuery itemDescription(Match description) {
        return new InvoiceQuery(parameters.withText("item_description", description));
    }

    public InvoiceQuery itemId(String itemId) {
        return new InvoiceQuery(parameters.withId("item_id", itemId, null));
    }

    public InvoiceQuery recurringInvoiceId(String recurringInvoiceId) {
        return new InvoiceQuery(parameters.withId("recurring_invoice_id", recurringInvoiceId, null));
    }

    /** Invoices of a deal of Zoho CRM. */
    public InvoiceQuery zcrmPotentialId(String potentialId) {
        return new InvoiceQuery(parameters.withId("zcrm_potential_id", potentialId, Invoice::zcrmPotentialId));
    }

    public InvoiceQuery customField(Match value) {
        return new InvoiceQuery(parameters.withText("custom_field", value));
    }

    public InvoiceQuery total(Amounts total) {
        return new InvoiceQuery(parameters.withAmount("total", total, Invoice::total));
    }

    public InvoiceQuery balance(Amounts balance) {
        return new InvoiceQuery(parameters.withAmount("balance", balance, Invoice::balance));
    }

    public InvoiceQuery date(Dates date) {
        return new InvoiceQuery(parameters.withDate("date", date, Invoice::date));
    }

    public InvoiceQuery dueDate(Dates dueDate) {
        return new InvoiceQuery(parameters.withDate("due_date", dueDate, Invoice::dueDate));
    }

    public InvoiceQuery createdDate(Dates created) {
        return new InvoiceQuery(parameters.withDate("created_date", created, null));
    }

    /** Searches invoice number, purchase order and customer name; at most 100 characters. */
    public InvoiceQuery searchText(String text) {
        return new InvoiceQuery(parameters.withText("search_text", text));
    }

    public InvoiceQuery sortBy(SortBy column, SortOrder order) {
        return new InvoiceQuery(parameters.sorted(column.name().toLowerCase(Locale.ROOT), order));
    }

    /** Latest changes first. */
    public InvoiceQuery newestFirst() {
        return sortBy(SortBy.LAST_MODIFIED_TIME, SortOrder.DESCENDING);
    }

    /** Asks for the count too: {@link Page#total()}. A listing then notices rows that a deletion has hidden. */
    public InvoiceQuery counted() {
        return new InvoiceQuery(parameters.with("response_option", "1"));
    }

    Parameters<Invoice> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return "InvoiceQuery" + parameters.sent();
    }
}
