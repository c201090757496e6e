package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks now and then whether all records are still in HubSpot; one that is not, or has another id, is written once more. */
final class ReadBack {

    private static final int BATCH = 100;
    private static final String NAME = "readBack";

    private final Run run;

    ReadBack(Run run) {
        this.run = run;
    }

    /** The first time is counted from the first run. */
    void workIfDue() {
        Map<String, String> last = run.ledger.checkpoint(NAME);
        Instant now = run.time.now();
        if (last.isEmpty()) {
            remember(now);
        } else if (!now.isBefore(Instant.parse(last.getOrDefault(NAME, "")).plus(run.policies.readBackEvery()))) {
            Kind.mirrored().stream().filter(run::isOn).forEach(this::read);
            remember(now);
        }
    }

    private void remember(Instant at) {
        run.ledger.changes().checkpoint(NAME, Map.of(NAME, at.toString())).commit();
    }

    private void read(Kind kind) {
        List<Link> batch = new ArrayList<>();
        run.ledger.forEachLink(kind, link -> {
            if (link.targetId() != null && link.fact(Facts.GONE).isEmpty() && !link.isLeftOut()) {
                batch.add(link);
            }
            if (batch.size() == BATCH) {
                read(kind, batch);
                batch.clear();
            }
        });
        if (!batch.isEmpty()) {
            read(kind, batch);
        }
    }

    private void read(Kind kind, List<Link> links) {
        run.mayGoOn();
        run.ledger.keepLease();
        Map<String, CrmRecord<?>> found = run.target.read(
                kind, links.stream().map(Link::requireTarget).toList(), List.of(BooksProperties.KEY.name()));
        Changes changes = run.ledger.changes();
        for (Link link : links) {
            CrmRecord<?> record = found.get(link.requireTarget());
            if (record == null || !record.id().value().equals(link.requireTarget())) {
                changes.put(link.unsure());
                Redo.queue(kind, link.sourceId(), link.origin(), changes);
            }
        }
        changes.commit();
    }
}
