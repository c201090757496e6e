package io.ledgerbridge.hubspot;

/** What to change of one record. */
public record RecordUpdate<T extends Crm>(RecordId<T> id, Properties properties) {}
