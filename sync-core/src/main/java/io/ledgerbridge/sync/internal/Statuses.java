package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.Invoices;
import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.DeletionPolicy;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.sync.internal.Ledger.Work;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The status of invoices, written last and read back: HubSpot may have changed it, or lost the amount. */
final class Statuses {

    private static final int BATCH = 100;

    private final Run run;

    /** What could not be written in this run stays in the queue for the next one. */
    private final Set<String> postponed = new HashSet<>();

    Statuses(Run run) {
        this.run = run;
    }

    static Entry entry(String invoiceId) {
        return new Entry(Work.STATUS, invoiceId, "", Map.of());
    }

    /** Writes the statuses that are due in full batches; at the end of a run also the rest. */
    void write(boolean everything) {
        List<Entry> due = due();
        while (!due.isEmpty() && (everything || due.size() == BATCH)) {
            write(due);
            due = due();
        }
    }

    private List<Entry> due() {
        return run.ledger.queue(Work.STATUS, BATCH + postponed.size()).stream()
                .filter(entry -> !postponed.contains(entry.id()))
                .limit(BATCH)
                .toList();
    }

    private void write(List<Entry> entries) {
        run.mayGoOn();
        Changes changes = run.ledger.changes();
        Map<String, Link> links =
                run.ledger.links(Kind.INVOICE, entries.stream().map(Entry::id).toList());
        Map<String, Link> byTarget = new LinkedHashMap<>();
        Map<String, Map<String, String>> updates = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Link link = links.get(entry.id());
            if (link != null && link.targetId() != null && byTarget.containsKey(link.targetId())) {
                // Two of our records were merged in HubSpot: the other one comes in the next call.
                continue;
            }
            changes.remove(entry);
            if (link != null && link.targetId() != null && !link.isLeftOut()) {
                Map<String, String> values = Values.changes(run.writable(Kind.INVOICE, desired(link)), link);
                if (!values.isEmpty()) {
                    byTarget.put(link.targetId(), link);
                    updates.put(link.targetId(), values);
                }
            }
        }
        if (!updates.isEmpty()) {
            changes.sending(byTarget.values());
            send(byTarget, updates, changes);
        }
        changes.commit();
    }

    private Map<String, String> desired(Link link) {
        Map<String, String> values = new HashMap<>();
        String details = link.fact(Facts.DETAILS);
        if (!details.isEmpty()) {
            values.put(BooksProperties.DETAILS.name(), details);
            values.put(BooksProperties.TAX.name(), link.fact(Facts.TAX));
            boolean isKnown = !version(link).isEmpty();
            if (isKnown && details.equals("complete") && link.detailStamp().equals(link.stamp())) {
                values.put(BooksProperties.VERSION.name(), Version.withDetail(version(link)));
            }
        }
        String status = BooksMapping.hubSpotStatus(link.fact(Facts.STATUS));
        // An invoice is a draft from its creation on; HubSpot does not make it one again.
        boolean ignored = status.equals("voided")
                && run.policies.voids() == DeletionPolicy.IGNORE
                && link.fact(Facts.GONE).isEmpty();
        if (!link.children().isEmpty() && !status.equals("draft") && !ignored) {
            values.put(Invoices.STATUS.name(), status);
        }
        return values;
    }

    private static String version(Link link) {
        return link.written().getOrDefault(BooksProperties.VERSION.name(), "");
    }

    private void send(Map<String, Link> byTarget, Map<String, Map<String, String>> updates, Changes changes) {
        BatchResult<?> result = run.target.update(Kind.INVOICE, updates);
        Map<String, Link> written = new LinkedHashMap<>();
        Map<String, Map<String, String>> withoutStatus = new LinkedHashMap<>();
        byTarget.forEach((id, link) -> {
            Map<String, String> values = updates.getOrDefault(id, Map.of());
            if (result.of(id) instanceof Outcome.Updated) {
                written.put(id, link.withWritten(values).withoutFact(Facts.REFUSED));
                changes.audit(
                        link,
                        AuditEntry.Decision.UPDATED,
                        result.correlationId(id),
                        "",
                        RecordWriter.changed(link, values));
            } else if (Outcomes.mayComeTrue(result.of(id)) || Outcomes.isGone(result.of(id))) {
                postpone(link, Outcomes.isGone(result.of(id)), changes);
            } else {
                changes.audit(
                        link,
                        AuditEntry.Decision.SKIPPED,
                        "HubSpot refused the status: " + Outcomes.reason(result.of(id)));
                note(
                        link,
                        "HubSpot refused the status " + values.get(Invoices.STATUS.name())
                                + ", so zoho_books_status alone tells it: " + Outcomes.reason(result.of(id)));
                Map<String, String> rest = new HashMap<>(values);
                rest.remove(Invoices.STATUS.name());
                // Remembered as written, so that the same refusal is not asked for again.
                written.put(id, link.withWritten(values).withFacts(Map.of(Facts.REFUSED, "yes")));
                if (!rest.isEmpty()) {
                    withoutStatus.put(id, rest);
                }
            }
        });
        if (!withoutStatus.isEmpty()) {
            BatchResult<?> rest = run.target.update(Kind.INVOICE, withoutStatus);
            withoutStatus.keySet().stream()
                    .filter(id -> Outcomes.mayComeTrue(rest.of(id)))
                    .forEach(id -> {
                        written.remove(id);
                        postpone(byTarget.getOrDefault(id, Link.unlinked(Kind.INVOICE, id, "")), false, changes);
                    });
        }
        readBack(written);
        written.values().forEach(changes::put);
    }

    /** It is written in the next run; what HubSpot has of it is not known, or it has to be made again first. */
    private void postpone(Link link, boolean gone, Changes changes) {
        postponed.add(link.sourceId());
        changes.put(entry(link.sourceId()));
        if (gone) {
            changes.put(link.unsure());
            changes.put(Details.entry(Kind.INVOICE, link.sourceId()));
        }
    }

    /** The amount is sent once more if it is not what it should be; then it is reported. */
    private void readBack(Map<String, Link> links) {
        List<String> names = List.of(Invoices.STATUS.name(), Invoices.AMOUNT_BILLED.name());
        Map<String, CrmRecord<?>> records = run.target.read(Kind.INVOICE, List.copyOf(links.keySet()), names);
        Map<String, Map<String, String>> again = new LinkedHashMap<>();
        links.forEach((id, link) -> {
            CrmRecord<?> record = records.get(id);
            String amount = link.written().getOrDefault(Invoices.AMOUNT_BILLED.name(), "");
            if (record != null && !amount.isEmpty() && differs(amountOf(record), amount)) {
                again.put(id, Map.of(Invoices.AMOUNT_BILLED.name(), amount));
            }
        });
        if (again.isEmpty()) {
            return;
        }
        run.target.update(Kind.INVOICE, again);
        Map<String, CrmRecord<?>> second = run.target.read(Kind.INVOICE, new ArrayList<>(again.keySet()), names);
        again.forEach((id, values) -> {
            CrmRecord<?> record = second.get(id);
            String wanted = values.getOrDefault(Invoices.AMOUNT_BILLED.name(), "");
            Link link = links.get(id);
            if (link != null && record != null && differs(amountOf(record), wanted)) {
                note(
                        link,
                        "HubSpot shows the amount " + amountOf(record) + " instead of " + wanted
                                + "; zoho_books_total is right");
            }
        });
    }

    private static String amountOf(CrmRecord<?> record) {
        return record.text(Invoices.AMOUNT_BILLED.name()).orElse("");
    }

    private static boolean differs(String shown, String wanted) {
        return shown.isEmpty() || new BigDecimal(shown).compareTo(new BigDecimal(wanted)) != 0;
    }

    private void note(Link link, String text) {
        run.tally.note(Kind.INVOICE, link.fact(Facts.NUMBER), text);
    }
}
