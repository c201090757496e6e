package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import java.util.Optional;

/**
 * Persons of contacts, vendors included. There is no filter and no sort; whether an edit of a person moves the stamp of
 * its contact is not known, so read all of them from time to time: 200 a call.
 */
public final class ContactPersons {

    private static final Parameters<ContactPerson> ALL = Parameters.none();

    private final Calls calls;
    private final ZohoApi api;

    ContactPersons(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    /** The persons of all contacts, page by page as they are needed. */
    public Listing<ContactPerson> list() {
        return new Listing<>(calls, ALL, ContactPerson::contactPersonId, this::page);
    }

    /** One page of the persons of all contacts, numbered from 1, of up to 200. */
    public Page<ContactPerson> page(int number) {
        return Page.of(calls.answer(() -> api.contactPersons(ALL.onPage(number))), number);
    }

    /** The persons of one contact. */
    public Listing<ContactPerson> list(String contactId) {
        String valid = Ids.valid("contact id", contactId);
        return new Listing<>(
                calls,
                ALL,
                ContactPerson::contactPersonId,
                number -> Page.of(calls.answer(() -> api.contactPersons(valid, ALL.onPage(number))), number));
    }

    /**
     * One person of a contact.
     *
     * @throws ZohoNotFoundException if there is none
     */
    public ContactPerson get(String contactId, String id) {
        String contact = Ids.valid("contact id", contactId);
        String person = Ids.valid("contact person id", id);
        return Details.get(calls, () -> api.contactPerson(contact, person));
    }

    public Optional<ContactPerson> find(String contactId, String id) {
        String contact = Ids.valid("contact id", contactId);
        String person = Ids.valid("contact person id", id);
        return Details.find(calls, () -> api.contactPerson(contact, person));
    }
}
