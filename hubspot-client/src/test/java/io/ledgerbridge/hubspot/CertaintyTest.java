package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.Crm.Contact;
import io.ledgerbridge.hubspot.Crm.Invoice;
import io.ledgerbridge.hubspot.Crm.LineItem;
import io.ledgerbridge.hubspot.Outcome.Archived;
import io.ledgerbridge.hubspot.Outcome.Created;
import io.ledgerbridge.hubspot.Outcome.Failed;
import io.ledgerbridge.hubspot.Outcome.Unknown;
import io.ledgerbridge.hubspot.Outcome.Updated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be said of an input when something ends its batch half way, or when a refusal does not say whom it is about. */
class CertaintyTest {

    private static final Property<String> KEY = Property.text("zoho_key");
    private static final Property<String> X = Property.text("x");
    private static final String DAY =
            "{\"status\":\"error\",\"message\":\"You have reached your daily limit.\",\"category\":\"RATE_LIMITS\"}";
    private static final String BAD_TOKEN =
            "{\"status\":\"error\",\"category\":\"INVALID_AUTHENTICATION\",\"message\":\"no\"}";
    private static final String NO_SUCH_PROPERTY = error(
            "Property values were not valid: [{\\\"isValid\\\":false,\\\"message\\\":\\\"gone\\\",\\\"error\\\":\\\"PROPERTY_DOESNT_EXIST\\\",\\\"name\\\":\\\"x\\\"}]");

    private final Server server = new Server();
    private final HubSpot hubspot = server.client();

    @AfterEach
    void close() {
        server.close();
    }

    private static String error(String message) {
        return "{\"status\":\"error\",\"category\":\"VALIDATION_ERROR\",\"message\":\"" + message + "\"}";
    }

    private static String result(String id, String key) {
        return "{\"id\":\"" + id + "\",\"new\":true,\"properties\":{\"zoho_key\":\"" + key + "\"}}";
    }

    private static String results(String... results) {
        return "{\"status\":\"COMPLETE\",\"results\":[" + String.join(",", results) + "]}";
    }

    private static RecordUpsert upsert(String key) {
        return new RecordUpsert(key, Properties.of(Companies.NAME, key));
    }

    private static RecordUpdate<Company> update(int id) {
        return new RecordUpdate<>(
                ObjectType.COMPANIES.record(String.valueOf(id)), Properties.of(Companies.NAME, "N" + id));
    }

    private static <T extends Crm> NewRecord<T> keyed(String key) {
        return NewRecord.of(Properties.of(KEY, key));
    }

