package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Quarantined;
import io.ledgerbridge.sync.internal.Ledger.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** When the account can do more than before, takes up what had to be left out: a stream that was off, a currency that lacked. */
final class TakingUp {

    private static final String NAME = "capabilities";
    private static final String ON = "on";
    private static final int BATCH = 500;

    private final Run run;

    TakingUp(Run run) {
        this.run = run;
    }

    /** To be called when the connection was prepared. */
    void work() {
        List<String> before =
                List.of(run.ledger.checkpoint(NAME).getOrDefault(ON, "").split(" "));
        boolean first = run.ledger.checkpoint(NAME).isEmpty();
        for (Kind kind : List.of(Kind.INVOICE, Kind.PAYMENT, Kind.LINE_ITEM)) {
            if (run.isOn(kind) && !first && !before.contains(kind.name())) {
                queue(kind);
            }
        }
        run.prepared.account().currencies().forEach(this::releaseCurrency);
        String now = Kind.mirrored().stream()
                .filter(run::isOn)
                .map(Kind::name)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(" "));
        if (!now.equals(String.join(" ", before))) {
            run.ledger.changes().checkpoint(NAME, Map.of(ON, now)).commit();
        }
    }

    /** A kind that turned out to be off is taken up when the account is looked at again. */
    static void forgetOn(Run run, Kind kind) {
        String on = run.ledger.checkpoint(NAME).getOrDefault(ON, "");
        String rest = Arrays.stream(on.split(" "))
                .filter(name -> !name.equals(kind.name()))
                .collect(Collectors.joining(" "));
        run.ledger.changes().checkpoint(NAME, Map.of(ON, rest)).commit();
    }

    private void queue(Kind kind) {
        List<Entry> entries = new ArrayList<>();
        boolean lines = kind == Kind.LINE_ITEM;
        run.ledger.forEachLink(lines ? Kind.INVOICE : kind, link -> {
            boolean waits = lines
                    ? link.targetId() != null
                            && (link.children().isEmpty() || !link.detailStamp().equals(link.stamp()))
                    : link.targetId() == null || link.isUnsure();
            if (waits && link.fact(Facts.GONE).isEmpty() && !link.isLeftOut()) {
                entries.add(Details.entry(link.kind(), link.sourceId()));
            }
        });
        for (int from = 0; from < entries.size(); from += BATCH) {
            Changes changes = run.ledger.changes();
            entries.subList(from, Math.min(entries.size(), from + BATCH)).forEach(changes::put);
            changes.commit();
        }
    }

    private void releaseCurrency(String currency) {
        List<Quarantined> waiting = run.ledger.quarantinedFor(CurrencyCheck.need(currency));
        for (int from = 0; from < waiting.size(); from += BATCH) {
            Changes changes = run.ledger.changes();
            for (Quarantined one : waiting.subList(from, Math.min(waiting.size(), from + BATCH))) {
                changes.release(one.kind(), one.sourceId());
                changes.remove(new Entry(Work.RETRY, one.kind() + "/" + one.sourceId(), "", Map.of()));
                changes.put(Details.entry(one.kind(), one.sourceId()));
            }
            changes.commit();
        }
    }
}
