package io.ledgerbridge.hubspot;

/**
 * Two records, in the direction of an association.
 *
 * <p>{@code Pair.of(invoice, company)} is another type than {@code Pair.of(company, invoice)}, so that they cannot be mixed up.
 */
public record Pair<F extends Crm, T extends Crm>(RecordId<F> from, RecordId<T> to) {

    public static <F extends Crm, T extends Crm> Pair<F, T> of(RecordId<F> from, RecordId<T> to) {
        return new Pair<>(from, to);
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
