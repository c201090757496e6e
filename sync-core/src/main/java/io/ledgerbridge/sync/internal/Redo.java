package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.Ledger.Changes;

/** Has a record written once more from the newest source. */
final class Redo {

    private Redo() {}

    /** Queues the detail of this record, or of the one it comes with, and what is written apart from it. */
    static void queue(Kind kind, String sourceId, String origin, Changes changes) {
        int slash = origin.indexOf('/');
        changes.put(Details.entry(Kind.valueOf(origin.substring(0, slash)), origin.substring(slash + 1)));
        switch (kind) {
            case CUSTOMER -> changes.put(RollUps.entry(sourceId));
            case INVOICE -> changes.put(Statuses.entry(sourceId));
            default -> {}
        }
    }
}
