package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refusals over the wire, with the bodies that HubSpot documents, and how long each is waited for. */
class RefusalsTest {

    private static final Instant START = Instant.parse("2026-03-02T04:45:30Z");

    private final VirtualTime time = VirtualTime.startingAt(START);
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HubSpot hubspot() {
        return HubSpot.builder(AccessToken.of("pat-eu1-secret"))
                .endpoint("http://127.0.0.1:" + server.getPort())
                .timeSource(time)
                .random(new Random(1))
                .build();
    }

    private RefusalsTest answers(int status, String body) {
        return answers(new MockResponse.Builder().code(status).body(body).build());
    }

    private RefusalsTest answers(MockResponse response) {
        server.enqueue(response);
        return this;
    }

    private void thenIsFine() {
        answers(200, "{\"portalId\":24680135,\"timeZone\":\"Europe/Berlin\",\"companyCurrency\":\"EUR\"}");
        assertThat(hubspot().account().get().timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    private Duration waited() {
        return Duration.between(START, time.now());
    }

    private static String limit(String policy, String message) {
        return "{\"status\":\"error\",\"message\":\"" + message + "\",\"errorType\":\"RATE_LIMIT\",\"correlationId\":"
                + "\"018f2c1e-5a77-7c19-9b0e-000000000003\",\"policyName\":\"" + policy
                + "\",\"groupName\":\"publicapi:private-apps\",\"requestId\":\"8c1f\"}";
    }

    @Test
    void aBurstIsWaitedOutForItsWindow() {
        answers(429, limit("TEN_SECONDLY_ROLLING", "You have reached your ten_secondly_rolling limit."))
                .thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    }

    @Test
    void aSecondsLimitIsWaitedOutForASecond() {
        answers(429, limit("SECONDLY", "You have reached your secondly limit.")).thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_100));
    }

    @Test
    void theOtherShapeIsALimitToo() {
        answers(
                        429,
                        "{\"status\":\"error\",\"message\":\"limit\",\"category\":\"RATE_LIMITS\",\"correlationId\":\"1\"}")
                .thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    }

