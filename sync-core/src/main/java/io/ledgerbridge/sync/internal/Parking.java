package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.AuditEntry.Decision;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Until when the day's calls of a side are spent; remembered in the store, so that a new process does not ask.
 *
 * @param zoho null while Zoho Books takes calls
 * @param hubSpot null while HubSpot takes calls; without them nothing is read that could not be written
 */
record Parking(@Nullable Instant zoho, @Nullable Instant hubSpot) {

    private static final String NAME = "parked";
    private static final String ZOHO = "zoho";
    private static final String HUBSPOT = "hubSpot";

    static Parking of(Ledger ledger) {
        Map<String, String> remembered = ledger.checkpoint(NAME);
        return new Parking(instant(remembered.get(ZOHO)), instant(remembered.get(HUBSPOT)));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    boolean isHubSpotSpent(Instant now) {
        return hubSpot != null && now.isBefore(hubSpot);
    }

    /** What of it still holds at this time. */
    Parking at(Instant now) {
        return new Parking(
                zoho != null && now.isBefore(zoho) ? zoho : null,
                hubSpot != null && now.isBefore(hubSpot) ? hubSpot : null);
    }

    Parking withZoho(@Nullable Instant until) {
        return until == null ? this : new Parking(until, hubSpot);
    }

    Parking withHubSpot(Instant until) {
        return new Parking(zoho, until);
    }

    /** When everything goes on; null if nothing is spent. */
    @Nullable
    Instant until() {
        return zoho == null || (hubSpot != null && hubSpot.isAfter(zoho)) ? hubSpot : zoho;
    }

    void remember(Ledger ledger) {
        Map<String, String> present = new HashMap<>();
        if (zoho != null) {
            present.put(ZOHO, zoho.toString());
        }
        if (hubSpot != null) {
            present.put(HUBSPOT, hubSpot.toString());
        }
        if (present.equals(ledger.checkpoint(NAME))) {
            return;
        }
        Changes changes = ledger.changes().checkpoint(NAME, present);
        if (zoho != null) {
            changes.auditConnection(Decision.PARKED, "the day's calls of Zoho Books are spent until " + zoho);
        }
        if (hubSpot != null) {
            changes.auditConnection(Decision.PARKED, "the day's calls of HubSpot are spent until " + hubSpot);
        }
        changes.commit();
    }
}
