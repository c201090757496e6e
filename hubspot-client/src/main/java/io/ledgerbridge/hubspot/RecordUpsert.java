package io.ledgerbridge.hubspot;

/**
 * A record to create or update.
 *
 * @param key the value of the unique property; it need not stand in the properties
 */
public record RecordUpsert(String key, Properties properties) {

    public RecordUpsert {
        if (key.isBlank()) {
            throw new IllegalArgumentException("a record cannot be upserted without the value of its key");
        }
    }

    /** Does not tell the key, which may be an e-mail address. */
    @Override
    public String toString() {
        return "RecordUpsert" + properties;
    }
}
