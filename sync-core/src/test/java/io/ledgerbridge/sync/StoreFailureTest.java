package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStoreException;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.InvoiceDraft;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A store that fails ends a run with a report, and loses nothing. */
class StoreFailureTest {

    private final Fixture fixture = Fixture.withCurrencies();
    private int callsLeft = Integer.MAX_VALUE;

    /** Works for so many calls, then fails until it is repaired. */
    private SyncStore failing() {
        return (SyncStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SyncStore.class}, (proxy, method, arguments) -> {
                    if (callsLeft-- <= 0) {
                        throw new SyncStoreException("the disk is full", null);
                    }
                    try {
                        return method.invoke(fixture.store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void whereverItFailsTheNextRunGoesOn() {
        String customer =
                fixture.books.addCustomer(CustomerDraft.business("Harbor Tools").person("A", "B", "a@b.example", "1"));
        fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));
        SyncEngine engine = fixture.newEngine(builder -> builder.store(failing()));
        for (int calls = 0; calls < 120; calls += 7) {
            callsLeft = calls;
            SyncReport report = engine.run();
            if (report.status() == Status.COMPLETE) {
                break;
            }
            assertThat(report.problem().code()).isEqualTo("store.unavailable");
            assertThat(report.problem().message()).contains("the disk is full");
            fixture.pass(SyncEngine.DEFAULT_LEASE);
        }
        callsLeft = Integer.MAX_VALUE;

        fixture.pass(Duration.ofHours(1));
        assertThat(engine.run().status()).isEqualTo(Status.COMPLETE);
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
        assertThat(fixture.hubspot.records("invoices")).hasSize(1);
    }
}
