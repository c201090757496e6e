package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.LenientJson;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener, and the log what an operator should know. */
final class Events {

    private static final Logger log = LoggerFactory.getLogger(ZohoBooks.class);

    private final ZohoListener listener;

    Events(ZohoListener listener) {
        this.listener = listener;
    }

    void called(ZohoListener.Call call) {
        log.debug(
                "{} {}: status {}, code {}, attempt {}",
                call.method(),
                call.path(),
                call.status(),
                call.code(),
                call.attempt());
        tell(hearer -> hearer.onCall(call));
    }

    void tokenRenewed(Instant expiresAt) {
        tell(hearer -> hearer.onTokenRenewed(expiresAt));
    }

    void regionTold(ZohoListener.RegionChange change) {
        if (change.followed()) {
            log.info("Zoho says that the API is at {}; calls go there from now on.", change.told());
        } else {
            log.warn(
                    "Zoho says that the API is at '{}', which is {} here; calls still go to {}.",
                    LenientJson.beginning(change.told()),
                    DataCenter.withApiUrl(change.told()).isPresent() ? "not followed" : "no address of Zoho's",
                    change.from());
        }
        tell(hearer -> hearer.onRegionChange(change));
    }

    void listing(ZohoListener.ListingWarning warning) {
        log.warn("{}: {}", warning.path(), warning.message());
        tell(hearer -> hearer.onListingWarning(warning));
    }

    private void tell(Consumer<ZohoListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            log.warn("the listener failed", e);
        }
    }
}
