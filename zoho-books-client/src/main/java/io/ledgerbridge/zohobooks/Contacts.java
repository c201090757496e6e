package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.Contact;

/** Customers and vendors. */
public final class Contacts {

    private final Calls calls;
    private final ZohoApi api;
    private final String organizationId;

    Contacts(Calls calls, ZohoApi api, String organizationId) {
        this.calls = calls;
        this.api = api;
        this.organizationId = organizationId;
    }

    /** All that match, page by page as they are needed. */
    public Iterable<Contact> list(ContactQuery query) {
        return Pages.items(page -> page(query, page));
    }

    /** One page, numbered from 1, of up to 200. */
    public Page<Contact> page(ContactQuery query, int page) {
        return Pages.of(calls.answer(() -> api.contacts(organizationId, page, Pages.SIZE, query.parameters())), page);
    }

    /** The record with everything only the detail has. */
    public Contact get(String id) {
        return Pages.present(
                calls.execute(() -> api.contact(id, organizationId)).contact(), id);
    }
}
