package io.ledgerbridge.zohobooks;

import java.time.Instant;

/**
 * The organisation's calls a day, as the latest answer told them. They are shared by everything that uses its API.
 *
 * @param limit calls a day, by plan
 * @param remaining calls left
 * @param resetsAt when the next day's calls begin
 */
public record ZohoQuota(int limit, int remaining, Instant resetsAt) {}
