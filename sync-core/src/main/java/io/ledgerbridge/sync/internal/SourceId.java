package io.ledgerbridge.sync.internal;

import java.util.regex.Pattern;

/** Names one record of the source. */
public record SourceId(Kind kind, String id) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_:-]{0,120}");

    /** Whether Zoho, or we, could have given this id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * One that somebody has given.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    public static SourceId checked(Kind kind, String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "'" + id + "' cannot be the id of a record in Zoho Books, which has digits");
        }
        return new SourceId(kind, id);
    }

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
