package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Who wants to be forgotten is, and the trail stays verifiable. */
class EraseTest {

    private final Fixture fixture = Fixture.withCurrencies();
    private final String forgotten = customer("Petra Oldfield", "petra@oldfield.example", "Petra");
    private final String other = customer("Harbor Tools Ltd", "mara@harbor.example", "Mara");

    private String customer(String name, String email, String first) {
        String customer = fixture.books.addCustomer(CustomerDraft.business(name)
                .person(first, "Oldfield", email, "+44 700")
                .person("Second", "Oldfield", email, ""));
        String invoice = fixture.books.addInvoice(
                InvoiceDraft.of(customer, "INV-" + first).line("Work for " + name, "2", "50"));
        fixture.books.addPayment(PaymentDraft.of(customer, "P-" + first, "20").applyTo(invoice, "20"));
        return customer;
    }

    private String stored() {
        List<String> all = new ArrayList<>();
        Fixture.KINDS.forEach(kind -> fixture.store.scan(Query.of(kind), null, Integer.MAX_VALUE).stream()
                .map(Row::toString)
                .forEach(all::add));
        return String.join("\n", all);
    }

    private SyncReport run() {
        fixture.pass(Duration.ofHours(1));
        return fixture.engine.run();
    }

    @Test
    void nothingPersonalIsLeftInTheStoreAndNothingComesBack() {
        fixture.engine.run();
        fixture.hubspot.requireOnCreate("invoices", "hs_purchase_order_number");
        fixture.books.addInvoice(InvoiceDraft.of(forgotten, "INV-Petra-2").line("Work for Petra Oldfield", "1", "5"));
        run();
        assertThat(stored()).contains("Petra", "petra@oldfield.example", "INV-Petra-2");
        int companies = fixture.hubspot.records("companies").size();
        fixture.forgetTraffic();

        SyncReport report = fixture.engine.erase(forgotten, false);

        assertThat(report.streams().get("customers").skipped()).isEqualTo(1);
        assertThat(report.remarks()).anyMatch(remark -> remark.reason().equals("erased"));
        assertThat(fixture.writes()).isZero();
        assertThat(stored())
                .doesNotContain("Petra", "petra@oldfield", "INV-Petra")
                .contains("Mara", forgotten);
        assertThat(fixture.engine.audit().verify().reason()).isEmpty();

        fixture.books.editContact(forgotten, contact -> contact.put("contact_name", "Petra Newfield"));
        fixture.books.invoices().stream()
                .filter(invoice -> invoice.get("customer_id").equals(forgotten))
                .forEach(invoice -> fixture.books.editInvoice(
                        String.valueOf(invoice.get("invoice_id")), edited -> edited.put("reference_number", "R")));
        fixture.hubspot.requireNothingOnCreate("invoices");
        SyncReport next = run();
        fixture.pass(Duration.ofDays(8));
        run();
        fixture.pass(Duration.ofDays(31));
        fixture.engine.replay(Replay.records("customers", List.of(forgotten)));
        run();

        assertThat(next.streams().get("customers").skipped()).isEqualTo(1);
        assertThat(next.streams().get("invoices").skipped()).isEqualTo(2);
        assertThat(stored()).doesNotContain("Petra", "petra@oldfield", "INV-Petra");
        assertThat(fixture.hubspot.records("companies")).hasSize(companies);
        assertThat(fixture.hubspot.records("companies")).noneMatch(named("Petra Newfield"));
        assertThat(fixture.record("companies", other).get("name")).isEqualTo("Harbor Tools Ltd");
        assertThat(fixture.engine.status().quarantined()).isZero();
    }

    private static Predicate<Held> named(String name) {
        return held -> name.equals(held.get("name"));
    }

    @Test
    void whatHubSpotHasIsArchivedOnRequest() {
        fixture.engine.run();

        SyncReport report = fixture.engine.erase(forgotten, true);

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.streams().get("invoices").archived()).isEqualTo(1);
        for (String type : List.of("companies", "contacts", "invoices", "line_items", "commerce_payments")) {
            assertThat(fixture.hubspot.records(type)).as(type).hasSize(1);
            assertThat(fixture.hubspot.archived(type)).as(type).hasSize(1);
        }
        assertThat(fixture.has("companies", other)).isTrue();
        assertThat(run().status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
    }

    @Test
    void whatWasErasedCanBeArchivedLater() {
        fixture.engine.run();
        fixture.engine.erase(forgotten, false);
        assertThat(fixture.hubspot.records("companies")).hasSize(2);
        run();

        SyncReport report = fixture.engine.erase(forgotten, true);

        assertThat(report.streams().get("lineItems").archived()).isEqualTo(1);
        for (String type : List.of("companies", "contacts", "invoices", "line_items", "commerce_payments")) {
            assertThat(fixture.hubspot.records(type)).as(type).hasSize(1);
        }
        assertThat(fixture.has("companies", other)).isTrue();
        assertThat(stored()).doesNotContain("Petra", "petra@oldfield");
        fixture.forgetTraffic();
        fixture.engine.erase(forgotten, true);
        assertThat(fixture.writes()).as("there is nothing left").isZero();
    }

