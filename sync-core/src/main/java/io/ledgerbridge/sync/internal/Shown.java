package io.ledgerbridge.sync.internal;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;

/** HubSpot may show a number or a time in another form than it was given. */
final class Shown {

    private Shown() {}

    static boolean same(String written, String shown) {
        if (written.equals(shown)) {
            return true;
        }
        if (written.isEmpty() || shown.isEmpty()) {
            return false;
        }
        try {
            return new BigDecimal(written).compareTo(new BigDecimal(shown)) == 0;
        } catch (NumberFormatException notNumbers) {
            return isSameInstant(written, shown);
        }
    }

    private static boolean isSameInstant(String written, String shown) {
        try {
            return Instant.parse(written).equals(Instant.parse(shown));
        } catch (DateTimeException notInstants) {
            return false;
        }
    }
}
