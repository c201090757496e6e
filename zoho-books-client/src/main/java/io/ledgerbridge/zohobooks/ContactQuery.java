package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.model.Contact;
import java.time.Instant;
import java.util.Locale;

/**
 * Which contacts to list, and in which order. Immutable; filters add up.
 *
 * @see <a href="https://www.zoho.com/books/api/v3/contacts/">Zoho Books API, contacts</a>
 */
public final class ContactQuery {

    /** Views of the parameter {@code filter_by}. */
    public enum View {
        ALL("Status.All"),
        ACTIVE("Status.Active"),
        INACTIVE("Status.Inactive"),
        DUPLICATE("Status.Duplicate"),
        PORTAL_ENABLED("Status.PortalEnabled"),
        PORTAL_DISABLED("Status.PortalDisabled"),
        OVERDUE_INVOICES("Invoice.OverDue"),
        UNPAID_INVOICES("Invoice.Unpaid"),
        CREDIT_LIMIT_EXCEEDED("Status.CreditLimitExceed"),
        CRM("Status.Crm");

        private final String wire;

        View(String wire) {
            this.wire = wire;
        }
    }

    /** Columns to sort by. */
    public enum SortBy {
        CONTACT_NAME,
        FIRST_NAME,
        LAST_NAME,
        EMAIL,
        OUTSTANDING_RECEIVABLE_AMOUNT,
        CREATED_TIME,
        LAST_MODIFIED_TIME
    }

    private static final ContactQuery ALL = new ContactQuery(Parameters.none());

    private final Parameters<Contact> parameters;

    private ContactQuery(Parameters<Contact> parameters) {
        this.parameters = parameters;
    }

    /** Customers and vendors. */
    public static ContactQuery all() {
        return ALL;
    }

    public static ContactQuery customers() {
        return ALL.ofType("customer");
    }

    public static ContactQuery vendors() {
        return ALL.ofType("vendor");
    }

    private ContactQuery ofType(String type) {
        return new ContactQuery(parameters
                .with("contact_type", type)
                .checked(
                        "contact_type",
                        contact -> contact.contactType().isEmpty()
                                || contact.contactType().equals(type)));
    }

    public ContactQuery view(View view) {
        return new ContactQuery(parameters.with("filter_by", view.wire));
    }

    public ContactQuery contactName(Match name) {
        return text("contact_name", name);
    }

    public ContactQuery companyName(Match name) {
        return text("company_name", name);
    }

    /** Of the primary contact person, like last name, e-mail and telephone. */
    public ContactQuery firstName(Match name) {
        return text("first_name", name);
    }

    public ContactQuery lastName(Match name) {
        return text("last_name", name);
    }

    public ContactQuery email(Match email) {
        return text("email", email);
    }

    public ContactQuery phone(Match phone) {
        return text("phone", phone);
    }

    /** Any part of an address. */
    public ContactQuery address(Match address) {
        return text("address", address);
    }

    public ContactQuery zcrmContactId(String id) {
        return new ContactQuery(parameters.withId("zcrm_contact_id", id, null));
    }

    public ContactQuery zcrmAccountId(String id) {
        return new ContactQuery(parameters.withId("zcrm_account_id", id, null));
    }

    public ContactQuery zcrmVendorId(String id) {
        return new ContactQuery(parameters.withId("zcrm_vendor_id", id, null));
    }

    /** Searches names and notes; at most 100 characters. */
    public ContactQuery searchText(String text) {
        return new ContactQuery(parameters.withText("search_text", text));
    }

    /**
     * Contacts modified at or after this instant. Zoho Books documents no such filter for contacts: the list is read
     * newest first down to the instant, and as a whole where the service does not say that it has sorted.
     */
    public ContactQuery modifiedSince(Instant instant) {
        return new ContactQuery(parameters.since(instant, Contact::lastModifiedTime, false));
    }

    public ContactQuery sortBy(SortBy column, SortOrder order) {
        return new ContactQuery(parameters.sorted(column.name().toLowerCase(Locale.ROOT), order));
    }

    /** Latest changes first. */
    public ContactQuery newestFirst() {
        return sortBy(SortBy.LAST_MODIFIED_TIME, SortOrder.DESCENDING);
    }

    private ContactQuery text(String name, Match match) {
        return new ContactQuery(parameters.withText(name, match));
    }

    Parameters<Contact> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return "ContactQuery" + parameters.sent();
    }
}