    @Test
    void whatHubSpotDoesNotArchiveIsToldAndLeftToPeople() {
        fixture.engine.run();
        fixture.books.addPayment(PaymentDraft.of(forgotten, "P-Rest", "80")
                .applyTo(String.valueOf(fixture.books.invoices().get(0).get("invoice_id")), "80"));
        run();

        SyncReport report = fixture.engine.erase(forgotten, true);

        assertThat(report.remarks()).anyMatch(remark -> remark.reason().contains("so somebody has to"));
        assertThat(stored()).doesNotContain("Petra", "petra@oldfield");
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
        assertThat(fixture.hubspot.records("invoices")).hasSize(2);
        fixture.forgetTraffic();
        assertThat(run().status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.writes()).isZero();
        SyncReport again = fixture.engine.erase(forgotten, true);
        assertThat(again.remarks()).anyMatch(remark -> remark.reason().contains("so somebody has to"));
    }

    private void move() {
        String moved = String.valueOf(fixture.books.invoices().get(0).get("invoice_id"));
        fixture.books.payments().stream()
                .filter(payment -> payment.get("customer_id").equals(forgotten))
                .forEach(payment -> fixture.books.deletePayment(String.valueOf(payment.get("payment_id"))));
        fixture.books.editInvoice(moved, invoice -> {
            invoice.put("customer_id", other);
            invoice.put("customer_name", "Harbor Tools Ltd");
            invoice.put("invoice_number", "INV-Moved");
            invoice.put("contact_persons", List.of());
        });
    }

    /** It is another customer's now, and stays; what the trail tells of before is forgotten. */
    @Test
    void anInvoiceThatHasMovedStaysWithWhomItWent() {
        fixture.engine.run();
        move();
        run();
        assertThat(stored()).contains("INV-Petra");

        SyncReport report = fixture.engine.erase(forgotten, true);

        assertThat(report.streams().get("customers").archived()).isEqualTo(1);
        assertThat(fixture.hubspot.records("invoices")).hasSize(2);
        assertThat(stored()).doesNotContain("INV-Petra", "petra@oldfield").contains("INV-Moved");
        assertThat(fixture.engine.audit().verify().reason()).isEmpty();
        fixture.forgetTraffic();
        run();
        assertThat(fixture.writes()).as("it is known as before").isZero();
    }

    /** And leaves again with them: it never was the first one's any more. */
    @Test
    void anInvoiceThatHasMovedIsNotArchivedForWhomItLeft() {
        fixture.engine.run();
        move();
        run();
        fixture.engine.erase(other, false);

        fixture.engine.erase(forgotten, true);

        assertThat(fixture.hubspot.records("invoices"))
                .extracting(held -> held.get("hs_number"))
                .containsExactlyInAnyOrder("INV-Moved", "INV-Mara");
        assertThat(fixture.engine.erase(other, true).streams().get("invoices").archived())
                .isEqualTo(2);
        assertThat(fixture.hubspot.records("invoices")).isEmpty();
    }

    /** Nobody has them any more, whoever is asked first. */
    @Test
    void whatTwoHaveHadIsArchivedWhenBothAreErased() {
        fixture.engine.run();
        fixture.engine.erase(forgotten, false);
        move();
        run();
        fixture.engine.erase(other, false);

        fixture.engine.erase(other, true);

        assertThat(fixture.hubspot.records("invoices")).isEmpty();
        assertThat(fixture.hubspot.records("line_items")).isEmpty();
    }

    @Test
    void aTokenThatMayNotArchiveHoldsUpNothingElse() {
        fixture.engine.run();
        fixture.hubspot.withdrawScope("crm.objects.contacts.write");

        SyncReport report = fixture.engine.erase(forgotten, true);

        assertThat(report.problem()).isNull();
        assertThat(report.remarks()).anyMatch(remark -> remark.reason().contains("so somebody has to"));
        assertThat(stored()).doesNotContain("Petra", "petra@oldfield");
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
        assertThat(run().problem()).isNull();
    }

    /** HubSpot has made it, and nobody has heard of it any more. */
    @Test
    void whatWasMadeInACallWithoutAnAnswerIsErasedToo() {
        fixture.engine.run();
        fixture.books.addInvoice(InvoiceDraft.of(forgotten, "INV-Lost").line("Work", "1", "5"));
        fixture.pass(Duration.ofHours(1));
        SyncStore untilItIsMade = new ForwardingSyncStore(fixture.store) {
            @Override
            public CommitResult commit(Commit commit) {
                if (fixture.hubspot.records("invoices").size() == 3) {
                    throw new Killer.Killed("when the invoice was made");
                }
                return super.commit(commit);
            }
        };
        SyncEngine killed = fixture.newEngine(builder -> builder.store(untilItIsMade));
        assertThatThrownBy(killed::run).isInstanceOf(Killer.Killed.class);
        fixture.pass(SyncEngine.DEFAULT_LEASE);

        fixture.newEngine().erase(forgotten, true);

        assertThat(fixture.hubspot.records("invoices"))
                .extracting(held -> held.get("hs_number"))
                .containsExactly("INV-Mara");
    }

