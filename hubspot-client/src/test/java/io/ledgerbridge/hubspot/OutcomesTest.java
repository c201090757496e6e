package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.Crm.Contact;
import io.ledgerbridge.hubspot.Crm.LineItem;
import io.ledgerbridge.hubspot.Outcome.Archived;
import io.ledgerbridge.hubspot.Outcome.Created;
import io.ledgerbridge.hubspot.Outcome.Failed;
import io.ledgerbridge.hubspot.Outcome.Found;
import io.ledgerbridge.hubspot.Outcome.Missing;
import io.ledgerbridge.hubspot.Outcome.Unknown;
import io.ledgerbridge.hubspot.Outcome.Updated;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the answers of batches mean for each input, with the bodies that are documented or were seen. */
class OutcomesTest {

    private static final Property<String> KEY = Property.text("zoho_books_contact_id");

    private final Server server = new Server();
    private final HubSpot hubspot = server.client();

    @AfterEach
    void close() {
        server.close();
    }

    private static RecordUpsert input(String key, String name) {
        return new RecordUpsert(key, Properties.of(Companies.NAME, name));
    }

    private static String result(String id, boolean isNew, String key) {
        return "{\"id\":\"" + id + "\",\"new\":" + isNew + ",\"properties\":{\"zoho_books_contact_id\":\"" + key
                + "\"},\"archived\":false}";
    }

    private static String results(String... results) {
        return "{\"status\":\"COMPLETE\",\"results\":[" + String.join(",", results) + "]}";
    }

    private static final String UNIQUE_VALUE =
            "Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=ObjectTypeId{legacyObjectType=ORDER},"
                    + " propertyName=zb_id, value=42} on 1378000000001. 1337741441227 already has that value.";

