package io.ledgerbridge.sync.internal;

import io.ledgerbridge.zohobooks.Page;
import io.ledgerbridge.zohobooks.ZohoQuota;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.Organization;
import java.util.List;
import java.util.Optional;

/** What the engine reads. Lists come by the page, from 1; rows that cannot be read stand apart in them. */
public interface SourceReader {

    String organizationId();

    List<Organization> organizations();

    Page<Contact> customers(ListOrder order, int page);

    Page<ContactPerson> persons(int page);

    /** From the second page on with the number of all invoices. */
    Page<Invoice> invoices(ListOrder order, int page);

    /** By creation means newest first here: no other order is documented. */
    Page<CustomerPayment> payments(ListOrder order, int page);

    Page<CreditNote> creditNotes(ListOrder order, int page);

    /** Rows of all invoices that are open or overdue and can be read, in several calls. */
    List<Invoice> openInvoices();

    /** Ids of the payments of an invoice. */
    List<String> paymentsOf(String invoiceId);

    Contact customer(String id);

    Invoice invoice(String id);

    CustomerPayment payment(String id);

    CreditNote creditNote(String id);

    /** What is left of the day's calls, if the source tells. */
    Optional<ZohoQuota> quota();

    long calls();
}
