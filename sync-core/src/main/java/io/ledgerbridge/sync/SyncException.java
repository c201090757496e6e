package io.ledgerbridge.sync;

/** Nothing can be synced until somebody does something about it. */
public final class SyncException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String next;

    public SyncException(String code, String message, String next) {
        super(message);
        this.code = code;
        this.next = next;
    }

    /** Stable name of the problem. */
    public String code() {
        return code;
    }

    /** What to do about it. */
    public String next() {
        return next;
    }
}
