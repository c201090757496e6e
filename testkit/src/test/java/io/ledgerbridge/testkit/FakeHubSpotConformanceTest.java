package io.ledgerbridge.testkit;

import static io.ledgerbridge.testkit.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.RawClient.Answer;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fake against sections of the vendor's API as documented or seen live; each test names its section. */
class FakeHubSpotConformanceTest {

    private static final String HOST = "https://api.hubapi.com/";
    private static final String OBJECTS = HOST + "crm/objects/2026-09/";
    private static final String PROPERTIES = HOST + "crm/properties/2026-09/";
    private static final String ASSOCIATIONS = HOST + "crm/associations/2026-09/";
    private static final String KEY = "source_key";

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-09-14T06:11:02Z"));
    private final FakeHubSpot fake =
            FakeHubSpot.builder(time).currencies("USD", "EUR").build();
    private final RawClient client = new RawClient(fake, "Bearer " + fake.accessToken());

    @BeforeEach
    void makeKeys() throws Exception {
        for (String type : List.of("companies", "contacts", "invoices", "line_items", "commerce_payments")) {
            client.post(PROPERTIES + type + "/groups", object("name", "mine", "label", "Mine"));
            assertThat(client.post(PROPERTIES + type, property(KEY, true)).status())
                    .isEqualTo(201);
        }
        time.sleep(Duration.ofSeconds(10));
    }

    private static Map<String, Object> property(String name, boolean unique) {
        return object(
                "name",
                name,
                "label",
                name,
                "type",
                "string",
                "fieldType",
                "text",
                "groupName",
                "mine",
                "hasUniqueValue",
                unique);
    }

    private static Map<String, Object> upsertInput(String key, Object... properties) {
        return object("id", key, "idProperty", KEY, "objectWriteTraceId", "t-" + key, "properties", object(properties));
    }

    @SafeVarargs
    private Answer batch(String type, String operation, Map<String, Object>... inputs) {
        return client.post(OBJECTS + type + "/batch/" + operation, object("inputs", List.of(inputs)));
    }

    private Answer create(String type, Object... properties) {
        return batch(type, "create", object("properties", object(properties)));
    }

    private String id(Answer answer) {
        return Json.text(answer.list("results").get(0), "id");
    }

    private Answer associate(String from, String fromId, String to, String toId) {
        return client.post(
                ASSOCIATIONS + from + "/" + to + "/batch/associate/default",
                object("inputs", List.of(object("from", object("id", fromId), "to", object("id", toId)))));
    }

    private static String error(Answer answer) {
        return Json.text(answer.list("errors").get(0), "message");
    }

    // 1 to 3 Account, versions, scopes

