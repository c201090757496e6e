package io.ledgerbridge.sync;

/** What becomes of a record that somebody has deleted in HubSpot. A merged one is followed to the record it was merged into. */
public enum LostRecordPolicy {

    /** It is made again, with everything that belongs to it. */
    RECREATE,

    /** It stays deleted; the report names it once. */
    UNLINK
}
