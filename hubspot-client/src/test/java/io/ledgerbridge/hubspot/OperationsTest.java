package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.Crm.Contact;
import io.ledgerbridge.hubspot.Crm.Invoice;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.hubspot.model.CustomPropertyRoom;
import io.ledgerbridge.hubspot.model.Pipeline;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.hubspot.model.PropertyOption;
import io.ledgerbridge.hubspot.model.ValidationRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every operation as it goes over the wire: method, path, query, body, and the documented answer read. */
class OperationsTest {

    private static final RecordId<Company> COMPANY = ObjectType.COMPANIES.record("55512345678");
    private static final RecordId<Contact> CONTACT = ObjectType.CONTACTS.record("60071");
    private static final RecordId<Invoice> INVOICE = ObjectType.INVOICES.record("9001");
    private static final Property<String> KEY = Property.text("zoho_books_key");

    private static final String RECORD = """
            { "id": "55512345678",
              "properties": { "name": "Meridian Tools Pvt Ltd", "createdate": "2026-09-14T06:11:02.417Z",
                              "hs_object_id": "55512345678", "annualrevenue": null },
              "createdAt": "2026-09-14T06:11:02.417Z", "updatedAt": "2026-09-14T06:11:03.020Z", "archived": false,
              "url": "https://app-eu1.hubspot.com/contacts/24680135/record/0-2/55512345678" }""";

    private final Server server = new Server();
    private final HubSpot hubspot = server.client();

    @AfterEach
    void close() {
        server.close();
    }

    private void assertSent(String line) {
        assertThat(server.last().line()).isEqualTo(line);
        assertThat(server.last().raw().getHeaders().get("Authorization")).isEqualTo("Bearer " + Server.TOKEN);
    }

    private void assertSent(String line, String body) {
        assertSent(line);
        assertThat(server.last().body()).isEqualTo(body.replaceAll("\\s*\\R\\s*", ""));
    }

    // One record

    @Test
    void aRecordIsRead() {
        server.answer(200, RECORD);
        CrmRecord<Company> company = hubspot.companies().get(COMPANY, Selection.of(Companies.NAME, KEY));

        assertSent("GET /crm/objects/2026-09/companies/55512345678?properties=name%2Czoho_books_key");
        assertThat(company.id()).isEqualTo(COMPANY);
        assertThat(company.get(Companies.NAME)).isEqualTo("Meridian Tools Pvt Ltd");
        assertThat(company.find(Companies.ANNUAL_REVENUE)).isEmpty();
        assertThat(company.createdAt()).isEqualTo(Instant.parse("2026-09-14T06:11:02.417Z"));
        assertThat(company.updatedAt()).isEqualTo(Instant.parse("2026-09-14T06:11:03.020Z"));
        assertThat(company.url()).endsWith("/record/0-2/55512345678");
        assertThatThrownBy(() -> company.get(Companies.PHONE)).hasMessageContaining("was not asked for");
        assertThat(company).hasToString("companies 55512345678");
    }

    @Test
    void aRecordIsReadWithItsAssociationsWhoseKeyHasASpace() {
        server.answer(200, """
                { "id": "9001", "properties": {}, "associations": {
                  "companies":  { "results": [ { "id": "55512345678", "type": "invoice_to_company" } ] },
                  "line items": { "results": [ { "id": "7001", "type": "invoice_to_line_item" },
                                               { "id": "7001", "type": "invoice_to_line_item_unlabeled" } ] } } }""");
        CrmRecord<Invoice> invoice = hubspot.invoices()
                .get(INVOICE, Selection.DEFAULT.withAssociations(ObjectType.COMPANIES, ObjectType.LINE_ITEMS));

        assertSent("GET /crm/objects/2026-09/invoices/9001?associations=companies%2Cline_items");
        assertThat(invoice.associated(ObjectType.LINE_ITEMS)).containsExactly(ObjectType.LINE_ITEMS.record("7001"));
        assertThat(invoice.associated(ObjectType.COMPANIES)).containsExactly(COMPANY);
        assertThat(invoice.associated(ObjectType.DEALS)).isEmpty();
    }

