package io.ledgerbridge.sync.internal;

import io.ledgerbridge.zohobooks.ContactQuery;
import io.ledgerbridge.zohobooks.CreditNoteQuery;
import io.ledgerbridge.zohobooks.InvoiceQuery;
import io.ledgerbridge.zohobooks.Page;
import io.ledgerbridge.zohobooks.PaymentQuery;
import io.ledgerbridge.zohobooks.SortOrder;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoQuota;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.InvoicePayment;
import io.ledgerbridge.zohobooks.model.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reading edge. */
public final class ZohoSourceReader implements SourceReader {

    private final ZohoBooks zoho;

    public ZohoSourceReader(ZohoBooks zoho) {
        this.zoho = zoho;
    }

    @Override
    public String organizationId() {
        return zoho.organizationId();
    }

    @Override
    public List<Organization> organizations() {
        return zoho.organizations().list();
    }

    @Override
    public Page<Contact> customers(ListOrder order, int page) {
        ContactQuery customers = ContactQuery.customers();
        ContactQuery query = switch (order) {
            case NEWEST_FIRST -> customers.newestFirst();
            case OLDEST_FIRST -> customers.sortBy(ContactQuery.SortBy.LAST_MODIFIED_TIME, SortOrder.ASCENDING);
            case BY_CREATION -> customers.sortBy(ContactQuery.SortBy.CREATED_TIME, SortOrder.ASCENDING);
        };
        return zoho.contacts().page(query, page);
    }

    @Override
    public Page<ContactPerson> persons(int page) {
        return zoho.contactPersons().page(page);
    }

    @Override
    public Page<Invoice> invoices(ListOrder order, int page) {
        InvoiceQuery all = InvoiceQuery.all();
        InvoiceQuery query = switch (order) {
            case NEWEST_FIRST -> all.newestFirst();
            case OLDEST_FIRST -> all.sortBy(InvoiceQuery.SortBy.LAST_MODIFIED_TIME, SortOrder.ASCENDING);
            case BY_CREATION -> all.sortBy(InvoiceQuery.SortBy.CREATED_TIME, SortOrder.ASCENDING);
        };
        return zoho.invoices().page(page == 1 ? query : query.counted(), page);
    }

    @Override
    public Page<CustomerPayment> payments(ListOrder order, int page) {
        PaymentQuery all = PaymentQuery.all();
        PaymentQuery query = order == ListOrder.OLDEST_FIRST
                ? all.sortBy(PaymentQuery.SortBy.LAST_MODIFIED_TIME, SortOrder.ASCENDING)
                : all.newestFirst();
        return zoho.customerPayments().page(query, page);
    }

    @Override
    public Page<CreditNote> creditNotes(ListOrder order, int page) {
        CreditNoteQuery all = CreditNoteQuery.all();
        CreditNoteQuery query = switch (order) {
            case NEWEST_FIRST -> all.newestFirst();
            case OLDEST_FIRST -> all.sortBy(CreditNoteQuery.SortBy.LAST_MODIFIED_TIME, SortOrder.ASCENDING);
            case BY_CREATION -> all.sortBy(CreditNoteQuery.SortBy.CREATED_TIME, SortOrder.ASCENDING);
        };
        return zoho.creditNotes().page(query, page);
    }

    @Override
    public List<Invoice> openInvoices() {
        List<Invoice> open = new ArrayList<>();
        for (InvoiceQuery query : List.of(InvoiceQuery.unpaid(), InvoiceQuery.overdue())) {
            boolean more = true;
            for (int number = 1; more; number++) {
                Page<Invoice> page = zoho.invoices().page(query, number);
                open.addAll(page.items());
                more = page.hasNext();
            }
        }
        return open;
    }

    @Override
    public List<String> paymentsOf(String invoiceId) {
        return zoho.invoices().payments(invoiceId).stream()
                .map(InvoicePayment::paymentId)
                .toList();
    }

    @Override
    public Contact customer(String id) {
        return zoho.contacts().get(id);
    }

    @Override
    public Invoice invoice(String id) {
        return zoho.invoices().get(id);
    }

    @Override
    public CustomerPayment payment(String id) {
        return zoho.customerPayments().get(id);
    }

    @Override
    public CreditNote creditNote(String id) {
        return zoho.creditNotes().get(id);
    }

    @Override
    public Optional<ZohoQuota> quota() {
        return zoho.pacing().quota();
    }

    @Override
    public long calls() {
        return zoho.pacing().calls();
    }
}
