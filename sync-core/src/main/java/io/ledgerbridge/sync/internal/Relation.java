package io.ledgerbridge.sync.internal;

/** An association that the engine keeps, in the direction in which it is written. */
public enum Relation {
    CONTACT_COMPANY(Kind.CONTACT, Kind.CUSTOMER),
    INVOICE_COMPANY(Kind.INVOICE, Kind.CUSTOMER),
    INVOICE_CONTACT(Kind.INVOICE, Kind.CONTACT),
    INVOICE_LINE(Kind.INVOICE, Kind.LINE_ITEM),
    INVOICE_PAYMENT(Kind.INVOICE, Kind.PAYMENT),
    PAYMENT_COMPANY(Kind.PAYMENT, Kind.CUSTOMER),
    PAYMENT_CONTACT(Kind.PAYMENT, Kind.CONTACT);

    private final Kind from;
    private final Kind to;

    Relation(Kind from, Kind to) {
        this.from = from;
        this.to = to;
    }

    public Kind from() {
        return from;
    }

    public Kind to() {
        return to;
    }
}
