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
    /** Changes balances and revenue, and has no record of its own in HubSpot. */
    CREDIT_NOTE("creditNotes", null);

    private final String stream;
    private final @Nullable ObjectType<?> target;

    Kind(String stream, @Nullable ObjectType<?> target) {
        this.stream = stream;
        this.target = target;
    }

    /** Those that have records in HubSpot. */
    public static List<Kind> mirrored() {
        return Arrays.stream(values()).filter(kind -> kind.target != null).toList();
    }

    /**
     * The kind of a stream.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Kind ofStream(String stream) {
        return Arrays.stream(values())
                .filter(kind -> kind.stream.equals(stream))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no stream '" + stream + "'; there are "
                        + Arrays.stream(values()).map(Kind::stream).collect(Collectors.joining(", "))));
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
