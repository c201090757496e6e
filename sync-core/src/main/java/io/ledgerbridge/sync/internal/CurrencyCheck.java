package io.ledgerbridge.sync.internal;

/** What to say of a currency that the HubSpot account does not have. */
public final class CurrencyCheck {

    private CurrencyCheck() {}

    public static String lacking(String currency) {
        return "the HubSpot account does not have the currency " + currency
                + "; add it in HubSpot under Settings > Account Defaults > Currency; it is taken up the day after at the"
                + " latest";
    }

    /** What a record in quarantine waits for. */
    static String need(String currency) {
        return "currency " + currency;
    }
}
