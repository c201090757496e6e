package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import io.ledgerbridge.testkit.PaymentDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** R1 and R2: wherever a run ends, the next one leaves HubSpot as if nothing had happened. */
class InterruptionTest {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");
    private static final int ATTEMPTS = 5;

    private static Fixture organisation() {
        return filled(Fixture.withCurrencies("EUR"));
    }

    private static Fixture filled(Fixture fixture) {
        String first = fixture.books.addCustomer(CustomerDraft.business("Harbor Tools Ltd")
                .person("Mara", "Quinn", "mara@harbor.example", "1")
                .person("Noor", "Haddad", "noor@harbor.example", "2")
                .billingAddress("1 Quay", "Hull", "", "HU1 1AA", "United Kingdom"));
        String second = fixture.books.addCustomer(CustomerDraft.individual("Zoë Żak")
                .person("Zoë", "Żak", "MARA@harbor.example", "3")
                .currency("EUR"));
        String third = fixture.books.addCustomer(CustomerDraft.business("Nobody Ltd"));
        for (int i = 0; i < 3; i++) {
            String invoice = fixture.books.addInvoice(InvoiceDraft.of(first, "INV-" + i)
                    .line("Seat", "3", "10.05", "10%", VAT)
                    .line("Support", "1", "30")
                    .shipping("5"));
            fixture.books.addPayment(PaymentDraft.of(first, "P-" + i, "10").applyTo(invoice, "10"));
        }
        String one = fixture.books.addInvoice(
                InvoiceDraft.of(second, "INV-8").currency("EUR", "1.1").line("Seat", "1", "100"));
        String two = fixture.books.addInvoice(
                InvoiceDraft.of(second, "INV-9").currency("EUR", "1.1").line("Seat", "1", "50"));
        fixture.books.addPayment(PaymentDraft.of(second, "P-9", "160")
                .currency("EUR", "1.1")
                .applyTo(one, "100")
                .applyTo(two, "50"));
        fixture.books.addInvoice(InvoiceDraft.of(third, "INV-D").status("draft").line("Seat", "1", "1"));
        return fixture;
    }

    private static Map<String, Object> undisturbed() {
        Fixture fixture = organisation();
        assertThat(fixture.engine.run().status()).isEqualTo(Status.COMPLETE);
        return Contents.of(fixture.hubspot);
    }

    /** Ends a run at each of its calls in turn, and then runs again in another process on the same store. */
    private static void interruptEverywhere(ToIntFunction<Fixture> calls, Fault fault) {
        Map<String, Object> expected = undisturbed();
        Fixture counted = organisation();
        counted.engine.run();
        int all = calls.applyAsInt(counted);
        assertThat(all).isGreaterThan(10);
        for (int call = 0; call < all; call++) {
            Fixture fixture = organisation();
            fault.at(fixture, call);
            SyncReport interrupted = fixture.engine.run();
            fixture.hubspot.nextRequests().none();
            fixture.books.nextRequests().none();

            SyncReport report = fixture.newEngine().run();

            assertThat(report.problem()).as("after call %d", call).isNull();
            assertThat(report.status())
                    .as("after call %d: %s", call, report.remarks())
                    .isEqualTo(Status.COMPLETE);
            assertThat(Contents.differences(expected, Contents.of(fixture.hubspot)))
                    .as("after call %d, which ended with %s", call, interrupted.problem())
                    .isEmpty();
        }
    }

    private interface Fault {
        void at(Fixture fixture, int call);
    }

    private static int hubSpotCalls(Fixture fixture) {
        return fixture.hubspot.traffic().calls().size();
    }

    @Test
    void afterAnyCallToHubSpotWhoseAnswerIsLost() {
        interruptEverywhere(
                InterruptionTest::hubSpotCalls,
                (fixture, call) -> fixture.hubspot.nextRequests().passing(call).droppedAfterApplying(ATTEMPTS));
    }

    @Test
    void afterAnyCallToHubSpotThatNeverArrives() {
        interruptEverywhere(
                InterruptionTest::hubSpotCalls,
                (fixture, call) -> fixture.hubspot.nextRequests().passing(call).droppedBeforeApplying(ATTEMPTS));
    }

    @Test
    void afterAnyCallToZohoBooks() {
        interruptEverywhere(
                fixture -> fixture.books.traffic().calls().size(),
                (fixture, call) -> fixture.books.nextRequests().passing(call).htmlBadGateway(ATTEMPTS));
    }

    /** R5: a spent day parks the connection, which then costs nothing, and the next day goes on where it was. */
    @Test
    void afterAnyCallThatSpendsHubSpotsDay() throws Exception {
        Fixture counted = organisation();
        counted.engine.run();
        int preparing = 1
                + counted.hubspot.traffic().calls().stream()
                        .map(call -> call.template().contains("/crm/objects/"))
                        .toList()
                        .indexOf(true);
        int all = hubSpotCalls(counted);
        assertThat(all - preparing).isGreaterThan(15);
        Map<Integer, Map<String, Object>> expected = new HashMap<>();
        for (int limit = preparing; limit < all; limit++) {
            Fixture fixture = filled(Fixture.withHubSpotDailyLimit(limit, "EUR"));
            SyncReport report = fixture.engine.run();
            int days = 0;
            assertThat(report.parked()).as("with %d calls a day", limit).isTrue();
            while (report.parked()) {
                assertThat(report.problem()).isNull();
                assertThat(report.status()).isEqualTo(Status.PARTIAL);
                assertThat(report.resumesAt()).isEqualTo(midnight(days));
                fixture.forgetTraffic();
                SyncReport early = fixture.engine.run();
                assertThat(early.resumesAt()).isEqualTo(report.resumesAt());
                assertThat(early.pendingDetails()).isEqualTo(report.pendingDetails());
                assertThat(fixture.hubspot.traffic().calls()).isEmpty();
                assertThat(fixture.books.traffic().calls()).isEmpty();
                fixture.time.sleep(Duration.between(fixture.time.now(), report.resumesAt()));
                report = fixture.engine.run();
                days++;
                assertThat(days).isLessThan(7);
            }
            assertThat(report.status()).as("with %d calls a day", limit).isEqualTo(Status.COMPLETE);
            assertThat(Contents.differences(
                            expected.computeIfAbsent(days, InterruptionTest::undisturbedFor),
                            Contents.of(fixture.hubspot)))
                    .as("with %d calls a day", limit)
                    .isEmpty();
        }
    }

    /** In the account's zone, the first soon after the beginning. */
    private static Instant midnight(int days) {
        return Instant.parse("2026-03-02T05:00:00Z").plus(Duration.ofDays(days));
    }

    private static Map<String, Object> undisturbedFor(int days) {
        Fixture fixture = organisation();
        fixture.engine.run();
        try {
            fixture.time.sleep(Duration.between(fixture.time.now(), midnight(days - 1)));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        fixture.engine.run();
        return Contents.of(fixture.hubspot);
    }

    @Test
    void alsoWhenTheStoreIsLostAtThatMoment() {
        Map<String, Object> expected = undisturbed();
        for (int call = 0; call < 40; call += 3) {
            Fixture fixture = organisation();
            fixture.hubspot.nextRequests().passing(call).droppedAfterApplying(ATTEMPTS);
            fixture.engine.run();
            fixture.hubspot.nextRequests().none();

            Fixture.forgetStore(fixture).run();

            assertThat(Contents.differences(expected, Contents.of(fixture.hubspot)))
                    .as("after call %d", call)
                    .isEmpty();
        }
    }
}
