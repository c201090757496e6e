package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.hubspot.model.PropertyOption;
import io.ledgerbridge.hubspot.model.Provisioning;
import io.ledgerbridge.hubspot.model.Provisioning.Kind;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Properties as they are needed, on an account that others have worked on. */
class ProvisioningTest {

    private static final PropertyDefinition KEY =
            PropertyDefinition.of("books_key", "Key", "", "string").unique();
    private static final PropertyDefinition TOTAL = PropertyDefinition.of("books_total", "Total", "", "number");
    private static final PropertyDefinition STATE = PropertyDefinition.of("books_state", "State", "", "enumeration")
            .withOptions(List.of(PropertyOption.of("open", "Open"), PropertyOption.of("paid", "Paid")));

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z"));
    private final FakeHubSpot fake = FakeHubSpot.builder(time).build();
    private final HubSpot hubspot = HubSpot.builder(AccessToken.of(fake.accessToken()))
            .httpClient(new OkHttpClient.Builder()
                    .addInterceptor(fake.interceptor())
                    .build())
            .timeSource(time)
            .random(new Random(1))
            .build();
    private final PropertyDefinitions properties = hubspot.properties(ObjectType.COMPANIES);

    private Provisioning ensure(PropertyDefinition... needed) {
        return properties.ensure("books", "Books", List.of(needed));
    }

    @Test
    void whatIsMissingIsMadeAndTheSecondTimeCostsOneCall() {
        fake.definitionsAppearAfter(Duration.ofMillis(700));
        Provisioning first = ensure(KEY, TOTAL, STATE);
        assertThat(first.created()).containsExactlyInAnyOrder("books_key", "books_total", "books_state");
        assertThat(first.isComplete()).isTrue();
        assertThat(first.definitions().get("books_key").hasUniqueValue()).isTrue();

        fake.traffic().reset();
        Provisioning second = ensure(KEY, TOTAL, STATE);
        assertThat(second.created()).isEmpty();
        assertThat(second.isComplete()).isTrue();
        assertThat(fake.traffic().calls()).hasSize(1);
    }

