package io.ledgerbridge.sync.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as texts that sort as the times do. */
final class Times {

    private static final DateTimeFormatter SORTABLE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** To the millisecond, always with as many characters. */
    static String sortable(Instant instant) {
        return SORTABLE.format(instant);
    }
}
