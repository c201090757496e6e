package io.ledgerbridge.benchmarks;

import io.ledgerbridge.testkit.CreditNoteDraft;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * The books of a large company: every customer has one person, every invoice the same number of lines, and the first invoices
 * have been paid. Credit notes belong to customers in turn.
 */
record LargeCompany(int customers, int invoices, int linesEach, int payments, int creditNotes) {

    /** No two records are written closer to each other, so that a poll reads little. */
    private static final Duration BETWEEN_RECORDS = Duration.ofMinutes(2);

    /** What 10,000 customers have in five years or so. */
    static LargeCompany withLines() {
        return new LargeCompany(10_000, 50_000, 3, 45_000, 5_000);
    }

    int records() {
        return listed() + invoices * linesEach;
    }

    /** Records that lists show: all but the lines. */
    int listed() {
        return customers + invoices + payments;
    }

    /** The least calls of Zoho Books for a first sync: every list once, and a detail for each customer, invoice and credit note. */
    int leastZohoCalls() {
        int organizations = 1;
        int persons = customers;
        return organizations
                + pages(customers, 200)
                + pages(persons, 200)
                + pages(invoices, 200)
                + pages(payments, 200)
                + pages(creditNotes, 200)
                + customers
                + invoices
                + creditNotes;
    }

    /**
     * The least calls of HubSpot: each record written once, contacts looked for by their address before, invoices twice more for
     * their status and to read it back, companies once more for their figures, and each pair associated once.
     */
    int leastHubSpotCalls() {
        int contacts = customers;
        int lines = invoices * linesEach;
        int written = pages(customers, 100)
                + pages(contacts, 100)
                + pages(invoices, 100)
                + pages(lines, 100)
                + pages(payments, 100);
        int again = pages(contacts, 100) + 2 * pages(invoices, 100) + pages(customers, 100);
        int pairs =
                pages(contacts, 2_000) + 2 * pages(invoices, 2_000) + pages(lines, 2_000) + 3 * pages(payments, 2_000);
        return written + again + pairs;
    }

    private static int pages(int rows, int size) {
        return (rows + size - 1) / size;
    }

    /** Makes the records, the last of them written before now; there are no limits. */
    FakeZohoBooks books(TimeSource time) {
        return filled(FakeZohoBooks.builder(time).withoutLimits().build(), time);
    }

    /** The same with the limits of a plan. */
    FakeZohoBooks books(TimeSource time, int callsADay) {
        return filled(FakeZohoBooks.builder(time).dailyLimit(callsADay).build(), time);
    }

    private FakeZohoBooks filled(FakeZohoBooks books, TimeSource time) {
        Instant at = time.now().minus(BETWEEN_RECORDS.multipliedBy(customers + invoices + payments + creditNotes + 1L));
        String[] ids = new String[customers];
        for (int i = 0; i < customers; i++) {
            at = at.plus(BETWEEN_RECORDS);
            ids[i] = books.addCustomer(CustomerDraft.business("Customer " + i)
                    .person("Person", "No " + i, "person" + i + "@customer.example", "")
                    .at(at));
        }
        for (int i = 0; i < invoices; i++) {
            at = at.plus(BETWEEN_RECORDS);
            String customer = ids[i % customers];
            InvoiceDraft draft = InvoiceDraft.of(customer, "INV-" + i).at(at);
            for (int line = 0; line < linesEach; line++) {
                draft.line("Seat " + line, "1", "100");
            }
            String invoice = books.addInvoice(draft);
            if (i < payments) {
                at = at.plus(BETWEEN_RECORDS);
                String total = String.valueOf(100 * linesEach);
                books.addPayment(PaymentDraft.of(customer, "P-" + i, total)
                        .applyTo(invoice, total)
                        .at(at));
            }
        }
        for (int i = 0; i < creditNotes; i++) {
            at = at.plus(BETWEEN_RECORDS);
            books.addCreditNote(CreditNoteDraft.of(ids[i % customers], "CN-" + i)
                    .line("Returned", "1", "10")
                    .at(at));
        }
        return books;
    }
}