    @Test
    void whatExistsOtherwiseIsLeftAndTold() {
        properties.ensureGroup("theirs", "Theirs");
        properties.create(
                "theirs",
                List.of(
                        PropertyDefinition.of("books_key", "Key", "", "string"),
                        PropertyDefinition.of("books_total", "Total", "", "string")));
        Provisioning provisioning =
                ensure(KEY, TOTAL, PropertyDefinition.of("num_associated_contacts", "Contacts", "", "string"));

        assertThat(provisioning.differences())
                .extracting(Provisioning.Difference::property, Provisioning.Difference::kind)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("books_key", Kind.UNIQUENESS),
                        org.assertj.core.groups.Tuple.tuple("books_total", Kind.TYPE),
                        org.assertj.core.groups.Tuple.tuple("num_associated_contacts", Kind.READ_ONLY));
        assertThat(provisioning.differences().get(0)).hasToString("books_key is not unique and should be unique");
        assertThat(provisioning.created()).isEmpty();
    }

    @Test
    void optionsAreAddedAndThoseOfOthersStay() {
        ensure(STATE.withOptions(List.of(PropertyOption.of("theirs", "Theirs"), PropertyOption.of("open", "Offen"))));
        Provisioning provisioning = ensure(STATE);

        assertThat(provisioning.extended()).containsExactly("books_state");
        assertThat(properties.list().get("books_state").options())
                .containsExactly(
                        PropertyOption.of("theirs", "Theirs"),
                        PropertyOption.of("open", "Offen"),
                        PropertyOption.of("paid", "Paid"));
    }

    @Test
    void aPropertyOfTheRecycleBinIsRestoredWithItsValues() {
        ensure(KEY);
        hubspot.companies()
                .upsert(
                        Property.text("books_key"),
                        List.of(new RecordUpsert("k1", Properties.of(Companies.NAME, "A"))));
        properties.archive("books_key");
        assertThat(properties.list()).doesNotContainKey("books_key");
        assertThat(properties.listArchived()).containsKey("books_key");

        Provisioning provisioning = ensure(KEY, TOTAL);
        assertThat(provisioning.restored()).containsExactly("books_key");
        assertThat(provisioning.created()).containsExactly("books_total");
        assertThat(hubspot.companies().find(Property.text("books_key"), "k1", Selection.DEFAULT))
                .isPresent();
    }

    @Test
    void whatAnAccountRefusesIsToldByNameAndStopsNoOther() {
        fake.refuseUniqueProperties("companies");
        Provisioning provisioning = ensure(KEY, TOTAL);
        assertThat(provisioning.refused()).containsOnlyKeys("books_key");
        assertThat(provisioning.refused().get("books_key")).contains("Unique properties cannot be created");
        assertThat(provisioning.created()).containsExactly("books_total");
        assertThat(provisioning.isComplete()).isFalse();
    }

    @Test
    void aDefinitionWhoseAnswerWasLostIsNotTakenForRefused() {
        fake.nextRequests().matching("batch/create").droppedAfterApplying(1);
        Provisioning provisioning = ensure(KEY, TOTAL);
        assertThat(provisioning.isComplete()).isTrue();
        assertThat(provisioning.created()).containsOnly("books_key", "books_total");
        assertThat(provisioning.definitions()).containsKeys("books_key", "books_total");
    }

    @Test
    void moreThanAHundredAreMadeInSeveralCalls() {
        List<PropertyDefinition> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.add(PropertyDefinition.of("p_" + i, "P " + i, "", "number"));
        }
        assertThat(properties.ensure("books", "Books", many).created()).hasSize(150);
        assertThat(fake.traffic().count("POST /crm/properties/2026-09/companies/batch/create"))
                .isEqualTo(2);
    }

    @Test
    void aPropertyThatAnAdministratorRemovesWhileRunningIsLeftOutAndComesBack() throws Exception {
        ensure(KEY, TOTAL);
        Property<String> key = Property.text("books_key");
        Properties values = Properties.of(Companies.NAME, "A").with(Property.text("books_total"), "1");
        hubspot.companies().upsert(key, List.of(new RecordUpsert("k1", values)));
        fake.removeProperty("companies", "books_total");

        BatchResult<Crm.Company> result = hubspot.companies()
                .upsert(key, List.of(new RecordUpsert("k2", values), new RecordUpsert("k3", values)));
        assertThat(result.records()).containsOnlyKeys("k2", "k3");
        assertThat(result.droppedProperties()).containsExactly("books_total");

        ensure(KEY, TOTAL);
        time.sleep(Duration.ofMinutes(11));
        BatchResult<Crm.Company> later = hubspot.companies().upsert(key, List.of(new RecordUpsert("k2", values)));
        assertThat(later.droppedProperties()).isEmpty();
        assertThat(fake.records("companies").stream()
                        .filter(held -> held.get("books_key").equals("k2"))
                        .map(held -> held.get("books_total")))
                .containsExactly("1");
    }

    @Test
    void aValueOfAReadOnlyPropertyIsLeftOut() {
        ensure(KEY);
        BatchResult<Crm.Company> result = hubspot.companies()
                .upsert(
                        Property.text("books_key"),
                        List.of(
                                new RecordUpsert(
                                        "k1",
                                        Properties.of(Companies.NAME, "A")
                                                .with(Companies.ASSOCIATED_CONTACTS, java.math.BigDecimal.ONE)),
                                new RecordUpsert("k2", Properties.of(Companies.NAME, "B"))));
        assertThat(result.records()).containsOnlyKeys("k1", "k2");
        assertThat(result.droppedProperties()).containsExactly("num_associated_contacts");
        assertThat(fake.records("companies").stream().map(held -> held.get("name")))
                .containsExactlyInAnyOrder("A", "B");
    }
}
