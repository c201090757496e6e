package io.ledgerbridge.sync.internal;

import io.ledgerbridge.zohobooks.Page;
import io.ledgerbridge.zohobooks.ZohoQuota;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.Organization;
import io.ledgerbridge.zohobooks.model.RawJson;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Hands over each detail that is read, so that nobody has to read it again. */
final class KeepingSource implements SourceReader {

    private final SourceReader source;
    private final BiConsumer<SourceId, RawJson> keep;

    KeepingSource(SourceReader source, BiConsumer<SourceId, RawJson> keep) {
        this.source = source;
        this.keep = keep;
    }

    @Override
    public Contact customer(String id) {
        Contact customer = source.customer(id);
        keep.accept(new SourceId(Kind.CUSTOMER, id), customer.raw());
        return customer;
    }

    @Override
    public Invoice invoice(String id) {
        Invoice invoice = source.invoice(id);
        keep.accept(new SourceId(Kind.INVOICE, id), invoice.raw());
        return invoice;
    }

    @Override
    public CustomerPayment payment(String id) {
        CustomerPayment payment = source.payment(id);
        keep.accept(new SourceId(Kind.PAYMENT, id), payment.raw());
        return payment;
    }

    @Override
    public CreditNote creditNote(String id) {
        CreditNote note = source.creditNote(id);
        keep.accept(new SourceId(Kind.CREDIT_NOTE, id), note.raw());
        return note;
    }

    @Override
    public String organizationId() {
        return source.organizationId();
    }

    @Override
    public List<Organization> organizations() {
        return source.organizations();
    }

    @Override
    public Page<Contact> customers(ListOrder order, int page) {
        return source.customers(order, page);
    }

    @Override
    public Page<ContactPerson> persons(int page) {
        return source.persons(page);
    }

    @Override
    public Page<Invoice> invoices(ListOrder order, int page) {
        return source.invoices(order, page);
    }

    @Override
    public Page<CustomerPayment> payments(ListOrder order, int page) {
        return source.payments(order, page);
    }

    @Override
    public Page<CreditNote> creditNotes(ListOrder order, int page) {
        return source.creditNotes(order, page);
    }

    @Override
    public List<Invoice> openInvoices() {
        return source.openInvoices();
    }

    @Override
    public List<String> paymentsOf(String invoiceId) {
        return source.paymentsOf(invoiceId);
    }

    @Override
    public Optional<ZohoQuota> quota() {
        return source.quota();
    }

    @Override
    public long calls() {
        return source.calls();
    }
}
