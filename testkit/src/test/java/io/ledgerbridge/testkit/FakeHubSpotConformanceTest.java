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
import java.util.Collections;
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

    private void sleep(Duration duration) {
        try {
            time.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
        assertThat(twice.json().get("context")).isEqualTo(Map.of("ids", List.of("a")));
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

    /** Which of the two is told first, nobody knows. */
    @Test
    void section73AnUpdateOfARecordThatIsGoneMayMissItOrTheKeyFirst() {
        create("companies", "name", "A", KEY, "a");
        String gone = id(create("companies", "name", "B", KEY, "b"));
        batch("companies", "archive", object("id", gone));
        Map<String, Object> update = object("id", gone, "properties", object(KEY, "a"));

        assertThat(batch("companies", "update", update).status()).isEqualTo(400);
        fake.looksForRecordsFirst(true);
        Answer answer = batch("companies", "update", update);
        assertThat(answer.list("errors").get(0)).containsEntry("category", "OBJECT_NOT_FOUND");
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
        assertThat(search.status()).isEqualTo(200);
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
    void section11ANumberCountsInItsOwnCategoryAndARefusedRecordIsNotMade() {
        String company = id(create("companies", "name", "A"));
        Map<String, Object> wrong = object(
                "properties",
                object("firstname", "A"),
                "objectWriteTraceId",
                "t1",
                "associations",
                List.of(object(
                        "to",
                        object("id", company),
                        "types",
                        List.of(object("associationCategory", "USER_DEFINED", "associationTypeId", 279)))));
        Map<String, Object> good = object("properties", object("firstname", "B"), "objectWriteTraceId", "t2");
        Answer answer = batch("contacts", "create", wrong, good);
        assertThat(error(answer)).contains("USER_DEFINED 279 is not valid");
        assertThat(fake.records("contacts").stream().map(held -> held.get("firstname")))
                .containsExactly("B");
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

    // Single records (section 5)

    @Test
    void section5OneRecordIsMadeReadChangedAndThrownAway() {
        Answer made = client.post(OBJECTS + "companies", object("properties", object("name", "A", "phone", "1")));
        assertThat(made.status()).isEqualTo(201);
        String url = OBJECTS + "companies/" + made.text("id");
        assertThat(client.get(url).object("properties"))
                .containsEntry("name", "A")
                .doesNotContainKey("phone");
        assertThat(client.get(url + "?properties=phone,nonsense").object("properties"))
                .containsEntry("phone", "1")
                .doesNotContainKey("name");
        assertThat(client.patch(url, object("properties", object("name", "B"))).status())
                .isEqualTo(200);
        assertThat(client.patch(url, object("properties", object())).text("message"))
                .startsWith("No properties found to update");
        assertThat(fake.records("companies").get(0).get("name")).isEqualTo("B");

        assertThat(client.delete(url).status()).isEqualTo(204);
        assertThat(client.delete(url).status()).isEqualTo(204);
        assertThat(client.get(url).status()).isEqualTo(404);
        assertThat(client.get(url + "?archived=true").status()).isEqualTo(200);
        assertThat(fake.archived("companies")).containsExactly(made.text("id"));
    }

    @Test
    void section5ARecordIsReadByAUniquePropertyOnly() {
        create("companies", "name", "A", KEY, "k 1");
        assertThat(client.get(OBJECTS + "companies/k%201?idProperty=" + KEY).status())
                .isEqualTo(200);
        assertThat(client.get(OBJECTS + "companies/A?idProperty=name").status()).isEqualTo(400);
    }

    @Test
    void section5ListsHaveAHundredRowsAndEndWithoutPaging() {
        for (int i = 0; i < 25; i++) {
            create("companies", "name", "Company " + i);
        }
        Answer first = client.get(OBJECTS + "companies");
        assertThat(first.list("results")).hasSize(10);
        String after = Json.text(RawClient.child(first.object("paging"), "next"), "after");
        Answer rest = client.get(OBJECTS + "companies?limit=100&after=" + after);
        assertThat(rest.list("results")).hasSize(15);
        assertThat(rest.json()).doesNotContainKey("paging");
        assertThat(client.get(OBJECTS + "companies?limit=101").status()).isEqualTo(400);
    }

    @Test
    void section5TheKeyOfLineItemsHasASpace() {
        String line = id(create("line_items", "name", "Clamp", "price", "1"));
        Answer invoice = client.post(
                OBJECTS + "invoices",
                object(
                        "properties",
                        object("hs_currency", "USD"),
                        "associations",
                        List.of(object(
                                "to",
                                object("id", line),
                                "types",
                                List.of(object("associationCategory", "HUBSPOT_DEFINED", "associationTypeId", 409))))));
        Answer read = client.get(OBJECTS + "invoices/" + invoice.text("id") + "?associations=line_items,companies");
        assertThat(read.object("associations")).containsOnlyKeys("line items");
        assertThat(client.delete(OBJECTS + "invoices/" + invoice.text("id")).status())
                .isEqualTo(204);
        assertThat(fake.records("line_items")).isEmpty();
    }

    @Test
    void section73AContactThatExistsIsAConflictWithItsId() {
        String id = id(create("contacts", "email", "mara@harbor.example"));
        Answer again = client.post(OBJECTS + "contacts", object("properties", object("email", "Mara@Harbor.example")));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("category")).isEqualTo("CONFLICT");
        assertThat(again.text("message")).isEqualTo("Contact already exists. Existing ID: " + id);
    }

    @Test
    void section2WhatAnAdministratorRequiresIsNamed() {
        fake.requireOnCreate("companies", "phone");
        Answer refused = client.post(OBJECTS + "companies", object("properties", object("name", "A")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.object("context")).containsEntry("properties", List.of("phone"));
        assertThat(client.get(HOST + "crm/property-validations/2026-09/0-2").list("results"))
                .hasSize(1);
    }

    // Search (section 9)

    private Answer search(Object... body) {
        return client.post(OBJECTS + "companies/search", object(body));
    }

    private static Map<String, Object> filter(String property, String operator, String value) {
        return object("propertyName", property, "operator", operator, "value", value);
    }

    @Test
    void section9SearchIsBehindAndFindsNothingArchived() {
        String id = id(create("companies", "name", "Harbor Tools"));
        assertThat(search("limit", 5).list("results")).isEmpty();
        sleep(Duration.ofSeconds(4));
        assertThat(search("limit", 5).list("results")).hasSize(1);
        client.delete(OBJECTS + "companies/" + id);
        assertThat(search("limit", 5).list("results")).isEmpty();
    }

    @Test
    void section9FiltersOfAGroupHoldTogetherAndGroupsAreAlternatives() {
        create("companies", "name", "Harbor", "annualrevenue", "10");
        create("companies", "name", "Island", "annualrevenue", "9");
        sleep(Duration.ofSeconds(4));
        Map<String, Object> group = object(
                "filters", List.of(filter("annualrevenue", "GT", "9.5"), filter("name", "CONTAINS_TOKEN", "harb*")));
        Map<String, Object> other = object("filters", List.of(filter("name", "EQ", "Island")));

        assertThat(search("filterGroups", List.of(group)).list("results")).hasSize(1);
        assertThat(search("filterGroups", List.of(group, other)).list("results"))
                .hasSize(2);
        Map<String, Object> upper = object("propertyName", "name", "operator", "IN", "values", List.of("Harbor"));
        Map<String, Object> lower = object("propertyName", "name", "operator", "IN", "values", List.of("harbor"));
        assertThat(search("filterGroups", List.of(object("filters", List.of(upper))))
                        .list("results"))
                .isEmpty();
        assertThat(search("filterGroups", List.of(object("filters", List.of(lower))))
                        .list("results"))
                .hasSize(1);
    }

    @Test
    void section9SearchHasItsBounds() {
        Map<String, Object> one = filter("name", "EQ", "A");
        assertThat(search("limit", 201).status()).isEqualTo(400);
        assertThat(search("limit", 200, "after", "9900").status()).isEqualTo(400);
        assertThat(search("filterGroups", List.of(object("filters", Collections.nCopies(7, one))))
                        .status())
                .isEqualTo(400);
        assertThat(search("query", "x".repeat(3_000)).status()).isEqualTo(400);
    }

    @Test
    void section9OperatorsAndPropertiesMustExistAndListsAreForIn() {
        for (Map<String, Object> wrong :
                List.of(filter("name", "LIKE", "A"), filter("nothing", "EQ", "A"), filter("name", "IN", "a"))) {
            assertThat(search("filterGroups", List.of(object("filters", List.of(wrong))))
                            .status())
                    .as("%s", wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void section9FiveSearchesASecond() {
        for (int i = 0; i < 5; i++) {
            assertThat(search("limit", 1).status()).isEqualTo(200);
        }
        Answer refused = search("limit", 1);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("message")).isEqualTo("You have reached your secondly limit.");
    }

    // More of 8, 10, 11, 14 and 18

    @Test
    void section8ASpentDayEndsAtMidnightOfTheAccount() {
        FakeHubSpot small = FakeHubSpot.builder(time).dailyLimit(2).build();
        RawClient raw = new RawClient(small, "Bearer " + small.accessToken());
        String url = HOST + "account-info/2026-09/details";
        assertThat(raw.get(url).headers()).containsEntry("X-HubSpot-RateLimit-Daily-Remaining", "1");
        raw.get(url);
        Answer refused = raw.get(url);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("message")).isEqualTo("You have reached your daily limit.");
        sleep(Duration.ofHours(22));
        assertThat(raw.get(url).status()).isEqualTo(200);
    }

    @Test
    void section10OptionsThatAreSentReplaceTheList() {
        Map<String, Object> colour = property("colour", false);
        colour.put("type", "enumeration");
        colour.put("fieldType", "select");
        colour.put("options", List.of(object("label", "Red", "value", "red")));
        client.post(PROPERTIES + "companies", colour);
        client.patch(
                PROPERTIES + "companies/colour",
                object("options", List.of(object("label", "Blue", "value", "blue")), "hasUniqueValue", true));

        Answer now = client.get(PROPERTIES + "companies/colour");
        assertThat(now.list("options"))
                .extracting(option -> option.get("value"))
                .containsExactly("blue");
        assertThat(now.json()).containsEntry("hasUniqueValue", false);
        assertThat(create("companies", "name", "A", "colour", "red").text("message"))
                .contains("INVALID_OPTION");
    }

    @Test
    void section10AnArchivedPropertyIsRestoredByItsName() {
        create("companies", "name", "A", KEY, "k1");
        assertThat(client.delete(PROPERTIES + "companies/" + KEY).status()).isEqualTo(204);
        assertThat(client.get(PROPERTIES + "companies/" + KEY).status()).isEqualTo(404);
        assertThat(create("companies", "name", "B", KEY, "k2").text("message")).contains("PROPERTY_DOESNT_EXIST");
        assertThat(client.get(PROPERTIES + "companies?archived=true").list("results"))
                .hasSize(1);
        assertThat(client.post(PROPERTIES + "companies", property(KEY, true)).status())
                .isEqualTo(201);
        assertThat(fake.records("companies").get(0).get(KEY)).isEqualTo("k1");
    }

    @Test
    void section10NewPropertiesMayTakeAMomentToAppear() {
        fake.definitionsAppearAfter(Duration.ofMillis(600));
        assertThat(client.post(PROPERTIES + "companies", property("late", false))
                        .status())
                .isEqualTo(201);
        assertThat(client.get(PROPERTIES + "companies/late").status()).isEqualTo(404);
        sleep(Duration.ofMillis(700));
        assertThat(client.get(PROPERTIES + "companies/late").status()).isEqualTo(200);
    }

    @Test
    void section10NewGroupsMayTakeAMomentToo() {
        fake.definitionsAppearAfter(Duration.ofMillis(600));
        client.post(PROPERTIES + "companies/groups", object("name", "later", "label", "Later"));
        Map<String, Object> property = property("late", false);
        property.put("groupName", "later");
        assertThat(client.get(PROPERTIES + "companies/groups").list("results"))
                .extracting(group -> group.get("name"))
                .doesNotContain("later");
        assertThat(client.post(PROPERTIES + "companies", property).status()).isEqualTo(400);
        sleep(Duration.ofMillis(700));
        assertThat(client.post(PROPERTIES + "companies", property).status()).isEqualTo(201);
    }

    @Test
    void section62LineItemsWantTheirKeyAmongTheProperties() {
        Answer without = batch("line_items", "upsert", upsertInput("k1", "name", "Seat", "price", "1"));
        assertThat(error(without)).contains(KEY);
        batch("line_items", "upsert", upsertInput("k1", "name", "Seat", "price", "1", KEY, "k1"));
        assertThat(fake.records("line_items")).hasSize(1);
    }

    @Test
    void section112LabelsReplaceEachOtherAndHaveADirection() {
        String contact = id(create("contacts", "firstname", "A"));
        String company = id(create("companies", "name", "A"));
        fake.defineLabel("contacts", "companies", 36, 37, "Decision maker");

        assertThat(label(contact, company, 36).status()).isEqualTo(201);
        assertThat(fake.labels("contacts", contact, "companies", company)).containsExactly(36);
        label(contact, company, 1);
        assertThat(fake.labels("contacts", contact, "companies", company)).containsExactly(1);
        assertThat(error(label(contact, company, 37))).contains("not valid");
        assertThat(client.get(ASSOCIATIONS + "contacts/companies/labels").list("results"))
                .extracting(label -> Json.text(label, "typeId"))
                .contains("279", "1", "36")
                .doesNotContain("37");
        client.post(
                ASSOCIATIONS + "contacts/companies/batch/labels/archive",
                object("inputs", List.of(labelled(contact, company, 279))));
        assertThat(fake.associated("contacts", contact, "companies")).isEmpty();
    }

    private static Map<String, Object> labelled(String contact, String company, int type) {
        return object(
                "from",
                object("id", contact),
                "to",
                object("id", company),
                "types",
                List.of(object(
                        "associationCategory",
                        type == 36 || type == 37 ? "USER_DEFINED" : "HUBSPOT_DEFINED",
                        "associationTypeId",
                        type)));
    }

    private Answer label(String contact, String company, int type) {
        return client.post(
                ASSOCIATIONS + "contacts/companies/batch/create",
                object("inputs", List.of(labelled(contact, company, type))));
    }

    @Test
    void section14And18PipelinesAndRoomAreTold() {
        assertThat(client.get(HOST + "crm/pipelines/2026-09/deals").list("results"))
                .hasSize(1);
        assertThat(client.get(HOST + "crm/limits/2026-09/custom-properties").text("overallUsage"))
                .isEqualTo("5");
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
        assertThat(client.get(HOST + "crm/limits/2026-09/records").text("fake")).contains("section 18");
        assertThat(client.get(HOST + "crm/pipelines/2026-09/tickets").text("fake"))
                .contains("section 14");
    }

    @Test
    void manyAccountsStandBehindOneAddress() throws Exception {
        FakeHubSpot first =
                FakeHubSpot.builder(TimeSource.system()).portalId(1_001).build();
        FakeHubSpot second =
                FakeHubSpot.builder(TimeSource.system()).portalId(1_002).build();
        try (LoopbackServer server = FakeHubSpot.startAll(List.of(first, second));
                Response response = new OkHttpClient()
                        .newCall(new Request.Builder()
                                .url(server.url() + "/account-info/2026-09/details")
                                .header("Authorization", "Bearer " + second.accessToken())
                                .build())
                        .execute()) {
            assertThat(Json.parseObject(response.body().string())).containsEntry("portalId", new BigDecimal(1_002));
        }
        assertThat(first.traffic().calls()).isEmpty();
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
