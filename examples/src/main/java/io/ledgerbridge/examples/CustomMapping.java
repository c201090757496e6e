package io.ledgerbridge.examples;

import io.ledgerbridge.hubspot.Companies;
import io.ledgerbridge.hubspot.Contacts;
import io.ledgerbridge.hubspot.Invoices;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.sync.Mapping;
import io.ledgerbridge.sync.Mapping.Field;
import io.ledgerbridge.sync.Mapping.Owner;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.zohobooks.model.Invoice;

/** A custom field more, a field less, and a telephone number that belongs to the users of HubSpot once they have it. */
public final class CustomMapping {

    private CustomMapping() {}

    public static void main(String[] args) {
        Mapping mapping = Mapping.defaults()
                .with(Field.company(
                        Companies.DESCRIPTION,
                        customer -> "VAT number "
                                + customer.customFields().text("cf_vat_number").orElse("unknown")))
                .with(Field.invoice(Invoices.COMMENTS, Invoice::salespersonName).owner(Owner.ON_CREATE))
                .owned(ObjectType.COMPANIES, Companies.PHONE, Owner.FILL_WHEN_EMPTY)
                .without(ObjectType.CONTACTS, Contacts.JOB_TITLE);
        try (FakeCompany company = new FakeCompany()) {
            SyncEngine.builder(company.zoho, company.hubspot)
                    .mapping(mapping)
                    .build()
                    .run();
            System.out.println(company.company("name") + ": " + company.company("description"));
        }
    }
}
