package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.InvoiceDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One of two machines has a clock that is ten minutes ahead: leases are the store's, and lists are read by Zoho's clock. */
class ClockTest {

    private static final Duration AHEAD = Duration.ofMinutes(10);

    private final Fixture fixture = Fixture.withCurrencies();
    private final SyncEngine right = fixture.newEngine();
    private final SyncEngine ahead = fixture.newEngineOn(new ForwardingTimeSource(fixture.time) {
        @Override
        public Instant now() {
            return super.now().plus(AHEAD);
        }

        @Override
        public long nanoTime() {
            return super.nanoTime() + AHEAD.toNanos();
        }
    });

    @Test
    void aLeaseIsNotTakenEarly() {
        fixture.addCustomerWithInvoice();
        SyncReport[] ofTheOther = new SyncReport[1];
        fixture.hubspot.before("companies/batch/upsert", () -> ofTheOther[0] = ahead.run());

        assertThat(AHEAD).isGreaterThan(SyncEngine.DEFAULT_LEASE);
        assertThat(right.run().status()).isEqualTo(Status.COMPLETE);
        assertThat(ofTheOther[0].problem().code()).isEqualTo("sync.busy");
    }

    @Test
    void whatIsEditedBetweenRunsOfBothIsMissedByNone() {
        String customer = fixture.addCustomerWithInvoice();
        Random random = new Random(5);
        for (int i = 0; i < 24; i++) {
            SyncEngine next = i % 2 == 0 ? ahead : right;
            assertThat(next.run().status()).isEqualTo(Status.COMPLETE);
            new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
            String number = "INV-M" + i;
            fixture.pass(Duration.ofSeconds(random.nextInt(240)));
            fixture.books.addInvoice(InvoiceDraft.of(customer, number).line("Seat", "1", "9.99"));
            fixture.books.editContact(customer, contact -> contact.put("phone", number));
            if (i % 5 == 0) {
                fixture.books.addCustomer(CustomerDraft.business("Late " + number));
            }
            fixture.pass(Duration.ofSeconds(random.nextInt(240)));
        }
        assertThat(right.run().status()).isEqualTo(Status.COMPLETE);
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
        assertThat(right.audit().verify().reason()).isEmpty();
    }
}
