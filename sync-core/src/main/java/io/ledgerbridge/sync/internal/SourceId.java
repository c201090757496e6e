package io.ledgerbridge.sync.internal;

/** Names one record of the source. */
public record SourceId(Kind kind, String id) {

    /** As {@code KIND/id}. */
    static SourceId parse(String text) {
        int slash = text.indexOf('/');
        return new SourceId(Kind.valueOf(text.substring(0, slash)), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return kind + "/" + id;
    }
}
