package io.ledgerbridge.sync.internal;

/** By what records of a kind are told apart in HubSpot, as far as the account lets them. */
enum Identity {
    /** By a key that no two records can have: whatever is written twice is written to the same record. */
    UNIQUE_KEY,
    /** By a key that HubSpot does not guard: a record is looked for among what its parent has before it is made. */
    KEY,
    /** Of lines for which no key can be made: by their place within the invoice. */
    POSITION
}
