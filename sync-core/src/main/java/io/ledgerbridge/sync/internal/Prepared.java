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
 * @param identity by what records are told apart, of the kinds that are synced
 * @param writable names of properties that can be written, by kind
 * @param lacking properties that could not be made as they are needed, with the reason, by kind
 */
public record Prepared(
        Organization organization,
        ZoneId zone,
        Account account,
        Map<Kind, String> off,
        Set<Kind> newKeys,
        Map<Kind, Identity> identity,
        Map<Kind, Set<String>> writable,
        Map<Kind, Map<String, String>> lacking) {

    /** With what a run has found out. */
    Prepared withOff(Map<Kind, String> found) {
        return new Prepared(organization, zone, account, Map.copyOf(found), newKeys, identity, writable, lacking);
    }

    /** For the next run, when records may have their keys. */
    Prepared withoutNewKeys() {
        return new Prepared(organization, zone, account, off, Set.of(), identity, writable, lacking);
    }

    /** Whether some were left out that the account may have room for, or a scope for, one day. A key stays as it was made. */
    boolean lacksProperties() {
        return lacking.values().stream()
                .flatMap(properties -> properties.keySet().stream())
                .anyMatch(name -> !name.equals(BooksProperties.KEY.name()));
    }
}
