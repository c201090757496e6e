package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.CustomerPayment;

/** Payments of customers. What went to which invoice comes with {@link #get} only. */
public final class CustomerPayments {

    private final Calls calls;
    private final ZohoApi api;
    private final String organizationId;

    CustomerPayments(Calls calls, ZohoApi api, String organizationId) {
        this.calls = calls;
        this.api = api;
        this.organizationId = organizationId;
    }

    /** All that match, page by page as they are needed. */
    public Iterable<CustomerPayment> list(PaymentQuery query) {
        return Pages.items(page -> page(query, page));
    }

    /** One page, numbered from 1, of up to 200. */
    public Page<CustomerPayment> page(PaymentQuery query, int page) {
        return Pages.of(
                calls.answer(() -> api.customerPayments(organizationId, page, Pages.SIZE, query.parameters())), page);
    }

    /** The record with everything only the detail has. */
    public CustomerPayment get(String id) {
        return Pages.present(
                calls.execute(() -> api.customerPayment(id, organizationId)).payment(), id);
    }
}
