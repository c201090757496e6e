package io.ledgerbridge.zohobooks.internal;

import com.squareup.moshi.JsonDataException;
import io.ledgerbridge.zohobooks.model.RawJson;

/** A record with a value that cannot be what it should be; the reader stands behind the record. */
public final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RawJson raw;

    UnreadableRecordException(String message, RawJson raw, RuntimeException cause) {
        super(message, cause, false, false);
        this.raw = raw;
    }

    RawJson raw() {
        return raw;
    }

    /** For a single record, with which the whole answer is unreadable. */
    public JsonDataException ofTheWhole() {
        return new JsonDataException(getMessage(), getCause());
    }
}
