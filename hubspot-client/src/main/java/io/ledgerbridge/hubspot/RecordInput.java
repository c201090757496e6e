package io.ledgerbridge.hubspot;

/**
 * One record to write.
 *
 * @param id the value of the key for an upsert, the record id for an update
 */
public record RecordInput(String id, Properties properties) {}
