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
    private final String name;
    private final UnaryOperator<SyncEngine.Builder> settings;

    private SyncConnection(ZohoBooks zoho, HubSpot hubspot, String name, UnaryOperator<SyncEngine.Builder> settings) {
        this.zoho = zoho;
        this.hubspot = hubspot;
        this.name = name;
        this.settings = settings;
    }

    /** With the default settings. */
    public static SyncConnection of(ZohoBooks zoho, HubSpot hubspot) {
        return new SyncConnection(zoho, hubspot, SyncEngine.connectionOf(zoho), builder -> builder);
    }

    /** With settings of its own, such as a mapping; store, clock and listener are the service's. */
    public SyncConnection with(UnaryOperator<SyncEngine.Builder> newSettings) {
        return new SyncConnection(zoho, hubspot, name, newSettings);
    }

    /** With another name: see {@link SyncEngine.Builder#connection}. */
    public SyncConnection named(String newName) {
        return new SyncConnection(zoho, hubspot, SyncEngine.validName(newName), settings);
    }

    /** Its name in the store, in reports and in logs. */
    public String name() {
        return name;
    }

    /** An engine of its own, for work on this connection alone; give it the store of the service. */
    public SyncEngine.Builder engine() {
        return settings.apply(SyncEngine.builder(zoho, hubspot)).connection(name);
    }

    ZohoBooks zoho() {
        return zoho;
    }

    /** For who has made them. */
    void closeClients() {
        zoho.close();
        hubspot.close();
    }
}
