package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.Invoice;

/** Invoices. Line items come with {@link #get} only: one call per invoice. */
public final class Invoices {

    private final Calls calls;
    private final ZohoApi api;
    private final String organizationId;

    Invoices(Calls calls, ZohoApi api, String organizationId) {
        this.calls = calls;
        this.api = api;
        this.organizationId = organizationId;
    }

    /** All that match, page by page as they are needed. */
    public Iterable<Invoice> list(InvoiceQuery query) {
        return Pages.items(page -> page(query, page));
    }

    /** One page, numbered from 1, of up to 200. */
    public Page<Invoice> page(InvoiceQuery query, int page) {
        return Pages.of(calls.answer(() -> api.invoices(organizationId, page, Pages.SIZE, query.parameters())), page);
    }

    /** The record with everything only the detail has. */
    public Invoice get(String id) {
        return Pages.present(
                calls.execute(() -> api.invoice(id, organizationId)).invoice(), id);
    }
}
