package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.Outcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are none: pages of gateways, nothing at all, JSON that ends in the middle, other shapes. */
class BadAnswersTest {

    private static final RecordId<Company> COMPANY = ObjectType.COMPANIES.record("1");
    private static final Property<String> KEY = Property.text("key");

    private final Server server = new Server();
    private final HubSpot hubspot = server.client();

    @AfterEach
    void close() {
        server.close();
    }

    private static final Map<String, Consumer<HubSpot>> READS = Map.of(
            "get", hubspot -> hubspot.companies().get(COMPANY, Selection.DEFAULT),
            "list",
                    hubspot -> hubspot.companies()
                            .list(Selection.DEFAULT)
                            .iterator()
                            .hasNext(),
            "search",
                    hubspot ->
                            hubspot.companies().search(Search.all()).iterator().hasNext(),
            "read", hubspot -> hubspot.companies().read(List.of(COMPANY), Selection.DEFAULT),
            "associations", hubspot -> hubspot.associations().read(List.of(COMPANY), ObjectType.DEALS),
            "labels", hubspot -> hubspot.associations().types(ObjectType.COMPANIES, ObjectType.DEALS),
            "properties", hubspot -> hubspot.properties(ObjectType.COMPANIES).list(),
            "pipelines", hubspot -> hubspot.pipelines().list(ObjectType.DEALS),
            "account", hubspot -> hubspot.account().get(),
            "enablement", hubspot -> hubspot.account().enablement());

    private static final Map<String, String> BODIES = Map.of(
            "HTML", "<!DOCTYPE html><html><body>jane@acme.example</body></html>",
            "empty", "",
            "white", " \n ",
            "cut off", "{\"results\":[{\"id\":\"1\",\"properties\":{\"name\":\"jane@acme.exam",
            "text", "upstream connect error",
            "number", "42",
            "array", "[{\"id\":\"1\"}]",
            "two", "{}{}");

    static Stream<Arguments> everyReadWithEveryBody() {
        return READS.keySet().stream().flatMap(read -> BODIES.keySet().stream().map(body -> Arguments.of(read, body)));
    }

