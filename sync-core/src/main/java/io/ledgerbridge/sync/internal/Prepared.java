package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.zohobooks.model.Organization;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/**
 * What a connection can do, as found before the first write.
 *
 * @param zone where the organisation's days begin
 * @param off kinds that are not synced, with the reason
 * @param newKeys kinds whose key property was made just now, so that no record can have it yet
 * @param writable names of properties that can be written, by kind
 */
public record Prepared(
        Organization organization,
        ZoneId zone,
        Account account,
        Map<Kind, String> off,
        Set<Kind> newKeys,
        Map<Kind, Set<String>> writable) {

    /** With what a run has found out. */
    Prepared withOff(Map<Kind, String> found) {
        return new Prepared(organization, zone, account, Map.copyOf(found), newKeys, writable);
    }

    /** For the next run, when records may have their keys. */
    Prepared withoutNewKeys() {
        return new Prepared(organization, zone, account, off, Set.of(), writable);
    }
}