    /** It was archived, and made anew when it was no longer void. */
    @Test
    void ofARecordThatWasMadeAnewTheLatestIsArchived() {
        SyncEngine engine = fixture.newEngine(builder -> builder.whenVoided(DeletionPolicy.ARCHIVE));
        String invoice =
                fixture.books.addInvoice(InvoiceDraft.of(forgotten, "INV-Void").line("Work", "1", "5"));
        engine.run();
        for (String status : List.of("void", "sent")) {
            fixture.pass(Duration.ofHours(1));
            fixture.books.editInvoice(invoice, edited -> edited.put("status", status));
            assertThat(engine.run().status()).isEqualTo(Status.COMPLETE);
        }
        assertThat(fixture.hubspot.records("invoices")).hasSize(3);

        engine.erase(forgotten, true);

        assertThat(fixture.hubspot.records("invoices"))
                .extracting(held -> held.get("hs_number"))
                .containsExactly("INV-Mara");
    }

    /** Its persons were forgotten by the sync already, and a plan has fetched it. */
    @Test
    void whoWasDeletedInZohoBooksBeforeIsForgottenAsWell() {
        fixture.engine.run();
        fixture.engine.plan(SyncPlan.Depth.DETAILS, change -> {});
        fixture.books.editContact(forgotten, contact -> contact.put("phone", "+44 Petra"));
        fixture.engine.plan(SyncPlan.Depth.DETAILS, change -> {});
        fixture.books.payments().stream()
                .filter(payment -> payment.get("customer_id").equals(forgotten))
                .forEach(payment -> fixture.books.deletePayment(String.valueOf(payment.get("payment_id"))));
        fixture.books.invoices().stream()
                .filter(invoice -> invoice.get("customer_id").equals(forgotten))
                .forEach(invoice -> fixture.books.deleteInvoice(String.valueOf(invoice.get("invoice_id"))));
        fixture.books.deleteContact(forgotten);
        fixture.pass(Duration.ofDays(8));
        fixture.engine.run();
        assertThat(stored()).contains("Petra");

        SyncReport report = fixture.engine.erase(forgotten, true);

        assertThat(report.problem()).isNull();
        assertThat(stored()).doesNotContain("Petra", "petra@oldfield");
        assertThat(fixture.hubspot.records("contacts")).hasSize(1);
        assertThat(fixture.engine.audit().verify().reason()).isEmpty();
    }

    /** As long as it is not done, it is asked; whatever was read in between is not written. */
    @Test
    void whatCannotBeDoneNowIsDoneInTheNextRun() {
        fixture.engine.run();
        SyncStore.Lease elsewhere = fixture.store
                .acquire(fixture.engine.connection(), "another process", Duration.ofMinutes(5))
                .orElseThrow();
        assertThat(fixture.engine.erase(forgotten, false).problem().code()).isEqualTo("sync.busy");
        assertThat(stored()).contains("Petra");

        fixture.store.release(elsewhere);
        fixture.newEngine().run();

        assertThat(stored()).doesNotContain("Petra", "petra@oldfield");
    }

    /** Killed anywhere in between, it is done in the end. */
    @Test
    void aProcessThatIsKilledMeanwhileLeavesNothingUndone() {
        SyncStore base = SyncStore.inMemory(fixture.time);
        engine(base, new Killer()).run();
        boolean wasKilled = true;
        int at = 0;
        while (wasKilled) {
            SyncStore copy = fixture.copyOf(base);
            Killer killer = new Killer();
            killer.killAt(at++);
            wasKilled = isKilled(engine(copy, killer));
            fixture.pass(SyncEngine.DEFAULT_LEASE);
            SyncEngine next = engine(copy, new Killer());
            next.run();
            boolean wasAsked = at > 1;
            List<String> told = new ArrayList<>();
            next.audit().forEach(AuditQuery.all(), entry -> told.add(entry.toString()));
            assertThat(next.audit().verify().reason()).isEmpty();
            assertThat(String.join("\n", told).contains("Petra"))
                    .as(killer.where())
                    .isEqualTo(!wasAsked);
        }
        assertThat(at).isGreaterThan(10);
    }

    private SyncEngine engine(SyncStore store, Killer killer) {
        return fixture.newEngine(builder -> builder.store(killer.guarding(store)));
    }

    private boolean isKilled(SyncEngine engine) {
        try {
            engine.erase(forgotten, false);
            return false;
        } catch (Killer.Killed e) {
            return true;
        }
    }
}
