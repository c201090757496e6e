package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A process that is slower than its lease sends nothing any more (DESIGN 7). */
class LeaseTest {

    private final Fixture fixture = Fixture.withCurrencies();
    private final List<String> sentByTheSlow = new ArrayList<>();
    private boolean hasStalled;
    private boolean stallsAfterwards;
    private SyncReport ofTheOther;

    /** The first upsert of companies takes longer than the lease, while another process takes over; then it is lost. */
    private final Interceptor stalling = new Interceptor() {
        @Override
        public Response intercept(Chain chain) throws IOException {
            String path = chain.request().url().encodedPath();
            sentByTheSlow.add(path);
            if (stallsAfterwards && !hasStalled && path.endsWith("companies/batch/upsert")) {
                Response answer = chain.proceed(chain.request());
                hasStalled = true;
                fixture.pass(SyncEngine.DEFAULT_LEASE.plusMinutes(1));
                ofTheOther = fixture.newEngine().run();
                fixture.pass(Duration.ofHours(25));
                fixture.newEngine().run();
                assertThat(rechecks())
                        .as("what the other wanted to look at is done")
                        .isEmpty();
                return answer;
            }
            if (!hasStalled && path.endsWith("companies/batch/upsert")) {
                hasStalled = true;
                fixture.pass(SyncEngine.DEFAULT_LEASE.plusMinutes(1));
                ofTheOther = fixture.newEngine().run();
                throw new SocketTimeoutException("no answer");
            }
            return chain.proceed(chain.request());
        }
    };

    /** The clock of a process that is stopped now and then: what it has scheduled does not happen meanwhile. */
    private final TimeSource ofTheStopped = new ForwardingTimeSource(fixture.time) {
        @Override
        public Scheduled schedule(Duration delay, Runnable task) {
            return () -> {};
        }
    };

    private ZohoBooks zoho(OkHttpClient http) {
        return ZohoBooks.builder(ZohoCredentials.refreshToken(
                        fixture.books.clientId(), fixture.books.clientSecret(), fixture.books.refreshToken()))
                .organization(fixture.books.organizationId())
                .httpClient(http)
                .timeSource(fixture.time)
                .random(new Random(1))
                .build();
    }

    private SyncEngine slowEngine(TimeSource clock) {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(fixture.books.interceptor())
                .addInterceptor(stalling)
                .addInterceptor(fixture.hubspot.interceptor())
                .build();
        HubSpot hubspot = HubSpot.builder(AccessToken.of(fixture.hubspot.accessToken()))
                .httpClient(http)
                .timeSource(fixture.time)
                .random(new Random(2))
                .build();
        return SyncEngine.builder(zoho(http), hubspot)
                .store(fixture.store)
                .timeSource(clock)
                .random(new Random(3))
                .build();
    }

    @Test
    void aCallThatIsRepeatedAfterSomebodyElseTookOverIsNotSent() {
        String customer = fixture.books.addCustomer(CustomerDraft.business("Harbor Tools"));
        fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "2", "50"));

        SyncReport slow = slowEngine(ofTheStopped).run();

        assertThat(ofTheOther.status()).isEqualTo(Status.COMPLETE);
        assertThat(slow.problem().code()).isEqualTo("sync.lease");
        assertThat(sentByTheSlow)
                .filteredOn(path -> path.contains("companies/batch/upsert"))
                .hasSize(1);
        assertThat(sentByTheSlow.get(sentByTheSlow.size() - 1)).endsWith("companies/batch/upsert");
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
        fixture.pass(Duration.ofDays(1));
        assertThat(fixture.newEngine().run().status()).isEqualTo(Status.COMPLETE);
    }

    /** Its heart beats while it waits for the answer. */
    @Test
    void aCallThatTakesLongerThanTheLeaseLosesNothing() {
        fixture.books.addCustomer(CustomerDraft.business("Harbor Tools"));

        SyncReport slow = slowEngine(fixture.time).run();

        assertThat(ofTheOther.problem().code()).isEqualTo("sync.busy");
        assertThat(slow.status()).isEqualTo(Status.COMPLETE);
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    private List<String> rechecks() {
        return fixture.store.scan(SyncStore.Query.of("recheck"), null, 10).stream()
                .map(SyncStore.Row::id)
                .toList();
    }

    /** Its call was carried out, perhaps after what the other has written: its commit is refused. */
    @Test
    void whatALateCommitTellsOfIsComparedOnceMore() {
        String customer = fixture.books.addCustomer(CustomerDraft.business("Harbor Tools"));
        stallsAfterwards = true;

        SyncReport slow = slowEngine(ofTheStopped).run();

        assertThat(slow.problem().code()).isEqualTo("sync.lease");
        assertThat(rechecks()).contains("CUSTOMER/" + customer);
        fixture.hubspot.edit(
                "companies", fixture.record("companies", customer).id(), Map.of("name", "What was sent late"));
        fixture.pass(Duration.ofHours(25));
        assertThat(fixture.newEngine().run().status()).isEqualTo(Status.COMPLETE);
        assertThat(rechecks()).isEmpty();
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    /** A second late commit of the same record: its comparison is another one. */
    @Test
    void whatIsAddedAgainWhileItIsComparedStays() {
        String customer = fixture.books.addCustomer(CustomerDraft.business("Harbor Tools"));
        stallsAfterwards = true;
        slowEngine(ofTheStopped).run();
        assertThat(rechecks()).contains("CUSTOMER/" + customer);
        fixture.pass(Duration.ofHours(25));

        SyncEngine other = fixture.newEngine(builder -> builder.store(new ForwardingSyncStore(fixture.store) {
            @Override
            public List<Row> scan(Query query, @Nullable Row after, int limit) {
                List<Row> rows = super.scan(query, after, limit);
                if (query.kind().equals("recheck")) {
                    String due = fixture.time.now().plus(Duration.ofDays(1)).toString();
                    rows.forEach(row -> super.commit(new Commit(
                            List.of(new Put(
                                    Row.of(row.connection(), row.kind(), row.id(), due, row.keys(), row.body()), ANY)),
                            List.of(),
                            null)));
                }
                return rows;
            }
        }));

        assertThat(other.run().status()).isEqualTo(Status.COMPLETE);
        assertThat(rechecks()).contains("CUSTOMER/" + customer);
    }

    @Test
    void callsThatMayTakeForEverAreRefused() {
        OkHttpClient patient =
                new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();
        HubSpot hubspot = HubSpot.builder(AccessToken.of(fixture.hubspot.accessToken()))
                .httpClient(patient)
                .build();

        assertThatThrownBy(() ->
                        SyncEngine.builder(zoho(new OkHttpClient()), hubspot).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give its HTTP client a time-out");
    }

    @Test
    void withShortCallsALeaseMayBeShort() {
        HubSpot hubspot = HubSpot.builder(AccessToken.of(fixture.hubspot.accessToken()))
                .httpClient(new OkHttpClient.Builder()
                        .callTimeout(Duration.ofSeconds(2))
                        .build())
                .build();

        assertThat(hubspot.longestAttempt()).contains(Duration.ofSeconds(2));
        assertThat(SyncEngine.builder(zoho(new OkHttpClient()), hubspot)
                        .lease(Duration.ofSeconds(3))
                        .build())
                .isNotNull();
    }
}
