package io.ledgerbridge.examples;

import io.ledgerbridge.testkit.DemoOrganization;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.InvoiceQuery;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.LineItem;

/** Lists overdue invoices of Zoho Books, and the lines of the first. */
public final class ReadZohoInvoices {

    private ReadZohoInvoices() {}

    public static void main(String[] args) {
        FakeZohoBooks books =
                FakeZohoBooks.builder(TimeSource.system()).withoutLimits().build();
        DemoOrganization.fill(books);
        try (LoopbackServer server = books.start();
                ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.refreshToken(
                                books.clientId(), books.clientSecret(), books.refreshToken()))
                        .organization(books.organizationId())
                        .endpoints(server.url(), server.url())
                        .pacing(ZohoPacing.unlimited())
                        .build()) {
            String first = "";
            for (Invoice invoice : zoho.invoices().list(InvoiceQuery.overdue())) {
                System.out.println(invoice.invoiceNumber() + "  " + invoice.customerName() + "  " + invoice.balance()
                        + " " + invoice.currencyCode());
                first = first.isEmpty() ? invoice.invoiceId() : first;
            }
            for (LineItem line : zoho.invoices().get(first).lineItems()) {
                System.out.println("  " + line.quantity() + " x " + line.name() + " = " + line.itemTotal());
            }
        }
    }
}
