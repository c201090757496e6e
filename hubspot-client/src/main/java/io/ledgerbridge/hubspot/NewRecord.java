package io.ledgerbridge.hubspot;

import java.util.ArrayList;
import java.util.List;

/**
 * A record to create, with what it belongs to. Immutable.
 *
 * @param associations made in the same call, so that the record never stands alone
 */
public record NewRecord<T extends Crm>(Properties properties, List<Association<T, ?>> associations) {

    /** One association of the new record. */
    public record Association<T extends Crm, O extends Crm>(AssociationType<T, O> type, RecordId<O> to) {}

    public NewRecord {
        associations = List.copyOf(associations);
    }

    public static <T extends Crm> NewRecord<T> of(Properties properties) {
        return new NewRecord<>(properties, List.of());
    }

    /** Associated with one more record, for instance as {@link AssociationTypes#INVOICE_TO_COMPANY}. */
    public <O extends Crm> NewRecord<T> associated(AssociationType<T, O> type, RecordId<O> to) {
        List<Association<T, ?>> more = new ArrayList<>(associations);
        more.add(new Association<>(type, to));
        return new NewRecord<>(properties, more);
    }
}
