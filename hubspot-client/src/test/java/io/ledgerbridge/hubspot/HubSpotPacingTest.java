package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.Crm.Contact;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.Together;
import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of the account, kept on the virtual clock against a fake that counts. */
class HubSpotPacingTest {

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z"));

    private HubSpot client(FakeHubSpot fake, HubSpotPacing pacing) {
        return HubSpot.builder(AccessToken.of(fake.accessToken()))
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(fake.interceptor())
                        .build())
                .timeSource(time)
                .pacing(pacing)
                .random(new Random(1))
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 190, 250})
    void thePlansLimitIsLearnedAndUsedAndNeverBroken(int plan) throws Exception {
        FakeHubSpot fake = FakeHubSpot.builder(time).requestsPer10Seconds(plan).build();
        fake.latency(Duration.ofMillis(200));
        HubSpot hubspot = client(fake, HubSpotPacing.standard());
        Instant end = time.now().plus(Duration.ofMinutes(3));
        Together.run(time, 10, number -> {
            while (time.now().isBefore(end)) {
                hubspot.account().enablement();
            }
        });

        assertThat(fake.traffic().limitsBroken()).isEmpty();
        assertThat(hubspot.pacing().limitPer10Seconds()).isEqualTo(plan);
        assertThat(fake.traffic().calls().size()).isGreaterThan((int) (plan * 18 * 0.93));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 190, 250})
    void associationsAndSearchesHaveLanesOfTheirOwn(int plan) throws Exception {
        FakeHubSpot fake = FakeHubSpot.builder(time).requestsPer10Seconds(plan).build();
        HubSpot hubspot = client(fake, HubSpotPacing.standard());
        RecordId<Company> company = ObjectType.COMPANIES.record(fake.seed("companies", Map.of("name", "A")));
        RecordId<Contact> contact = ObjectType.CONTACTS.record(fake.seed("contacts", Map.of("firstname", "A")));
        Instant end = time.now().plus(Duration.ofSeconds(40));
        Together.run(time, 12, number -> {
            while (time.now().isBefore(end)) {
                hubspot.account().enablement();
                hubspot.associations().associate(List.of(Pair.of(contact, company)));
                hubspot.companies().search(Search.all()).iterator().hasNext();
            }
        });

        assertThat(fake.traffic().limitsBroken()).isEmpty();
        assertThat(fake.traffic().count("POST /crm/objects/2026-09/companies/search"))
                .isBetween(140L, 180L);
    }

    @Test
    void callsOfOthersWithTheSameTokenAreLeftRoomFor() {
        try (Server server = new Server()) {
            HubSpot hubspot = server.client();
            for (int remaining : new int[] {60, 0, 99}) {
                server.answer(new MockResponse.Builder()
                        .addHeader("x-hubspot-ratelimit-max", "100")
                        .addHeader("x-hubspot-ratelimit-remaining", String.valueOf(remaining))
                        .addHeader("x-hubspot-ratelimit-interval-milliseconds", "10000")
                        .body("{}")
                        .build());
            }
            hubspot.account().enablement();
            hubspot.account().enablement();
            assertThat(server.waited()).isZero();
            hubspot.account().enablement();
            assertThat(server.waited()).isEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void aLimitOfOnesOwnIsNeverExceededWhateverThePlan() throws Exception {
        FakeHubSpot fake = FakeHubSpot.builder(time).requestsPer10Seconds(190).build();
        HubSpot hubspot = client(fake, HubSpotPacing.requestsPer10Seconds(30));
        Together.run(time, 5, number -> {
            for (int i = 0; i < 24; i++) {
                hubspot.account().enablement();
            }
        });
        assertThat(Duration.between(Instant.parse("2026-03-02T04:45:30Z"), time.now()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void clientsMadeFromOneShareItsPacing() {
        FakeHubSpot fake = FakeHubSpot.builder(time).build();
        HubSpot first = client(fake, HubSpotPacing.standard());
        HubSpot second = first.newBuilder().build();
        for (int i = 0; i < 80; i++) {
            first.account().enablement();
            second.account().enablement();
        }
        assertThat(fake.traffic().limitsBroken()).isEmpty();
        assertThat(second.pacing().calls()).isEqualTo(160);
    }

    @Test
    void anotherTokenOfTheAccountSharesSearchesAndTheDay() {
        FakeHubSpot fake = FakeHubSpot.builder(time).dailyLimit(30).build();
        HubSpotPacing pacing = HubSpotPacing.standard();
        HubSpot first = client(fake, pacing);
        HubSpot second = client(fake, pacing.forAnotherToken());
        first.account().get();
        for (int i = 0; i < 10; i++) {
            first.companies().search(Search.all()).iterator().hasNext();
            second.companies().search(Search.all()).iterator().hasNext();
        }
        assertThat(fake.traffic().limitsBroken()).isEmpty();
        for (int i = 0; i < 9; i++) {
            second.account().enablement();
        }
        assertThatThrownBy(() -> second.account().enablement()).isInstanceOf(HubSpotLimitException.class);
        int calls = fake.traffic().calls().size();
        assertThatThrownBy(() -> first.account().enablement()).isInstanceOf(HubSpotLimitException.class);
        assertThat(fake.traffic().calls()).hasSize(calls);
        assertThat(HubSpotPacing.unlimited().forAnotherToken().calls()).isZero();
    }

    @Test
    void aSpentDayIsOverAtMidnightOfTheAccountAndCostsOneCall() throws Exception {
        FakeHubSpot fake = FakeHubSpot.builder(time)
                .zone(ZoneId.of("Asia/Kolkata"))
                .dailyLimit(3)
                .build();
        HubSpot hubspot = client(fake, HubSpotPacing.standard());
        hubspot.account().get();
        hubspot.account().enablement();
        hubspot.account().enablement();
        assertThat(hubspot.pacing().quota().orElseThrow().remaining()).isZero();

        Instant midnight = Instant.parse("2026-03-02T18:30:00Z");
        assertThatThrownBy(() -> hubspot.account().enablement())
                .isInstanceOfSatisfying(HubSpotLimitException.class, limit -> {
                    assertThat(limit.resumesAt()).isEqualTo(midnight);
                    assertThat(limit.policy()).isEqualTo("DAILY");
                })
                .hasMessageContaining("2026-03-02T18:30:00Z");
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> hubspot.account().enablement())
                    .isInstanceOfSatisfying(
                            HubSpotLimitException.class,
                            limit -> assertThat(limit.resumesAt()).isEqualTo(midnight));
        }
        assertThat(fake.traffic().calls()).hasSize(4);

        time.sleep(Duration.between(time.now(), midnight));
        hubspot.account().enablement();
        assertThat(fake.traffic().calls()).hasSize(5);
    }

    @Test
    void theSecondShapeOfASpentDayIsNoBurst() {
        FakeHubSpot fake = FakeHubSpot.builder(time).dailyLimit(2).build();
        HubSpot hubspot = client(fake, HubSpotPacing.standard());
        HubSpot other = client(fake, HubSpotPacing.standard());
        hubspot.account().get();
        hubspot.account().get();
        // The fake takes turns with both bodies.
        assertThatThrownBy(() -> hubspot.account().get()).isInstanceOf(HubSpotLimitException.class);
        assertThatThrownBy(() -> other.account().get()).isInstanceOf(HubSpotLimitException.class);
        assertThat(fake.traffic().calls()).hasSize(4);
    }

    @Test
    void withoutTheZoneOneCallAnHourFindsOutWhetherTheDayIsOver() throws Exception {
        FakeHubSpot fake = FakeHubSpot.builder(time).dailyLimit(0).build();
        HubSpot hubspot = client(fake, HubSpotPacing.standard());
        assertThatThrownBy(() -> hubspot.account().enablement())
                .isInstanceOfSatisfying(
                        HubSpotLimitException.class,
                        limit -> assertThat(limit.resumesAt()).isEqualTo(Instant.parse("2026-03-02T05:45:30Z")))
                .hasMessageContaining("account().get()");
        time.sleep(Duration.ofHours(1));
        assertThatThrownBy(() -> hubspot.account().enablement()).isInstanceOf(HubSpotLimitException.class);
        assertThat(fake.traffic().calls()).hasSize(2);
    }

    @Test
    void aDayThatIsOverIsNotSpentAgainWhenItsZoneBecomesKnown() throws Exception {
        FakeHubSpot fake = FakeHubSpot.builder(time).dailyLimit(1).build();
        HubSpot hubspot = client(fake, HubSpotPacing.standard());
        hubspot.account().enablement();
        assertThatThrownBy(() -> hubspot.account().enablement()).isInstanceOf(HubSpotLimitException.class);
        time.sleep(Duration.ofDays(1));
        hubspot.account().get();
        assertThatThrownBy(() -> hubspot.account().enablement()).isInstanceOf(HubSpotLimitException.class);
        assertThat(fake.traffic().calls()).hasSize(4);
    }

    @Test
    void settingTheWallClockNeitherEndsNorLengthensADay() {
        FakeHubSpot fake = FakeHubSpot.builder(time).dailyLimit(1).build();
        HubSpot hubspot = client(fake, HubSpotPacing.standard());
        hubspot.account().get();
        assertThatThrownBy(() -> hubspot.account().get()).isInstanceOf(HubSpotLimitException.class);
        time.jump(Duration.ofDays(3));
        assertThatThrownBy(() -> hubspot.account().get()).isInstanceOf(HubSpotLimitException.class);
        assertThat(fake.traffic().calls()).hasSize(2);
    }

    @Test
    void backgroundWorkLeavesAReserveToOthers() {
        FakeHubSpot fake = FakeHubSpot.builder(time).dailyLimit(1_000).build();
        HubSpot hubspot = client(fake, HubSpotPacing.builder().reserve(990).build());
        HubSpot background = hubspot.newBuilder().background(true).build();
        hubspot.account().get();
        for (int i = 0; i < 9; i++) {
            background.account().get();
        }
        assertThatThrownBy(() -> background.account().get())
                .isInstanceOf(HubSpotLimitException.class)
                .hasMessageContaining("Of the account's 1000 calls a day 990 are left, and 990 of them are kept");
        hubspot.account().get();
        assertThat(HubSpotPacing.standard().reserveOf(250_000)).isEqualTo(25_000);
        assertThat(HubSpotPacing.standard().reserveOf(500)).isEqualTo(100);
    }

    @Test
    void badLimitsAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> HubSpotPacing.requestsPer10Seconds(0)).hasMessageContaining("but were 0");
        assertThatThrownBy(() -> HubSpotPacing.builder().inFlight(-1)).hasMessageContaining("but were -1");
        assertThatThrownBy(() -> HubSpotPacing.builder().reserve(-1)).hasMessageContaining("but was -1");
        assertThatThrownBy(() -> HubSpotPacing.builder().searchesPerSecond(0)).hasMessageContaining("but were 0");
    }
}
