package io.ledgerbridge.hubspot.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The account that a token belongs to.
 *
 * @param additionalCurrencies usable beside the company's currency
 */
public record Account(
        long portalId, String accountType, ZoneId timeZone, String companyCurrency, List<String> additionalCurrencies) {

    /** All currencies that a record may use. */
    public Set<String> currencies() {
        Set<String> currencies = new TreeSet<>(additionalCurrencies);
        currencies.add(companyCurrency);
        return currencies;
    }

    /** The moment that HubSpot shows as this calendar day everywhere. */
    public Instant startOfDay(LocalDate day) {
        return day.atStartOfDay(timeZone).toInstant();
    }
}
