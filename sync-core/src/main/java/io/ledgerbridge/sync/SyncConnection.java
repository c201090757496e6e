package io.ledgerbridge.sync;

import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.zohobooks.ZohoBooks;
import java.util.function.UnaryOperator;

/**
 * One organisation of Zoho Books and one HubSpot account, with settings of its own.
 *
 * <p>Give clients of one organisation, or of one HubSpot account, the same pacing object, so that they keep its limits together.
 */
public final class SyncConnection {

    private final ZohoBooks zoho;
    private final HubSpot hubspot;
    private final UnaryOperator<SyncEngine.Builder> settings;

    private SyncConnection(ZohoBooks zoho, HubSpot hubspot, UnaryOperator<SyncEngine.Builder> settings) {
        this.zoho = zoho;
        this.hubspot = hubspot;
        this.settings = settings;
    }

    /** With the default settings. */
    public static SyncConnection of(ZohoBooks zoho, HubSpot hubspot) {
        return new SyncConnection(zoho, hubspot, builder -> builder);
    }

    /** With settings of its own, such as a mapping; store, clock and listener are the service's. */
    public SyncConnection with(UnaryOperator<SyncEngine.Builder> newSettings) {
        return new SyncConnection(zoho, hubspot, newSettings);
    }

    /** Its name in the store, in reports and in logs. */
    public String name() {
        return SyncEngine.connectionOf(zoho);
    }

    SyncEngine.Builder engine() {
        return settings.apply(SyncEngine.builder(zoho, hubspot));
    }
}
