package io.ledgerbridge.sync.internal;

/** Names of the facts in links. */
final class Facts {

    static final String NUMBER = "number";
    static final String STATUS = "status";
    static final String DATE = "date";
    static final String DUE_DATE = "dueDate";
    static final String CURRENCY = "currency";
    static final String RATE = "rate";
    static final String TOTAL = "total";
    static final String BALANCE = "balance";
    static final String EMAIL = "email";
    /** Source id of the contact that stands for a customer's primary person. */
    static final String PRIMARY = "primary";

    /** Ids of the persons an invoice is addressed to, separated by blanks. */
    static final String ADDRESSEES = "addressees";

    /** Digest of which person of a customer has which contact. */
    static final String CONTACTS = "contacts";

    static final String NAME = "name";
    /** What a payment paid: invoice ids, separated by blanks. */
    static final String PAID_INVOICES = "paidInvoices";

    /** What {@code zoho_books_details} shall be. */
    static final String DETAILS = "details";

    /** Why the record is not written any more: it is gone from HubSpot or from the source. */
    static final String GONE = "gone";

    /** Why it is not synced any more, though it was once: HubSpot keeps it as it is. */
    static final String LEFT = "left";

    /** Id of the deal that an invoice belongs to. */
    static final String DEAL = "deal";

    /** Its call was lost, and it was found afterwards: everything that comes with a first link is still to be done. */
    static final String MADE = "made";

    /** The id by which others know it in HubSpot, while it is looked for there once more. */
    static final String BEFORE = "before";

    /** HubSpot has refused its status, for lack of something that may still come. */
    static final String REFUSED = "refused";

    /** An e-mail address that another contact has, so that it is not written. */
    static final String WITHOUT_EMAIL = "withoutEmail";

    /** A company that has not got its detail yet. */
    static final String NEW = "new";

    /** Whose line it is. */
    static final String INVOICE = "invoice";

    static final String TAX = "tax";
    static final String FIRST_NAME = "firstName";
    static final String LAST_NAME = "lastName";
    static final String PHONE = "phone";

    private Facts() {}
}
