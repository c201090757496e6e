package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.Crm.Contact;
import io.ledgerbridge.hubspot.Outcome.Created;
import io.ledgerbridge.hubspot.Outcome.Updated;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubSpotTest {

    private static final Instant START = Instant.parse("2026-03-02T04:45:30Z");
    private static final Property<String> KEY = Property.text("zoho_books_key");

    private final VirtualTime time = VirtualTime.startingAt(START);
    private final FakeHubSpot fake =
            FakeHubSpot.builder(time).currencies("USD", "EUR").build();
    private final HubSpot hubspot = client(fake.accessToken(), ApiVersion.DEFAULT);

    private HubSpot client(String token, ApiVersion version) {
        return HubSpot.builder(AccessToken.of(token))
                .apiVersion(version)
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(fake.interceptor())
                        .build())
                .timeSource(time)
                .random(new Random(1))
                .build();
    }

    @BeforeEach
    void provisionKeys() {
        for (ObjectType<?> type : List.of(
                ObjectType.COMPANIES,
                ObjectType.CONTACTS,
                ObjectType.INVOICES,
                ObjectType.LINE_ITEMS,
                ObjectType.PAYMENTS)) {
            hubspot.properties(type).ensureGroup("zoho_books", "Zoho Books");
            assertThat(hubspot.properties(type)
                            .create(
                                    "zoho_books",
                                    List.of(PropertyDefinition.of(KEY.name(), "Key", "", "string")
                                            .unique())))
                    .isEmpty();
        }
        fake.traffic().reset();
    }

    private static RecordUpsert company(String key, String name) {
        return new RecordUpsert(key, Properties.of(Companies.NAME, name));
    }

    @Test
    void everyInputGetsItsOwnOutcomeWhateverTheOrderOfTheAnswer() {
        List<RecordUpsert> inputs = IntStream.range(0, 250)
                .mapToObj(i -> company("k" + i, "Company " + i))
                .toList();

        BatchResult<Company> first = hubspot.companies().upsert(KEY, inputs);
        BatchResult<Company> second = hubspot.companies().upsert(KEY, inputs);

        assertThat(first.outcomes()).hasSize(250);
        assertThat(fake.traffic().calls()).hasSize(6);
        for (Held held : fake.records("companies")) {
            String key = held.get("zoho_books_key");
            assertThat(first.of(key)).isInstanceOf(Created.class);
            assertThat(first.records().get(key).id().value()).isEqualTo(held.id());
            assertThat(second.of(key)).isInstanceOf(Updated.class);
        }
    }

    @Test
    void oneBadRecordInAHundredStopsNoneOfTheOthers() {
        fake.seed("contacts", Map.of("email", "taken@acme.example"));
        List<RecordUpsert> inputs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String email = i == 37 ? "taken@acme.example" : "person" + i + "@acme.example";
            inputs.add(new RecordUpsert("k" + i, Properties.of(Contacts.EMAIL, email)));
        }

        BatchResult<Contact> result = hubspot.contacts().upsert(KEY, inputs);

        assertThat(fake.records("contacts")).hasSize(100);
        assertThat(result.failed()).containsOnlyKeys("k37");
        assertThat(result.failed().get("k37").ownerId())
                .isEqualTo(fake.records("contacts").get(0).id());
        assertThat(fake.traffic().calls()).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void refusalsOfSingleInputsNameTheirReason() {
        for (String version : List.of("2026-03", "2026-09")) {
            BatchResult<Contact> result = client(fake.accessToken(), new ApiVersion(version))
                    .contacts()
                    .upsert(
                            KEY,
                            List.of(
                                    new RecordUpsert("bad", Properties.of(Contacts.EMAIL, "not an address")),
                                    new RecordUpsert("good", Properties.of(Contacts.FIRST_NAME, "Mara"))));

            assertThat(result.records()).containsOnlyKeys("good");
            assertThat(result.failed().get("bad").code()).isEqualTo("INVALID_EMAIL");
            assertThat(result.failed().get("bad").properties()).containsExactly("email");
        }
    }

    @Test
    void anAnswerWithoutResultsIsNotTakenForSuccess() {
        fake.nextRequests().matching("batch/upsert").silentNoOp(1);
        List<RecordUpsert> inputs = IntStream.range(0, 10)
                .mapToObj(i -> company("k" + i, "Company " + i))
                .toList();

        BatchResult<Company> result = hubspot.companies().upsert(KEY, inputs);

        assertThat(fake.records("companies")).hasSize(10);
        assertThat(result.outcomes()).allMatch(Created.class::isInstance);
    }

    @Test
    void anAnswerLostAfterTheWriteMakesNoDuplicate() {
        fake.nextRequests().matching("batch/upsert").droppedAfterApplying(1).htmlBadGateway(1);

        hubspot.companies().upsert(KEY, List.of(company("k1", "Harbor Tools Ltd")));

        assertThat(fake.records("companies")).hasSize(1);
    }

    @Test
    void updatesByIdFindThatARecordIsGone() {
        BatchResult<Company> created = hubspot.companies().upsert(KEY, List.of(company("k1", "Harbor Tools Ltd")));
        RecordId<Company> id = created.records().get("k1").id();
        hubspot.companies().archive(List.of(id));

        BatchResult<Company> result = hubspot.companies()
                .update(List.of(new RecordUpdate<>(id, Properties.of(Companies.NAME, "Harbor Tools"))));

        assertThat(result.failed().get(id.value()).category()).isEqualTo("OBJECT_NOT_FOUND");
        assertThat(fake.records("companies")).isEmpty();
    }

    @Test
    void contactsAreFoundByAnAdditionalAddressToo() {
        String id = fake.seed(
                "contacts", Map.of("email", "mara@harbor.example", "hs_additional_emails", "m.quinn@harbor.example"));

        assertThat(hubspot.contacts()
                        .readBy(
                                Contacts.EMAIL,
                                List.of("M.Quinn@harbor.example", "nobody@harbor.example"),
                                Selection.DEFAULT)
                        .records())
                .hasSize(1)
                .hasEntrySatisfying(
                        "M.Quinn@harbor.example",
                        record -> assertThat(record.id().value()).isEqualTo(id));
    }

    @Test
    void pairsAreAssociatedTwoThousandACallAndMissingOnesReported() {
        RecordId<Company> company =
                ObjectType.COMPANIES.record(fake.seed("companies", Map.of("name", "Harbor Tools Ltd")));
        List<Pair<Contact, Company>> pairs = new ArrayList<>();
        for (int i = 0; i < 2_100; i++) {
            pairs.add(Pair.of(
                    ObjectType.CONTACTS.record(fake.seed("contacts", Map.of("firstname", "P" + i))), company));
        }
        Pair<Contact, Company> missing = Pair.of(ObjectType.CONTACTS.record("99999999"), company);
        pairs.add(missing);

        Map<Pair<Contact, Company>, Problem> refused = hubspot.associations().associate(pairs);

        assertThat(fake.pairs("contacts", "companies")).isEqualTo(2_100);
        assertThat(refused).containsOnlyKeys(missing);
        assertThat(fake.traffic().calls()).hasSize(2);

        hubspot.associations().dissociate(pairs.subList(0, 2_000));
        assertThat(fake.pairs("contacts", "companies")).isEqualTo(100);
    }

    @Test
    void forcedRateLimitsAreWaitedOutWhicheverBodyTheyHave() {
        fake.nextRequests().rateLimited(2);

        hubspot.companies().upsert(KEY, List.of(company("k1", "Harbor Tools Ltd")));

        assertThat(Duration.between(START, time.now())).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(23));
        assertThat(fake.records("companies")).hasSize(1);
    }

    @Test
    void pacingKeepsEachLaneBelowItsLimit() {
        for (int i = 0; i < 300; i++) {
            hubspot.companies().upsert(KEY, List.of(company("k" + i, "Company " + i)));
        }

        assertThat(fake.traffic().limitsBroken()).isEmpty();
        assertThat(fake.records("companies")).hasSize(300);
    }

    @Test
    void aDeadTokenAndAMissingScopeAreDifferentFailures() {
        fake.withdrawScope("crm.objects.invoices.write");

        assertThatThrownBy(() -> hubspot.invoices()
                        .upsert(KEY, List.of(new RecordUpsert("k", Properties.of(Invoices.CURRENCY, "USD")))))
                .isInstanceOfSatisfying(
                        HubSpotPermissionException.class,
                        failure -> assertThat(failure.missingScopes()).containsExactly("crm.objects.invoices.write"))
                .hasMessageContaining("crm.objects.invoices.write");
        assertThatThrownBy(() ->
                        client("pat-na1-wrong", ApiVersion.DEFAULT).account().get())
                .isInstanceOf(HubSpotAuthenticationException.class)
                .hasMessageNotContaining("pat-na1-wrong");
    }

    @Test
    void valuesAreEncodedAsHubSpotWantsThem() {
        Properties properties = Properties.of(Invoices.AMOUNT_BILLED, new BigDecimal("1E+3"))
                .with(Invoices.BILLABLE, false)
                .with(Invoices.INVOICE_DATE, Instant.parse("2026-03-01T05:00:00Z"))
                .clear(Invoices.TITLE);

        assertThat(properties.encoded())
                .containsEntry("hs_amount_billed", "1000")
                .containsEntry("hs_invoice_billable", "false")
                .containsEntry("hs_invoice_date", "2026-03-01T05:00:00Z")
                .containsEntry("hs_title", "");
    }

    @Test
    void moreThanTenThousandRecordsAreSearchedOnByTheirIds() throws Exception {
        for (int i = 0; i < 10_450; i++) {
            fake.seed("companies", Map.of("name", i % 100 == 0 ? "Harbor" : "Company " + i, "city", "Kiel"));
        }
        fake.searchLag(Duration.ofMinutes(1));
        Search inKiel = Search.where(Companies.CITY, Search.Operator.EQ, "Kiel");
        assertThat(hubspot.companies().search(inKiel)).isEmpty();
        time.sleep(Duration.ofMinutes(1));

        assertThat(hubspot.companies().search(inKiel).stream()
                        .map(CrmRecord::id)
                        .distinct())
                .hasSize(10_450);
        assertThat(hubspot.companies()
                        .search(Search.where(Companies.NAME, Search.Operator.EQ, "Harbor")
                                .or()
                                .and(Companies.NAME, Search.Operator.EQ, "Company 1")))
                .hasSize(105 + 1);
        assertThat(fake.traffic().limitsBroken()).isEmpty();
    }

    @Test
    void anOrderedSearchOfTooManyIsToldWhenItsEndIsReached() throws Exception {
        for (int i = 0; i < 10_050; i++) {
            fake.seed("companies", Map.of("name", "Company " + i));
        }
        time.sleep(Duration.ofSeconds(4));
        Search byName = Search.all().orderedBy(Companies.NAME, true);
        assertThat(hubspot.companies().search(byName).stream().limit(300)).hasSize(300);
        assertThatThrownBy(() -> hubspot.companies().search(byName).stream().count())
                .isInstanceOf(HubSpotRequestException.class)
                .hasMessageContaining("only 10000 records")
                .hasMessageContaining("Leave out the order");
    }

    @Test
    void aListOfManyIsReadToItsEnd() {
        for (int i = 0; i < 250; i++) {
            fake.seed("companies", Map.of("name", "Company " + i));
        }
        assertThat(hubspot.companies().list(Selection.of(Companies.NAME)).stream()
                        .map(company -> company.get(Companies.NAME))
                        .distinct())
                .hasSize(250);
        assertThat(fake.traffic().calls()).hasSize(3);
    }

    @Test
    void aServiceKeyIsRotatedWhileRunning() {
        HubSpot rotating = HubSpot.builder(() -> AccessToken.of(fake.accessToken()))
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(fake.interceptor())
                        .build())
                .timeSource(time)
                .build();
        rotating.account().get();
        fake.newAccessToken();
        rotating.account().get();
        assertThat(fake.traffic().count(call -> call.status() == 401)).isZero();
        assertThatThrownBy(() -> hubspot.account().get()).isInstanceOf(HubSpotAuthenticationException.class);
    }

    @Test
    void labelsAreWrittenReadAndRemoved() {
        fake.defineLabel("contacts", "companies", 36, 37, "Decision maker");
        RecordId<Contact> contact = ObjectType.CONTACTS.record(fake.seed("contacts", Map.of("firstname", "A")));
        RecordId<Company> company = ObjectType.COMPANIES.record(fake.seed("companies", Map.of("name", "A")));
        AssociationType<Contact, Company> decisionMaker =
                hubspot.associations().types(ObjectType.CONTACTS, ObjectType.COMPANIES).stream()
                        .filter(type -> "Decision maker".equals(type.label()))
                        .findFirst()
                        .orElseThrow();
        List<Pair<Contact, Company>> pair = List.of(Pair.of(contact, company));

        assertThat(hubspot.associations().label(pair, decisionMaker, AssociationTypes.CONTACT_TO_COMPANY_PRIMARY))
                .isEmpty();
        assertThat(fake.labels("contacts", contact.value(), "companies", company.value()))
                .containsExactlyInAnyOrder(1, 36);
        assertThat(hubspot.associations()
                        .read(List.of(contact), ObjectType.COMPANIES)
                        .get(contact))
                .singleElement()
                .satisfies(one -> assertThat(one.types()).contains(decisionMaker));
        assertThat(hubspot.associations().unlabel(pair, decisionMaker)).isEmpty();
        assertThat(fake.labels("contacts", contact.value(), "companies", company.value()))
                .containsExactly(1);
    }

    @Test
    void moreAssociationsThanAPageHoldsAreReadToTheirEnd() {
        RecordId<Company> company = ObjectType.COMPANIES.record(fake.seed("companies", Map.of("name", "A")));
        RecordId<Company> alone = ObjectType.COMPANIES.record(fake.seed("companies", Map.of("name", "B")));
        List<Pair<Company, Contact>> pairs = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            pairs.add(Pair.of(
                    company, ObjectType.CONTACTS.record(fake.seed("contacts", Map.of("firstname", "P" + i)))));
        }
        hubspot.associations().associate(pairs);
        for (boolean tells : List.of(true, false)) {
            fake.tellsWhatHasNoAssociations(tells);
            Map<RecordId<Company>, List<Associations.Associated<Company, Contact>>> read =
                    hubspot.associations().read(List.of(company, alone), ObjectType.CONTACTS);
            assertThat(read.get(company)).hasSize(1_100);
            assertThat(read.get(alone)).isEmpty();
        }
    }

    @Test
    void anInvoiceIsMadeWithItsLinesAndTakesThemAlongWhenItIsArchived() {
        RecordId<Company> company = ObjectType.COMPANIES.record(fake.seed("companies", Map.of("name", "A")));
        BatchResult<Crm.LineItem> lines = hubspot.lineItems()
                .create(List.of(
                        NewRecord.of(Properties.of(LineItems.NAME, "Clamp").with(LineItems.PRICE, BigDecimal.TEN)),
                        NewRecord.of(Properties.of(LineItems.NAME, "Clamp").with(LineItems.PRICE, BigDecimal.TEN))));
        assertThat(fake.records("line_items")).hasSize(2);
        NewRecord<Crm.Invoice> invoice = NewRecord.<Crm.Invoice>of(
                        Properties.of(KEY, "I-1").with(Invoices.CURRENCY, "USD").with(Invoices.BILLABLE, false))
                .associated(AssociationTypes.INVOICE_TO_COMPANY, company);
        for (CrmRecord<Crm.LineItem> line : lines.records().values()) {
            invoice = invoice.associated(AssociationTypes.INVOICE_TO_LINE_ITEM, line.id());
        }
        CrmRecord<Crm.Invoice> made =
                hubspot.invoices().createOnce(KEY, List.of(invoice)).records().get("I-1");

        CrmRecord<Crm.Invoice> read = hubspot.invoices()
                .get(made.id(), Selection.of(Invoices.STATUS).withAssociations(ObjectType.LINE_ITEMS));
        assertThat(read.associated(ObjectType.LINE_ITEMS)).hasSize(2);
        assertThat(read.get(Invoices.STATUS)).isEqualTo("draft");
        hubspot.invoices().archive(made.id());
        assertThat(fake.records("line_items")).isEmpty();
        assertThat(hubspot.invoices().find(made.id(), Selection.DEFAULT)).isEmpty();
        assertThat(hubspot.invoices().find(made.id(), Selection.DEFAULT.inRecycleBin()))
                .isPresent();
    }

    @Test
    void contradictoryInputsOfOneBatchAreNotSent() {
        BatchResult<Company> result = hubspot.companies()
                .upsert(KEY, List.of(company("k", "A"), company("k", "B"), company("l", "C"), company("l", "C")));

        assertThat(result.failed()).containsOnlyKeys("k");
        assertThat(result.outcomes().get(1)).isInstanceOf(Outcome.Failed.class);
        assertThat(result.failed().get("k").category()).isEqualTo(Problem.DUPLICATE_INPUT);
        assertThat(result.outcomes().get(2)).isSameAs(result.outcomes().get(3));
        assertThat(fake.records("companies")).hasSize(1);
    }
}
