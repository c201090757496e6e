package io.ledgerbridge.sync.internal;

import java.util.Optional;

/** An association that the engine keeps, in the direction in which it is written. */
public enum Relation {
    CONTACT_COMPANY(Kind.CONTACT, Kind.CUSTOMER),
    INVOICE_COMPANY(Kind.INVOICE, Kind.CUSTOMER),
    INVOICE_CONTACT(Kind.INVOICE, Kind.CONTACT),
    INVOICE_LINE(Kind.INVOICE, Kind.LINE_ITEM),
    INVOICE_PAYMENT(Kind.INVOICE, Kind.PAYMENT),
    PAYMENT_COMPANY(Kind.PAYMENT, Kind.CUSTOMER),
    PAYMENT_CONTACT(Kind.PAYMENT, Kind.CONTACT),
    INVOICE_DEAL(Kind.INVOICE, Kind.DEAL),
    PAYMENT_DEAL(Kind.PAYMENT, Kind.DEAL);

    private final Kind from;
    private final Kind to;

    Relation(Kind from, Kind to) {
        this.from = from;
        this.to = to;
    }

    /** Under which record a record of this kind is made, and found again: a contact or payment under its company, a line under its invoice. */
    static Optional<Relation> toParent(Kind kind) {
        return switch (kind) {
            case CONTACT -> Optional.of(CONTACT_COMPANY);
            case LINE_ITEM -> Optional.of(INVOICE_LINE);
            case PAYMENT -> Optional.of(PAYMENT_COMPANY);
            default -> Optional.empty();
        };
    }

    /** The other side than this one. */
    public Kind other(Kind kind) {
        return from == kind ? to : from;
    }

    public Kind from() {
        return from;
    }

    public Kind to() {
        return to;
    }
}
