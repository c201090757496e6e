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
 * @param accountType {@code STANDARD}, {@code DEVELOPER_TEST}, {@code SANDBOX} or {@code APP_DEVELOPER}
 * @param timeZone in which days end and dates are shown
 * @param additionalCurrencies usable beside the company's currency
 * @param uiDomain where people use it, such as {@code app-eu1.hubspot.com}; empty if it is not told
 */
public record Account(
        long portalId,
        String accountType,
        ZoneId timeZone,
        String companyCurrency,
        List<String> additionalCurrencies,
        String uiDomain) {

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
