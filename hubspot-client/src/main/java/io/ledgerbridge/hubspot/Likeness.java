package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.internal.Moments;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether a record may be what was sent: HubSpot writes numbers in its own way and addresses in lower case. */
final class Likeness {

    private Likeness() {}

    /** Whether the record tells every value that was sent; false if nothing was. */
    static boolean fits(Properties sent, Map<String, @Nullable String> received) {
        boolean any = false;
        for (Map.Entry<String, String> property : sent.encoded().entrySet()) {
            if (property.getValue().isEmpty() || !received.containsKey(property.getKey())) {
                continue;
            }
            any = true;
            if (!same(property.getValue(), received.get(property.getKey()))) {
                return false;
            }
        }
        return any;
    }

    private static boolean same(String sent, @Nullable String received) {
        if (received == null) {
            return false;
        }
        if (sent.strip().equalsIgnoreCase(received.strip())) {
            return true;
        }
        try {
            return new BigDecimal(sent).compareTo(new BigDecimal(received)) == 0;
        } catch (NumberFormatException e) {
            return sameMoment(sent, received);
        }
    }

    private static boolean sameMoment(String sent, String received) {
        return Moments.find(sent) != null && Objects.equals(Moments.find(sent), Moments.find(received));
    }
}
