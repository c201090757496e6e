package io.ledgerbridge.sync.internal;

import io.ledgerbridge.zohobooks.ContactQuery;
import io.ledgerbridge.zohobooks.InvoiceQuery;
import io.ledgerbridge.zohobooks.Page;
import io.ledgerbridge.zohobooks.PaymentQuery;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoQuota;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
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
    public Page<Contact> customers(int page) {
        return zoho.contacts()
                .page(ContactQuery.customers().newestFirst(), page)
                .readable();
    }

    @Override
    public Page<ContactPerson> persons(int page) {
        return zoho.contactPersons().page(page).readable();
    }

    @Override
    public Page<Invoice> invoices(int page) {
        return zoho.invoices().page(InvoiceQuery.all().newestFirst(), page).readable();
    }

    @Override
    public Page<CustomerPayment> payments(int page) {
        return zoho.customerPayments()
                .page(PaymentQuery.all().newestFirst(), page)
                .readable();
    }

    @Override
    public List<String> openInvoices() {
        List<String> ids = new ArrayList<>();
        zoho.invoices().list(InvoiceQuery.unpaid()).withoutPrefetch().forEach(invoice -> ids.add(invoice.invoiceId()));
        zoho.invoices().list(InvoiceQuery.overdue()).withoutPrefetch().forEach(invoice -> ids.add(invoice.invoiceId()));
        return ids;
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
    public Optional<ZohoQuota> quota() {
        return zoho.pacing().quota();
    }

    @Override
    public long calls() {
        return zoho.pacing().calls();
    }
}
