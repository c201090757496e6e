package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.Contact;
import java.util.Optional;

/** Customers and vendors. Addresses and persons come with {@link #get} only: one call per contact. */
public final class Contacts {

    private final Calls calls;
    private final ZohoApi api;

    Contacts(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    /** All that match, page by page as they are needed. */
    public Listing<Contact> list(ContactQuery query) {
        return new Listing<>(calls, query.parameters(), Contact::contactId, number -> page(query, number));
    }

    /** One page, numbered from 1, of up to 200. */
    public Page<Contact> page(ContactQuery query, int number) {
        return Page.of(calls.answer(() -> api.contacts(query.parameters().onPage(number))), number);
    }

    /**
     * The record with everything only the detail has.
     *
     * @throws ZohoNotFoundException if there is none
     */
    public Contact get(String id) {
        String valid = Ids.valid("id", id);
        return Details.get(calls, () -> api.contact(valid));
    }

    /** The record with everything only the detail has; empty if there is none. */
    public Optional<Contact> find(String id) {
        String valid = Ids.valid("id", id);
        return Details.find(calls, () -> api.contact(valid));
    }
}
