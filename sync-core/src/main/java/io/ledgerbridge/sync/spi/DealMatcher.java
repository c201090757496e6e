package io.ledgerbridge.sync.spi;

import io.ledgerbridge.zohobooks.model.Invoice;
import java.util.Optional;

/**
 * Tells which deal of HubSpot an invoice belongs to. It is asked for rows of lists, which lack lines and notes, and for details, and answers the
 * same for both. Asked often, by several threads: no I/O.
 */
@FunctionalInterface
public interface DealMatcher {

    /** The id of the deal in HubSpot, such as {@code 9876543210}; empty if the invoice belongs to none. */
    Optional<String> dealOf(Invoice invoice);

    /** No invoice belongs to a deal, and nothing of deals is read or written. */
    static DealMatcher none() {
        return NoDeals.INSTANCE;
    }

    /**
     * The deal whose id stands in a custom field of the invoice. What is not a number belongs to none.
     *
     * @param apiName of the field, such as {@code cf_hubspot_deal}
     */
    static DealMatcher customField(String apiName) {
        return invoice ->
                invoice.customFields().text(apiName).map(String::strip).filter(id -> id.matches("\\d{1,20}"));
    }
}
