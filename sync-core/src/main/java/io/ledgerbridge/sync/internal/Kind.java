package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.ObjectType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A kind of source record with its stream, and its object type in HubSpot if it is mirrored there. */
public enum Kind {
    CUSTOMER("customers", ObjectType.COMPANIES),
    CONTACT("contacts", ObjectType.CONTACTS),
    INVOICE("invoices", ObjectType.INVOICES),
    LINE_ITEM("lineItems", ObjectType.LINE_ITEMS),
    PAYMENT("payments", ObjectType.PAYMENTS),
    /** HubSpot's own: invoices and payments hang on it, and it gets figures. */
    DEAL("deals", ObjectType.DEALS),
    /** Changes balances and revenue, and has no record of its own in HubSpot. */
    CREDIT_NOTE("creditNotes", null);

    private static final List<Kind> MIRRORED = List.of(CUSTOMER, CONTACT, INVOICE, LINE_ITEM, PAYMENT);

    private final String stream;
    private final @Nullable ObjectType<?> target;

    Kind(String stream, @Nullable ObjectType<?> target) {
        this.stream = stream;
        this.target = target;
    }

    /** Those whose records are made in HubSpot. */
    public static List<Kind> mirrored() {
        return MIRRORED;
    }

    /**
     * The kind of a stream, which is of records of the source.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Kind ofStream(String stream) {
        List<Kind> streams =
                Arrays.stream(values()).filter(kind -> kind != DEAL).toList();
        return streams.stream()
                .filter(kind -> kind.stream.equals(stream))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no stream '" + stream + "'; there are "
                        + streams.stream().map(Kind::stream).collect(Collectors.joining(", "))));
    }

    public String stream() {
        return stream;
    }

    public ObjectType<?> target() {
        if (target == null) {
            throw new IllegalStateException(stream + " have no records in HubSpot");
        }
        return target;
    }
}
