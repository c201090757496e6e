package io.ledgerbridge.hubspot;

import org.jspecify.annotations.Nullable;

/**
 * How one record is related to another, in one direction: HubSpot has a number for each, and refuses that of the other
 * direction. Those that it defines are in {@link AssociationTypes}; those of an account tells {@link Associations#types}.
 *
 * @param category {@code HUBSPOT_DEFINED}, {@code USER_DEFINED}, {@code INTEGRATOR_DEFINED} or {@code WORK}
 * @param label as people see it; null for one without
 */
public record AssociationType<F extends Crm, T extends Crm>(
        ObjectType<F> from,
        ObjectType<T> to,
        int typeId,
        String category,
        @Nullable String label) {

    static final String HUBSPOT_DEFINED = "HUBSPOT_DEFINED";

    static <F extends Crm, T extends Crm> AssociationType<F, T> hubspotDefined(
            ObjectType<F> from, ObjectType<T> to, int typeId) {
        return new AssociationType<>(from, to, typeId, HUBSPOT_DEFINED, null);
    }

    /** One that users of the account have made, by its number. */
    public static <F extends Crm, T extends Crm> AssociationType<F, T> userDefined(
            ObjectType<F> from, ObjectType<T> to, int typeId) {
        return new AssociationType<>(from, to, typeId, "USER_DEFINED", null);
    }

    @Override
    public String toString() {
        return from + " to " + to + (label == null ? "" : " '" + label + "'") + " (" + typeId + ")";
    }
}
