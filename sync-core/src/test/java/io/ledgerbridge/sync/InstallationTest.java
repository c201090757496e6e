package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.testkit.FakeHubSpot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One installation alone keeps an account in step with an organisation, and the account says which (DESIGN 4.1). */
class InstallationTest {

    private final Fixture fixture = Fixture.withCurrencies();
    private final SyncStore first = durable();
    private String customer;

    @BeforeEach
    void fill() {
        customer = fixture.addCustomerWithInvoice();
    }

    /** A store that remembers, as far as the engine can know. */
    private SyncStore durable() {
        return new Killer().guarding(SyncStore.inMemory(fixture.time));
    }

    private SyncEngine on(SyncStore store) {
        return on(store, settings -> {});
    }

    private SyncEngine on(SyncStore store, Consumer<SyncEngine.Builder> settings) {
        return fixture.newEngine(builder -> settings.accept(builder.store(store)));
    }

    private String marker() {
        return String.valueOf(fixture.hubspot
                .property("companies", "zoho_books_installation_" + fixture.books.organizationId())
                .get("description"));
    }

    private String holder() {
        assertThat(marker()).startsWith("Kept in step by the installation ");
        return marker().substring("Kept in step by the installation ".length());
    }

    private void mirrors() {
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    @Test
    void theFirstLeavesItsIdAndKnowsItAgain() {
        assertThat(on(first).run().status()).isEqualTo(Status.COMPLETE);
        String id = holder();
        assertThat(id).hasSizeGreaterThan(30);

        fixture.books.editContact(customer, contact -> contact.put("phone", "7"));
        fixture.pass(Duration.ofHours(1));
        assertThat(on(first).run().status()).isEqualTo(Status.COMPLETE);

        assertThat(holder()).isEqualTo(id);
        mirrors();
    }

    @Test
    void anotherIsTurnedAwayBeforeItWrites() {
        on(first).run();
        String id = holder();
        fixture.books.editContact(customer, contact -> contact.put("phone", "7"));
        fixture.forgetTraffic();

        SyncReport report = on(durable()).run();

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.problem().code()).isEqualTo("hubspot.installation");
        assertThat(report.problem().message()).contains("'" + id + "'");
        assertThat(report.problem().next())
                .contains("give it the id '" + id + "'")
                .contains("take over");
        assertThat(fixture.writes()).isZero();
        assertThat(holder()).isEqualTo(id);
    }

