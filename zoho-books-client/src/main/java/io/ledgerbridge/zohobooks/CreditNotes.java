package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CreditNoteInvoice;
import io.ledgerbridge.zohobooks.model.CreditNoteRefund;
import java.util.List;
import java.util.Optional;

/** Credit notes. Line items and applications come with {@link #get} only. */
public final class CreditNotes {

    private final Calls calls;
    private final ZohoApi api;

    CreditNotes(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    /** All that match, page by page as they are needed. */
    public Listing<CreditNote> list(CreditNoteQuery query) {
        return new Listing<>(calls, query.parameters(), CreditNote::creditnoteId, number -> page(query, number));
    }

    /** One page, numbered from 1, of up to 200. */
    public Page<CreditNote> page(CreditNoteQuery query, int number) {
        return Page.of(calls.answer(() -> api.creditNotes(query.parameters().onPage(number))), number);
    }

    /**
     * The record with everything only the detail has.
     *
     * @throws ZohoNotFoundException if there is none
     */
    public CreditNote get(String id) {
        String valid = Ids.valid("id", id);
        return Details.get(calls, () -> api.creditNote(valid));
    }

    /** The record with everything only the detail has; empty if there is none. */
    public Optional<CreditNote> find(String id) {
        String valid = Ids.valid("id", id);
        return Details.find(calls, () -> api.creditNote(valid));
    }

    /** The invoices that this credit note is applied to. */
    public List<CreditNoteInvoice> invoicesCredited(String id) {
        String valid = Ids.valid("credit note id", id);
        return Details.all(calls, () -> api.invoicesCredited(valid));
    }

    /** What was paid out of this credit note. */
    public Listing<CreditNoteRefund> refunds(String id) {
        String valid = Ids.valid("credit note id", id);
        Parameters<CreditNoteRefund> all = Parameters.none();
        return new Listing<>(
                calls,
                all,
                CreditNoteRefund::creditnoteRefundId,
                number -> Page.of(calls.answer(() -> api.creditNoteRefunds(valid, all.onPage(number))), number));
    }

    /** What was paid out of all credit notes. */
    public Listing<CreditNoteRefund> refunds(CreditNoteRefundQuery query) {
        return new Listing<>(
                calls,
                query.parameters(),
                CreditNoteRefund::creditnoteRefundId,
                number -> Page.of(
                        calls.answer(
                                () -> api.creditNoteRefunds(query.parameters().onPage(number))),
                        number));
    }
}