    @Test
    void retryAfterIsHonoured() {
        answers(new MockResponse.Builder()
                        .code(429)
                        .addHeader("Retry-After", "42")
                        .body(limit("TEN_SECONDLY_ROLLING", "limit"))
                        .build())
                .thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(42), Duration.ofSeconds(47));
    }

    @Test
    void aSpentDayIsToldAtOnceAndNotTriedAgain() {
        answers(429, limit("DAILY", "You have reached your daily limit."));

        assertThatThrownBy(() -> hubspot().account().get())
                .isInstanceOf(HubSpotLimitException.class)
                .hasMessageContaining("You have reached your daily limit.")
                .hasMessageContaining("2026-03-02T05:45:30Z; the day ends at midnight in the account's time zone");
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(waited()).isZero();
    }

    @Test
    void aLockedRecordIsWaitedForTwoSecondsAtLeast() {
        answers(423, "{\"status\":\"error\",\"message\":\"locked\"}").thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_200));
    }

    @Test
    void anAccountThatMovesSoonIsWaitedFor() {
        answers(new MockResponse.Builder()
                        .code(477)
                        .addHeader("Retry-After", "60")
                        .build())
                .thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
    }

    @Test
    void anAccountThatMovesForHoursIsToldAtOnce() {
        answers(new MockResponse.Builder()
                .code(477)
                .addHeader("Retry-After", "86400")
                .build());

        assertThatThrownBy(() -> hubspot().account().get())
                .isInstanceOf(HubSpotUnavailableException.class)
                .hasMessageContaining("moved to another data centre")
                .hasMessageContaining("1440 minutes");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aGatewaysPageIsTriedAgainAndNeverShownAsAParserError() {
        answers(502, "<html>Bad Gateway</html>").answers(503, "").thenIsFine();

        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void aBadTokenIsToldWithoutShowingIt() {
        answers(
                401,
                "{\"status\":\"error\",\"message\":\"Authentication credentials not found.\",\"category\":"
                        + "\"INVALID_AUTHENTICATION\"}");

        assertThatThrownBy(() -> hubspot().account().get())
                .isInstanceOf(HubSpotAuthenticationException.class)
                .hasMessageContaining("Give a valid access token")
                .hasMessageNotContaining("pat-eu1-secret");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    private static final String MISSING_SCOPES =
            "{ \"status\": \"error\", \"message\": \"This app hasn't been granted all required scopes to make this call.\","
                    + " \"correlationId\": \"018f2c1e-5a77-7c19-9b0e-000000000002\", \"category\": \"MISSING_SCOPES\","
                    + " \"links\": { \"scopes\": \"https://developers.hubspot.com/scopes\" },"
                    + " \"errors\": [ { \"message\": \"One or more of the following scopes are required.\","
                    + " \"context\": { \"requiredGranularScopes\": [ \"crm.objects.invoices.write\" ] } } ] }";

    @Test
    void aMissingScopeIsNamedWithWhereToAddIt() {
        answers(403, MISSING_SCOPES);
        assertThatThrownBy(() -> hubspot().account().get())
                .isInstanceOfSatisfying(HubSpotPermissionException.class, failure -> {
                    assertThat(failure.missingScopes()).containsExactly("crm.objects.invoices.write");
                    assertThat(failure.category()).isEqualTo("MISSING_SCOPES");
                    assertThat(failure.correlationId()).isEqualTo("018f2c1e-5a77-7c19-9b0e-000000000002");
                    assertThat(failure.status()).isEqualTo(403);
                    assertThat(failure.attempts()).isEqualTo(1);
                })
                .hasMessage("GET /account-info/2026-09/details was answered with status 403 MISSING_SCOPES: This app"
                        + " hasn't been granted all required scopes to make this call. (correlation id"
                        + " 018f2c1e-5a77-7c19-9b0e-000000000002). Add the scope crm.objects.invoices.write in HubSpot,"
                        + " under Settings > Integrations, to the private app or service key of this token.");
    }

    @Test
    void scopesAreFoundWhereverTheyStand() {
        answers(403, "{\"category\":\"MISSING_SCOPES\",\"message\":\"x\",\"context\":{\"missingScopes\":[\"a\"]}}")
                .answers(
                        403,
                        "{\"category\":\"MISSING_SCOPES\",\"message\":\"x\",\"context\":{\"requiredScopes\":\"b\"}}")
                .answers(
                        403,
                        "{\"category\":\"MISSING_SCOPES\",\"message\":\"needs crm.schemas.invoices.write or e-commerce.\"}");
        List<Set<String>> scopes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try {
                hubspot().account().get();
            } catch (HubSpotPermissionException e) {
                scopes.add(e.missingScopes());
            }
        }
        assertThat(scopes)
                .containsExactly(Set.of("a"), Set.of("b"), Set.of("crm.schemas.invoices.write", "e-commerce"));
    }

    private static final NewRecord<Crm.Contact> JANE =
            NewRecord.of(Properties.of(Contacts.EMAIL, "Jane.Doe@acme.example").with(Contacts.PHONE, "4915112345678"));

    @Test
    void aContactThatExistsIsAConflictWithItsOwner() {
        answers(
                409,
                "{\"status\":\"error\",\"category\":\"CONFLICT\",\"message\":\"Contact already exists. Existing ID: 20151\"}");
        assertThatThrownBy(() -> hubspot().contacts().create(JANE))
                .isInstanceOfSatisfying(
                        HubSpotConflictException.class,
                        failure -> assertThat(failure.ownerId()).contains("20151"));
    }

    @Test
    void theOwnerOfAUniqueValueIsTheLastIdOfTheMessage() {
        answers(
                        400,
                        "{\"status\":\"error\",\"category\":\"VALIDATION_ERROR\",\"message\":\"Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=ObjectTypeId{legacyObjectType=ORDER}, propertyName=zb_id, value=42} on 1378000000001. 1337741441227 already has that value.\"}")
                .answers(
                        400,
                        "{\"status\":\"error\",\"message\":\"taken\",\"errorType\":\"UNIQUE_VALUE_CONFLICT\",\"errorTokens\":{\"existingObjectId\":[\"77\"],\"conflictingValue\":[\"jane.doe@acme.example\"]}}");
        assertThatThrownBy(() -> hubspot().contacts().create(JANE))
                .isInstanceOfSatisfying(HubSpotConflictException.class, failure -> {
                    assertThat(failure.ownerId()).contains("1337741441227");
                    assertThat(failure.properties()).containsExactly("zb_id");
                    assertThat(failure.code()).isEqualTo("UNIQUE_VALUE_CONFLICT");
                })
                .hasMessageContaining("value=…}");
        assertThatThrownBy(() -> hubspot().contacts().create(JANE))
                .isInstanceOfSatisfying(
                        HubSpotConflictException.class,
                        failure -> assertThat(failure.ownerId()).contains("77"));
    }

    @Test
    void whatAnAdministratorRequiresIsNamed() {
        answers(
                400,
                "{\"status\":\"error\",\"message\":\"Error creating 0-2. Some required properties were not set.\",\"correlationId\":\"4c67a0ad\",\"context\":{\"properties\":[\"domain\",\"industry\"]},\"category\":\"VALIDATION_ERROR\"}");
        assertThatThrownBy(() -> hubspot().companies().create(NewRecord.of(Properties.of(Companies.NAME, "A"))))
                .isInstanceOfSatisfying(
                        HubSpotRequestException.class,
                        failure -> assertThat(failure.properties()).containsExactly("domain", "industry"))
                .hasMessageEndingWith(
                        "The account requires a value for domain, industry: give one, or make the property"
                                + " optional in HubSpot.");
    }

    @Test
    void submittedValuesAreNotShownWhereverHubSpotQuotesThem() {
        List<String> messages = List.of(
                "Email address Jane.Doe@acme.example is invalid",
                "jane.doe@acme.example was not accepted",
                "Property values were not valid: [{\\\"isValid\\\":false,\\\"message\\\":\\\"4915112345678 is not a phone\\\",\\\"error\\\":\\\"INVALID_PHONE\\\",\\\"name\\\":\\\"phone\\\"}]",
                "Duplicate IDs found in batch input: [x@y.example, z]. IDs must be unique",
                "phone 4915112345678 of somebody@else.example",
                "Cannot set PropertyValueCoordinates{portalId=1, propertyName=email, value=jane.doe@acme.example} on 5. 6 already has that value.");
        for (String message : messages) {
            answers(400, "{\"status\":\"error\",\"category\":\"VALIDATION_ERROR\",\"message\":\"" + message + "\"}");
            assertThatThrownBy(() -> hubspot().contacts().create(JANE))
                    .isInstanceOf(HubSpotException.class)
                    .satisfies(failure -> assertThat(String.valueOf(failure.getMessage()))
                            .doesNotContainIgnoringCase("jane")
                            .doesNotContain("4915112345678", "x@y.example", "somebody@"));
        }
    }

    @Test
    void aTokenThatWasRenewedMeanwhileIsTriedOnce() throws Exception {
        answers(401, "{\"category\":\"EXPIRED_AUTHENTICATION\",\"message\":\"expired\"}")
                .answers(200, "{\"portalId\":1}")
                .answers(401, "{\"category\":\"EXPIRED_AUTHENTICATION\",\"message\":\"expired\"}")
                .answers(401, "{\"category\":\"EXPIRED_AUTHENTICATION\",\"message\":\"expired\"}");
        int[] asked = {0};
        HubSpot renewing = HubSpot.builder(() -> AccessToken.of("token-" + asked[0]++))
                .endpoint("http://127.0.0.1:" + server.getPort())
                .timeSource(time)
                .build();
        assertThat(renewing.account().get().portalId()).isEqualTo(1);
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer token-0");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer token-2");
        assertThatThrownBy(() -> renewing.account().get()).isInstanceOf(HubSpotAuthenticationException.class);
        assertThat(server.getRequestCount()).isEqualTo(4);
        assertThat(waited()).isZero();
    }

    @Test
    void theCorrelationIdOfTheHeaderCountsWhereTheBodyHasNone() {
        answers(new MockResponse.Builder()
                .code(400)
                .addHeader("X-HubSpot-Correlation-Id", "c-1")
                .body("{\"message\":\"Invalid input JSON on line 3, column 9: unexpected\"}")
                .build());
        assertThatThrownBy(() -> hubspot().account().get())
                .isInstanceOfSatisfying(HubSpotRequestException.class, failure -> {
                    assertThat(failure.correlationId()).isEqualTo("c-1");
                    assertThat(failure.category()).isEmpty();
                })
                .hasMessageContaining("Invalid input JSON on line 3, column 9")
                .hasMessageContaining("(correlation id c-1)");
    }

    @Test
    void aTooLongAddressIsToldWithWhatToDo() {
        answers(414, "");
        assertThatThrownBy(() ->
                        hubspot().companies().list(Selection.DEFAULT).iterator().hasNext())
                .isInstanceOf(HubSpotRequestException.class)
                .hasMessageContaining("Ask for fewer properties");
    }

    @Test
    void everyAttemptIsHeardOf() {
        List<HubSpotListener.Call> calls = new ArrayList<>();
        List<HubSpotListener.Pause> pauses = new ArrayList<>();
        HubSpotListener listener = new HubSpotListener() {
            @Override
            public void onCall(Call call) {
                calls.add(call);
                throw new IllegalStateException("a listener that fails changes nothing");
            }

            @Override
            public void onPause(Pause pause) {
                pauses.add(pause);
            }
        };
        answers(429, limit("TEN_SECONDLY_ROLLING", "limit")).answers(200, "{\"id\":\"1\",\"properties\":{}}");
        hubspot()
                .newBuilder()
                .listener(listener)
                .build()
                .contacts()
                .find(Contacts.EMAIL, "jane@acme.example", Selection.DEFAULT);
        assertThat(calls)
                .extracting(HubSpotListener.Call::status, HubSpotListener.Call::attempt, HubSpotListener.Call::path)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(429, 1, "/crm/objects/2026-09/contacts/{email}"),
                        org.assertj.core.groups.Tuple.tuple(200, 2, "/crm/objects/2026-09/contacts/{email}"));
        assertThat(pauses)
                .containsExactly(new HubSpotListener.Pause("general", "TEN_SECONDLY_ROLLING", Duration.ofSeconds(10)));
    }

    /** A check of the caller's is asked before each attempt, and what it throws ends the call. */
    @Test
    void anAttemptThatACheckForbidsIsNotSent() {
        answers(503, "");
        List<Integer> sentBefore = new ArrayList<>();
        HubSpot checked = hubspot().checkedBy(() -> {
            sentBefore.add(server.getRequestCount());
            if (server.getRequestCount() == 1) {
                throw new IllegalStateException("no right to write any more");
            }
        });

        assertThatThrownBy(() -> checked.account().get()).hasMessage("no right to write any more");

        assertThat(sentBefore).containsExactly(0, 1);
        assertThat(server.getRequestCount()).isOne();
        // A permit that was not given back would keep the next call waiting.
        thenIsFine();
    }
}