    // Batches that are cut short

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429})
    void anInputThatWasSentAndNotAnsweredIsUnknownWhenItCannotBeSentAgain(int status) {
        server.answer(200, results(result("1", "a"))).answer(status, status == 429 ? DAY : BAD_TOKEN);
        BatchResult<Company> result = hubspot.companies().upsert(KEY, List.of(upsert("a"), upsert("b")));
        assertThat(result.of("a")).isInstanceOf(Created.class);
        assertThat(result.of("b")).isInstanceOf(Unknown.class);
        assertThat(result.stoppedBy()).isPresent();
    }

    @Test
    void anInputOfALockedCallIsUnknownWhenTheDayEnds() {
        for (int i = 0; i < 5; i++) {
            server.answer(423, error("locked"));
        }
        server.answer(429, DAY);
        BatchResult<Company> result = hubspot.companies().update(List.of(update(1), update(2)));
        assertThat(result.outcomes()).allMatch(Unknown.class::isInstance);
        assertThat(result.stoppedBy()).containsInstanceOf(HubSpotLimitException.class);
    }

    @Test
    void aRefusedReadBackDecidesNothing() {
        String gone = "{\"results\":[],\"errors\":[{\"category\":\"OBJECT_NOT_FOUND\",\"context\":{\"ids\":[\"a\"]}}]}";
        server.answer(200, gone)
                .dropTheAnswer()
                .answer(
                        207,
                        "{\"results\":[],\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"message\":\"odd\","
                                + "\"context\":{\"ids\":[\"a\"]}}]}");
        BatchResult<Contact> result = hubspot.contacts().createOnce(KEY, List.of(keyed("a")));
        assertThat(result.of("a"))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("odd"));
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void definitionsThatCannotBeReadMakeNoInputUncertain() {
        server.answer(400, NO_SUCH_PROPERTY);
        for (int i = 0; i < 5; i++) {
            server.answer(503, "");
        }
        BatchResult<LineItem> result = hubspot.lineItems()
                .create(List.of(NewRecord.of(Properties.of(X, "1")), NewRecord.of(Properties.of(LineItems.NAME, "A"))));
        assertThat(result.outcomes()).allMatch(Failed.class::isInstance);
        assertThat(result.failed().get("#1").code()).isEqualTo("PROPERTY_DOESNT_EXIST");
        assertThat(result.failed().get("#2").category()).isEqualTo(Problem.REFUSED_TOGETHER);
        assertThat(result.stoppedBy()).isEmpty();
    }

    @Test
    void aCallThatNeverLeftDidNotHappen() {
        HubSpot interrupted = server.builder()
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(chain -> {
                            Thread.currentThread().interrupt();
                            return new Response.Builder()
                                    .request(chain.request())
                                    .protocol(Protocol.HTTP_1_1)
                                    .code(429)
                                    .message("")
                                    .body(ResponseBody.create("{}", null))
                                    .build();
                        })
                        .build())
                .build();
        assertThatThrownBy(() ->
                        interrupted.lineItems().create(List.of(NewRecord.of(Properties.of(LineItems.NAME, "A")))))
                .isInstanceOfSatisfying(
                        HubSpotUnavailableException.class,
                        failure -> assertThat(failure.mayHaveHappened()).isFalse());
        assertThat(Thread.interrupted()).isTrue();
    }

    // Refusals of many

    @Test
    void onlyTheInputAtFaultHasTheOwnerOfItsValue() {
        server.answer(
                400,
                error(
                        "Cannot set PropertyValueCoordinates{portalId=1, objectTypeId=ObjectTypeId{legacyObjectType=ORDER},"
                                + " propertyName=zoho_key, value=42} on 1378000000001. 1337741441227 already has that value."));
        BatchResult<Contact> result = hubspot.contacts().create(List.of(keyed("41"), keyed("42"), keyed("43")));
        assertThat(result.failed().get("#2").ownerId()).isEqualTo("1337741441227");
        assertThat(result.failed().get("#2").retryable()).isFalse();
        for (String innocent : List.of("#1", "#3")) {
            Problem problem = result.failed().get(innocent);
            assertThat(problem.category()).isEqualTo(Problem.REFUSED_TOGETHER);
            assertThat(problem.ownerId()).isNull();
            assertThat(problem.properties()).isEmpty();
            assertThat(problem.retryable()).isTrue();
            assertThat(problem.message()).contains("because of another input");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Something is wrong",
                "Property values were not valid: [{\\\"error\\\":\\\"INVALID_EMAIL\\\",\\\"name\\\":\\\"zoho_key\\\"}]"
            })
    void whereNobodyIsCertainlyAtFaultAllMayBeSentAgain(String message) {
        server.answer(400, error(message));
        BatchResult<Contact> result = hubspot.contacts().create(List.of(keyed("41"), keyed("42")));
        assertThat(result.failed().values()).hasSize(2).allSatisfy(problem -> {
            assertThat(problem.category()).isEqualTo(Problem.REFUSED_TOGETHER);
            assertThat(problem.retryable()).isTrue();
            assertThat(problem.message()).contains("is not known");
        });
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aLockedCallOfCreationsIsUnknownAndTheNextOneIsSent() {
        server.answer(423, error("locked"))
                .answer(201, "{\"results\":[{\"id\":\"7\",\"properties\":{\"name\":\"N100\"}}]}");
        BatchResult<LineItem> result = hubspot.lineItems()
                .create(IntStream.rangeClosed(0, 100)
                        .mapToObj(i -> NewRecord.<LineItem>of(Properties.of(LineItems.NAME, "N" + i)))
                        .toList());
        assertThat(result.unknown()).hasSize(100);
        assertThat(result.of("#101")).isInstanceOf(Created.class);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void oneCreationOfALockedRecordIsSentAgain() {
        server.answer(423, error("locked")).answer(201, "{\"id\":\"7\",\"properties\":{}}");
        assertThat(hubspot.lineItems()
                        .create(NewRecord.of(Properties.of(LineItems.NAME, "A")))
                        .id()
                        .value())
                .isEqualTo("7");
        assertThat(server.waited()).hasSeconds(2);
    }

    @Test
    void equalRecordsWithOtherAssociationsAreNotTheSame() {
        NewRecord<Contact> toOne = CertaintyTest.<Contact>keyed("a")
                .associated(AssociationTypes.CONTACT_TO_COMPANY, ObjectType.COMPANIES.record("1"));
        NewRecord<Contact> toOther = CertaintyTest.<Contact>keyed("a")
                .associated(AssociationTypes.CONTACT_TO_COMPANY, ObjectType.COMPANIES.record("2"));
        server.answer(200, results());
        BatchResult<Contact> result = hubspot.contacts().createOnce(KEY, List.of(toOne, toOther));
        assertThat(result.outcomes())
                .allSatisfy(outcome -> assertThat(
                                ((Failed<Contact>) outcome).problem().category())
                        .isEqualTo(Problem.DUPLICATE_INPUT));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void archivedIsOnlyWhatNoErrorCanBeAbout() {
        server.answer(
                        207,
                        "{\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"message\":\"no\",\"context\":{\"ids\":[\"3\"]}},"
                                + "{\"category\":\"VALIDATION_ERROR\",\"message\":\"paid\"}]}")
                .answer(207, "{\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"message\":\"paid\"}]}")
                .answer(new MockResponse.Builder().code(204).build())
                .answer(207, "{\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"message\":\"paid\"}]}");
        BatchResult<Invoice> result = hubspot.invoices()
                .archive(IntStream.rangeClosed(1, 3)
                        .mapToObj(i -> ObjectType.INVOICES.record(String.valueOf(i)))
                        .toList());
        assertThat(result.of("1")).isInstanceOf(Archived.class);
        assertThat(result.failed().get("2").message()).isEqualTo("paid");
        assertThat(result.failed().get("3").message()).isEqualTo("no");
    }

    // Words

    @Test
    void wordsThatWereSubmittedToDoNotHideTheDaysLimit() {
        server.answer(429, DAY);
        assertThatThrownBy(() ->
                        hubspot.companies().upsert(KEY, List.of(new RecordUpsert("a", Properties.of(X, "daily")))))
                .isInstanceOf(HubSpotLimitException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Property values were not valid: [{\\\"message\\\":\\\"object type was not an option\\\",\\\"error\\\":\\\"INVALID_OPTION\\\",\\\"name\\\":\\\"x\\\"}]",
                "Cannot set PropertyValueCoordinates{portalId=1, propertyName=x, value=non-unique} on 13. 14 already has that value."
            })
    void quotedValuesAreNotTakenForHubSpotsWords(String message) {
        server.answer(400, error(message))
                .answer(200, results(result("1", "a")))
                .answer(400, error(message));
        BatchResult<Company> result = hubspot.companies()
                .upsert(KEY, List.of(upsert("a"), new RecordUpsert("b", Properties.of(X, "non-unique"))));
        assertThat(result.of("a")).isInstanceOf(Created.class);
        assertThat(result.failed()).containsOnlyKeys("b");
    }

    // Calls that are saved

    @Test
    void definitionsAreAskedOnceForAProperty() {
        String refused =
                "{\"category\":\"VALIDATION_ERROR\",\"message\":\"Property values were not valid: [{\\\"error\\\":\\\"READ_ONLY_VALUE\\\",\\\"name\\\":\\\"x\\\"}]\",\"context\":{\"objectWriteTraceId\":[\"%s\"]}}";
        server.answer(
                        207,
                        "{\"results\":[],\"errors\":[" + refused.formatted("i0") + "," + refused.formatted("i1") + ","
                                + refused.formatted("i2") + "]}")
                .answer(200, "{\"results\":[{\"name\":\"x\",\"type\":\"string\"}]}");
        BatchResult<Company> result = hubspot.companies()
                .upsert(
                        KEY,
                        List.of("a", "b", "c").stream()
                                .map(key -> new RecordUpsert(key, Properties.of(X, "1")))
                                .toList());
        assertThat(result.failed()).containsOnlyKeys("a", "b", "c");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void whatOneCallHasTaughtTheNextOneKnows() {
        List<RecordUpdate<Company>> updates = IntStream.rangeClosed(1, 150)
                .mapToObj(i -> new RecordUpdate<>(
                        ObjectType.COMPANIES.record(String.valueOf(i)),
                        Properties.of(Companies.NAME, "N" + i).with(X, "1")))
                .toList();
        server.answer(400, NO_SUCH_PROPERTY)
                .answer(200, "{\"results\":[{\"name\":\"name\",\"type\":\"string\"}]}")
                .answer(200, updated(1, 100))
                .answer(200, updated(101, 150));
        BatchResult<Company> result = hubspot.companies().update(updates);
        assertThat(result.outcomes()).allMatch(Updated.class::isInstance);
        assertThat(result.droppedProperties()).containsExactly("x");
        assertThat(server.requests()).hasSize(4);
        assertThat(server.last().body()).doesNotContain("\"x\"");
    }

    private static String updated(int from, int to) {
        return results(IntStream.rangeClosed(from, to)
                .mapToObj(id -> "{\"id\":\"" + id + "\",\"properties\":{}}")
                .toArray(String[]::new));
    }

    // Pairs

    private static List<Pair<Invoice, Company>> pairs(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        i -> Pair.of(ObjectType.INVOICES.record(String.valueOf(i)), ObjectType.COMPANIES.record("77")))
                .toList();
    }

    @Test
    void pairsThatAreAllRefusedForOneReasonAreNotTriedOneByOneForHours() {
        for (int i = 0; i < 4_000; i++) {
            server.answer(400, error("Type 4711 is not valid"));
        }
        Map<Pair<Invoice, Company>, Problem> refused =
                hubspot.associations().label(pairs(2_000), AssociationTypes.INVOICE_TO_COMPANY);
        assertThat(refused).hasSize(2_000);
        assertThat(refused.values().stream()
                        .filter(problem -> problem.category().equals(Problem.NOT_SENT)))
                .hasSize(1_980)
                .allMatch(problem -> problem.retryable() && problem.message().contains("Type 4711"));
        assertThat(server.requests()).hasSizeLessThan(60);
    }

    @Test
    void aCallThatIsTooLargeIsNotHalvedForItsPairs() {
        server.answer(413, error("too large"));
        assertThatThrownBy(() -> hubspot.associations().associate(pairs(10)))
                .isInstanceOf(HubSpotRequestException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void onePairThatCannotBeRemovedHoldsBackNoOther() {
        List<Pair<Invoice, Company>> two = pairs(2);
        MockResponse done = new MockResponse.Builder().code(204).build();
        server.answer(400, error("no")).answer(done).answer(400, error("no"));
        assertThat(hubspot.associations().dissociate(two)).containsOnlyKeys(two.get(1));
        server.answer(400, error("no")).answer(400, error("no")).answer(done);
        assertThat(hubspot.associations().unlabel(two, AssociationTypes.INVOICE_TO_COMPANY))
                .containsOnlyKeys(two.get(0));
        server.answer(207, "{\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"message\":\"no\"}]}")
                .answer(done)
                .answer(207, "{\"errors\":[{\"category\":\"VALIDATION_ERROR\",\"message\":\"no\"}]}");
        assertThat(hubspot.associations().dissociate(two)).containsOnlyKeys(two.get(1));
    }

    // Searches

    private void answerSearches(int records, int total) {
        for (int page = 0; page < records / 200; page++) {
            int first = page * 200;
            boolean last = first + 200 == records;
            List<String> results = new ArrayList<>();
            for (int id = first + 1; id <= first + 200; id++) {
                results.add("{\"id\":\"" + id + "\",\"properties\":{}}");
            }
            server.answer(
                    200,
                    "{\"total\":" + total + ",\"results\":[" + String.join(",", results) + "]"
                            + (last ? "" : ",\"paging\":{\"next\":{\"after\":\"" + (first + 200) + "\"}}") + "}");
        }
    }

    @Test
    void aSearchOfExactlyTenThousandEnds() {
        answerSearches(10_000, 10_000);
        Search ordered = Search.all().orderedBy(Companies.NAME, true);
        assertThat(hubspot.companies().search(ordered).stream()).hasSize(10_000);
        assertThat(server.requests()).hasSize(50);
    }

    @Test
    void aSearchThatHasNoRoomForAnIdSaysSoAfterTenThousand() {
        answerSearches(10_000, 10_001);
        Search wordy = Search.all().containing("x".repeat(2_850));
        List<CrmRecord<Company>> read = new ArrayList<>();
        assertThatThrownBy(() -> hubspot.companies().search(wordy).forEach(read::add))
                .isInstanceOf(HubSpotRequestException.class)
                .hasMessageContaining("only 10000 records");
        assertThat(read).hasSize(10_000);
    }
}
