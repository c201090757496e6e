package io.ledgerbridge.sync.spi;

import io.ledgerbridge.zohobooks.model.Invoice;
import java.util.Optional;

/** {@link DealMatcher#none}. */
enum NoDeals implements DealMatcher {
    INSTANCE;

    @Override
    public Optional<String> dealOf(Invoice invoice) {
        return Optional.empty();
    }
}