    private static String error(String message) {
        return "{\"status\":\"error\",\"category\":\"VALIDATION_ERROR\",\"message\":\"" + message
                + "\",\"correlationId\":\"018f2c1e-5a77-7c19-9b0e-000000000001\"}";
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 207})
    void theDocumentedPartialAnswerIsReadWhateverItsStatus(int status) {
        server.answer(status, """
                { "status": "COMPLETE", "startedAt": "2026-09-14T06:11:02.100Z", "completedAt": "2026-09-14T06:11:02.460Z",
                  "results": [ { "id": "55512345678", "new": true, "properties": { "zoho_books_contact_id": "460000000026049" },
                                 "createdAt": "2026-09-14T06:11:02.417Z", "updatedAt": "2026-09-14T06:11:02.417Z", "archived": false } ],
                  "numErrors": 1,
                  "errors": [ { "status": "error", "category": "VALIDATION_ERROR",
                                "message": "Property values were not valid: [{\\"isValid\\":false,\\"message\\":\\"NOT_AN_OPTION was not one of the allowed options\\",\\"error\\":\\"INVALID_OPTION\\",\\"name\\":\\"industry\\"}]",
                                "context": { "objectWriteTraceId": [ "i1" ] } } ] }""");
        BatchResult<Company> result = hubspot.companies()
                .upsert(
                        KEY,
                        List.of(
                                input("460000000026049", "Meridian Tools Pvt Ltd"),
                                new RecordUpsert(
                                        "460000000026071", Properties.of(Companies.INDUSTRY, "NOT_AN_OPTION"))));

        assertThat(result.records()).containsOnlyKeys("460000000026049");
        assertThat(result.of("460000000026049")).isInstanceOf(Created.class);
        Problem problem = result.failed().get("460000000026071");
        assertThat(problem.category()).isEqualTo("VALIDATION_ERROR");
        assertThat(problem.code()).isEqualTo("INVALID_OPTION");
        assertThat(problem.properties()).containsExactly("industry");
        assertThat(problem.message())
                .isEqualTo("Property values were not valid: industry (INVALID_OPTION)")
                .doesNotContain("NOT_AN_OPTION");
        assertThat(problem.retryable()).isFalse();
        assertThat(result).hasToString("BatchResult{Created=1, Failed=1}");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void resultsAreToldApartByKeyInAnyOrderAndByTraceIfThereIsOne() {
        server.answer(
                200,
                results(
                        "{\"id\":\"3\",\"objectWriteTraceId\":\"i2\",\"new\":false,\"properties\":{}}",
                        result("2", false, "b"),
                        result("1", true, "A")));
        BatchResult<Company> result =
                hubspot.companies().upsert(KEY, List.of(input("a", "A"), input("b", "B"), input("c", "C")));

        assertThat(result.outcomes().get(0)).isInstanceOf(Created.class);
        assertThat(result.outcomes().get(1)).isInstanceOf(Updated.class);
        assertThat(result.records().get("a").id().value()).isEqualTo("1");
        assertThat(result.records().get("b").id().value()).isEqualTo("2");
        assertThat(result.records().get("c").id().value()).isEqualTo("3");
    }

    @Test
    void oneErrorNamesSeveralInputsAndTheCountOfErrorsIsNotBelieved() {
        server.answer(
                207,
                "{\"status\":\"COMPLETE\",\"results\":[" + result("1", true, "a")
                        + "],\"numErrors\":7,\"errors\":[{\"status\":\"error\",\"category\":\"VALIDATION_ERROR\",\"subCategory\":{\"any\":1},\"message\":\"no\",\"context\":{\"objectWriteTraceId\":[\"i1\",\"i2\"]}}]}");
        BatchResult<Company> result =
                hubspot.companies().upsert(KEY, List.of(input("a", "A"), input("b", "B"), input("c", "C")));

        assertThat(result.failed()).containsOnlyKeys("b", "c");
        assertThat(result.isComplete()).isFalse();
    }

    @Test
    void anInputThatIsNotMentionedIsAskedAboutAgainAndAtLastUnknown() {
        server.answer(200, results(result("1", true, "a"))).answer(200, results());
        BatchResult<Company> result = hubspot.companies().upsert(KEY, List.of(input("a", "A"), input("b", "B")));

        assertThat(result.of("a")).isInstanceOf(Created.class);
        assertThat(result.of("b")).isInstanceOf(Unknown.class);
        assertThat(result.unknown()).containsExactly("b");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void anAnswerWithNothingInItIsHalvedUntilItTells() {
        server.answer(200, results())
                .answer(200, results(result("1", true, "a")))
                .answer(200, results(result("2", true, "b")));
        BatchResult<Company> result = hubspot.companies().upsert(KEY, List.of(input("a", "A"), input("b", "B")));
        assertThat(result.outcomes()).allMatch(Created.class::isInstance);
    }

    @Test
    void anAnswerThatIsLostAfterTheWriteIsAskedForAgain() {
        server.dropTheAnswer()
                .answer(504, "<html>Gateway Timeout</html>")
                .answer(200, results(result("1", false, "a")));
        BatchResult<Company> result = hubspot.companies().upsert(KEY, List.of(input("a", "A")));
        assertThat(result.of("a")).isInstanceOf(Updated.class);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void aRecordThatWasMergedAnswersWithTheOneThatSurvived() {
        server.answer(200, "{\"results\":[{\"id\":\"77\",\"properties\":{\"name\":\"A\"}}]}");
        RecordId<Company> old = ObjectType.COMPANIES.record("55");
        BatchResult<Company> result =
                hubspot.companies().update(List.of(new RecordUpdate<>(old, Properties.of(Companies.NAME, "A"))));
        assertThat(((Updated<Company>) result.of(old)).record().id().value()).isEqualTo("77");
    }

    // Refusals of whole calls

    @Test
    void aRefusalThatNamesTheInputAtFaultCostsTwoMoreCalls() {
        List<RecordUpsert> inputs = new ArrayList<>();
        List<String> good = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String value = i == 37 ? "42" : "other" + i;
            inputs.add(new RecordUpsert("k" + i, Properties.of(Property.text("zb_id"), value)));
            if (i != 37) {
                good.add(result(String.valueOf(1_000 + i), true, "k" + i));
            }
        }
        server.answer(400, error(UNIQUE_VALUE))
                .answer(200, results(good.toArray(String[]::new)))
                .answer(400, error(UNIQUE_VALUE));
        BatchResult<Company> result = hubspot.companies().upsert(KEY, inputs);

        assertThat(server.requests()).hasSize(3);
        assertThat(result.records()).hasSize(99);
        Problem problem = result.failed().get("k37");
        assertThat(problem.ownerId()).isEqualTo("1337741441227");
        assertThat(problem.code()).isEqualTo("UNIQUE_VALUE_CONFLICT");
        assertThat(problem.properties()).containsExactly("zb_id");
        assertThat(problem.correlationId()).isEqualTo("018f2c1e-5a77-7c19-9b0e-000000000001");
        assertThat(problem.message()).contains("value=…}").doesNotContain("42");
    }

    @Test
    void aRefusalThatNamesNothingCostsFourteenMoreCallsAtMost() {
        List<RecordUpsert> inputs = IntStream.range(0, 100)
                .mapToObj(i -> input("k" + i, "Company " + i))
                .toList();
        for (int bad : List.of(0, 42, 99)) {
            int before = server.requests().size();
            for (int i = 0; i < 20; i++) {
                server.answer(request -> refusing("\"k" + bad + "\"", request));
            }
            BatchResult<Company> result = hubspot.companies().upsert(KEY, inputs);

            assertThat(server.requests().size() - before).isLessThanOrEqualTo(1 + 14);
            assertThat(result.failed()).containsOnlyKeys("k" + bad);
            assertThat(result.records()).hasSize(99);
            while (server.requests().size() - before < 20) {
                hubspot.companies().upsert(KEY, List.of(input("z", "Z"))); // uses up what is left
            }
        }
    }

    /** Refuses a whole call that has this input, and says nothing of use; accepts any other. */
    private static mockwebserver3.MockResponse refusing(String bad, Server.Request request) {
        if (request.body().contains(bad)) {
            return Server.json(400, error("Something is wrong."));
        }
        List<String> written = new ArrayList<>();
        java.util.regex.Matcher keys =
                java.util.regex.Pattern.compile("\"id\":\"([^\"]+)\"").matcher(request.body());
        while (keys.find()) {
            written.add(result(String.valueOf(1_000 + written.size()), true, keys.group(1)));
        }
        return Server.json(200, results(written.toArray(String[]::new)));
    }

    @Test
    void aKeyThatIsNotUniqueIsToldAtOnce() {
        server.answer(400, error("Unable to perform update/upsert by non-unique 0-2 property domain"));
        assertThatThrownBy(() -> hubspot.companies()
                        .upsert(Companies.DOMAIN, List.of(input("a.example", "A"), input("b.example", "B"))))
                .isInstanceOf(HubSpotRequestException.class)
                .hasMessageContaining("non-unique 0-2 property domain");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aTypeThatIsNotThereIsToldAtOnce() {
        server.answer(
                404,
                "{\"status\":\"error\",\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"Unable to infer object type from: cars\"}");
        assertThatThrownBy(() -> hubspot.companies().upsert(KEY, List.of(input("a", "A"), input("b", "B"))))
                .isInstanceOf(HubSpotNotFoundException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aRecordThatStaysLockedHoldsBackNoOther() {
        for (int i = 0; i < 5; i++) {
            server.answer(423, "{\"status\":\"error\",\"message\":\"locked\"}");
        }
        server.answer(200, results(result("1", true, "a")));
        for (int i = 0; i < 5; i++) {
            server.answer(423, "{\"status\":\"error\",\"message\":\"locked\"}");
        }
        BatchResult<Company> result = hubspot.companies().upsert(KEY, List.of(input("a", "A"), input("b", "B")));
        assertThat(result.records()).containsOnlyKeys("a");
        assertThat(result.failed().get("b").retryable()).isTrue();
    }

    // A batch that ends early

    @Test
    void whatWasWrittenIsNotForgottenWhenTheTokenDiesInBetween() {
        List<RecordUpsert> inputs = IntStream.range(0, 250)
                .mapToObj(i -> input("k" + i, "Company " + i))
                .toList();
        server.answer(request -> refusing("nobody", request))
                .answer(401, "{\"status\":\"error\",\"category\":\"EXPIRED_AUTHENTICATION\",\"message\":\"expired\"}");
        BatchResult<Company> result = hubspot.companies().upsert(KEY, inputs);

        assertThat(result.outcomes()).hasSize(250);
        assertThat(result.records()).hasSize(100);
        assertThat(result.failed()).hasSize(150);
        assertThat(result.failed().get("k249").category()).isEqualTo(Problem.NOT_SENT);
        assertThat(result.failed().get("k249").retryable()).isTrue();
        assertThat(result.stoppedBy()).containsInstanceOf(HubSpotAuthenticationException.class);
        assertThatThrownBy(result::orThrow).isInstanceOf(HubSpotAuthenticationException.class);
    }

    @Test
    void aBatchOfWhichNothingWasWrittenThrows() {
        server.answer(
                403,
                "{\"status\":\"error\",\"category\":\"MISSING_SCOPES\",\"message\":\"This app hasn't been granted all required scopes to make this call.\",\"errors\":[{\"message\":\"One or more of the following scopes are required.\",\"context\":{\"requiredGranularScopes\":[\"crm.objects.companies.write\"]}}]}");
        assertThatThrownBy(() -> hubspot.companies().upsert(KEY, List.of(input("a", "A"))))
                .isInstanceOfSatisfying(
                        HubSpotPermissionException.class,
                        failure -> assertThat(failure.missingScopes()).containsExactly("crm.objects.companies.write"));
    }

    @Test
    void aWriteThatMayHaveHappenedBeforeTheTokenDiedIsUnknown() {
        server.dropTheAnswer()
                .answer(401, "{\"status\":\"error\",\"category\":\"EXPIRED_AUTHENTICATION\",\"message\":\"expired\"}");
        BatchResult<Company> result = hubspot.companies().upsert(KEY, List.of(input("a", "A")));
        assertThat(result.unknown()).containsExactly("a");
        assertThat(result.stoppedBy()).containsInstanceOf(HubSpotAuthenticationException.class);
    }

    @Test
    void aSupplierThatFailsEndsTheBatchLikeADeadToken() {
        server.answer(request -> refusing("nobody", request));
        int[] asked = {0};
        HubSpot renewing = HubSpot.builder(() -> {
                    if (asked[0]++ > 0) {
                        throw new IllegalStateException("the vault is closed: s3cret");
                    }
                    return AccessToken.of("t");
                })
                .endpoint(server.url())
                .timeSource(server.time)
                .build();
        List<RecordUpsert> inputs = IntStream.range(0, 150)
                .mapToObj(i -> input("k" + i, "Company " + i))
                .toList();
        BatchResult<Company> result = renewing.companies().upsert(KEY, inputs);
        assertThat(result.records()).hasSize(100);
        assertThat(result.stoppedBy().orElseThrow())
                .isInstanceOf(HubSpotAuthenticationException.class)
                .hasMessageContaining("The application gave no access token")
                .hasMessageNotContaining("s3cret");
    }

    // Creations

    private static NewRecord<LineItem> line(String name, String price) {
        return NewRecord.of(Properties.of(LineItems.NAME, name).with(LineItems.PRICE, new BigDecimal(price)));
    }

    @Test
    void creationsAreToldApartByWhatWasSent() {
        server.answer(
                201,
                "{\"results\":[{\"id\":\"2\",\"properties\":{\"name\":\"Clamp\",\"price\":\"12.0\",\"hs_object_id\":\"2\"}},{\"id\":\"1\",\"properties\":{\"name\":\"Clamp\",\"price\":\"10\"}}]}");
        BatchResult<LineItem> result = hubspot.lineItems().create(List.of(line("Clamp", "10.00"), line("Clamp", "12")));
        assertThat(result.records().get("#1").id().value()).isEqualTo("1");
        assertThat(result.records().get("#2").id().value()).isEqualTo("2");
    }

    @Test
    void creationsThatCannotBeToldApartAreUnknownAndNotRepeated() {
        server.answer(
                207,
                "{\"results\":[{\"id\":\"1\",\"properties\":{}},{\"id\":\"2\",\"properties\":{}}],\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"message\":\"price\",\"context\":{\"propertyName\":[\"price\"]}}]}");
        BatchResult<LineItem> result =
                hubspot.lineItems().create(List.of(line("A", "1"), line("B", "2"), line("C", "3")));
        assertThat(result.unknown()).containsExactly("#1", "#2", "#3");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anErrorWithoutANameBelongsToTheOneThatIsLeft() {
        server.answer(
                207,
                "{\"results\":[{\"id\":\"1\",\"properties\":{\"name\":\"A\",\"price\":\"1\"}}],\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"message\":\"no\",\"context\":{\"propertyName\":[\"price\"]}}]}");
        BatchResult<LineItem> result = hubspot.lineItems().create(List.of(line("A", "1"), line("B", "2")));
        assertThat(result.outcomes().get(0)).isInstanceOf(Created.class);
        assertThat(result.outcomes().get(1)).isInstanceOf(Failed.class);
    }

    @Test
    void identicalCreationsGoIntoDifferentCallsSinceHubSpotMergesThem() {
        server.answer(201, "{\"results\":[{\"id\":\"1\",\"properties\":{\"name\":\"A\",\"price\":\"1\"}}]}")
                .answer(201, "{\"results\":[{\"id\":\"2\",\"properties\":{\"name\":\"A\",\"price\":\"1\"}}]}");
        BatchResult<LineItem> result = hubspot.lineItems().create(List.of(line("A", "1"), line("A", "1")));
        assertThat(result.records().values())
                .extracting(record -> record.id().value())
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 423, 500, 502, 504, 524})
    void aCreationWhoseAnswerIsLostIsNotRepeated(int status) {
        for (int i = 0; i < 5; i++) {
            if (status == 0) {
                server.dropTheAnswer();
            } else {
                server.answer(status, "<html>edge</html>");
            }
        }
        BatchResult<LineItem> result = hubspot.lineItems().create(List.of(line("A", "1"), line("B", "2")));
        assertThat(result.outcomes()).allMatch(Unknown.class::isInstance);
        assertThat(server.requests()).hasSize(1);
        assertThat(((Unknown<LineItem>) result.of("#1")).cause()).isInstanceOf(HubSpotUnavailableException.class);
        if (status == 423) {
            return;
        }
        assertThatThrownBy(() -> hubspot.lineItems().create(line("A", "1")))
                .isInstanceOfSatisfying(
                        HubSpotUnavailableException.class,
                        failure -> assertThat(failure.mayHaveHappened()).isTrue())
                .hasMessageContaining("look before doing it again");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void noPartBelowRepeatsACreation() {
        server.answer(new mockwebserver3.MockResponse.Builder()
                        .code(503)
                        .addHeader("Retry-After", "0")
                        .build())
                .answer(new mockwebserver3.MockResponse.Builder().code(408).build())
                .answer(new mockwebserver3.MockResponse.Builder()
                        .code(307)
                        .addHeader("Location", "/elsewhere")
                        .build());
        for (int i = 1; i <= 3; i++) {
            assertThatThrownBy(() -> hubspot.lineItems().create(line("A", "1"))).isInstanceOf(HubSpotException.class);
            assertThat(server.requests()).hasSize(i);
        }
    }

    @Test
    void aCreationIsRepeatedWhereItCannotHaveHappened() {
        server.answer(
                        429,
                        "{\"status\":\"error\",\"message\":\"limit\",\"errorType\":\"RATE_LIMIT\",\"policyName\":\"TEN_SECONDLY_ROLLING\"}")
                .answer(new mockwebserver3.MockResponse.Builder()
                        .code(477)
                        .addHeader("Retry-After", "5")
                        .build())
                .answer(201, "{\"id\":\"1\",\"properties\":{}}");
        assertThat(hubspot.lineItems().create(line("A", "1")).id().value()).isEqualTo("1");
    }

    @Test
    void aRefusedCallOfCreationsIsNotBisectedAndTellsWhichMayBeTriedAgain() {
        server.answer(
                400,
                error(
                        "Property values were not valid: [{\\\"isValid\\\":false,\\\"message\\\":\\\"x\\\",\\\"error\\\":\\\"INVALID_OPTION\\\",\\\"name\\\":\\\"hs_sku\\\"}]"));
        BatchResult<LineItem> result =
                hubspot.lineItems().create(List.of(line("A", "1"), NewRecord.of(Properties.of(LineItems.SKU, "s"))));
        assertThat(result.failed().get("#1").retryable()).isTrue();
        assertThat(result.failed().get("#2").retryable()).isFalse();
        assertThat(server.requests()).hasSize(1);
    }

    private static NewRecord<Contact> contact(String key, String name) {
        return NewRecord.of(Properties.of(KEY, key).with(Contacts.FIRST_NAME, name));
    }

    @Test
    void aLostCreationWithAKeyIsReadBackAndOnlyWhatIsMissingIsSentAgain() {
        String none =
                "{\"results\":[],\"errors\":[{\"category\":\"OBJECT_NOT_FOUND\",\"context\":{\"ids\":[\"a\",\"b\"]}}]}";
        server.answer(200, none)
                .dropTheAnswer()
                .answer(
                        207,
                        "{\"results\":[" + result("1", true, "a")
                                + "],\"errors\":[{\"category\":\"OBJECT_NOT_FOUND\",\"context\":{\"ids\":[\"b\"]}}]}")
                .answer(201, results(result("2", true, "b")));
        BatchResult<Contact> result = hubspot.contacts().createOnce(KEY, List.of(contact("a", "A"), contact("b", "B")));

        assertThat(result.outcomes()).allMatch(Created.class::isInstance);
        assertThat(server.last().body()).contains("\"b\"").doesNotContain("\"a\"");
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void whatIsThereAlreadyIsFoundAndLeftAlone() {
        server.answer(
                        207,
                        "{\"results\":[" + result("1", false, "a")
                                + "],\"errors\":[{\"category\":\"OBJECT_NOT_FOUND\",\"context\":{\"ids\":[\"b\"]}}]}")
                .answer(
                        207,
                        "{\"results\":[],\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"message\":\"Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=ObjectTypeId{legacyObjectType=CONTACT}, propertyName=zoho_books_contact_id, value=b} on 137. 2 already has that value.\",\"context\":{\"objectWriteTraceId\":[\"i1\"]}}]}")
                .answer(200, results(result("2", false, "b")));
        BatchResult<Contact> result = hubspot.contacts().createOnce(KEY, List.of(contact("a", "A"), contact("b", "B")));
        assertThat(result.outcomes()).allMatch(Found.class::isInstance);
        assertThat(result.records().get("b").id().value()).isEqualTo("2");
    }

    @Test
    void aRecordWithoutItsKeyIsNotCreated() {
        assertThatThrownBy(() -> hubspot.contacts()
                        .createOnce(KEY, List.of(NewRecord.of(Properties.of(Contacts.FIRST_NAME, "A")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("#1")
                .hasMessageContaining("zoho_books_contact_id");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aKeyThatIsGoneIsNeverLeftOut() {
        server.answer(
                        200,
                        "{\"results\":[],\"errors\":[{\"category\":\"OBJECT_NOT_FOUND\",\"context\":{\"ids\":[\"a\",\"b\"]}}]}")
                .answer(
                        400,
                        error(
                                "Property values were not valid: [{\\\"isValid\\\":false,\\\"message\\\":\\\"x\\\",\\\"error\\\":\\\"PROPERTY_DOESNT_EXIST\\\",\\\"name\\\":\\\"zoho_books_contact_id\\\"}]"));
        assertThatThrownBy(() -> hubspot.contacts().createOnce(KEY, List.of(contact("a", "A"), contact("b", "B"))))
                .isInstanceOf(HubSpotRequestException.class)
                .hasMessageContaining("zoho_books_contact_id (PROPERTY_DOESNT_EXIST)");
        assertThat(server.requests()).hasSize(2);
    }

    // Reads and archiving

    @Test
    void whatAReadDoesNotMentionIsNotMissing() {
        server.answer(200, results(result("1", false, "a")))
                .answer(200, results())
                .answer(200, result("2", false, "b"))
                .answer(404, "{\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"Object not found.\"}");
        BatchResult<Company> result = hubspot.companies().readBy(KEY, List.of("a", "b", "c"), Selection.DEFAULT);
        assertThat(result.of("a")).isInstanceOf(Found.class);
        assertThat(result.of("b")).isInstanceOf(Found.class);
        assertThat(result.of("c")).isInstanceOf(Missing.class);
        assertThat(server.last().line())
                .isEqualTo(
                        "GET /crm/objects/2026-09/companies/c?idProperty=zoho_books_contact_id&properties=zoho_books_contact_id");
    }

    @Test
    void aGatewaysPageDoesNotMakeARecordMissing() {
        for (int i = 0; i < 5; i++) {
            server.answer(404, "<html>no such page</html>");
        }
        assertThatThrownBy(() -> hubspot.companies().find(KEY, "a", Selection.DEFAULT))
                .isInstanceOf(HubSpotUnavailableException.class);
    }

    @Test
    void anAddressThatHubSpotDoesNotTakeIsOnlyItsOwnProblem() {
        server.answer(200, results())
                .answer(200, results())
                .answer(400, error("mara@ is invalid"))
                .answer(404, "{\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"Object not found.\"}");
        BatchResult<Contact> result =
                hubspot.contacts().readBy(Contacts.EMAIL, List.of("mara@", "b@harbor.example"), Selection.DEFAULT);
        assertThat(result.of("mara@")).isInstanceOf(Failed.class);
        assertThat(result.failed().get("mara@").message()).doesNotContain("mara");
        assertThat(result.of("b@harbor.example")).isInstanceOf(Missing.class);
    }

    @Test
    void archivingBelievesAnEmptyAnswerAndNotOneWithErrors() {
        RecordId<Company> one = ObjectType.COMPANIES.record("1");
        RecordId<Company> two = ObjectType.COMPANIES.record("2");
        server.answer(
                207,
                "{\"results\":[],\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"message\":\"no\",\"context\":{\"ids\":[\"2\"]}}]}");
        BatchResult<Company> result = hubspot.companies().archive(List.of(one, two, one));
        assertThat(result.outcomes().get(0)).isEqualTo(new Archived<>(one));
        assertThat(result.outcomes().get(1)).isInstanceOf(Failed.class);
        assertThat(result.outcomes().get(2)).isEqualTo(new Archived<>(one));
    }

    @Test
    void anUpdateOfNothingIsNotSent() {
        BatchResult<Company> result = hubspot.companies()
                .update(List.of(new RecordUpdate<>(ObjectType.COMPANIES.record("1"), Properties.none())));
        assertThat(result.failed().get("1").message()).isEqualTo("There is no property to write.");
        assertThat(server.requests()).isEmpty();
    }

    // Properties that cannot be written

    private static final String UNKNOWN_PROPERTY =
            "Property values were not valid: [{\\\"isValid\\\":false,\\\"message\\\":\\\"Property \\\\\\\"x\\\\\\\" does not exist\\\",\\\"error\\\":\\\"PROPERTY_DOESNT_EXIST\\\",\\\"name\\\":\\\"x\\\"}]";

    @Test
    void anUnknownPropertyIsLeftOutWithAWarningIfTheDefinitionsSaySo() {
        List<String> heard = new ArrayList<>();
        HubSpot listening = server.builder()
                .listener(new HubSpotListener() {
                    @Override
                    public void onDroppedProperty(DroppedProperty dropped) {
                        heard.add(dropped.type() + "." + dropped.property());
                    }
                })
                .build();
        server.answer(400, error(UNKNOWN_PROPERTY))
                .answer(200, "{\"results\":[{\"name\":\"name\",\"type\":\"string\"}]}")
                .answer(200, results(result("1", true, "a"), result("2", true, "b")))
                .answer(200, results(result("3", true, "c")));
        BatchResult<Company> result = listening
                .companies()
                .upsert(
                        KEY,
                        List.of(
                                input("a", "A"),
                                new RecordUpsert(
                                        "b",
                                        Properties.of(Property.text("x"), "1").with(Companies.NAME, "B"))));

        assertThat(result.outcomes()).allMatch(Created.class::isInstance);
        assertThat(result.droppedProperties()).containsExactly("x");
        assertThat(heard).containsExactly("companies.x");
        assertThat(server.requests()).hasSize(3);
        assertThat(server.last().body()).contains("\"name\":\"B\"").doesNotContain("\"x\"");

        BatchResult<Company> next = listening
                .companies()
                .upsert(KEY, List.of(new RecordUpsert("c", Properties.of(Property.text("x"), "1"))));
        assertThat(next.droppedProperties()).containsExactly("x");
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void anUnknownPropertyIsIsolatedIfTheDefinitionsHaveIt() {
        server.answer(400, error(UNKNOWN_PROPERTY))
                .answer(200, "{\"results\":[{\"name\":\"x\",\"type\":\"string\"}]}")
                .answer(200, results(result("1", true, "a")))
                .answer(400, error(UNKNOWN_PROPERTY))
                .answer(200, "{\"results\":[{\"name\":\"x\",\"type\":\"string\"}]}");
        BatchResult<Company> result = hubspot.companies()
                .upsert(KEY, List.of(input("a", "A"), new RecordUpsert("b", Properties.of(Property.text("x"), "1"))));
        assertThat(result.of("a")).isInstanceOf(Created.class);
        assertThat(result.failed().get("b").code()).isEqualTo("PROPERTY_DOESNT_EXIST");
        assertThat(result.failed().get("b").properties()).isEqualTo(Set.of("x"));
        assertThat(result.droppedProperties()).isEmpty();
    }
}