    @Test
    void aRecordIsFoundByAUniquePropertyWhoseValueIsEncodedAndNeverShown() {
        server.answer(200, "{\"id\":\"60071\",\"properties\":{}}")
                .answer(
                        404,
                        "{\"status\":\"error\",\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"Object not found.\"}");
        assertThat(hubspot.contacts().find(Contacts.EMAIL, "mara+a/b@harbor.example", Selection.DEFAULT))
                .isPresent();
        assertSent("GET /crm/objects/2026-09/contacts/mara+a%2Fb@harbor.example?idProperty=email");

        assertThat(hubspot.contacts().find(Contacts.EMAIL, "mara@harbor.example", Selection.DEFAULT))
                .isEmpty();
        server.answer(400, "{\"status\":\"error\",\"message\":\"mara@harbor.example is no address\"}");
        assertThatThrownBy(() -> hubspot.contacts().find(Contacts.EMAIL, "mara@harbor.example", Selection.DEFAULT))
                .hasMessageContaining("GET /crm/objects/2026-09/contacts/{email}")
                .hasMessageNotContaining("mara");
    }

    @Test
    void aRecordOfTheRecycleBinIsRead() {
        server.answer(200, "{\"id\":\"9001\",\"properties\":{},\"archived\":true}");
        assertThat(hubspot.invoices()
                        .find(INVOICE, Selection.DEFAULT.inRecycleBin())
                        .map(CrmRecord::archived))
                .isEqualTo(Optional.of(true));
        assertSent("GET /crm/objects/2026-09/invoices/9001?archived=true");
    }

    @Test
    void aRecordIsCreatedWithItsAssociations() {
        server.answer(201, "{\"id\":\"9001\",\"properties\":{\"hs_currency\":\"INR\"}}");
        hubspot.invoices()
                .create(NewRecord.<Invoice>of(Properties.of(Invoices.CURRENCY, "INR"))
                        .associated(AssociationTypes.INVOICE_TO_COMPANY, COMPANY)
                        .associated(AssociationTypes.INVOICE_TO_CONTACT, CONTACT));

        assertSent("POST /crm/objects/2026-09/invoices", """
                {"properties":{"hs_currency":"INR"},"associations":[
                {"to":{"id":"55512345678"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":179}]},
                {"to":{"id":"60071"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":177}]}]}""");
    }

