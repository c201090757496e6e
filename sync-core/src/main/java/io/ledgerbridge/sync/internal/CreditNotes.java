package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.CreditNoteFact;
import io.ledgerbridge.sync.internal.Ledger.Entry;
import io.ledgerbridge.zohobooks.ZohoPermissionException;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CreditNoteInvoice;
import io.ledgerbridge.zohobooks.model.InvoiceTax;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Credit notes have no record in HubSpot. They lower the revenue of their customer, and the balances of invoices that they
 * are applied to, whose own stamps may not move: the credit note's detail names them.
 */
final class CreditNotes {

    private static final Set<String> COUNTED = Set.of("open", "closed");

    private final Run run;

    CreditNotes(Run run) {
        this.run = run;
    }

    Scan<CreditNote> scan() {
        return new Scan<>(
                run,
                Kind.CREDIT_NOTE,
                run.source::creditNotes,
                CreditNote::creditnoteId,
                CreditNote::lastModifiedTime,
                this::headers);
    }

    /** A token that may not read them leaves everything else as it is. */
    void pass() {
        try {
            scan().pass();
        } catch (ZohoPermissionException e) {
            run.off.put(
                    Kind.CREDIT_NOTE,
                    "the Zoho token may not read credit notes, so balances and revenue lack them until the daily look at"
                            + " open invoices; add the scope ZohoBooks.creditnotes.READ");
        }
    }

    private void headers(List<CreditNote> rows) {
        Map<String, CreditNoteFact> known = run.ledger.creditNotes(
                rows.stream().map(CreditNote::creditnoteId).toList());
        Changes changes = run.ledger.changes();
        for (CreditNote row : rows) {
            CreditNoteFact fact = known.get(row.creditnoteId());
            if (!run.scope.leftOut(row).isEmpty()) {
                if (fact != null) {
                    forget(run, List.of(row.creditnoteId()), changes);
                }
                continue;
            }
            String stamp = BooksMapping.stamp(row.lastModifiedTime());
            boolean counts = COUNTED.contains(row.status());
            if (fact != null && fact.stamp().equals(stamp)) {
                continue;
            }
            if (counts) {
                changes.put(new Entry(
                        Ledger.Work.DETAIL,
                        Kind.CREDIT_NOTE + "/" + row.creditnoteId(),
                        Details.PRIORITY_PAYMENT,
                        Map.of()));
                changes.put(
                        fact == null
                                ? CreditNoteFact.unread(row.creditnoteId(), row.customerId(), stamp)
                                : fact.withStamp(stamp));
            } else {
                settle(fact, new CreditNoteFact(row.creditnoteId(), row.customerId(), stamp, "0", Map.of()), changes);
            }
        }
        changes.commit();
    }

    void detail(CreditNote note, Entry entry) {
        Changes changes = run.ledger.changes();
        if (!run.scope.leftOut(note).isEmpty()) {
            forget(run, List.of(note.creditnoteId()), changes);
            changes.remove(entry).commit();
            return;
        }
        CreditNoteFact known =
                run.ledger.creditNotes(List.of(note.creditnoteId())).get(note.creditnoteId());
        String stamp = known == null ? BooksMapping.stamp(note.updatedTime()) : known.stamp();
        Map<String, String> applied = new HashMap<>();
        for (CreditNoteInvoice part : note.invoices()) {
            applied.merge(
                    part.invoiceId(),
                    BooksMapping.orZero(part.creditedAmount()).toPlainString(),
                    (one, other) ->
                            new BigDecimal(one).add(new BigDecimal(other)).toPlainString());
        }
        BigDecimal revenue = COUNTED.contains(note.status())
                ? BooksMapping.orZero(note.total()).subtract(tax(note)).multiply(rate(note))
                : BigDecimal.ZERO;
        settle(
                known,
                new CreditNoteFact(note.creditnoteId(), note.customerId(), stamp, revenue.toPlainString(), applied),
                changes);
        changes.remove(entry).commit();
    }

    private static BigDecimal tax(CreditNote note) {
        return note.taxTotal() != null
                ? note.taxTotal()
                : note.taxes().stream()
                        .map(InvoiceTax::taxAmount)
                        .map(BooksMapping::orZero)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal rate(CreditNote note) {
        return note.exchangeRate() == null ? BigDecimal.ONE : note.exchangeRate();
    }

    /** Remembers the credit note, and has looked at what it changes: revenue, and invoices that it was applied to or is not any more. */
    private static void settle(@Nullable CreditNoteFact before, CreditNoteFact now, Changes changes) {
        changes.put(now);
        changes.put(RollUps.entry(now.customerId()));
        Map<String, String> appliedBefore = before == null ? Map.of() : before.applied();
        if (before != null) {
            changes.put(RollUps.entry(before.customerId()));
        }
        Set<String> invoices = new HashSet<>(appliedBefore.keySet());
        invoices.addAll(now.applied().keySet());
        invoices.stream()
                .filter(id -> !now.applied().getOrDefault(id, "").equals(appliedBefore.getOrDefault(id, "")))
                .forEach(id -> changes.put(Details.entry(Kind.INVOICE, id)));
    }

    /** These are gone from the source. */
    static void forget(Run run, List<String> ids, Changes changes) {
        run.ledger.creditNotes(ids).values().forEach(fact -> {
            settle(fact, new CreditNoteFact(fact.id(), fact.customerId(), "", "0", Map.of()), changes);
            changes.removeCreditNote(fact.id());
        });
    }
}
