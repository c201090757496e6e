package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.sync.SyncReport.Counts;
import io.ledgerbridge.sync.SyncReport.Remark;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Counts decisions: each source record once, in the weightiest decision on it. */
final class Tally {

    /** Weightiest first. */
    enum Decision {
        QUARANTINED,
        CREATED,
        UPDATED,
        SKIPPED,
        UNCHANGED
    }

    private final Map<Kind, DecisionTable> decisions = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> archived = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> decisionsNeeded = new EnumMap<>(Kind.class);
    private long remap;
    private final Set<Remark> remarks = new LinkedHashSet<>();
    private final SyncListener listener;

    Tally(SyncListener listener) {
        this.listener = listener;
    }

    void decide(Kind kind, String sourceId, Decision decision) {
        of(kind).decide(sourceId, decision);
    }

    void archived(Kind kind, int records) {
        archived.merge(kind, records, Integer::sum);
    }

    /** The decision with what a person should know of it. */
    void decide(Kind kind, String sourceId, Decision decision, String record, String reason) {
        decide(kind, sourceId, decision);
        remarks.add(new Remark(kind.stream(), decision.name().toLowerCase(Locale.ROOT), record, reason));
    }

    /** So many deletions of a kind at once wait for somebody's approval. */
    void needsDecision(Kind kind, int deletions) {
        decisionsNeeded.put(kind, deletions);
    }

    /** Another mapping waits for somebody's approval, since it may rewrite so many records. */
    void needsRemap(long records) {
        remap = records;
    }

    long remap() {
        return remap;
    }

    Map<String, Integer> decisionsNeeded() {
        Map<String, Integer> names = new LinkedHashMap<>();
        decisionsNeeded.forEach((kind, deletions) -> names.put(kind.stream(), deletions));
        return names;
    }

    void note(Kind kind, String record, String reason) {
        remarks.add(new Remark(kind.stream(), "note", record, reason));
    }

    void progress(Kind kind, long remaining) {
        listener.progress(kind.stream(), of(kind).size(), remaining);
    }

    /** Details are a stream of their own for who waits for them. */
    void detailProgress(long done, long remaining) {
        listener.progress("details", done, remaining);
    }

    boolean hasQuarantined() {
        return decisions.values().stream().anyMatch(table -> table.count(Decision.QUARANTINED) > 0);
    }

    boolean isEmpty() {
        return decisions.values().stream().allMatch(table -> table.size() == 0);
    }

    List<Remark> remarks() {
        return new ArrayList<>(remarks);
    }

    Map<String, Counts> counts() {
        Map<String, Counts> counts = new LinkedHashMap<>();
        for (Kind kind : Kind.mirrored()) {
            counts.put(
                    kind.stream(),
                    new Counts(
                            of(kind).size(),
                            of(kind).count(Decision.CREATED),
                            of(kind).count(Decision.UPDATED),
                            of(kind).count(Decision.UNCHANGED),
                            of(kind).count(Decision.QUARANTINED),
                            of(kind).count(Decision.SKIPPED),
                            archived.getOrDefault(kind, 0)));
        }
        return counts;
    }

    private DecisionTable of(Kind kind) {
        return decisions.computeIfAbsent(kind, k -> new DecisionTable());
    }
}
