package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import io.ledgerbridge.sync.internal.Tally.Decision;
import io.ledgerbridge.sync.internal.TargetWriter.Child;
import io.ledgerbridge.sync.internal.TargetWriter.Made;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes records whose key HubSpot does not guard, each under the record that it belongs to, where it can be found again. */
final class UnderParents {

    private static final Made UNTOLD =
            new Made(new Outcome.Unknown<>("HubSpot's answer does not mention it.", null), "");

    private final Run run;
    private final RecordWriter writer;
    private final WriteBatch batch;
    private final Kind kind;
    private final Map<String, Desired> toMake;
    private final Changes changes;

    /** @param toMake the records, by their keys */
    UnderParents(
            Run run, RecordWriter writer, WriteBatch batch, Kind kind, Map<String, Desired> toMake, Changes changes) {
        this.run = run;
        this.writer = writer;
        this.batch = batch;
        this.kind = kind;
        this.toMake = toMake;
        this.changes = changes;
    }

    /** @param values what is sent of each, by its key */
    void make(Map<String, Map<String, String>> values) {
        Map<String, Link> parents = parents(toMake.values());
        List<Child> children = new ArrayList<>();
        toMake.forEach((key, one) -> {
            Map<String, String> all = values.getOrDefault(key, Map.of());
            Link parent = parents.get(one.link().sourceId());
            if (parent == null || parent.targetId() == null) {
                awaitParent(one, parent, all);
            } else {
                all.putAll(run.writable(kind, Map.of(BooksProperties.KEY.name(), key)));
                children.add(new Child(key, all, parent.targetId()));
            }
        });
        create(children);
    }

    private void awaitParent(Desired one, @Nullable Link parent, Map<String, String> values) {
        if (parent != null && parent.fact(Facts.GONE).equals(WriteBatch.LOST)) {
            String reason = "what it belongs to was deleted in HubSpot and is left so";
            changes.audit(one.link(), AuditEntry.Decision.SKIPPED, reason);
            run.tally.decide(kind, one.link().sourceId(), Decision.SKIPPED, one.label(), reason);
            changes.release(kind, one.link().sourceId());
        } else {
            String reason = "HubSpot has nothing yet that it belongs to, and without that it could not be found again;"
                    + " it is tried again by itself.";
            writer.postpone(one.link(), one.label(), "", reason, values, changes);
        }
    }

    /**
     * Without a unique key nothing is sent twice. What was refused together is looked for, and what is not there is sent in
     * smaller parts, until the one at fault stands alone.
     */
    private void create(List<Child> some) {
        if (some.isEmpty()) {
            return;
        }
        Map<String, Made> outcomes = run.lookup.create(kind, some);
        List<Child> together = new ArrayList<>();
        List<Child> refused = new ArrayList<>();
        for (Child child : some) {
            Made told = outcomes.getOrDefault(child.name(), UNTOLD);
            Outcome<?> outcome = told.outcome();
            if (some.size() > 1 && Outcomes.isRefusedTogether(outcome)) {
                together.add(child);
            } else if (outcome instanceof Outcome.Created<?> made) {
                isMade(child, made.record(), told.correlationId());
            } else if (outcome instanceof Outcome.Failed && !Outcomes.mayComeTrue(outcome)) {
                refused.add(child);
            } else {
                batch.settle(desired(child), outcome, told.correlationId(), child.values());
            }
        }
        settleRefused(refused, outcomes);
        if (!together.isEmpty()) {
            List<Child> missing = notThere(together);
            int half = (missing.size() + 1) / 2;
            create(missing.subList(0, half));
            create(missing.subList(half, missing.size()));
        }
    }

    private void isMade(Child child, CrmRecord<?> record, String correlationId) {
        batch.isMade(
                desired(child),
                record,
                correlationId,
                child.values(),
                link -> run.lookup.madeUnder(child.parent(), link, changes));
    }

    private Map<String, Link> parents(Collection<Desired> some) {
        return run.lookup.parents(kind, some.stream().map(Desired::link).toList());
    }

    private Desired desired(Child child) {
        return Objects.requireNonNull(toMake.get(child.name()), child.name());
    }

    /** Whose parent somebody has deleted waits until that is made again. */
    private void settleRefused(List<Child> refused, Map<String, Made> outcomes) {
        Set<String> missing = run.lookup.missingParents(
                kind, refused.stream().map(Child::parent).collect(Collectors.toSet()));
        Map<String, Link> parents = parents(refused.stream().map(this::desired).toList());
        for (Child child : refused) {
            Desired one = desired(child);
            Link parent = parents.get(one.link().sourceId());
            if (parent != null && missing.contains(child.parent())) {
                changes.put(changes.latest(parent).unsure());
                Redo.queue(parent.kind(), parent.sourceId(), parent.origin(), changes);
                String reason = "what it belongs to was deleted in HubSpot; it is tried again by itself.";
                writer.postpone(one.link(), one.label(), "", reason, child.values(), changes);
            } else {
                Made told = outcomes.getOrDefault(child.name(), UNTOLD);
                batch.settle(one, told.outcome(), told.correlationId(), child.values());
            }
        }
    }

    private List<Child> notThere(List<Child> some) {
        Map<String, CrmRecord<?>> there = run.lookup.findAnew(
                kind, run.lookup.wanted(kind, some.stream().map(this::desired).toList()));
        List<Child> missing = new ArrayList<>();
        for (Child child : some) {
            CrmRecord<?> record = there.get(child.name());
            if (record == null) {
                missing.add(child);
            } else {
                isMade(child, record, "");
            }
        }
        return missing;
    }
}
