package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import io.ledgerbridge.zohobooks.WebhookEvent;
import io.ledgerbridge.zohobooks.WebhookEvent.Entity;
import io.ledgerbridge.zohobooks.model.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Details that planning has fetched and that no run has used yet. They count as long as the record is of the version that they are of. */
final class KeptDetails {

    private static final String JSON = "json";
    private static final String STAMP = "stamp";
    private static final int BATCH = 100;

    private final Run run;

    KeptDetails(Run run) {
        this.run = run;
    }

    /** What stands in the queue for one. */
    static Entry entry(SourceId record, String stamp, RawJson json) {
        return new Entry(
                Work.FETCHED, record.toString(), "", Map.of(JSON, List.of(json.json()), STAMP, List.of(stamp)));
    }

    /** The detail of a record, if it was kept and is not older than its row; it is not kept any longer. */
    Optional<WebhookEvent> take(Kind kind, String id, Changes changes) {
        if (run.ledger.queued(Work.FETCHED) == 0) {
            return Optional.empty();
        }
        SourceId record = new SourceId(kind, id);
        Optional<Entry> kept = run.ledger.queueEntry(Work.FETCHED, record.toString());
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        changes.remove(kept.get());
        String stamp = kept.get().part(STAMP).get(0);
        // What is read for another reason than its stamp has to be read.
        boolean isCurrent = kind == Kind.CREDIT_NOTE
                ? run.ledger.creditNotes(List.of(id)).values().stream()
                        .anyMatch(note -> note.stamp().equals(stamp))
                : run.ledger
                        .link(kind, id)
                        .map(link -> link.stamp().equals(stamp)
                                && !link.detailStamp().equals(stamp))
                        .orElse(false);
        return isCurrent
                ? Optional.of(WebhookEvent.parse(
                        entity(kind), kept.get().part(JSON).get(0).getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    /** Nobody waits for a detail any more. */
    void forget() {
        List<Entry> left = run.ledger.queue(Work.FETCHED, BATCH);
        while (!left.isEmpty()) {
            Changes changes = run.ledger.changes();
            left.forEach(changes::remove);
            changes.commit();
            left = run.ledger.queue(Work.FETCHED, BATCH);
        }
    }

    private static Entity entity(Kind kind) {
        return switch (kind) {
            case CUSTOMER -> Entity.CONTACT;
            case PAYMENT -> Entity.PAYMENT;
            case CREDIT_NOTE -> Entity.CREDIT_NOTE;
            default -> Entity.INVOICE;
        };
    }
}
