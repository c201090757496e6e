package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.model.CustomerPayment;
import java.time.Instant;
import java.util.Locale;

/**
 * Which customer payments to list, and in which order. Immutable; filters add up.
 *
 * @see <a href="https://www.zoho.com/books/api/v3/customer-payments/">Zoho Books API, customer payments</a>
 */
public final class PaymentQuery {

    /** Modes of the parameter {@code filter_by}. */
    public enum Mode {
        ALL("All"),
        CHECK("Check"),
        CASH("Cash"),
        BANK_TRANSFER("BankTransfer"),
        PAYPAL("Paypal"),
        CREDIT_CARD("CreditCard"),
        GOOGLE_CHECKOUT("GoogleCheckout"),
        CREDIT("Credit"),
        AUTHORIZE_NET("Authorizenet"),
        BANK_REMITTANCE("BankRemittance"),
        PAYFLOW_PRO("Payflowpro"),
        STRIPE("Stripe"),
        TWO_CHECKOUT("TwoCheckout"),
        BRAINTREE("Braintree"),
        OTHERS("Others");

        private final String wire;

        Mode(String wire) {
            this.wire = "PaymentMode." + wire;
        }
    }

    /** Columns to sort by. Zoho Books no longer lists them: look at {@link Page#sortEcho()}. */
    public enum SortBy {
        CUSTOMER_NAME,
        UNUSED_AMOUNT,
        AMOUNT,
        BCY_AMOUNT,
        DATE,
        REFERENCE_NUMBER,
        ACCOUNT_NAME,
        PAYMENT_MODE,
        LAST_MODIFIED_TIME
    }

    private static final PaymentQuery ALL = new PaymentQuery(Parameters.none());

    private final Parameters<CustomerPayment> parameters;

    private PaymentQuery(Parameters<CustomerPayment> parameters) {
        this.parameters = parameters;
    }

    public static PaymentQuery all() {
        return ALL;
    }

    public PaymentQuery mode(Mode mode) {
        return new PaymentQuery(parameters.with("filter_by", mode.wire));
    }

    /** The mode is free text. */
    public PaymentQuery paymentMode(Match mode) {
        return new PaymentQuery(parameters.withText("payment_mode", mode));
    }

    public PaymentQuery customerId(String customerId) {
        return new PaymentQuery(parameters.withId("customer_id", customerId, CustomerPayment::customerId));
    }

    public PaymentQuery customerName(Match name) {
        return new PaymentQuery(parameters.withText("customer_name", name));
    }

    public PaymentQuery referenceNumber(Match reference) {
        return new PaymentQuery(parameters.withText("reference_number", reference));
    }

    public PaymentQuery notes(Match notes) {
        return new PaymentQuery(parameters.withText("notes", notes));
    }

    public PaymentQuery amount(Amounts amount) {
        return new PaymentQuery(parameters.withAmount("amount", amount, CustomerPayment::amount));
    }

    /** When it was paid, which says nothing of when it was entered. */
    public PaymentQuery date(Dates date) {
        return new PaymentQuery(parameters.withDate("date", date, CustomerPayment::date));
    }

    /** Searches reference number, customer name and description; at most 100 characters. */
    public PaymentQuery searchText(String text) {
        return new PaymentQuery(parameters.withText("search_text", text));
    }

    /**
     * Payments modified at or after this instant. Zoho Books documents no such filter for payments: the list is read newest
     * first down to the instant, and as a whole where the service does not say that it has sorted.
     */
    public PaymentQuery modifiedSince(Instant instant) {
        return new PaymentQuery(parameters.since(instant, CustomerPayment::lastModifiedTime, false));
    }

    public PaymentQuery sortBy(SortBy column, SortOrder order) {
        return new PaymentQuery(parameters.sorted(column.name().toLowerCase(Locale.ROOT), order));
    }

    /** Latest changes first. */
    public PaymentQuery newestFirst() {
        return sortBy(SortBy.LAST_MODIFIED_TIME, SortOrder.DESCENDING);
    }

    Parameters<CustomerPayment> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return "PaymentQuery" + parameters.sent();
    }
}
