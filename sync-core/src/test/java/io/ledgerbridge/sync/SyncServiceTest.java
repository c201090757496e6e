package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.ConnectionStatus.State;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncScheduler;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Many connections in one process, and one connection in many. */
class SyncServiceTest {

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z"));
    private final SyncStore store = SyncStore.inMemory(time);
    private final List<World> worlds = new ArrayList<>();
    private final Runs runs = new Runs();

    /** One organisation and one account. */
    private final class World {
        final FakeZohoBooks books;
        final FakeHubSpot hubspot = FakeHubSpot.builder(time).build();
        final String name;

        World(int number, int dailyLimit) {
            name = "zoho-6001234567" + number;
            books = FakeZohoBooks.builder(time)
                    .organizationId("6001234567" + number)
                    .dailyLimit(dailyLimit)
                    .build();
            books.latency(Duration.ofMillis(150));
            hubspot.latency(Duration.ofMillis(250));
            addCustomer("Company " + number);
        }

        String addCustomer(String company) {
            String customer = books.addCustomer(
                    CustomerDraft.business(company).person("Mara", "Quinn", "mara@" + name + ".example", "1"));
            books.addInvoice(InvoiceDraft.of(customer, "INV of " + company).line("Seat", "1", "10"));
            return customer;
        }

        SyncConnection connection() {
            OkHttpClient http = new OkHttpClient.Builder()
                    .addInterceptor(books.interceptor())
                    .addInterceptor(hubspot.interceptor())
                    .build();
            return SyncConnection.of(
                    ZohoBooks.builder(ZohoCredentials.refreshToken(
                                    books.clientId(), books.clientSecret(), books.refreshToken()))
                            .organization(books.organizationId())
                            .httpClient(http)
                            .timeSource(time)
                            .pacing(ZohoPacing.standard())
                            .random(new Random(1))
                            .build(),
                    HubSpot.builder(AccessToken.of(hubspot.accessToken()))
                            .httpClient(http)
                            .timeSource(time)
                            .pacing(HubSpotPacing.standard())
                            .random(new Random(2))
                            .build());
        }
    }

    /** What happened, in order. */
    private static final class Runs implements SyncListener {
        final List<String> started = Collections.synchronizedList(new ArrayList<>());
        final List<String> ended = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger now = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();

        @Override
        public void progress(String stream, long done, long remaining) {
            assertThat(now.get()).isPositive();
        }

        @Override
        public void started(String connection, String runId) {
            started.add(connection);
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
        }

        @Override
        public void ended(String connection, SyncReport report) {
            now.decrementAndGet();
            ended.add(connection + " " + report.status());
        }

        long of(String connection) {
            return started.stream().filter(connection::equals).count();
        }
    }

    private World world(int dailyLimit) {
        World world = new World(worlds.size(), dailyLimit);
        worlds.add(world);
        return world;
    }

    private SyncService service(UnaryOperator<SyncService.Builder> settings) {
        return settings.apply(SyncService.builder()
                        .store(store)
                        .timeSource(time)
                        .random(new Random(3))
                        .listener(runs)
                        .connections(worlds.stream().map(World::connection).toList()))
                .build();
    }

    private SyncService service() {
        return service(builder -> builder);
    }

