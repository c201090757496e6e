package io.ledgerbridge.sync;

/** What becomes of a HubSpot record whose source was deleted, or voided, in Zoho Books. */
public enum DeletionPolicy {

    /**
     * It stays and says so. Of a deleted record {@code zoho_books_status} is {@code deleted}, an invoice is {@code voided}, a
     * payment {@code failed} and separated from its invoices.
     */
    MARK,

    /** It goes to HubSpot's recycle bin; where HubSpot refuses that, it is marked. Contacts are never archived. */
    ARCHIVE,

    /** It stays as it is; the report names it once. */
    IGNORE
}
