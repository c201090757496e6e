package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CreditNoteDraft;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import io.ledgerbridge.testkit.PaymentDraft;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What happens to records in the course of months: deleted, voided, moved, merged, credited, and seen again. */
class LifecycleTest {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");
    private static final Duration WEEK = Duration.ofDays(7).plusMinutes(1);

    private final Fixture fixture = Fixture.withCurrencies("EUR");

    private String customer(String name, String email) {
        return fixture.books.addCustomer(CustomerDraft.business(name).person("Mara", "Quinn", email, "1"));
    }

    private String invoice(String customer, String number) {
        return fixture.books.addInvoice(InvoiceDraft.of(customer, number).line("Seat", "2", "50", "", VAT));
    }

    private SyncReport run() {
        return fixture.engine.run();
    }

    private BigDecimal figure(String customer, String property) {
        return new BigDecimal(fixture.record("companies", customer).get(property));
    }

    private void mirrors() {
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    private long zohoCalls(String template) {
        return fixture.books.traffic().count(template);
    }

    // Deletions in Zoho Books

    @Test
    void aDeletedInvoiceIsMarkedByTheNextSweepAndOnlyOnce() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String kept = invoice(customer, "INV-1");
        String deleted = invoice(customer, "INV-2");
        run();
        fixture.books.deleteInvoice(deleted);
        fixture.pass(WEEK);
        fixture.forgetTraffic();

        SyncReport report = run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.reason()).contains("deleted in Zoho Books"));
        Held held = fixture.record("invoices", deleted);
        assertThat(held.get("zoho_books_status")).isEqualTo("deleted");
        assertThat(held.get("hs_invoice_status")).isEqualTo("voided");
        assertThat(fixture.record("invoices", kept).get("hs_invoice_status")).isEqualTo("open");
        assertThat(figure(customer, "zoho_books_outstanding")).isEqualByComparingTo("120");
        assertThat(zohoCalls("GET /books/v3/invoices/{id}")).isEqualTo(1);
        mirrors();

        fixture.pass(WEEK);
        fixture.forgetTraffic();
        run();
        assertThat(fixture.hubspot.traffic().calls()).isEmpty();
        assertThat(zohoCalls("GET /books/v3/invoices/{id}")).isZero();
    }

    @Test
    void archivedMeansTheRecycleBinAndWhereHubSpotRefusesAMark() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String open = invoice(customer, "INV-1");
        String draft = fixture.books.addInvoice(
                InvoiceDraft.of(customer, "INV-2").status("draft").line("Seat", "1", "5"));
        String empty = customer("Nobody Ltd", "no@body.example");
        String voided = invoice(customer, "INV-3");
        fixture.books.editInvoice(voided, invoice -> invoice.put("status", "void"));
        SyncEngine engine = fixture.newEngine(builder -> builder.whenDeleted(DeletionPolicy.ARCHIVE));
        engine.run();
        fixture.books.deleteInvoice(open);
        fixture.books.deleteInvoice(draft);
        fixture.books.deleteInvoice(voided);
        fixture.books.deleteContact(empty);
        fixture.pass(WEEK);

        SyncReport report = engine.run();

        assertThat(fixture.has("invoices", open)).isFalse();
        assertThat(fixture.has("invoices", draft)).isFalse();
        assertThat(fixture.has("companies", empty)).isFalse();
        assertThat(fixture.record("invoices", voided).get("zoho_books_status")).isEqualTo("deleted");
        assertThat(fixture.hubspot.archived("invoices")).hasSize(2);
        assertThat(report.streams().get("invoices").archived()).isEqualTo(2);
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.reason()).contains("does not archive it"));
        assertThat(figure(customer, "zoho_books_outstanding")).isEqualByComparingTo("0");
    }

    @Test
    void ignoredMeansLeftAsItIs() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String deleted = invoice(customer, "INV-1");
        SyncEngine engine = fixture.newEngine(builder -> builder.whenDeleted(DeletionPolicy.IGNORE));
        engine.run();
        fixture.books.deleteInvoice(deleted);
        fixture.pass(WEEK);
        engine.run();
        fixture.pass(WEEK);
        fixture.forgetTraffic();
        engine.run();

        assertThat(fixture.record("invoices", deleted).get("zoho_books_status")).isEqualTo("sent");
        assertThat(zohoCalls("GET /books/v3/invoices/{id}")).isZero();
        assertThat(figure(customer, "zoho_books_outstanding")).isEqualByComparingTo("0");
    }

    @Test
    void manyDeletionsWaitForApprovalAndOtherWorkGoesOn() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        List<String> deleted = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String invoice = invoice(customer, "INV-" + i);
            if (i < 21) {
                deleted.add(invoice);
            }
        }
        run();
        deleted.forEach(fixture.books::deleteInvoice);
        fixture.pass(WEEK);
        String late = invoice(customer, "INV-late");

        SyncReport held = run();

        assertThat(held.status()).isEqualTo(Status.DECISION_NEEDED);
        assertThat(held.deletionsToApprove()).isEqualTo(Map.of("invoices", 21));
        assertThat(fixture.record("invoices", late).get("hs_invoice_status")).isEqualTo("open");
        assertThat(statuses(deleted)).containsOnly("sent");
        assertThat(run().status()).isEqualTo(Status.DECISION_NEEDED);

        assertThat(fixture.engine.approveDeletions()).isEqualTo(21);
        SyncReport approved = run();

        assertThat(approved.status()).isEqualTo(Status.COMPLETE);
        assertThat(statuses(deleted)).containsOnly("deleted");
        mirrors();
    }

    private Set<String> statuses(List<String> invoices) {
        Set<String> statuses = new HashSet<>();
        invoices.forEach(id -> statuses.add(fixture.record("invoices", id).get("zoho_books_status")));
        return statuses;
    }

    @Test
    void twentyDeletionsAreCarriedOut() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        List<String> deleted = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deleted.add(invoice(customer, "INV-" + i));
        }
        run();
        deleted.forEach(fixture.books::deleteInvoice);
        fixture.pass(WEEK);

        assertThat(run().status()).isEqualTo(Status.COMPLETE);
        assertThat(statuses(deleted)).containsOnly("deleted");
    }

    @Test
    void aRowThatASweepMissesIsNotDeletedIfZohoStillHasTheRecord() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        List<String> invoices = new ArrayList<>();
        for (int i = 0; i < 260; i++) {
            fixture.pass(Duration.ofSeconds(1));
            invoices.add(invoice(customer, "INV-" + i));
        }
        run();
        fixture.pass(WEEK);
        fixture.books.before(
                "page=2&per_page=200&sort_column=created_time", () -> fixture.books.deleteInvoice(invoices.get(3)));

        SyncReport report = run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.record("invoices", invoices.get(200)).get("zoho_books_status"))
                .isEqualTo("sent");
    }

    @Test
    void aDeletedPaymentIsFoundAtOnceByTheBalanceThatRises() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        String payment =
                fixture.books.addPayment(PaymentDraft.of(customer, "1", "120").applyTo(invoice, "120"));
        run();
        assertThat(fixture.record("invoices", invoice).get("hs_invoice_status")).isEqualTo("paid");
        fixture.pass(Duration.ofHours(1));
        fixture.books.deletePayment(payment);
        fixture.forgetTraffic();

        SyncReport report = run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(zohoCalls("GET /books/v3/invoices/{id}/payments")).isEqualTo(1);
        Held held = fixture.record("commerce_payments", payment);
        assertThat(held.get("hs_latest_status")).isEqualTo("failed");
        assertThat(fixture.hubspot.associated("commerce_payments", held.id(), "invoices"))
                .isEmpty();
        assertThat(fixture.record("invoices", invoice).get("hs_invoice_status")).isEqualTo("open");
        assertThat(figure(customer, "zoho_books_outstanding")).isEqualByComparingTo("120");
        assertThat(fixture.record("companies", customer).get("zoho_books_last_payment_date"))
                .isEmpty();
        mirrors();
    }

    @Test
    void voidedInvoicesFollowTheirPolicy() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String marked = invoice(customer, "INV-1");
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(marked, invoice -> invoice.put("status", "void"));
        run();
        assertThat(fixture.record("invoices", marked).get("hs_invoice_status")).isEqualTo("voided");

        String archived = invoice(customer, "INV-2");
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(archived, invoice -> invoice.put("status", "void"));
        SyncEngine archiving = fixture.newEngine(builder -> builder.whenVoided(DeletionPolicy.ARCHIVE));
        assertThat(archiving.run().status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.has("invoices", archived)).isFalse();

        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(archived, invoice -> invoice.put("status", "draft"));
        assertThat(archiving.run().status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.record("invoices", archived).get("zoho_books_status"))
                .isEqualTo("draft");
        mirrors();
    }

    // Credit notes

    @Test
    void creditNotesLowerRevenueAndTheBalancesTheyAreAppliedTo() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        run();
        assertThat(figure(customer, "zoho_books_lifetime_revenue")).isEqualByComparingTo("100");
        fixture.pass(Duration.ofHours(1));
        String note =
                fixture.books.addCreditNote(CreditNoteDraft.of(customer, "CN-1").line("Returned", "1", "30", VAT));
        run();
        assertThat(figure(customer, "zoho_books_lifetime_revenue")).isEqualByComparingTo("70");
        fixture.pass(Duration.ofHours(1));
        fixture.books.applyCreditNote(note, invoice, "36");
        fixture.forgetTraffic();

        run();

        assertThat(figure(customer, "zoho_books_outstanding")).isEqualByComparingTo("84");
        assertThat(new BigDecimal(fixture.record("invoices", invoice).get("zoho_books_balance")))
                .isEqualByComparingTo("84");
        assertThat(zohoCalls("GET /books/v3/creditnotes/{id}")).isEqualTo(1);
        assertThat(zohoCalls("GET /books/v3/invoices/{id}")).isEqualTo(1);
        mirrors();
    }

    @Test
    void aDeletedCreditNoteGivesItsRevenueBack() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        invoice(customer, "INV-1");
        String note =
                fixture.books.addCreditNote(CreditNoteDraft.of(customer, "CN-1").line("Returned", "1", "30"));
        run();
        assertThat(figure(customer, "zoho_books_lifetime_revenue")).isEqualByComparingTo("70");
        fixture.books.deleteCreditNote(note);
        fixture.pass(WEEK);
        run();

        assertThat(figure(customer, "zoho_books_lifetime_revenue")).isEqualByComparingTo("100");
    }

    @Test
    void withoutTheScopeForCreditNotesTheRestGoesOn() {
        fixture.books.withdrawScope("ZohoBooks.creditnotes.READ");
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        invoice(customer, "INV-1");

        SyncReport report = run();

        assertThat(report.problem()).isNull();
        assertThat(report.off())
                .hasEntrySatisfying("creditNotes", reason -> assertThat(reason).contains("ZohoBooks.creditnotes.READ"));
        assertThat(figure(customer, "zoho_books_outstanding")).isEqualByComparingTo("120");
    }

    // Details that can wait

    @Test
    void aPaymentAloneCostsNoDetailOfItsInvoiceUntilCallsWouldExpire() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.addPayment(PaymentDraft.of(customer, "1", "20").applyTo(invoice, "20"));
        fixture.books.editInvoice(invoice, record -> {});
        fixture.forgetTraffic();

        SyncReport report = run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.deferredDetails()).isEqualTo(1);
        assertThat(zohoCalls("GET /books/v3/invoices/{id}")).isZero();
        mirrors();

        // The organisation's day ends at 18:30 UTC.
        fixture.pass(Duration.between(fixture.time.now(), Instant.parse("2026-03-02T18:00:00Z")));
        assertThat(run().deferredDetails()).isZero();
        assertThat(zohoCalls("GET /books/v3/invoices/{id}")).isEqualTo(1);
    }

    @Test
    void aChangeOfTheInvoiceItselfIsFetchedAtOnce() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));
        fixture.forgetTraffic();

        assertThat(run().deferredDetails()).isZero();

        assertThat(zohoCalls("GET /books/v3/invoices/{id}")).isEqualTo(1);
    }

    // Moves

    @Test
    void anInvoiceThatMovesToAnotherCustomerTakesItsAssociationsAlong() {
        String first = customer("Harbor Tools Ltd", "mara@harbor.example");
        String second = customer("Quay Ltd", "noor@quay.example");
        String invoice = invoice(first, "INV-1");
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> {
            record.put("customer_id", second);
            record.put("customer_name", "Quay Ltd");
            record.put("contact_persons", List.of());
        });

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        Held held = fixture.record("invoices", invoice);
        assertThat(fixture.hubspot.associated("invoices", held.id(), "companies"))
                .containsExactly(fixture.record("companies", second).id());
        assertThat(fixture.hubspot.associated("invoices", held.id(), "contacts"))
                .hasSize(1);
        assertThat(figure(first, "zoho_books_outstanding")).isEqualByComparingTo("0");
        assertThat(figure(second, "zoho_books_outstanding")).isEqualByComparingTo("120");
        mirrors();
    }

    @Test
    void aPersonThatIsRemovedLeavesTheCompany() {
        String customer = fixture.books.addCustomer(CustomerDraft.business("Harbor Tools Ltd")
                .person("Mara", "Quinn", "mara@harbor.example", "1")
                .person("Noor", "Haddad", "noor@harbor.example", "2"));
        run();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(
                customer,
                contact -> contact.put("contact_persons", persons(contact).subList(0, 1)));

        run();

        String company = fixture.record("companies", customer).id();
        assertThat(fixture.hubspot.associated("companies", company, "contacts")).hasSize(1);
        assertThat(fixture.hubspot.records("contacts")).hasSize(2);
    }

    @SuppressWarnings("unchecked") // the fake's records are trees of maps and lists
    private static List<Map<String, Object>> persons(Map<String, Object> contact) {
        return (List<Map<String, Object>>) contact.get("contact_persons");
    }

    @Test
    void aContactMadeFromACustomerIsHandedToItsFirstPerson() {
        String customer = fixture.books.addCustomer(
                CustomerDraft.business("Harbor Tools Ltd").email("office@harbor.example"));
        run();
        String contact = fixture.record("contacts", customer + ":self").id();
        fixture.pass(Duration.ofHours(1));
        String other = fixture.books.addCustomer(
                CustomerDraft.business("Template").person("Mara", "Quinn", "office@harbor.example", "1"));
        Map<String, Object> template = fixture.books.contacts().stream()
                .filter(one -> one.get("contact_id").equals(other))
                .findFirst()
                .orElseThrow();
        List<Map<String, Object>> person = persons(template);
        person.get(0).put("contact_id", customer);
        fixture.books.deleteContact(other);
        fixture.books.editContact(customer, record -> record.put("contact_persons", person));

        run();

        assertThat(fixture.hubspot.records("contacts")).hasSize(1);
        Held held = fixture.record("contacts", String.valueOf(person.get(0).get("contact_person_id")));
        assertThat(held.id()).isEqualTo(contact);
        assertThat(held.get("firstname")).isEqualTo("Mara");
    }

    // Records that are gone from HubSpot

    @Test
    void aCompanyThatWasDeletedInHubSpotIsMadeAgainWithEverythingThatBelongsToIt() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        fixture.books.addPayment(PaymentDraft.of(customer, "1", "20").applyTo(invoice, "20"));
        run();
        fixture.hubspot.archive(
                "companies", fixture.record("companies", customer).id());
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> contact.put("phone", "2"));

        SyncReport report = run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.reason()).contains("made again"));
        mirrors();
    }

    @Test
    void anInvoiceThatWasDeletedInHubSpotIsMadeAgainWithItsLines() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        fixture.books.addPayment(PaymentDraft.of(customer, "1", "20").applyTo(invoice, "20"));
        run();
        fixture.hubspot.archive("invoices", fixture.record("invoices", invoice).id());
        fixture.pass(Duration.ofHours(1));
        fixture.books.editInvoice(invoice, record -> record.put("reference_number", "PO-1"));

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        mirrors();
    }

    @Test
    void whatNobodyWritesIsFoundByTheMonthlyReadBack() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        String payment =
                fixture.books.addPayment(PaymentDraft.of(customer, "1", "20").applyTo(invoice, "20"));
        run();
        fixture.hubspot.archive("invoices", fixture.record("invoices", invoice).id());
        fixture.hubspot.archive(
                "contacts", fixture.hubspot.records("contacts").get(0).id());
        fixture.hubspot.archive(
                "commerce_payments",
                fixture.record("commerce_payments", payment).id());
        fixture.pass(Duration.ofDays(29));
        run();
        assertThat(fixture.has("invoices", invoice)).isFalse();
        fixture.pass(Duration.ofDays(1));

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        mirrors();
    }

    @Test
    void whatShallStayDeletedStaysDeleted() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        SyncEngine engine = fixture.newEngine(builder -> builder.whenLost(LostRecordPolicy.UNLINK));
        engine.run();
        fixture.hubspot.archive("invoices", fixture.record("invoices", invoice).id());
        for (int i = 0; i < 3; i++) {
            fixture.pass(Duration.ofHours(1));
            String reference = "PO-" + i;
            fixture.books.editInvoice(invoice, record -> record.put("reference_number", reference));
            assertThat(engine.run().status()).isEqualTo(Status.COMPLETE);
        }

        assertThat(fixture.hubspot.records("invoices")).isEmpty();
        assertThat(fixture.hubspot.records("line_items")).isEmpty();
        assertThat(figure(customer, "zoho_books_outstanding")).isEqualByComparingTo("120");
    }

    @Test
    void aCompanyThatWasMergedIsFollowed() {
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        String invoice = invoice(customer, "INV-1");
        run();
        String survivor = fixture.hubspot.seed("companies", Map.of("name", "Harbor", "city", "Hull"));
        fixture.hubspot.merge("companies", fixture.record("companies", customer).id(), survivor);
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> contact.put("phone", "2"));
        invoice(customer, "INV-2");

        assertThat(run().status()).isEqualTo(Status.COMPLETE);

        assertThat(fixture.hubspot.records("companies")).hasSize(1);
        Held company = fixture.hubspot.records("companies").get(0);
        assertThat(company.id()).isEqualTo(survivor);
        assertThat(company.get("phone")).isEqualTo("2");
        assertThat(fixture.hubspot.associated("companies", survivor, "invoices"))
                .hasSize(2);
        assertThat(fixture.hubspot.associated(
                        "invoices", fixture.record("invoices", invoice).id(), "companies"))
                .containsExactly(survivor);
    }

    // Lists that cannot be trusted

    @Test
    void anOrderIsProvenByAProbeWhereTheAnswerDoesNotEchoIt() {
        fixture.books.echoesNoSort();
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        for (int i = 0; i < 450; i++) {
            fixture.pass(Duration.ofSeconds(1));
            invoice(customer, "INV-" + i);
        }
        fixture.pass(Duration.ofMinutes(10));
        run();
        fixture.pass(Duration.ofMinutes(10));
        fixture.forgetTraffic();
        run();
        assertThat(zohoCalls("GET /books/v3/invoices")).isEqualTo(2);
        fixture.pass(Duration.ofMinutes(10));
        fixture.forgetTraffic();
        run();
        assertThat(zohoCalls("GET /books/v3/invoices")).isEqualTo(1);
    }

    @Test
    void aListWithoutAnOrderIsReadAsAWholeWithinItsShare() {
        fixture.books.ignoresSort();
        String customer = customer("Harbor Tools Ltd", "mara@harbor.example");
        List<String> invoices = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            fixture.pass(Duration.ofSeconds(1));
            invoices.add(invoice(customer, "INV-" + i));
        }
        run();
        fixture.pass(Duration.ofMinutes(10));
        fixture.books.editInvoice(invoices.get(0), record -> record.put("reference_number", "PO-first"));
        fixture.books.editInvoice(invoices.get(449), record -> record.put("reference_number", "PO-last"));
        fixture.forgetTraffic();
        for (int i = 0; i < 288; i++) {
            fixture.pass(Duration.ofMinutes(5));
            run();
        }

        assertThat(fixture.record("invoices", invoices.get(0)).get("hs_purchase_order_number"))
                .isEqualTo("PO-first");
        assertThat(fixture.record("invoices", invoices.get(449)).get("hs_purchase_order_number"))
                .isEqualTo("PO-last");
        assertThat(zohoCalls("GET /books/v3/invoices")).isLessThan(288 + 1_000);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> fixture.newEngine(builder -> builder.sweepEvery(Duration.ZERO)))
                .hasMessage("the time between two sweeps must be positive, but was PT0S");
        assertThatThrownBy(() -> fixture.newEngine(builder -> builder.lease(Duration.ofSeconds(1))))
                .hasMessage("the lease must be PT45S or longer, since a call to HubSpot may take PT30S, but was PT1S");
    }
}
