package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.DeletionPolicy;
import io.ledgerbridge.sync.LostRecordPolicy;
import io.ledgerbridge.sync.Mapping;
import io.ledgerbridge.sync.MatchPolicy;
import io.ledgerbridge.sync.Selection;
import io.ledgerbridge.sync.spi.DealMatcher;
import java.time.Duration;

/**
 * What the user has chosen.
 *
 * @param deletions what becomes of records that are gone from the source
 * @param voids what becomes of invoices that were voided
 * @param match which companies that were in HubSpot before are adopted
 * @param lost what becomes of records that are gone from HubSpot
 * @param sweepEvery time between two complete scans
 * @param readBackEvery time between two looks at whether all records are still in HubSpot
 * @param mapping what differs from the default mapping
 * @param recheckAfter how long after a process was lost its last records are compared once more
 * @param keepAuditFor how long entries of the audit trail are kept
 */
public record Policies(
        DeletionPolicy deletions,
        DeletionPolicy voids,
        MatchPolicy match,
        LostRecordPolicy lost,
        Duration sweepEvery,
        Duration readBackEvery,
        Duration recheckAfter,
        Duration keepAuditFor,
        Mapping mapping,
        Selection selection,
        DealMatcher deals) {

    boolean matchesDeals() {
        return deals != DealMatcher.none();
    }
}