    private void pass(Duration span) {
        try {
            time.sleep(span);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachConnectionRunsAgainAndAgainAsItsQuotaAllows() {
        World rich = world(10_000);
        World poor = world(1_000);
        SyncService service = service();
        service.start();
        pass(Duration.ofMinutes(10));
        rich.addCustomer("Late Ltd");
        pass(Duration.ofHours(4));

        assertThat(rich.hubspot.records("companies")).hasSize(2);
        assertThat(service.status(rich.name).interval()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
        assertThat(service.status(poor.name).interval()).isBetween(Duration.ofMinutes(57), Duration.ofMinutes(58));
        assertThat(runs.of(rich.name)).isBetween(40L, 50L);
        assertThat(runs.of(poor.name)).isBetween(4L, 6L);
        assertThat(service.statuses()).allSatisfy(status -> {
            assertThat(status.state()).isEqualTo(State.WAITING);
            assertThat(status.stale()).isFalse();
            assertThat(status.lastReport().status()).isEqualTo(Status.COMPLETE);
            assertThat(status.nextRun()).isAfter(time.now());
        });
    }

    @Test
    void soManyRunAtATimeAndTheOthersInTurn() {
        for (int i = 0; i < 6; i++) {
            world(10_000);
        }
        SyncService service = service(builder -> builder.parallelism(2).interval(Duration.ofMinutes(5)));
        service.start();
        pass(Duration.ofMinutes(4));

        assertThat(runs.most).hasValue(2);
        assertThat(runs.started).hasSize(6).doesNotHaveDuplicates();
        assertThat(runs.ended).hasSize(6).allMatch(run -> run.endsWith(" COMPLETE"));
        worlds.forEach(world -> assertThat(world.hubspot.records("invoices")).hasSize(1));
    }

    @Test
    void aConnectionWithDeadCredentialsWaitsForSomebodyAndOthersGoOn() {
        World dead = world(10_000);
        World alive = world(10_000);
        dead.books.revokeRefreshToken();
        SyncService service = service();
        service.start();
        pass(Duration.ofHours(1));

        ConnectionStatus status = service.status(dead.name);
        assertThat(status.state()).isEqualTo(State.BROKEN);
        assertThat(status.reason()).contains("refresh token");
        assertThat(status.nextRun()).isNull();
        assertThat(runs.of(dead.name)).isEqualTo(1);
        assertThat(runs.of(alive.name)).isGreaterThan(5);
        pass(Duration.ofHours(3));
        assertThat(service.status(dead.name).stale()).isTrue();
        assertThat(service.status(alive.name).stale()).isFalse();

        service.resume(dead.name);
        pass(Duration.ofMinutes(1));
        assertThat(runs.of(dead.name)).isEqualTo(2);
    }

    @Test
    void aSpentDayParksTheConnectionUntilTheReset() {
        World small = world(120);
        String customer = small.addCustomer("Large Ltd");
        for (int i = 0; i < 40; i++) {
            small.books.addInvoice(InvoiceDraft.of(customer, "INV-" + i).line("Seat", "1", "10"));
        }
        SyncService service = service();
        service.start();
        pass(Duration.ofHours(2));

        ConnectionStatus status = service.status(small.name);
        assertThat(status.state()).isEqualTo(State.PARKED);
        assertThat(status.nextRun())
                .isAfter(time.now())
                .isEqualTo(status.lastReport().resumesAt());
        assertThat(runs.of(small.name)).isEqualTo(1);
        pass(Duration.ofDays(4));
        assertThat(small.hubspot.records("line_items")).hasSize(42);
        assertThat(small.books.traffic().limitsBroken()).isEmpty();
    }

    @Test
    void pausingStopsBeforeTheNextBatchAndResumingGoesOnThere() {
        World world = world(10_000);
        String customer = world.addCustomer("Large Ltd");
        for (int i = 0; i < 450; i++) {
            world.books.addInvoice(InvoiceDraft.of(customer, "INV-" + i).line("Seat", "1", "10"));
        }
        SyncService service = service();
        world.hubspot.before("invoices/batch/upsert", () -> service.pause(world.name));
        service.start();
        pass(Duration.ofHours(1));

        assertThat(world.hubspot.records("invoices")).hasSize(100);
        assertThat(service.status(world.name).state()).isEqualTo(State.PAUSED);
        assertThat(service.status(world.name).lastReport().status()).isEqualTo(Status.PARTIAL);
        assertThat(service.status(world.name).stale()).isFalse();
        service.runNow(world.name);
        pass(Duration.ofHours(1));
        assertThat(world.hubspot.records("invoices")).hasSize(100);

        service.resume(world.name);
        pass(Duration.ofHours(1));
        assertThat(world.hubspot.records("invoices")).hasSize(452);
        new Mirror(world.books, world.hubspot, time).assertHeld();
    }

    /** As a scheduler does that keeps times in a database, in case that this process is lost. */
    @Test
    void aRunThatIsDueWhileItRunsIsNotRunOnceMore() {
        World world = world(10_000);
        SyncScheduler scheduler = SyncScheduler.inProcess(time);
        SyncService service =
                service(builder -> builder.interval(Duration.ofHours(1)).scheduler(scheduler));
        world.hubspot.before("invoices/batch/upsert", () -> scheduler.schedule(world.name, time.now()));
        service.start();

        pass(Duration.ofMinutes(30));
        assertThat(runs.of(world.name)).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(runs.of(world.name)).isEqualTo(2);
    }

    @Test
    void stoppingEndsRunsBeforeTheirNextBatch() throws Exception {
        World world = world(10_000);
        String customer = world.addCustomer("Large Ltd");
        for (int i = 0; i < 450; i++) {
            world.books.addInvoice(InvoiceDraft.of(customer, "INV-" + i).line("Seat", "1", "10"));
        }
        SyncService service = service();
        service.start();
        pass(Duration.ofSeconds(90));
        assertThat(runs.now).hasValue(1);

        assertThat(service.stop(Duration.ofMinutes(2))).isTrue();

        assertThat(runs.now).hasValue(0);
        int held = world.hubspot.records("line_items").size();
        pass(Duration.ofHours(1));
        assertThat(world.hubspot.records("line_items")).hasSize(held);
        SyncService next = service();
        next.start();
        pass(Duration.ofHours(1));
        new Mirror(world.books, world.hubspot, time).assertHeld();
    }

    @Test
    void aConnectionThatIsNeverCompleteIsStale() {
        World world = world(10_000);
        world.hubspot.nextRequests().matching("companies/batch/upsert").htmlBadGateway(100_000);
        SyncService service = service();
        service.start();
        pass(Duration.ofMinutes(10));
        assertThat(service.status(world.name).stale()).isFalse();
        pass(Duration.ofHours(2));

        assertThat(service.status(world.name).stale()).isTrue();
        world.hubspot.nextRequests().none();
        pass(Duration.ofMinutes(15));
        assertThat(service.status(world.name).stale()).isFalse();
    }

    @Test
    void twoProcessesShareAStoreAndNeverRunOneConnectionAtOnce() {
        World world = world(10_000);
        for (int i = 0; i < 200; i++) {
            world.addCustomer("Company " + i);
        }
        SyncService one = service(builder -> builder.interval(Duration.ofMinutes(5)));
        SyncService other = service(builder -> builder.interval(Duration.ofMinutes(5)));
        one.start();
        other.start();
        pass(Duration.ofHours(3));

        new Mirror(world.books, world.hubspot, time).assertHeld();
        assertThat(runs.ended).contains(world.name + " FAILED").contains(world.name + " COMPLETE");
        assertThat(world.hubspot.traffic().limitsBroken()).isEmpty();
        assertThat(one.engine(world.name).audit().verify().reason()).isEmpty();
    }

    @Test
    void aListenerThatFailsStopsNothing() {
        World world = world(10_000);
        SyncService service = service(builder -> builder.listener(new SyncListener() {
            @Override
            public void progress(String stream, long done, long remaining) {
                throw new IllegalStateException("progress");
            }

            @Override
            public void ended(String connection, SyncReport report) {
                throw new IllegalStateException("ended");
            }
        }));
        service.start();
        pass(Duration.ofMinutes(20));

        assertThat(service.status(world.name).state()).isEqualTo(State.WAITING);
        assertThat(service.status(world.name).lastReport().status()).isEqualTo(Status.COMPLETE);
        assertThat(world.hubspot.records("invoices")).hasSize(1);
    }

    @Test
    void aRecordInQuarantineMakesNoConnectionStale() {
        World world = world(10_000);
        world.books.addCustomer(CustomerDraft.business("Odd Ltd").person("A", "B", "no address", "1"));
        SyncService service = service();
        service.start();
        pass(Duration.ofHours(4));

        assertThat(service.status(world.name).lastReport().status()).isEqualTo(Status.PARTIAL);
        assertThat(service.status(world.name).stale()).isFalse();
        assertThat(service.status(world.name).lastPass()).isAfter(time.now().minus(Duration.ofMinutes(10)));
    }

    @Test
    void whoAsksForARunDuringARunGetsOneMore() {
        World world = world(10_000);
        SyncService service = service(builder -> builder.interval(Duration.ofHours(6)));
        world.hubspot.before("invoices/batch/upsert", () -> {
            world.addCustomer("Late Ltd");
            service.runNow(world.name);
        });
        service.start();
        pass(Duration.ofMinutes(30));

        assertThat(runs.of(world.name)).isEqualTo(2);
        assertThat(world.hubspot.records("invoices")).hasSize(2);
    }

    @Test
    void anUnknownConnectionIsToldWithTheNamesOfThoseThatThereAre() {
        World world = world(10_000);
        SyncService service = service();

        assertThatThrownBy(() -> service.pause("zoho-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no connection zoho-1; there are " + world.name);
        assertThatThrownBy(
                        () -> service(builder -> builder.connections(List.of(world.connection(), world.connection()))))
                .hasMessage("two connections are called " + world.name);
    }
}
