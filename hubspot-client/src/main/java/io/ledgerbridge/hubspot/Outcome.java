package io.ledgerbridge.hubspot;

import org.jspecify.annotations.Nullable;

/** What became of one input of a batch. */
public sealed interface Outcome<T extends Crm> {

    /** It did not exist, and does now. */
    record Created<T extends Crm>(CrmRecord<T> record) implements Outcome<T> {}

    /**
     * It existed and has been changed. Also what an upsert says of a record that an earlier attempt, whose answer was lost,
     * has created.
     *
     * @param record with another id than was asked for if the record was merged into it
     */
    record Updated<T extends Crm>(CrmRecord<T> record) implements Outcome<T> {}

    /** It is in the recycle bin now, or was there already. */
    record Archived<T extends Crm>(RecordId<T> id) implements Outcome<T> {}

    /** It was read. */
    record Found<T extends Crm>(CrmRecord<T> record) implements Outcome<T> {}

    /** HubSpot says that there is no such record. */
    record Missing<T extends Crm>() implements Outcome<T> {}

    /** It was refused or not sent; the others of the batch were not affected. */
    record Failed<T extends Crm>(Problem problem) implements Outcome<T> {}

    /**
     * The answer was lost or does not mention it: it may have been written or not. Read it back before doing it again.
     *
     * @param cause how the answer was lost; null if it came and did not mention the input
     */
    record Unknown<T extends Crm>(String why, @Nullable HubSpotException cause) implements Outcome<T> {}
}
