package io.ledgerbridge.hubspot;

import java.time.Instant;

/**
 * The calls of a day, which all apps of the account share.
 *
 * @param limit allowed each day
 * @param remaining left when this was told
 * @param toldAt when the answer came
 */
public record HubSpotQuota(int limit, int remaining, Instant toldAt) {}