    @ParameterizedTest
    @MethodSource("everyReadWithEveryBody")
    void whatIsNoAnswerIsAskedForThreeTimesAndThenTold(String read, String body) {
        for (int i = 0; i < 5; i++) {
            server.answer(new MockResponse.Builder()
                    .code(200)
                    .addHeader("Content-Type", i % 2 == 0 ? "text/html" : "application/json")
                    .body(BODIES.get(body))
                    .build());
        }
        assertThatThrownBy(() -> READS.get(read).accept(hubspot))
                .isInstanceOf(HubSpotUnavailableException.class)
                .hasMessageContaining("was answered with")
                .hasMessageNotContaining("jane");
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("everyReadWithEveryBody")
    void aGoodAnswerAfterABadOneIsEnoughWhateverItsContentType(String read, String body) {
        server.answer(200, BODIES.get(body))
                .answer(new MockResponse.Builder()
                        .code(200)
                        .addHeader("Content-Type", "text/plain")
                        .body("{\"id\":\"1\",\"results\":[]}")
                        .build());
        if (read.equals("read")) {
            server.answer(404, "{\"category\":\"OBJECT_NOT_FOUND\"}");
        }
        READS.get(read).accept(hubspot);
        assertThat(server.requests()).hasSizeBetween(2, 3);
    }

    static Stream<String> bodies() {
        return BODIES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aCreationThatIsAnsweredWithNonsenseMayHaveHappened(String body) {
        server.answer(201, BODIES.get(body)).answer(201, BODIES.get(body));
        BatchResult<Company> result =
                hubspot.companies().create(List.of(NewRecord.of(Properties.of(Companies.NAME, "A"))));
        assertThat(result.of("#1")).isInstanceOf(Unknown.class);
        assertThat(server.requests()).hasSize(1);
        assertThatThrownBy(() -> hubspot.companies().create(NewRecord.of(Properties.of(Companies.NAME, "A"))))
                .isInstanceOfSatisfying(
                        HubSpotUnavailableException.class,
                        failure -> assertThat(failure.mayHaveHappened()).isTrue());
    }

    @Test
    void membersInOtherShapesAreMissingAndOthersUnknown() {
        server.answer(
                200,
                "{\"status\":7,\"results\":[null,5,{\"id\":5,\"properties\":{\"key\":\"a\",\"annualrevenue\":12.50,\"flag\":true,\"list\":[1],\"none\":null},\"createdAt\":{},\"updatedAt\":\"yesterday\",\"archived\":\"no\",\"new\":null,\"associations\":[],\"propertiesWithHistory\":{\"x\":[]}}],\"errors\":null,\"links\":[]}");
        BatchResult<Company> result =
                hubspot.companies().upsert(KEY, List.of(new RecordUpsert("a", Properties.of(Companies.NAME, "A"))));
        CrmRecord<Company> record = result.records().get("a");
        assertThat(record.id().value()).isEqualTo("5");
        assertThat(record.get(Companies.ANNUAL_REVENUE)).isEqualByComparingTo("12.50");
        assertThat(record.text("flag")).contains("true");
        assertThat(record.text("list")).isEmpty();
        assertThat(record.createdAt()).isNull();
        assertThat(record.updatedAt()).isNull();
    }

    @Test
    void anAnswerInAnotherShapeIsNotTakenForSuccess() {
        for (int i = 0; i < 3; i++) {
            server.answer(200, "{\"results\":{\"id\":\"1\"}}");
        }
        assertThatThrownBy(() -> hubspot.companies()
                        .upsert(KEY, List.of(new RecordUpsert("a", Properties.of(Companies.NAME, "A"))))
                        .orThrow())
                .isInstanceOf(HubSpotUnavailableException.class);
    }

    @Test
    void aBodyWithoutEndIsNotReadFurther() {
        server.answer(new MockResponse.Builder()
                .code(200)
                .chunkedBody("{\"x\":\"" + "y".repeat(40 << 20), 1 << 20)
                .build());
        assertThatThrownBy(() -> hubspot.account().get()).hasMessageContaining("longer than 32 MB");
    }

    @Test
    void errorsInAnyShapeKeepTheirStatus() {
        List<String> errors = List.of(
                "",
                "<html>no</html>",
                "{\"message\":{\"text\":\"x\"}}",
                "{\"errors\":\"x\"}",
                "{\"context\":[1,2]}",
                "{\"message\":\"Property values were not valid: [{broken]\"}",
                "{\"category\":null,\"message\":null,\"errors\":[null]}",
                "[]");
        for (String error : errors) {
            server.answer(400, error);
            assertThatThrownBy(() -> hubspot.account().get())
                    .isInstanceOfSatisfying(
                            HubSpotRequestException.class,
                            failure -> assertThat(failure.status()).isEqualTo(400))
                    .hasMessageContaining("GET /account-info/2026-09/details was answered with status 400");
        }
    }

    @Test
    void aRedirectionIsNotFollowedWithAToken() {
        server.answer(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", server.url() + "/elsewhere")
                .build());
        assertThatThrownBy(() -> hubspot.account().get())
                .isInstanceOf(HubSpotRequestException.class)
                .hasMessageContaining("not followed with a token");
        assertThat(server.requests()).hasSize(1);
    }

    /** A byte now and then keeps the time-out for reading from ever being met. */
    @Test
    void aCallWhoseAnswerTricklesEnds() {
        server.answer(new MockResponse.Builder()
                .body("{\"id\":\"1\"}" + " ".repeat(10_000))
                .throttleBody(1, 50, TimeUnit.MILLISECONDS)
                .build());
        HubSpot hurried = server.builder()
                .connectTimeout(Duration.ofMillis(200))
                .readTimeout(Duration.ofMillis(200))
                .build();

        assertThat(hurried.longestAttempt()).contains(Duration.ofMillis(600));
        assertThatThrownBy(() -> hurried.companies().create(NewRecord.of(Properties.of(Companies.NAME, "A"))))
                .isInstanceOfSatisfying(
                        HubSpotUnavailableException.class,
                        failure -> assertThat(failure.mayHaveHappened()).isTrue());
    }

    @Test
    void nobodyThereIsToldAndMayBeRepeatedEvenForCreations() {
        server.close();
        assertThatThrownBy(() -> hubspot.companies().create(NewRecord.of(Properties.of(Companies.NAME, "A"))))
                .isInstanceOfSatisfying(HubSpotUnavailableException.class, failure -> {
                    assertThat(failure.mayHaveHappened()).isFalse();
                    assertThat(failure.attempts()).isEqualTo(5);
                });
    }

    @Test
    void tokensGoToSafeOriginsOnly() {
        assertThatThrownBy(() -> server.builder().endpoint("http://api.hubapi.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be https");
        assertThatThrownBy(() -> server.builder().endpoint("https://api.hubapi.com/crm"))
                .hasMessageContaining("plain origin");
    }
}