    @Test
    void aRecordIsChangedAndThrownAway() {
        server.answer(200, RECORD)
                .answer(new mockwebserver3.MockResponse.Builder().code(204).build());
        hubspot.companies()
                .update(COMPANY, Properties.of(Companies.NAME, "Meridian").clear(Companies.PHONE));
        assertSent(
                "PATCH /crm/objects/2026-09/companies/55512345678",
                "{\"properties\":{\"name\":\"Meridian\",\"phone\":\"\"}}");

        hubspot.companies().archive(COMPANY);
        assertSent("DELETE /crm/objects/2026-09/companies/55512345678");
        assertThatThrownBy(() -> hubspot.companies().update(COMPANY, Properties.none()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void otherTypesAreNamedByIdOrSlugAndOtherVersionsByDate() {
        interface Car extends Crm {}
        server.answer(200, "{\"id\":\"1\",\"properties\":{}}");
        ObjectType<Car> cars = ObjectType.of("2-3465");
        server.builder()
                .apiVersion(new ApiVersion("2026-03"))
                .build()
                .objects(cars)
                .get(cars.record("1"), Selection.DEFAULT);
        assertSent("GET /crm/objects/2026-03/2-3465/1");
    }

    // Many records

    @Test
    void aListIsReadPageByPage() {
        server.answer(
                        200,
                        "{\"results\":[{\"id\":\"1\",\"properties\":{}},{\"id\":\"2\",\"properties\":{}}],\"paging\":{\"next\":{\"after\":\"NTI1Cg==\",\"link\":\"?after=NTI1Cg\"}}}")
                .answer(200, "{\"results\":[{\"id\":\"3\",\"properties\":{}}]}");
        Listing<CrmRecord<Company>> all = hubspot.companies().list(Selection.of(Companies.NAME));
        assertThat(server.requests()).isEmpty();

        assertThat(all.stream().limit(2)).hasSize(2);
        assertThat(server.requests()).hasSize(1);
        assertSent("GET /crm/objects/2026-09/companies?limit=100&properties=name");
        server.answer(
                        200,
                        "{\"results\":[{\"id\":\"1\",\"properties\":{}}],\"paging\":{\"next\":{\"after\":\"NTI1Cg==\"}}}")
                .answer(200, "{\"results\":[]}");
        server.requests();
        List<String> ids = hubspot.companies().list(Selection.of(Companies.NAME)).stream()
                .map(company -> company.id().value())
                .toList();
        assertThat(ids).containsExactly("3");
        assertThat(hubspot.companies().list(Selection.DEFAULT).stream()
                        .map(record -> record.id().value()))
                .containsExactly("1");
        assertSent("GET /crm/objects/2026-09/companies?limit=100&after=NTI1Cg%3D%3D");
    }

    @Test
    void aListThatNamesAPageAgainEndsWithAnError() {
        String page = "{\"results\":[{\"id\":\"1\",\"properties\":{}}],\"paging\":{\"next\":{\"after\":\"7\"}}}";
        server.answer(200, page).answer(200, page);
        assertThatThrownBy(() ->
                        hubspot.companies().list(Selection.DEFAULT).stream().count())
                .isInstanceOf(HubSpotRequestException.class)
                .hasMessageContaining("does not end");
    }

    @Test
    void aSearchIsSentWithItsFilters() {
        server.answer(200, "{\"total\":1,\"results\":[{\"id\":\"9001\",\"properties\":{}}]}");
        Search search = Search.where(Invoices.STATUS, Search.Operator.EQ, "open")
                .and(Invoices.AMOUNT_BILLED, Search.Operator.GTE, new BigDecimal("1E+3"))
                .andIn(KEY, List.of("A-1", "b-2"))
                .or()
                .andAssociatedWith(COMPANY)
                .andKnown(Invoices.NUMBER)
                .andBetween(Invoices.AMOUNT_BILLED, BigDecimal.ONE, BigDecimal.TEN)
                .andNotIn(Invoices.CURRENCY, List.of("USD", "EUR"))
                .andUnknown(Invoices.TITLE)
                .selecting(Selection.of(Invoices.NUMBER));
        assertThat(hubspot.invoices().search(search)).hasSize(1);

        assertSent("POST /crm/objects/2026-09/invoices/search", """
                {"filterGroups":[{"filters":[
                {"propertyName":"hs_invoice_status","operator":"EQ","value":"open"},
                {"propertyName":"hs_amount_billed","operator":"GTE","value":"1000"},
                {"propertyName":"zoho_books_key","operator":"IN","values":["a-1","b-2"]}]},{"filters":[
                {"propertyName":"associations.companies","operator":"EQ","value":"55512345678"},
                {"propertyName":"hs_number","operator":"HAS_PROPERTY"},
                {"propertyName":"hs_amount_billed","operator":"BETWEEN","value":"1","highValue":"10"},
                {"propertyName":"hs_currency","operator":"NOT_IN","values":["USD","EUR"]},
                {"propertyName":"hs_title","operator":"NOT_HAS_PROPERTY"}]}],
                "sorts":[{"propertyName":"hs_object_id","direction":"ASCENDING"}],
                "properties":["hs_number"],"limit":200}""");
    }

    @Test
    void boundsOfASearchAreToldBeforeItIsSent() {
        Search full = Search.all();
        for (int i = 0; i < 6; i++) {
            full = full.andKnown(KEY);
        }
        Search tooMany = full;
        assertThatThrownBy(() -> tooMany.andKnown(KEY)).hasMessageContaining("at most 6 filters");
        Search five = Search.all().andKnown(KEY);
        for (int i = 0; i < 4; i++) {
            five = five.or().andKnown(KEY);
        }
        Search groups = five;
        assertThatThrownBy(groups::or).hasMessageContaining("at most 5 groups");
        assertThatThrownBy(() -> Search.all().or()).hasMessageContaining("no filter before or()");
        assertThatThrownBy(() -> Search.all().andIn(KEY, List.of())).hasMessageContaining("empty");
        Search tooLong = Search.all().containing("x".repeat(3_000));
        assertThatThrownBy(() -> hubspot.companies().search(tooLong).stream().count())
                .hasMessageContaining("of which HubSpot allows 3000");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void batchesAreSentWithKeysTracesAndNamesOfProperties() {
        server.answer(200, "{\"results\":[]}")
                .answer(404, "{\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"Object not found.\"}");
        hubspot.companies().readBy(KEY, List.of("o:1"), Selection.of(Companies.NAME));
        assertThat(server.requests().get(0).line()).isEqualTo("POST /crm/objects/2026-09/companies/batch/read");
        assertThat(server.requests().get(0).body())
                .isEqualTo(
                        "{\"idProperty\":\"zoho_books_key\",\"properties\":[\"name\",\"zoho_books_key\"],\"inputs\":[{\"id\":\"o:1\"}]}");

        server.answer(200, "{\"results\":[{\"id\":\"5\",\"new\":true,\"properties\":{\"zoho_books_key\":\"o:1\"}}]}");
        hubspot.companies().upsert(KEY, List.of(new RecordUpsert("o:1", Properties.of(Companies.NAME, "A"))));
        assertSent("POST /crm/objects/2026-09/companies/batch/upsert", """
                {"inputs":[{"id":"o:1","idProperty":"zoho_books_key","objectWriteTraceId":"i0",
                "properties":{"name":"A","zoho_books_key":"o:1"}}]}""");

        server.answer(200, "{\"results\":[{\"id\":\"55512345678\",\"properties\":{}}]}");
        hubspot.companies().update(List.of(new RecordUpdate<>(COMPANY, Properties.of(Companies.NAME, "A"))));
        assertSent("POST /crm/objects/2026-09/companies/batch/update", """
                {"inputs":[{"id":"55512345678","objectWriteTraceId":"i0","properties":{"name":"A"}}]}""");

        server.answer(201, "{\"results\":[{\"id\":\"1\",\"properties\":{\"name\":\"A\"}}]}");
        hubspot.companies().create(List.of(NewRecord.of(Properties.of(Companies.NAME, "A"))));
        assertSent("POST /crm/objects/2026-09/companies/batch/create", """
                {"inputs":[{"objectWriteTraceId":"i0","properties":{"name":"A"}}]}""");

        server.answer(new mockwebserver3.MockResponse.Builder().code(204).build());
        assertThat(hubspot.companies().archive(List.of(COMPANY)).of(COMPANY)).isInstanceOf(Outcome.Archived.class);
        assertSent("POST /crm/objects/2026-09/companies/batch/archive", "{\"inputs\":[{\"id\":\"55512345678\"}]}");
    }

    @Test
    void aBatchReadsNeitherAssociationsNorTheRecycleBin() {
        assertThatThrownBy(() -> hubspot.companies().read(List.of(COMPANY), Selection.DEFAULT.inRecycleBin()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hubspot.companies()
                        .read(List.of(COMPANY), Selection.DEFAULT.withAssociations(ObjectType.DEALS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("associations().read");
    }

    // Associations

    @Test
    void associationsAreWrittenReadAndRemoved() {
        Pair<Invoice, Company> pair = Pair.of(INVOICE, COMPANY);
        server.answer(
                200,
                "{\"status\":\"COMPLETE\",\"results\":[{\"from\":{\"id\":\"9001\"},\"to\":{\"id\":\"55512345678\"},\"associationSpec\":{\"associationCategory\":\"HUBSPOT_DEFINED\",\"associationTypeId\":179}},{\"from\":{\"id\":\"55512345678\"},\"to\":{\"id\":\"9001\"},\"associationSpec\":{\"associationCategory\":\"HUBSPOT_DEFINED\",\"associationTypeId\":180}}]}");
        assertThat(hubspot.associations().associate(List.of(pair))).isEmpty();
        assertSent(
                "POST /crm/associations/2026-09/invoices/companies/batch/associate/default",
                "{\"inputs\":[{\"from\":{\"id\":\"9001\"},\"to\":{\"id\":\"55512345678\"}}]}");

        server.answer(
                201,
                "{\"results\":[{\"fromObjectTypeId\":\"0-1\",\"fromObjectId\":60071,\"toObjectTypeId\":\"0-2\",\"toObjectId\":55512345678,\"labels\":[]}]}");
        assertThat(hubspot.associations()
                        .label(
                                List.of(Pair.of(CONTACT, COMPANY)),
                                AssociationTypes.CONTACT_TO_COMPANY_PRIMARY,
                                AssociationType.userDefined(ObjectType.CONTACTS, ObjectType.COMPANIES, 36)))
                .isEmpty();
        assertSent("POST /crm/associations/2026-09/contacts/companies/batch/create", """
                {"inputs":[{"from":{"id":"60071"},"to":{"id":"55512345678"},"types":[
                {"associationCategory":"HUBSPOT_DEFINED","associationTypeId":1},
                {"associationCategory":"USER_DEFINED","associationTypeId":36}]}]}""");

        server.answer(204, "");
        hubspot.associations().unlabel(List.of(Pair.of(CONTACT, COMPANY)), AssociationTypes.CONTACT_TO_COMPANY_PRIMARY);
        assertSent("POST /crm/associations/2026-09/contacts/companies/batch/labels/archive");

        server.answer(200, "{\"status\":\"COMPLETE\",\"results\":[]}");
        hubspot.associations().dissociate(List.of(pair));
        assertSent(
                "POST /crm/associations/2026-09/invoices/companies/batch/archive",
                "{\"inputs\":[{\"from\":{\"id\":\"9001\"},\"to\":[{\"id\":\"55512345678\"}]}]}");
    }

    @Test
    void associatedIdsAreTextOrNumbersAndHavePages() {
        server.answer(
                        207,
                        "{\"results\":[{\"from\":{\"id\":\"60071\"},\"to\":[{\"toObjectId\":55512345678,\"associationTypes\":[{\"category\":\"HUBSPOT_DEFINED\",\"typeId\":279,\"label\":null},{\"category\":\"HUBSPOT_DEFINED\",\"typeId\":1,\"label\":\"Primary\"}]}],\"paging\":{\"next\":{\"after\":\"x\"}}}],\"numErrors\":1,\"errors\":[{\"status\":\"error\",\"category\":\"OBJECT_NOT_FOUND\",\"subCategory\":{\"name\":\"any\"},\"message\":\"No company is associated with contact 5.\",\"context\":{\"fromObjectId\":[\"5\"]}}]}")
                .answer(
                        200,
                        "{\"results\":[{\"from\":{\"id\":60071},\"to\":[{\"toObjectId\":\"7\",\"associationTypes\":[]}]}]}");
        RecordId<Contact> alone = ObjectType.CONTACTS.record("5");
        Map<RecordId<Contact>, List<Associations.Associated<Contact, Company>>> read =
                hubspot.associations().read(List.of(CONTACT, alone), ObjectType.COMPANIES);

        assertSent(
                "POST /crm/associations/2026-09/contacts/companies/batch/read",
                "{\"inputs\":[{\"id\":\"60071\",\"after\":\"x\"}]}");
        assertThat(read.get(alone)).isEmpty();
        assertThat(read.get(CONTACT))
                .extracting(Associations.Associated::record)
                .containsExactly(COMPANY, ObjectType.COMPANIES.record("7"));
        assertThat(read.get(CONTACT).get(0).types())
                .contains(AssociationTypes.CONTACT_TO_COMPANY)
                .anySatisfy(type -> assertThat(type.label()).isEqualTo("Primary"));
    }

    @Test
    void anErrorOfReadingAssociationsIsNotTakenForNone() {
        server.answer(207, "{\"results\":[],\"errors\":[{\"category\":\"INTERNAL_ERROR\",\"message\":\"internal\"}]}");
        assertThatThrownBy(() -> hubspot.associations().read(List.of(CONTACT), ObjectType.COMPANIES))
                .isInstanceOf(HubSpotRequestException.class)
                .hasMessageContaining("INTERNAL_ERROR");
    }

    @Test
    void typesOfAssociationsAreRead() {
        server.answer(
                200,
                "{\"results\":[{\"category\":\"USER_DEFINED\",\"typeId\":36,\"label\":\"Decision maker\"},{\"category\":\"HUBSPOT_DEFINED\",\"typeId\":279,\"label\":null}]}");
        assertThat(hubspot.associations().types(ObjectType.CONTACTS, ObjectType.COMPANIES))
                .extracting(AssociationType::typeId, AssociationType::label)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(36, "Decision maker"),
                        org.assertj.core.groups.Tuple.tuple(279, null));
        assertSent("GET /crm/associations/2026-09/contacts/companies/labels");
    }

    @Test
    void pairsOfDifferentTypesAreNotMixed() {
        assertThatThrownBy(() -> hubspot.associations()
                        .associate(List.of(
                                new Pair<Crm, Crm>(erased(INVOICE), erased(COMPANY)),
                                new Pair<Crm, Crm>(erased(CONTACT), erased(COMPANY)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same two types");
    }

    @SuppressWarnings("unchecked") // what raw types in a caller's code can do
    private static RecordId<Crm> erased(RecordId<?> id) {
        return (RecordId<Crm>) id;
    }

    // Definitions

    @Test
    void definitionsAreMadeAndRead() {
        server.answer(
                200,
                "{\"results\":[{\"name\":\"amount\",\"label\":\"Amount\",\"type\":\"number\",\"fieldType\":\"number\",\"groupName\":\"g\",\"hasUniqueValue\":false,\"options\":[],\"modificationMetadata\":{\"archivable\":true,\"readOnlyDefinition\":true,\"readOnlyValue\":true}}]}");
        PropertyDefinition amount =
                hubspot.properties(ObjectType.LINE_ITEMS).list().get("amount");
        assertSent("GET /crm/properties/2026-09/line_items");
        assertThat(amount.readOnly()).isTrue();
        assertThat(amount.type()).isEqualTo("number");

        server.answer(201, "{\"results\":[{\"name\":\"zoho_books_total\"}]}");
        assertThat(hubspot.properties(ObjectType.INVOICES)
                        .create(
                                "zoho_books",
                                List.of(PropertyDefinition.of("zoho_books_total", "Total", "In full.", "number")
                                        .asMoneyIn("hs_currency"))))
                .isEmpty();
        assertSent("POST /crm/properties/2026-09/invoices/batch/create", """
                {"inputs":[{"name":"zoho_books_total","label":"Total","description":"In full.","groupName":"zoho_books",
                "type":"number","fieldType":"number","hasUniqueValue":false,"formField":false,
                "currencyPropertyName":"hs_currency"}]}""");

        server.answer(204, "");
        hubspot.properties(ObjectType.INVOICES).archive("zoho_books_total");
        assertSent("DELETE /crm/properties/2026-09/invoices/zoho_books_total");
    }

    @Test
    void optionsAreAddedToThoseThatAreThere() {
        server.answer(
                        200,
                        "{\"name\":\"colour\",\"type\":\"enumeration\",\"options\":[{\"label\":\"Red\",\"value\":\"red\",\"displayOrder\":4,\"hidden\":true,\"description\":\"hot\"}]}")
                .answer(request -> Server.json(200, request.body()));
        hubspot.properties(ObjectType.COMPANIES)
                .addOptions("colour", List.of(PropertyOption.of("red", "Rouge"), PropertyOption.of("blue", "Blue")));
        assertSent("PATCH /crm/properties/2026-09/companies/colour", """
                {"options":[{"label":"Red","value":"red","displayOrder":4,"hidden":true,"description":"hot"},
                {"label":"Blue","value":"blue","displayOrder":5,"hidden":false}]}""");
    }

    @Test
    void validationRulesAreRead() {
        server.answer(
                200,
                "{\"results\":[{\"propertyName\":\"phone\",\"propertyValidationRules\":[{\"ruleType\":\"MAX_LENGTH\",\"ruleArguments\":[\"30\"],\"shouldApplyNormalization\":false}]}]}");
        assertThat(hubspot.properties(ObjectType.COMPANIES).validationRules())
                .isEqualTo(Map.of("phone", List.of(new ValidationRule("MAX_LENGTH", List.of("30")))));
        assertSent("GET /crm/property-validations/2026-09/0-2");
    }

    // Pipelines and account

    @Test
    void pipelinesAreReadInTheirOrder() {
        server.answer(
                200,
                "{\"results\":[{\"id\":\"default\",\"label\":\"Sales\",\"displayOrder\":0,\"archived\":false,\"stages\":[{\"id\":\"won\",\"label\":\"Won\",\"displayOrder\":2,\"archived\":false,\"metadata\":{\"isClosed\":\"true\",\"probability\":\"1.0\"}},{\"id\":\"new\",\"label\":\"New\",\"displayOrder\":1,\"archived\":false,\"metadata\":{\"isClosed\":false,\"probability\":0.2}}]}]}");
        assertThat(hubspot.pipelines().list(ObjectType.DEALS))
                .containsExactly(new Pipeline(
                        "default",
                        "Sales",
                        List.of(
                                new Pipeline.Stage("new", "New", false, new BigDecimal("0.2")),
                                new Pipeline.Stage("won", "Won", true, new BigDecimal("1.0")))));
        assertSent("GET /crm/pipelines/2026-09/deals");
    }

    @Test
    void theAccountIsRead() {
        server.answer(200, """
                { "portalId": 24680135, "accountType": "STANDARD", "timeZone": "Asia/Kolkata",
                  "companyCurrency": "INR", "additionalCurrencies": ["USD", "EUR"],
                  "utcOffset": "+05:30", "utcOffsetMilliseconds": 19800000,
                  "uiDomain": "app-eu1.hubspot.com", "dataHostingLocation": "eu1" }""");
        Account account = hubspot.account().get();
        assertSent("GET /account-info/2026-09/details");
        assertThat(account.portalId()).isEqualTo(24_680_135L);
        assertThat(account.timeZone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
        assertThat(account.currencies()).isEqualTo(Set.of("EUR", "INR", "USD"));
        assertThat(account.startOfDay(LocalDate.of(2026, 9, 14))).isEqualTo(Instant.parse("2026-09-13T18:30:00Z"));
    }

    @Test
    void usageSwitchesAndRoomAreRead() {
        server.answer(
                        200,
                        "{\"results\":[{\"name\":\"private-apps-api-calls-daily\",\"usageLimit\":625000,\"currentUsage\":42,\"collectedAt\":\"2026-09-14T06:11:02.417Z\",\"resetsAt\":\"2026-09-14T18:30:00Z\",\"fetchStatus\":\"CACHED\"}]}")
                .answer(200, "{\"enablementByObjectTypeId\":{\"0-53\":true,\"0-101\":false}}")
                .answer(
                        200,
                        "{\"overallLimit\":10000,\"overallUsage\":9995,\"overallPercentage\":0.99,\"byObjectType\":[{\"objectTypeId\":\"0-53\",\"limit\":1000,\"usage\":3}]}");
        assertThat(hubspot.account().dailyUsage()).singleElement().satisfies(usage -> {
            assertThat(usage.limit()).isEqualTo(625_000);
            assertThat(usage.resetsAt()).isEqualTo(Instant.parse("2026-09-14T18:30:00Z"));
        });
        assertSent("GET /account-info/2026-09/api-usage/daily/private-apps");
        assertThat(hubspot.account().enablement()).containsEntry("0-53", true).containsEntry("0-101", false);
        assertSent("GET /crm/object-library/2026-09/enablement");
        CustomPropertyRoom room = hubspot.account().customPropertyRoom();
        assertSent("GET /crm/limits/2026-09/custom-properties");
        assertThat(room.leftOn("0-53")).isEqualTo(5);
        assertThat(room.byObjectTypeId().get("0-53").left()).isEqualTo(997);
    }
}
