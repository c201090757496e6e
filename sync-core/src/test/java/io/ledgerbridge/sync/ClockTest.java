package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** One of two machines has a clock that is ten minutes ahead: leases are the store's, and lists are read by Zoho's clock. */
class ClockTest {

    private static final Duration AHEAD = Duration.ofMinutes(10);

    private final Fixture fixture = Fixture.withCurrencies();
    private final SyncEngine right = fixture.newEngine();
    private final SyncEngine ahead = fixture.newEngineOn(new TimeSource() {
        @Override
        public Instant now() {
            return fixture.time.now().plus(AHEAD);
        }

        @Override
        public long nanoTime() {
            return fixture.time.nanoTime() + AHEAD.toNanos();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            fixture.time.sleep(duration);
        }

        @Override
        public Scheduled schedule(Duration delay, Runnable task) {
            return fixture.time.schedule(delay, task);
        }

        @Override
        public <T> T await(CompletableFuture<T> future, Duration timeout)
                throws InterruptedException, ExecutionException, TimeoutException {
            return fixture.time.await(future, timeout);
        }

        @Override
        public ThreadFactory threadFactory() {
            return fixture.time.threadFactory();
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
