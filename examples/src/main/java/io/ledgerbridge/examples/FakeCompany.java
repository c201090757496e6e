package io.ledgerbridge.examples;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.util.Map;

/** What the examples connect to instead of real services: books with a customer, an invoice and a payment, and an empty CRM. */
final class FakeCompany implements AutoCloseable {

    final FakeZohoBooks books =
            FakeZohoBooks.builder(TimeSource.system()).withoutLimits().build();
    final FakeHubSpot crm = FakeHubSpot.builder(TimeSource.system()).build();
    final ZohoBooks zoho;
    final HubSpot hubspot;
    final String customer;
    private final LoopbackServer booksServer = books.start();
    private final LoopbackServer crmServer = crm.start();

    FakeCompany() {
        customer = books.addCustomer(CustomerDraft.business("Harbor Tools Ltd")
                .person("Mara", "Quinn", "mara@harbor.example", "+44 1482 000000")
                .customField("cf_vat_number", "VAT number", "GB 000000000"));
        String invoice = books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "3", "49.90"));
        books.addPayment(PaymentDraft.of(customer, "1", "100").applyTo(invoice, "100"));
        zoho = ZohoBooks.builder(
                        ZohoCredentials.refreshToken(books.clientId(), books.clientSecret(), books.refreshToken()))
                .organization(books.organizationId())
                .endpoints(booksServer.url(), booksServer.url())
                .pacing(ZohoPacing.unlimited())
                .build();
        hubspot = HubSpot.builder(AccessToken.of(crm.accessToken()))
                .endpoint(crmServer.url())
                .build();
    }

    /** One property of the only company. */
    String company(String property) {
        Map<String, String> values = crm.records("companies").get(0).properties();
        return values.getOrDefault(property, "");
    }

    @Override
    public void close() {
        zoho.close();
        hubspot.close();
        booksServer.close();
        crmServer.close();
    }
}
