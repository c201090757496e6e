package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.ContactPerson;

/** Persons of all contacts, vendors included. */
public final class ContactPersons {

    private final Calls calls;
    private final ZohoApi api;
    private final String organizationId;

    ContactPersons(Calls calls, ZohoApi api, String organizationId) {
        this.calls = calls;
        this.api = api;
        this.organizationId = organizationId;
    }

    /** All persons, page by page as they are needed. */
    public Iterable<ContactPerson> list() {
        return Pages.items(this::page);
    }

    /** One page, numbered from 1, of up to 200. */
    public Page<ContactPerson> page(int page) {
        return Pages.of(calls.answer(() -> api.contactPersons(organizationId, page, Pages.SIZE)), page);
    }
}
