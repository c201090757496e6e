package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.PaymentRefund;
import java.util.Optional;

/** Payments of customers. What went to which invoice, and the currency, come with {@link #get} only. */
public final class CustomerPayments {

    private final Calls calls;
    private final ZohoApi api;

    CustomerPayments(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    /** All that match, page by page as they are needed. */
    public Listing<CustomerPayment> list(PaymentQuery query) {
        return new Listing<>(calls, query.parameters(), CustomerPayment::paymentId, number -> page(query, number));
    }

    /** One page, numbered from 1, of up to 200. */
    public Page<CustomerPayment> page(PaymentQuery query, int number) {
        return Page.of(
                calls.answer(() -> api.customerPayments(query.parameters().onPage(number))), number);
    }

    /**
     * The record with everything only the detail has.
     *
     * @throws ZohoNotFoundException if there is none
     */
    public CustomerPayment get(String id) {
        String valid = Ids.valid("id", id);
        return Details.get(calls, () -> api.customerPayment(valid));
    }

    /** The record with everything only the detail has; empty if there is none. */
    public Optional<CustomerPayment> find(String id) {
        String valid = Ids.valid("id", id);
        return Details.find(calls, () -> api.customerPayment(valid));
    }

    /** What was paid back of this payment. */
    public Listing<PaymentRefund> refunds(String id) {
        String valid = Ids.valid("payment id", id);
        Parameters<PaymentRefund> all = Parameters.none();
        return new Listing<>(
                calls,
                all,
                PaymentRefund::paymentRefundId,
                number -> Page.of(calls.answer(() -> api.paymentRefunds(valid, all.onPage(number))), number));
    }
}
