package io.ledgerbridge.sync.internal;

import io.ledgerbridge.zohobooks.Page;
import io.ledgerbridge.zohobooks.ZohoQuota;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.Organization;
import java.util.List;
import java.util.Optional;

/** What the engine reads. Lists are newest first, by the page. */
public interface SourceReader {

    String organizationId();

    List<Organization> organizations();

    Page<Contact> customers(int page);

    Page<ContactPerson> persons(int page);

    Page<Invoice> invoices(int page);

    Page<CustomerPayment> payments(int page);

    /** Ids of all invoices that are open or overdue. */
    List<String> openInvoices();

    Contact customer(String id);

    Invoice invoice(String id);

    CustomerPayment payment(String id);

    /** What is left of the day's calls, if the source tells. */
    Optional<ZohoQuota> quota();

    long calls();
}