    /** What the store remembers would point at records of the wrong account. */
    @Test
    void aConnectionStaysWithItsAccount() {
        fixture.engine.run();
        FakeHubSpot other = FakeHubSpot.builder(fixture.time).portalId(4_712).build();

        SyncReport report = fixture.newEngineTo(other).run();

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.problem().code()).isEqualTo("hubspot.account");
        assertThat(report.problem().message()).contains("has worked with the HubSpot account", "is set to 4712 now");
        assertThat(report.problem().next()).contains("connect 4712 under another name");
        assertThat(other.traffic().count(call -> !call.method().equals("GET"))).isZero();
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.newEngine().run().status()).isEqualTo(Status.COMPLETE);
        mirrors();
    }

    @Test
    void withTheIdOfALostStoreItGoesOnAndKeepsIt() {
        on(first).run();
        String id = holder();
        SyncStore second = durable();

        assertThat(on(second, builder -> builder.installation(id)).run().status())
                .isEqualTo(Status.COMPLETE);
        assertThat(on(second).run().status()).isEqualTo(Status.COMPLETE);

        assertThat(holder()).isEqualTo(id);
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
        mirrors();
    }

    @Test
    void oneThatTakesOverFollowsAndTheOtherIsTurnedAway() {
        SyncStore second = durable();
        SyncEngine other = on(second);
        on(first).run();
        // The other has seen the account before, and is behind.
        assertThat(other.run().problem().code()).isEqualTo("hubspot.installation");
        other.takeOver();
        assertThat(other.run().status()).isEqualTo(Status.COMPLETE);
        String id = holder();
        fixture.books.editContact(customer, contact -> contact.put("phone", "7"));
        fixture.pass(Duration.ofHours(1));
        SyncEngine back = on(first);
        assertThat(back.run().problem().code()).isEqualTo("hubspot.installation");
        assertThat(other.run().status()).isEqualTo(Status.COMPLETE);
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> contact.put("phone", "1"));

        back.takeOver();
        assertThat(back.run().status()).isEqualTo(Status.COMPLETE);

        assertThat(holder()).isNotEqualTo(id);
        assertThat(fixture.record("companies", customer).get("phone")).isEqualTo("1");
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
        mirrors();
        List<String> reasons = new ArrayList<>();
        back.audit()
                .forEach(AuditQuery.all(), entry -> reasons.add(entry.payload().reason()));
        assertThat(reasons).anyMatch(reason -> reason.contains("has followed '" + id + "'"));
    }

    @Test
    void aStoreThatForgetsGivesWayToOneThatDoesNot() {
        assertThat(fixture.engine.run().status()).isEqualTo(Status.COMPLETE);
        assertThat(holder()).isEqualTo("zoho-" + fixture.books.organizationId());
        assertThat(Fixture.forgetStore(fixture).run().status()).isEqualTo(Status.COMPLETE);

        assertThat(on(first).run().status()).isEqualTo(Status.COMPLETE);

        assertThat(holder()).doesNotContain("zoho-");
        assertThat(Fixture.forgetStore(fixture).run().problem().code()).isEqualTo("hubspot.installation");
        mirrors();
    }

    @Test
    void wordsThatSomebodyHasChangedAreWrittenAgain() {
        on(first).run();
        String id = holder();
        fixture.hubspot.describeProperty(
                "companies", "zoho_books_installation_" + fixture.books.organizationId(), "what is this?");

        assertThat(on(first).run().status()).isEqualTo(Status.COMPLETE);

        assertThat(holder()).isEqualTo(id);
    }

    @Test
    void aStoreThatIsNewDoesNotTakeChangedWordsForAnInvitation() {
        on(first).run();
        fixture.hubspot.describeProperty(
                "companies", "zoho_books_installation_" + fixture.books.organizationId(), "what is this?");
        fixture.forgetTraffic();

        SyncReport report = on(durable()).run();

        assertThat(report.problem().code()).isEqualTo("hubspot.installation");
        assertThat(report.problem().message()).contains("Somebody has changed the description");
        assertThat(fixture.writes()).isZero();
    }

    @Test
    void anIdThatWasTurnedAwayIsForgotten() {
        on(first).run();
        assertThat(on(first, builder -> builder.installation("typo"))
                        .run()
                        .problem()
                        .code())
                .isEqualTo("hubspot.installation");

        assertThat(on(first).run().status()).isEqualTo(Status.COMPLETE);
    }

    @Test
    void anEngineThatRunsAlreadyTakesOverInItsNextRun() {
        SyncEngine running = on(first);
        running.run();
        SyncEngine other = on(durable());
        other.takeOver();
        assertThat(other.run().status()).isEqualTo(Status.COMPLETE);
        String id = holder();

        running.takeOver();
        assertThat(running.run().status()).isEqualTo(Status.COMPLETE);

        assertThat(holder()).isNotEqualTo(id);
    }

    @Test
    void withoutTheScopeToSaySoNobodyFollows() {
        on(first).run();
        SyncEngine other = on(durable());
        other.takeOver();
        fixture.hubspot.withdrawScope("crm.schemas.companies.write");

        SyncReport report = other.run();

        assertThat(report.problem().code()).isEqualTo("hubspot.installation");
        assertThat(report.problem().next()).contains("crm.schemas.companies.write");
    }

    @Test
    void anAccountWithoutRoomForTheMarkIsToldToBeUnguarded() {
        fixture.hubspot.customPropertiesPerType(2);

        SyncReport report = on(first).run();

        assertThat(report.remarks())
                .extracting(SyncReport.Remark::record)
                .contains("property zoho_books_installation_" + fixture.books.organizationId());
    }

    @Test
    void anIdHasNoSpaces() {
        assertThatThrownBy(() -> on(first, builder -> builder.installation("my server")))
                .hasMessageContaining("no spaces, but was 'my server'");
        assertThatThrownBy(() -> on(first, builder -> builder.installation("")))
                .hasMessageContaining("1 to 100 characters");
    }
}
