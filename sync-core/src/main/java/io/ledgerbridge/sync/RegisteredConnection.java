package io.ledgerbridge.sync;

import io.ledgerbridge.zohobooks.DataCenter;
import java.time.Instant;

/**
 * A connection as {@link ConnectionRegistry} knows it. Its secrets stand elsewhere, sealed.
 *
 * @param name in the store, in reports and in logs
 * @param organizationId of Zoho Books
 * @param dataCenter where the organisation lived when it was registered
 * @param hubSpotAccount id of the HubSpot account
 * @param paused whether somebody has paused it
 * @param selection which records it syncs
 */
public record RegisteredConnection(
        String name,
        String organizationId,
        DataCenter dataCenter,
        String hubSpotAccount,
        boolean paused,
        Instant registeredAt,
        Selection selection) {}
