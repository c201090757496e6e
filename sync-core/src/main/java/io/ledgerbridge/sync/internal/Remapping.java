package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.Mapping;
import io.ledgerbridge.sync.SyncReport.Calls;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Command;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Sees that the mapping is another one than that by which records were written. If that may rewrite many of them, it waits until somebody
 * approves it: until then a record is written as it is mapped now only when its source changes. Once approved, lists are read again, and
 * details come as backlog.
 */
final class Remapping {

    /** Raised when a release maps a kind otherwise than the one before. */
    private static final int DEFAULTS_VERSION = 1;

    /** After everything else that waits for its detail. */
    private static final String PRIORITY_REMAP = "5";

    private static final String NAME = "mapping";

    private static final int ROWS_OF_A_LIST = 200;
    private static final int RECORDS_OF_A_WRITE = 100;
    private static final int PERCENT = 5;
    private static final int BATCH = 500;

    private final Run run;
    private final Set<Kind> waiting = EnumSet.noneOf(Kind.class);

    Remapping(Run run) {
        this.run = run;
    }

    /** Whether records of a kind that have not changed are to be left as they were mapped. */
    boolean isWaitingFor(Kind kind) {
        return waiting.contains(kind);
    }

    /** To be called before anything is read. */
    void takeUp() {
        Map<String, String> before = run.ledger.checkpoint(NAME);
        Map<String, String> now = fingerprints(run.policies.mapping());
        Optional<Map<String, String>> approved = run.ledger.asked(Command.APPROVE_REMAP);
        boolean isApproved = approved.isPresent() && approved.get().equals(now);
        if (approved.isPresent() && !isApproved) {
            run.ledger.done(Command.APPROVE_REMAP, "the mapping that was approved is not the one there is now");
        }
        if (before.equals(now) && !isApproved) {
            return;
        }
        Set<Kind> others = others(before, now);
        long affected = others.stream().mapToLong(run.ledger::known).sum();
        long all = Kind.mirrored().stream().mapToLong(run.ledger::known).sum();
        if (affected * 100 > all * PERCENT && !isApproved) {
            waiting.addAll(others);
            run.tally.needsRemap(affected);
            return;
        }
        if (!before.equals(now)) {
            Changes changes = run.ledger.changes();
            others.forEach(kind -> queue(kind, changes));
            changes.checkpoint(NAME, now);
            if (!others.isEmpty()) {
                changes.auditConnection(
                        AuditEntry.Decision.COMMANDED,
                        "the mapping of "
                                + String.join(
                                        ", ", others.stream().map(Kind::stream).toList()) + " has changed; up to "
                                + affected + " records are written anew");
            }
            changes.commit();
        }
        if (isApproved) {
            run.ledger.done(Command.APPROVE_REMAP, "another mapping was approved");
        }
    }

    /** Kinds that are mapped otherwise than when their records were written. */
    private static Set<Kind> others(Map<String, String> before, Map<String, String> now) {
        Set<Kind> others = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.mirrored()) {
            if (!before.isEmpty() && !Objects.equals(before.get(kind.name()), now.get(kind.name()))) {
                others.add(kind);
            }
        }
        return others;
    }

    /** About what another mapping would cost: lists read again, a detail for what only details tell, and all records written. */
    static Calls calls(Ledger ledger, Mapping mapping) {
        long zoho = 0;
        long hubspot = 0;
        for (Kind kind : others(ledger.checkpoint(NAME), fingerprints(mapping))) {
            zoho += switch (kind) {
                case CUSTOMER, INVOICE, CONTACT -> parts(ledger.known(kind), ROWS_OF_A_LIST);
                case LINE_ITEM -> ledger.known(Kind.INVOICE);
                default -> ledger.known(kind);
            };
            hubspot += parts(ledger.known(kind), RECORDS_OF_A_WRITE);
        }
        return new Calls(zoho, hubspot);
    }

    private static long parts(long all, int size) {
        return (all + size - 1) / size;
    }

    /** What tells one mapping from another, by the name of the kind. */
    static Map<String, String> fingerprints(Mapping mapping) {
        Map<String, String> all = new HashMap<>();
        for (Kind kind : Kind.mirrored()) {
            all.put(
                    kind.name(),
                    Values.hash(Map.of(
                            "defaults", String.valueOf(DEFAULTS_VERSION),
                            "custom", mapping.fingerprint(kind.target()))));
        }
        return all;
    }

    private void queue(Kind kind, Changes changes) {
        switch (kind) {
            case CUSTOMER, INVOICE -> changes.forget(kind.stream());
            case CONTACT -> changes.forget(SyncRun.DAY);
            case LINE_ITEM -> queueDetails(Kind.INVOICE);
            default -> queueDetails(kind);
        }
    }

    private void queueDetails(Kind kind) {
        List<Entry> entries = new ArrayList<>();
        run.ledger.forEachLink(kind, link -> {
            if (link.targetId() != null && link.fact(Facts.GONE).isEmpty() && !link.isLeftOut()) {
                Entry detail = Details.entry(kind, link.sourceId());
                if (!run.ledger.isQueued(detail)) {
                    entries.add(new Entry(Work.DETAIL, detail.id(), PRIORITY_REMAP, detail.body()));
                }
            }
        });
        for (int from = 0; from < entries.size(); from += BATCH) {
            Changes changes = run.ledger.changes();
            entries.subList(from, Math.min(entries.size(), from + BATCH)).forEach(changes::put);
            changes.commit();
        }
    }
}
