package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.ObjectType;

/** A kind of record that is mirrored, with its stream and its object type in HubSpot. */
public enum Kind {
    CUSTOMER("customers", ObjectType.COMPANIES),
    CONTACT("contacts", ObjectType.CONTACTS),
    INVOICE("invoices", ObjectType.INVOICES),
    LINE_ITEM("lineItems", ObjectType.LINE_ITEMS),
    PAYMENT("payments", ObjectType.PAYMENTS);

    private final String stream;
    private final ObjectType<?> target;

    Kind(String stream, ObjectType<?> target) {
        this.stream = stream;
        this.target = target;
    }

    public String stream() {
        return stream;
    }

    public ObjectType<?> target() {
        return target;
    }
}