    @Test
    void section1ADeadTokenIsToldByItsCategory() {
        fake.revokeToken();
        Answer answer = client.get(HOST + "account-info/2026-09/details");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("category")).isEqualTo("INVALID_AUTHENTICATION");
    }

    @Test
    void section1TheAccountTellsZoneAndCurrencies() {
        assertThat(client.get(HOST + "account-info/2026-09/details").json())
                .containsEntry("companyCurrency", "USD")
                .containsEntry("additionalCurrencies", List.of("EUR"))
                .containsEntry("timeZone", "America/New_York");
    }

    @Test
    void section2DatedVersionsAnswerAndOthersDoNot() {
        assertThat(client.get(HOST + "crm/properties/2026-03/companies").status())
                .isEqualTo(200);
        assertThat(client.get(HOST + "crm/properties/2019-01/companies").status())
                .isEqualTo(404);
        assertThat(client.get(HOST + "crm/v3/objects/companies").status()).isEqualTo(501);
    }

    @Test
    void section2APartialBatchIs207UpTo202603AndTheBodyDecidesAfter() {
        Map<String, Object> body = object(
                "inputs",
                List.of(upsertInput("a", "email", "no address"), upsertInput("b", "email", "b@acme.example")));

        assertThat(client.post(HOST + "crm/objects/2026-03/contacts/batch/upsert", body)
                        .status())
                .isEqualTo(207);
        Answer later = client.post(OBJECTS + "contacts/batch/upsert", body);
        assertThat(later.status()).isEqualTo(200);
        assertThat(later.json().get("numErrors")).isEqualTo(BigDecimal.ONE);
    }

    @Test
    void section3ObjectsAreSwitchedOnPerAccount() {
        fake.switchOff("invoices");
        assertThat(client.get(HOST + "crm/object-library/2026-09/enablement").object("enablementByObjectTypeId"))
                .containsEntry("0-53", false)
                .containsEntry("0-101", true);
        assertThat(create("invoices", "hs_currency", "USD").status()).isEqualTo(404);
    }

    @Test
    void section3LineItemPropertiesNeedTheOldScope() {
        fake.withdrawScope("e-commerce");
        Answer answer = client.post(PROPERTIES + "line_items", property("other", false));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.list("errors").get(0).toString()).contains("e-commerce");
    }

    @Test
    void section74AMissingScopeIsNamed() {
        fake.withdrawScope("crm.objects.companies.write");
        Answer answer = create("companies", "name", "A");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("category")).isEqualTo("MISSING_SCOPES");
        assertThat(RawClient.child(answer.list("errors").get(0), "context"))
                .containsEntry("requiredGranularScopes", List.of("crm.objects.companies.write"));
    }

    // 4 Values

    @Test
    void section4ValuesComeBackAsTextAndTypesAreChecked() {
        Answer answer = client.post(
                OBJECTS + "commerce_payments/batch/create",
                object(
                        "inputs",
                        List.of(object(
                                "properties",
                                object(
                                        "hs_initial_amount",
                                        new BigDecimal("5900.50"),
                                        "hs_initiated_date",
                                        "2026-09-12T00:00:00Z")))));
        assertThat(RawClient.child(answer.list("results").get(0), "properties"))
                .containsEntry("hs_initial_amount", "5900.50");
        assertThat(create(
                                "commerce_payments",
                                "hs_initial_amount",
                                "1,000",
                                "hs_initiated_date",
                                "2026-09-12T00:00:00Z")
                        .text("message"))
                .contains("INVALID_LONG");
        assertThat(create("commerce_payments", "hs_initial_amount", "1", "hs_initiated_date", "yesterday")
                        .text("message"))
                .contains("hs_initiated_date");
        assertThat(create("invoices", "hs_currency", "XXX").text("message")).contains("INVALID_OPTION");
        assertThat(create("invoices", "hs_currency", "USD", "hs_invoice_billable", "no")
                        .text("message"))
                .contains("INVALID_BOOLEAN_OPTION");
        assertThat(create("companies", "name", "a".repeat(65_537)).status()).isEqualTo(400);
        assertThat(create("companies", "name", "a".repeat(65_536)).status()).isEqualTo(201);
    }

    @Test
    void section4AnEmptyTextClearsAndNoPropertiesAreRefused() {
        String id = id(create("companies", "name", "A", "phone", "1"));
        batch("companies", "update", object("id", id, "properties", object("phone", "")));
        assertThat(fake.records("companies").get(0).get("phone")).isEmpty();
        create("contacts", "firstname", "A");
        String contact = id(create("contacts", "email", "b@acme.example", "firstname", "B"));
        batch("contacts", "update", object("id", contact, "properties", object("email", "")));
        assertThat(fake.records("contacts").get(1).get("email")).isEmpty();
        Answer empty = batch("companies", "update", object("id", id, "properties", object()));
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.text("message")).startsWith("No properties found to update");
    }

    // 6 Batches

    @Test
    void section61ABatchHoldsAtMostAHundred() {
        List<Map<String, Object>> inputs = new ArrayList<>();
        IntStream.range(0, 101).forEach(i -> inputs.add(upsertInput("k" + i, "name", "C" + i)));
        assertThat(client.post(OBJECTS + "companies/batch/upsert", object("inputs", inputs))
                        .status())
                .isEqualTo(400);
        assertThat(fake.records("companies")).isEmpty();
    }

    @Test
    void section62UpsertsNeedAUniquePropertyAndTellWhatIsNew() {
        Answer refused = batch(
                "companies",
                "upsert",
                object("id", "a.example", "idProperty", "domain", "properties", object("name", "A")));
        assertThat(refused.text("message")).contains("non-unique 0-2 property domain");

        assertThat(batch("companies", "upsert", upsertInput("a", "name", "A"))
                        .list("results")
                        .get(0))
                .containsEntry("new", true);
        assertThat(batch("companies", "upsert", upsertInput("a", "name", "B"))
                        .list("results")
                        .get(0))
                .containsEntry("new", false);
        assertThat(fake.records("companies")).hasSize(1);
    }

    @Test
    void section62UpdatesWithAnIdPropertyAreRefused() {
        create("contacts", "email", "a@acme.example");
        assertThat(batch(
                                "contacts",
                                "update",
                                object(
                                        "id",
                                        "a@acme.example",
                                        "idProperty",
                                        "email",
                                        "properties",
                                        object("phone", "1")))
                        .text("message"))
                .contains("non-unique");
    }

    @Test
    void section62AccountsMayRefuseUniquePropertiesOnAType() {
        fake.refuseUniqueProperties("contacts");
        assertThat(client.post(PROPERTIES + "contacts", property("another", true))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void section63ResultsComeInAnotherOrderWithoutTraceIds() {
        Answer answer = batch("companies", "upsert", upsertInput("a", "name", "A"), upsertInput("b", "name", "B"));
        assertThat(RawClient.child(answer.list("results").get(0), "properties")).containsEntry(KEY, "b");
        assertThat(answer.list("results").get(0)).doesNotContainKey("objectWriteTraceId");
    }

    @Test
    void section63OneBadInputLeavesTheOthersAndIsNamedByItsTraceId() {
        Answer answer = batch(
                "contacts", "upsert", upsertInput("a", "email", "no address"), upsertInput("b", "firstname", "B"));
        assertThat(answer.list("results")).hasSize(1);
        assertThat(RawClient.child(answer.list("errors").get(0), "context"))
                .containsEntry("objectWriteTraceId", List.of("t-a"));
    }

    @Test
    void section63CreatesAreAllOrNothingWithoutTraceIds() {
        Map<String, Object> bad = object("properties", object("hs_currency", "XXX"));
        Map<String, Object> good = object("properties", object("hs_currency", "USD"));
        assertThat(batch("invoices", "create", good, bad).status()).isEqualTo(400);
        assertThat(fake.records("invoices")).isEmpty();

        bad.put("objectWriteTraceId", "1");
        good.put("objectWriteTraceId", "2");
        assertThat(batch("invoices", "create", good, bad).list("results")).hasSize(1);
        assertThat(fake.records("invoices")).hasSize(1);
    }

    @Test
    void section63UnknownPropertiesAndDuplicatesFailTheWholeCall() {
        Answer unknown = batch("companies", "upsert", upsertInput("a", "name", "A"), upsertInput("b", "nonsense", "B"));
        Answer twice = batch("companies", "upsert", upsertInput("a", "name", "A"), upsertInput("A", "name", "B"));

        assertThat(unknown.text("message")).contains("PROPERTY_DOESNT_EXIST");
        assertThat(twice.text("message")).startsWith("Duplicate IDs found in batch input");
        assertThat(fake.records("companies")).isEmpty();
    }

    @Test
    void section63IdenticalLineItemsAreMerged() {
        Map<String, Object> line = object("properties", object("name", "Seat", "price", "1"));
        assertThat(batch("line_items", "create", line, line).list("results")).hasSize(1);
    }

    @Test
    void section72ReadsNameWhatIsMissing() {
        create("companies", "name", "A", KEY, "a");
        Answer answer = client.post(
                OBJECTS + "companies/batch/read",
                object(
                        "idProperty", KEY,
                        "properties", List.of("name"),
                        "inputs", List.of(object("id", "a"), object("id", "b"))));
        assertThat(answer.list("results")).hasSize(1);
        assertThat(answer.list("errors").get(0)).containsEntry("category", "OBJECT_NOT_FOUND");
        assertThat(RawClient.child(answer.list("errors").get(0), "context")).containsEntry("ids", List.of("b"));
    }

    @Test
    void section73AConflictNamesTheOwnerLastAndFailsTheWholeCall() {
        String owner = id(create("contacts", "email", "a@acme.example"));
        Answer answer = batch(
                "contacts", "upsert", upsertInput("x", "email", "A@acme.example"), upsertInput("y", "firstname", "Y"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message"))
                .matches(
                        "Cannot set PropertyValueCoordinates\\{.*} on \\d+\\. " + owner + " already has that value\\.");
        assertThat(fake.records("contacts")).hasSize(1);
    }

    @Test
    void section5ArchivingIsSilentEvenTwice() {
        String id = id(create("companies", "name", "A", KEY, "a"));
        assertThat(batch("companies", "archive", object("id", id)).status()).isEqualTo(204);
        assertThat(batch("companies", "archive", object("id", id)).status()).isEqualTo(204);
        assertThat(fake.records("companies")).isEmpty();
        assertThat(client.get(OBJECTS + "companies/" + id).status()).isEqualTo(404);
    }

    // 8 Limits

    @Test
    void section8BucketsAreCountedApartAndBothBodiesOccur() {
        String company = id(create("companies", "name", "A"));
        String contact = id(create("contacts", "firstname", "A"));
        Answer last = null;
        for (int i = 0; i < 100; i++) {
            last = client.get(HOST + "account-info/2026-09/details");
        }
        Answer second = client.get(HOST + "account-info/2026-09/details");

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.headers())
                .containsEntry("X-HubSpot-RateLimit-Max", "100")
                .containsEntry("X-HubSpot-RateLimit-Remaining", "0")
                .containsEntry("X-HubSpot-RateLimit-Interval-Milliseconds", "10000");
        assertThat(List.of(
                        last.text("policyName") + last.text("category"),
                        second.text("policyName") + second.text("category")))
                .containsExactlyInAnyOrder("TEN_SECONDLY_ROLLING", "RATE_LIMITS");
        assertThat(associate("contacts", contact, "companies", company).status())
                .isEqualTo(200);
        Answer search = client.post(OBJECTS + "companies/search", object("limit", 1));
        assertThat(search.status()).isEqualTo(501);
        assertThat(search.headers()).doesNotContainKey("X-HubSpot-RateLimit-Max");
    }

    // 10 Properties

    @Test
    void section10NamesExistOnceAndGroupsMustBeThere() {
        assertThat(client.post(PROPERTIES + "companies", property(KEY, true)).status())
                .isEqualTo(409);
        Map<String, Object> homeless = property("homeless", false);
        homeless.put("groupName", "nowhere");
        assertThat(client.post(PROPERTIES + "companies", homeless).status()).isEqualTo(400);
        assertThat(client.post(PROPERTIES + "companies", property("1st", false)).status())
                .isEqualTo(400);
    }

    @Test
    void section10DefinitionsTellUniquenessAndWhatIsReadOnly() {
        List<Map<String, Object>> all = client.get(PROPERTIES + "invoices").list("results");
        assertThat(all)
                .anySatisfy(one -> assertThat(one).containsEntry("name", KEY).containsEntry("hasUniqueValue", true));
        assertThat(all).anySatisfy(one -> {
            assertThat(one).containsEntry("name", "hs_balance_due");
            assertThat(RawClient.child(one, "modificationMetadata")).containsEntry("readOnlyValue", true);
        });
        assertThat(create("invoices", "hs_currency", "USD", "hs_balance_due", "1")
                        .text("message"))
                .contains("READ_ONLY_VALUE");
    }

    // 11 Associations

    @Test
    void section11DefaultAssociationsHoldBothWaysAndMayBeRepeated() {
        String company = id(create("companies", "name", "A"));
        String contact = id(create("contacts", "firstname", "A"));
        associate("contacts", contact, "companies", company);
        Answer again = associate("contacts", contact, "companies", company);

        assertThat(again.list("results")).hasSize(2);
        assertThat(fake.associated("companies", company, "contacts")).containsExactly(contact);
        Answer read = client.post(
                ASSOCIATIONS + "companies/contacts/batch/read", object("inputs", List.of(object("id", company))));
        assertThat(ZohoRows.children(read.list("results").get(0), "to").get(0).get("toObjectId"))
                .isEqualTo(new BigDecimal(contact));
    }

    @Test
    void section11UnknownIdsAreErrorsOfTheirPair() {
        String contact = id(create("contacts", "firstname", "A"));
        Answer answer = associate("contacts", contact, "companies", "1");
        assertThat(answer.list("results")).isEmpty();
        assertThat(error(answer)).isEqualTo("No companies with ID 1 exists");
    }

    @Test
    void section11InlineTypesHaveADirection() {
        String company = id(create("companies", "name", "A"));
        for (int type : new int[] {179, 180}) {
            Answer answer = client.post(
                    OBJECTS + "invoices/batch/create",
                    object(
                            "inputs",
                            List.of(object(
                                    "properties", object("hs_currency", "USD"),
                                    "associations",
                                            List.of(object(
                                                    "to", object("id", company),
                                                    "types",
                                                            List.of(object(
                                                                    "associationCategory",
                                                                    "HUBSPOT_DEFINED",
                                                                    "associationTypeId",
                                                                    type))))))));
            assertThat(answer.status()).isEqualTo(type == 179 ? 201 : 400);
        }
    }

    @Test
    void section112MoreThan2000PairsAreRefused() {
        List<Object> pairs = new ArrayList<>();
        IntStream.range(0, 2_001).forEach(i -> pairs.add(object("from", object("id", "1"), "to", object("id", "2"))));
        assertThat(client.post(ASSOCIATIONS + "contacts/companies/batch/associate/default", object("inputs", pairs))
                        .status())
                .isEqualTo(400);
    }

    // 12 to 17 Types

    @Test
    void section13AddressesAreLowerCasedAndUniqueOverAdditionalOnesToo() {
        create("contacts", "email", "Mara@Harbor.example", "hs_additional_emails", "m@harbor.example");
        assertThat(fake.records("contacts").get(0).get("email")).isEqualTo("mara@harbor.example");
        assertThat(create("contacts", "email", "M@harbor.example").text("message"))
                .contains("already has that value");
        assertThat(create("contacts", "email", "not an address").text("message"))
                .contains("INVALID_EMAIL");
        assertThat(create("contacts", "phone", "1").status()).isEqualTo(400);
    }

    @Test
    void section15LineItemsHaveOneParentAndNoNegativePrice() {
        String line = id(create("line_items", "name", "Seat", "price", "10", "quantity", "3", "discount", "1"));
        String one = id(create("invoices", "hs_currency", "USD"));
        String two = id(create("invoices", "hs_currency", "USD"));

        assertThat(fake.records("line_items").get(0).get("amount")).isEqualTo("27.00");
        assertThat(associate("invoices", one, "line_items", line).list("results"))
                .hasSize(2);
        assertThat(error(associate("invoices", two, "line_items", line))).contains("already belongs to");
        assertThat(create("line_items", "price", "-1").status()).isEqualTo(400);
    }

    @Test
    void section163AStatusNeedsALineAndPaidInvoicesStay() {
        String invoice = id(create("invoices", "hs_currency", "USD", "hs_invoice_billable", "false"));
        Map<String, Object> open = object("id", invoice, "properties", object("hs_invoice_status", "paid"));
        assertThat(error(batch("invoices", "update", open))).contains("INVOICE_TO_LINE_ITEM");

        associate("invoices", invoice, "line_items", id(create("line_items", "name", "Seat", "price", "1")));
        assertThat(batch("invoices", "update", open).list("results")).hasSize(1);
        assertThat(batch("invoices", "archive", object("id", invoice)).status()).isEqualTo(400);
    }

    @Test
    void section163ABillableInvoiceNeedsAContactToo() {
        String invoice = id(create("invoices", "hs_currency", "USD"));
        associate("invoices", invoice, "line_items", id(create("line_items", "name", "Seat", "price", "1")));
        Map<String, Object> open = object("id", invoice, "properties", object("hs_invoice_status", "open"));
        assertThat(error(batch("invoices", "update", open))).contains("INVOICE_TO_CONTACT");
    }

    @Test
    void section164TheCurrencyIsNeededAndMustBeTheAccounts() {
        assertThat(create("invoices", "hs_title", "A").status()).isEqualTo(400);
        assertThat(create("invoices", "hs_currency", "INR").status()).isEqualTo(400);
        assertThat(create("invoices", "hs_currency", "EUR").status()).isEqualTo(201);
        assertThat(create("invoices", "hs_currency", "EUR", "hs_total", "1").text("message"))
                .contains("PROPERTY_DOESNT_EXIST");
    }

    @Test
    void section17ACompletedPaymentMarksItsInvoicePaid() {
        for (boolean marks : new boolean[] {true, false}) {
            fake.marksInvoicesPaidOnAssociation(marks);
            String invoice = id(create("invoices", "hs_currency", "USD"));
            String payment = id(create(
                    "commerce_payments",
                    "hs_initial_amount",
                    "1",
                    "hs_initiated_date",
                    "2026-09-12T00:00:00Z",
                    "hs_latest_status",
                    "succeeded"));
            associate("invoices", invoice, "commerce_payments", payment);
            assertThat(fake.records("invoices").stream()
                            .filter(held -> held.id().equals(invoice))
                            .map(held -> held.get("hs_invoice_status")))
                    .containsExactly(marks ? "paid" : "draft");
        }
    }

    @Test
    void section17AmountAndDateAreNeededAndProcessingIsTheDefault() {
        assertThat(create("commerce_payments", "hs_initial_amount", "1").status())
                .isEqualTo(400);
        assertThat(create("commerce_payments", "hs_initiated_date", "2026-09-12T00:00:00Z")
                        .status())
                .isEqualTo(400);
        create("commerce_payments", "hs_initial_amount", "1", "hs_initiated_date", "2026-09-12T00:00:00Z");
        assertThat(fake.records("commerce_payments"))
                .extracting((Held held) -> held.get("hs_latest_status"))
                .containsExactly("processing");
    }

    // Faults and fronts

    @Test
    void aSilentNoOpAnswers200WithNothingAndDoesNothing() {
        fake.nextRequests().silentNoOp(1);
        Answer answer = batch("companies", "upsert", upsertInput("a", "name", "A"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.list("results")).isEmpty();
        assertThat(fake.records("companies")).isEmpty();
    }

    @Test
    void whatIsNotImplementedSaysItsSection() {
        assertThat(client.post(OBJECTS + "companies/search", object()).text("fake"))
                .contains("section 9");
        assertThat(client.get(HOST + "crm/pipelines/2026-09/deals").text("fake"))
                .contains("section 14");
    }

    @Test
    void theLoopbackFrontAnswersTheSame() throws Exception {
        FakeHubSpot real = FakeHubSpot.builder(TimeSource.system()).build();
        try (LoopbackServer server = real.start();
                Response response = new OkHttpClient()
                        .newCall(new Request.Builder()
                                .url(server.url() + "/account-info/2026-09/details")
                                .header("Authorization", "Bearer " + real.accessToken())
                                .build())
                        .execute()) {
            assertThat(Json.parseObject(response.body().string())).containsKey("portalId");
        }
    }
}
