package io.ledgerbridge.sync;

import io.ledgerbridge.sync.AuditEntry.Change;
import io.ledgerbridge.sync.AuditEntry.Decision;
import java.util.Map;

/**
 * One thing that a run would do.
 *
 * @param stream as in the report
 * @param record id in Zoho Books
 * @param partOf the record whose detail brings this one, as {@code invoices/46000000012345}: the invoice of a line, the customer of a person,
 *     else the record itself
 * @param target id in HubSpot; empty if it would be made
 * @param version modification stamp of the source that would be written
 * @param known digest of what was written last; empty if nothing was
 * @param decision what it would be: created, updated, associated, separated, archived, skipped or quarantined
 * @param reason in words; empty where the change itself says it
 * @param changes by property: what would be written, and what was written before
 */
public record PlannedChange(
        String stream,
        String record,
        String partOf,
        String target,
        String version,
        String known,
        Decision decision,
        String reason,
        Map<String, Change> changes) {

    public PlannedChange {
        changes = Map.copyOf(changes);
    }

    /** Whether it changes something in HubSpot. */
    public boolean isChange() {
        return switch (decision) {
            case CREATED, UPDATED, ARCHIVED, ASSOCIATED, SEPARATED -> true;
            default -> false;
        };
    }
}
