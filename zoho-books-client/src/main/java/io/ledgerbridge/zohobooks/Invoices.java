package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.AppliedCredit;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.InvoicePayment;
import java.util.List;
import java.util.Optional;

/** Invoices. Line items come with {@link #get} only: one call per invoice. */
public final class Invoices {

    private final Calls calls;
    private final ZohoApi api;

    Invoices(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    /** All that match, page by page as they are needed. */
    public Listing<Invoice> list(InvoiceQuery query) {
        return new Listing<>(calls, query.parameters(), Invoice::invoiceId, number -> page(query, number));
    }

    /** One page, numbered from 1, of up to 200. */
    public Page<Invoice> page(InvoiceQuery query, int number) {
        return Page.of(calls.answer(() -> api.invoices(query.parameters().onPage(number))), number);
    }

    /**
     * The record with everything only the detail has.
     *
     * @throws ZohoNotFoundException if there is none
     */
    public Invoice get(String id) {
        String valid = Ids.valid("id", id);
        return Details.get(calls, () -> api.invoice(valid));
    }

    /** The record with everything only the detail has; empty if there is none. */
    public Optional<Invoice> find(String id) {
        String valid = Ids.valid("id", id);
        return Details.find(calls, () -> api.invoice(valid));
    }

    /** What payments pay of this invoice; needs no right to read payments. */
    public List<InvoicePayment> payments(String id) {
        String valid = Ids.valid("invoice id", id);
        return Details.all(calls, () -> api.invoicePayments(valid));
    }

    /** The credit notes that are applied to this invoice. */
    public List<AppliedCredit> creditsApplied(String id) {
        String valid = Ids.valid("invoice id", id);
        return Details.all(calls, () -> api.creditsApplied(valid));
    }
}
