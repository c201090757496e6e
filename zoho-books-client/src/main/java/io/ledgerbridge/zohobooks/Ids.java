package io.ledgerbridge.zohobooks;

import java.util.regex.Pattern;

/** Identifiers in paths and filters. */
final class Ids {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Ids() {}

    /** An empty id would ask for the whole list, one with a slash for something else. */
    static String valid(String what, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the " + what + " must be an id such as 2000000000012345678, but was '"
                    + io.ledgerbridge.zohobooks.internal.LenientJson.beginning(id) + "'");
        }
        return id;
    }
}
