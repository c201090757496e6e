package io.ledgerbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.testkit.RawClient.Answer;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fake against sections of the vendor's API as documented or seen live; each test names its section. */
class FakeZohoBooksConformanceTest {

    private static final String ACCOUNTS = "https://accounts.zoho.com/oauth/v2/";
    private static final String API = "https://www.zohoapis.com/books/v3/";

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z"));
    private final FakeZohoBooks fake = FakeZohoBooks.builder(time).build();
    private final RawClient anonymous = new RawClient(fake, "");
    private RawClient client;

    @BeforeEach
    void signIn() {
        client = new RawClient(fake, "Zoho-oauthtoken " + refresh().text("access_token"));
    }

    private Answer refresh() {
        return refresh(fake.refreshToken());
    }

    private Answer refresh(String token) {
        return anonymous.form(ACCOUNTS + "token", credentials() + "&grant_type=refresh_token&refresh_token=" + token);
    }

    private String credentials() {
        return "client_id=" + fake.clientId() + "&client_secret=" + fake.clientSecret();
    }

    private Answer api(String path) {
        return client.get(API + path + (path.contains("?") ? "&" : "?") + "organization_id=" + fake.organizationId());
    }

    private String customer(String name) {
        return fake.addCustomer(CustomerDraft.business(name)
                .person("Mara", "Quinn", "mara@harbor.example", "1")
                .billingAddress("1 Quay", "Hull", "", "HU1", "UK"));
    }

    private String invoice(String customer, String number) {
        return fake.addInvoice(InvoiceDraft.of(customer, number).line("Seat", "2", "50"));
    }

    // 1.4 to 1.8 OAuth

    @Test
    void section14ACodeGivesTokensOnce() {
        String form = credentials() + "&grant_type=authorization_code&code=" + fake.newGrantCode();
        Answer first = anonymous.form(ACCOUNTS + "token", form);

        assertThat(first.json()).containsKeys("access_token", "refresh_token", "api_domain", "token_type", "scope");
        assertThat(first.json().get("expires_in")).isEqualTo(new BigDecimal("3600"));
        assertThat(first.text("scope")).contains("ZohoBooks.contacts.READ ZohoBooks.invoices.READ");
        assertThat(anonymous.form(ACCOUNTS + "token", form).text("error")).isEqualTo("invalid_code");
    }

    @Test
    void section15ARefreshGivesNoRefreshToken() {
        assertThat(refresh().json()).containsKeys("access_token", "api_domain").doesNotContainKey("refresh_token");
    }

    @Test
    void section15ANewTokenDoesNotKillTheOldOne() {
        refresh();
        assertThat(api("contacts").status()).isEqualTo(200);
    }

    @Test
    void section16ErrorsComeWithStatus200() {
        Answer revoked = refresh("1000.unknown");
        Answer client = anonymous.form(ACCOUNTS + "token", "client_id=other&client_secret=x&grant_type=refresh_token");
        Answer secret = anonymous.form(
                ACCOUNTS + "token", "client_id=" + fake.clientId() + "&client_secret=x&grant_type=refresh_token");

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.json()).isEqualTo(Map.of("error", "invalid_code"));
        assertThat(client.json()).isEqualTo(Map.of("error", "invalid_client"));
        assertThat(secret.json()).isEqualTo(Map.of("error", "invalid_client_secret"));
    }

    @Test
    void section17TheEleventhTokenIn10MinutesIsRefused() throws Exception {
        IntStream.range(0, 9).forEach(i -> assertThat(refresh().status()).isEqualTo(200));

        Answer refused = refresh();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("status")).isEqualTo("failure");
        assertThat(refused.text("error")).isEqualTo("Access Denied");
        time.sleep(Duration.ofMinutes(10));
        assertThat(refresh().text("access_token")).isNotEmpty();
    }

    @Test
    void section17AnAccessTokenDiesAfterAnHour() throws Exception {
        time.sleep(Duration.ofSeconds(3_600));
        assertThat(api("contacts").status()).isEqualTo(401);
    }

    @Test
    void section18TheHeaderIsZohoOauthtokenAndRevokingEndsTheGrant() {
        assertThat(anonymous.get(API + "contacts").json().get("code")).isEqualTo(new BigDecimal("14"));
        assertThat(anonymous
                        .form(ACCOUNTS + "token/revoke?token=" + fake.refreshToken(), "")
                        .status())
                .isEqualTo(200);
        assertThat(refresh().text("error")).isEqualTo("invalid_code");
    }

    // 2 Limits and errors

    @Test
    void section21The101stCallOfAMinuteIsRefusedWith44() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(api("contacts").status()).isEqualTo(200);
        }
        Answer refused = api("contacts");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("code")).isEqualTo(new BigDecimal("44"));
        assertThat(refused.headers()).doesNotContainKey("Retry-After");
        assertThat(fake.traffic().limitsBroken()).hasSize(1);
        time.sleep(Duration.ofSeconds(60));
        assertThat(api("contacts").status()).isEqualTo(200);
    }

    @Test
    void section21ASpentDayIsRefusedWith45UntilMidnightOfTheOrganisation() throws Exception {
        FakeZohoBooks small = FakeZohoBooks.builder(time).dailyLimit(2).build();
        String token = new RawClient(small, "")
                .form(
                        ACCOUNTS + "token",
                        credentials() + "&grant_type=refresh_token&refresh_token=" + small.refreshToken())
                .text("access_token");
        RawClient spent = new RawClient(small, "Zoho-oauthtoken " + token);
        String url = API + "contacts?organization_id=" + small.organizationId();
        spent.get(url);
        spent.get(url);

        Answer refused = spent.get(url);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("code")).isEqualTo(new BigDecimal("45"));
        // 04:45:30 UTC is 10:15:30 in Kolkata.
        assertThat(refused.headers()).containsEntry("X-Rate-Limit-Reset", "49470");
    }

    @Test
    void section22AnswersTellTheDailyQuotaInSeconds() {
        Answer answer = api("contacts");

        assertThat(answer.headers())
                .containsEntry("X-Rate-Limit-Limit", "10000")
                .containsEntry("X-Rate-Limit-Remaining", "9999")
                .containsEntry("X-Rate-Limit-Reset", "49470");
    }

    @Test
    void section23ErrorsAreToldApartByCode() {
        fake.withdrawScope("ZohoBooks.invoices.READ");

        assertThat(api("invoices").json().get("code")).isEqualTo(new BigDecimal("57"));
        assertThat(api("invoices").status()).isEqualTo(401);
        assertThat(client.get(API + "contacts?organization_id=60000000001")
                        .json()
                        .get("code"))
                .isEqualTo(new BigDecimal("6041"));
        assertThat(client.get(API + "contacts?organization_id=60000000001").status())
                .isEqualTo(400);
        assertThat(api("contacts/2000000000009999999").json().get("code")).isEqualTo(new BigDecimal("1002"));
        assertThat(api("contacts/2000000000009999999").status()).isEqualTo(404);
        assertThat(api("nonsense").json().get("code")).isEqualTo(new BigDecimal("5"));
        assertThat(client.post(API + "contacts?organization_id=" + fake.organizationId(), Map.of())
                        .json()
                        .get("code"))
                .isEqualTo(new BigDecimal("37"));
        assertThat(api("contacts?page=zero").json().get("code")).isEqualTo(new BigDecimal("2"));
    }

    @Test
    void section11AnotherDataCentreRefusesTokenAndClient() {
        assertThat(client.get("https://www.zohoapis.eu/books/v3/contacts?organization_id=" + fake.organizationId())
                        .json()
                        .get("code"))
                .isEqualTo(new BigDecimal("57"));
        assertThat(anonymous
                        .form(
                                "https://accounts.zoho.eu/oauth/v2/token",
                                credentials() + "&grant_type=refresh_token&refresh_token=" + fake.refreshToken())
                        .text("error"))
                .isEqualTo("invalid_client");
    }

    // 3 Envelope, paging, filters, data types

    @Test
    void section31KeysDifferByResource() {
        String customer = customer("Harbor Tools Ltd");
        String invoice = invoice(customer, "INV-1");
        String payment = fake.addPayment(PaymentDraft.of(customer, "1", "40").applyTo(invoice, "40"));

        assertThat(api("organizations").json()).containsKey("organizations").doesNotContainKey("page_context");
        assertThat(api("contacts").json()).containsKeys("code", "message", "contacts", "page_context");
        assertThat(api("contacts/contactpersons").json()).containsKey("contact_persons");
        assertThat(api("customerpayments").json()).containsKey("customerpayments");
        assertThat(api("customerpayments/" + payment).json()).containsKey("payment");
        assertThat(api("invoices/" + invoice + "/payments").list("payments")).hasSize(1);
    }

    @Test
    void section32PagesHoldAtMost200RowsAndSayWhetherMoreFollow() {
        IntStream.range(0, 250).forEach(i -> customer("Customer " + i));

        Answer first = api("contacts?page=1&per_page=500");
        Answer second = api("contacts?page=2&per_page=200");

        assertThat(first.list("contacts")).hasSize(200);
        assertThat(first.object("page_context")).containsEntry("has_more_page", true);
        assertThat(second.list("contacts")).hasSize(50);
        assertThat(second.object("page_context")).containsEntry("has_more_page", false);
    }

    @Test
    void section32CountsAreGivenWhenAskedFor() {
        invoice(customer("Harbor Tools Ltd"), "INV-1");

        Answer count = api("invoices?response_option=2");

        assertThat(count.object("page_context").get("total")).isEqualTo(BigDecimal.ONE);
        assertThat(count.json()).doesNotContainKey("invoices");
    }

    @Test
    void section32RowsAndCountsComeAsAskedForAndNonsenseIsRefused() {
        invoice(customer("Harbor Tools Ltd"), "INV-1");

        assertThat(api("invoices?response_option=0").object("page_context")).doesNotContainKey("total");
        assertThat(api("invoices?response_option=1").json()).containsKey("invoices");
        assertThat(api("invoices?response_option=3").json()).doesNotContainKey("invoices");
        assertThat(api("invoices?response_option=abc").status()).isEqualTo(400);
        assertThat(api("invoices?page=2000000000").list("invoices")).isEmpty();
    }

    @Test
    void section33EachListHasSortColumnsOfItsOwn() {
        customer("Northwind Traders and Sons");
        customer("Another");

        assertThat(api("contacts?sort_column=contact_name&sort_order=A")
                        .list("contacts")
                        .get(0))
                .containsEntry("contact_name", "Another");
        assertThat(api("customerpayments?sort_column=total").object("page_context"))
                .doesNotContainKey("sort_column");
        assertThat(api("invoices?sort_column=due_date").object("page_context"))
                .containsEntry("sort_column", "due_date");
    }

    @Test
    void section34DocumentedFiltersThatAreNotImplementedSaySo() {
        assertThat(api("invoices?created_date_start=2026-01-01").text("fake")).contains("section 3.4");
        assertThat(api("contacts?search_text=acme").text("fake")).contains("section 3.4");
        assertThat(api("customerpayments?filter_by=PaymentMode.Cash").text("fake"))
                .contains("section 3.4");
    }

    @Test
    void section11EachHostServesItsOwnPathsOnly() {
        assertThat(client.get("https://accounts.zoho.com/books/v3/organizations")
                        .status())
                .isEqualTo(404);
        assertThat(anonymous
                        .form("https://www.zohoapis.com/oauth/v2/token", credentials())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void section33SortingIsEchoedAndUnknownColumnsAreIgnored() throws Exception {
        String first = customer("A");
        time.sleep(Duration.ofMinutes(1));
        customer("B");
        time.sleep(Duration.ofMinutes(1));
        fake.editContact(first, contact -> contact.put("phone", "2"));

        Answer sorted = api("contacts?sort_column=last_modified_time&sort_order=D");

        assertThat(sorted.list("contacts").get(0)).containsEntry("contact_name", "A");
        assertThat(sorted.object("page_context"))
                .containsEntry("sort_column", "last_modified_time")
                .containsEntry("sort_order", "D");
        assertThat(api("contacts?sort_column=nonsense").object("page_context")).doesNotContainKey("sort_column");
    }

    @Test
    void section34MisspeltFiltersAreSilentlyIgnored() throws Exception {
        String customer = customer("Harbor Tools Ltd");
        invoice(customer, "INV-1");
        time.sleep(Duration.ofMinutes(10));
        invoice(customer, "INV-2");

        assertThat(api("invoices?last_modifed_time=2026-03-02T04:50:00%2B0000").list("invoices"))
                .hasSize(2);
        Answer filtered = api("invoices?last_modified_time=2026-03-02T04:50:00%2B0000");
        assertThat(filtered.list("invoices")).hasSize(1);
        assertThat(filtered.object("page_context")).containsKey("search_criteria");
        assertThat(api("invoices?last_modified_time=2026-03-02").list("invoices"))
                .hasSize(2);
        assertThat(api("contacts?last_modified_time=2026-03-02T04:50:00%2B0000").list("contacts"))
                .hasSize(1);
    }

    @Test
    void section35MissingValuesAreEmptyTextsAndStampsHaveAnOffsetWithoutColon() {
        fake.addCustomer(CustomerDraft.business("Bare"));

        Map<String, Object> row = api("contacts").list("contacts").get(0);
        Map<String, Object> detail = api("contacts/" + row.get("contact_id")).object("contact");

        assertThat(row).containsEntry("email", "").containsEntry("last_modified_time", "2026-03-02T10:15:30+0530");
        assertThat(detail).containsEntry("billing_address", "").containsEntry("exchange_rate", "");
        assertThat(row.get("contact_id")).isInstanceOf(String.class);
    }

    // 4 Resources

    @Test
    void section42RowsOfContactsLackAddressesAndPersonsAndHoldVendorsToo() {
        String customer = customer("Harbor Tools Ltd");
        fake.addCustomer(CustomerDraft.business("Vendor").vendor().person("V", "P", "v@vendor.example", ""));

        assertThat(api("contacts").list("contacts")).hasSize(2);
        Map<String, Object> row =
                api("contacts?contact_type=customer").list("contacts").get(0);
        assertThat(row).doesNotContainKeys("billing_address", "contact_persons", "primary_contact_id");
        assertThat(row).containsEntry("first_name", "Mara").containsEntry("customer_name", "Harbor Tools Ltd");
        Map<String, Object> detail = api("contacts/" + customer).object("contact");
        assertThat(detail).containsKeys("billing_address", "contact_persons", "primary_contact_id");
    }

    @Test
    void section43TheListOfPersonsHoldsThoseOfVendorsToo() {
        String customer = customer("Harbor Tools Ltd");
        fake.addCustomer(CustomerDraft.business("Vendor").vendor().person("V", "P", "v@vendor.example", ""));

        List<Map<String, Object>> persons = api("contacts/contactpersons").list("contact_persons");

        assertThat(persons).hasSize(2);
        assertThat(persons.get(0)).containsEntry("contact_id", customer).containsEntry("is_primary_contact", true);
        assertThat(persons.get(0)).doesNotContainKey("last_modified_time");
    }

    @Test
    void section44RowsOfInvoicesLackLinesAndCallThePostCodeZipcode() {
        String id = invoice(customer("Harbor Tools Ltd"), "INV-1");

        Map<String, Object> row = api("invoices").list("invoices").get(0);
        Map<String, Object> detail = api("invoices/" + id).object("invoice");

        assertThat(row).doesNotContainKeys("line_items", "sub_total", "tax_total", "bcy_total", "contact_persons");
        assertThat(RawClient.child(row, "billing_address"))
                .containsEntry("zipcode", "HU1")
                .doesNotContainKey("zip");
        assertThat(RawClient.child(detail, "billing_address")).containsEntry("zip", "HU1");
        assertThat(ZohoRows.children(detail, "line_items").get(0)).containsEntry("item_id", "");
    }

    @Test
    void section44DraftAndVoidInvoicesKeepABalanceAndLatePartialOnesAreOverdue() {
        String customer = customer("Harbor Tools Ltd");
        fake.addInvoice(InvoiceDraft.of(customer, "INV-1").status("void").line("Seat", "1", "10"));
        String late = fake.addInvoice(InvoiceDraft.of(customer, "INV-2")
                .line("Seat", "1", "10")
                .dates(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-01-31")));
        fake.addPayment(PaymentDraft.of(customer, "1", "4").applyTo(late, "4"));

        assertThat(api("invoices?status=void").list("invoices").get(0).get("balance"))
                .isEqualTo(new BigDecimal("10.00"));
        assertThat(api("invoices/" + late).object("invoice"))
                .containsEntry("status", "overdue")
                .containsEntry("balance", new BigDecimal("6.00"));
    }

    @Test
    void section45RowsOfPaymentsLackCurrencyAndAllocationsAndStampsHaveOtherNamesInDetails() {
        String customer = customer("Harbor Tools Ltd");
        String one = invoice(customer, "INV-1");
        String two = invoice(customer, "INV-2");
        String id = fake.addPayment(
                PaymentDraft.of(customer, "1", "110").applyTo(one, "100").applyTo(two, "10"));

        Map<String, Object> row =
                api("customerpayments").list("customerpayments").get(0);
        Map<String, Object> detail = api("customerpayments/" + id).object("payment");

        assertThat(row)
                .doesNotContainKeys("currency_code", "invoices", "updated_time")
                .containsEntry("invoice_numbers", "INV-1, INV-2")
                .containsKey("last_modified_time");
        assertThat(detail)
                .containsKeys("currency_code", "invoices", "updated_time")
                .doesNotContainKey("last_modified_time");
        assertThat(ZohoRows.children(detail, "invoices").get(1)).containsEntry("amount_applied", new BigDecimal("10"));
    }

    @Test
    void section411DeletedRecordsJustDisappear() {
        String id = invoice(customer("Harbor Tools Ltd"), "INV-1");
        fake.deleteInvoice(id);

        assertThat(api("invoices").list("invoices")).isEmpty();
        assertThat(api("invoices/" + id).status()).isEqualTo(404);
    }

    @Test
    void whatIsNotImplementedSaysItsSection() {
        assertThat(api("contacts/address").status()).isEqualTo(501);
        assertThat(api("contacts/address").text("fake")).contains("section 4.2");
        assertThat(api("settings/taxgroups/1").text("fake")).contains("section 4.7");
    }

    // Faults and fronts

    @Test
    void faultsComeInTheOrderTheyWereAskedFor() {
        fake.nextRequests().rateLimited(1, 1070).htmlBadGateway(1).droppedBeforeApplying(1);

        assertThat(api("contacts").json().get("code")).isEqualTo(new BigDecimal("1070"));
        assertThat(api("contacts").body()).startsWith("<html>");
        assertThatThrownBy(() -> api("contacts")).hasMessageContaining("Connection reset");
        assertThat(api("contacts").status()).isEqualTo(200);
    }

    @Test
    void anAnswerBeyondTheReadTimeOutIsATimeOutOfTheVirtualClock() {
        fake.nextRequests().slow(Duration.ofMinutes(2), 1);
        Instant before = time.now();

        assertThatThrownBy(() -> api("contacts")).hasMessageContaining("timeout");
        assertThat(Duration.between(before, time.now())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void rowsCanBeEditedBetweenTwoPages() {
        String first = customer("A");
        fake.before("page=2", () -> fake.editContact(first, contact -> contact.put("phone", "9")));

        api("contacts?page=1");
        assertThat(fake.contact(first)).containsEntry("phone", "1");
        api("contacts?page=2");
        assertThat(fake.contact(first)).containsEntry("phone", "9");
    }

    @Test
    void manyOrganizationsStandBehindOneAddress() throws Exception {
        FakeZohoBooks first = FakeZohoBooks.builder(TimeSource.system())
                .organizationId("1001")
                .build();
        FakeZohoBooks second = FakeZohoBooks.builder(TimeSource.system())
                .organizationId("1002")
                .build();
        RequestBody refresh = new FormBody.Builder()
                .add("grant_type", "refresh_token")
                .add("client_id", second.clientId())
                .add("client_secret", second.clientSecret())
                .add("refresh_token", second.refreshToken())
                .build();
        OkHttpClient http = new OkHttpClient();
        try (LoopbackServer server = FakeZohoBooks.startAll(List.of(first, second));
                Response token = http.newCall(new Request.Builder()
                                .url(server.url() + "/oauth/v2/token")
                                .post(refresh)
                                .build())
                        .execute();
                Response contacts = http.newCall(new Request.Builder()
                                .url(server.url() + "/books/v3/contacts?organization_id=1002")
                                .header(
                                        "Authorization",
                                        "Zoho-oauthtoken "
                                                + Json.parseObject(token.body().string())
                                                        .get("access_token"))
                                .build())
                        .execute()) {
            assertThat(contacts.code()).isEqualTo(200);
        }
        assertThat(first.traffic().calls()).isEmpty();
        assertThat(second.traffic().calls()).hasSize(2);
    }

    @Test
    void theLoopbackFrontAnswersTheSame() throws Exception {
        FakeZohoBooks real = FakeZohoBooks.builder(TimeSource.system()).build();
        try (LoopbackServer server = real.start();
                Response response = new OkHttpClient()
                        .newCall(new Request.Builder()
                                .url(server.url() + "/books/v3/contacts")
                                .build())
                        .execute()) {
            assertThat(response.code()).isEqualTo(401);
            assertThat(Json.parseObject(response.body().string()).get("code")).isEqualTo(new BigDecimal("14"));
            assertThat(real.traffic().count("GET /books/v3/contacts")).isEqualTo(1);
        }
    }

    @Test
    void section14ACodeLivesForAMinute() throws Exception {
        String form = credentials() + "&grant_type=authorization_code&code=" + fake.newGrantCode();
        time.sleep(Duration.ofSeconds(60));

        assertThat(anonymous.form(ACCOUNTS + "token", form).text("error")).isEqualTo("invalid_code");
    }

    @Test
    void section17The21stRefreshTokenEndsTheOldest() {
        for (int i = 0; i < 20; i++) {
            anonymous.form(
                    ACCOUNTS + "token", credentials() + "&grant_type=authorization_code&code=" + fake.newGrantCode());
        }

        assertThat(refresh().text("error")).isEqualTo("invalid_code");
    }

    @Test
    void section19AWithdrawnScopeReachesTokensOfEveryKind() {
        Answer tokens = anonymous.form(
                ACCOUNTS + "token", credentials() + "&grant_type=authorization_code&code=" + fake.newGrantCode());
        fake.withdrawScope("ZohoBooks.contacts.READ");
        RawClient other = new RawClient(fake, "Zoho-oauthtoken " + tokens.text("access_token"));

        assertThat(other.get(API + "contacts?organization_id=" + fake.organizationId())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void section23AnInjectedSpentDayTellsThatNothingRemains() {
        fake.nextRequests().rateLimited(1, 45);

        Answer spent = api("contacts");

        assertThat(spent.json().get("code")).isEqualTo(new BigDecimal("45"));
        assertThat(spent.headers()).containsEntry("X-Rate-Limit-Remaining", "0");
    }

    @Test
    void section34FiltersByRangeAreApplied() {
        String customer = customer("Harbor Tools Ltd");
        invoice(customer, "INV-1");
        fake.addInvoice(InvoiceDraft.of(customer, "ACME-2")
                .dates(LocalDate.parse("2026-02-01"), LocalDate.parse("2026-02-15"))
                .line("Seat", "1", "20"));

        assertThat(numbers("invoices?date_start=2026-02-01&date_end=2026-02-28"))
                .containsExactly("ACME-2");
        assertThat(numbers("invoices?due_date_after=2026-02-15")).containsExactly("INV-1");
        assertThat(numbers("invoices?total_greater_equals=100")).containsExactly("INV-1");
        assertThat(numbers("invoices?balance_less_than=100")).containsExactly("ACME-2");
        assertThat(numbers("invoices?invoice_number_startswith=inv")).containsExactly("INV-1");
        assertThat(numbers("invoices?total_more_than=1000")).containsExactly("INV-1", "ACME-2");
    }

    private List<Object> numbers(String path) {
        return api(path).list("invoices").stream()
                .map(row -> row.get("invoice_number"))
                .toList();
    }

    @Test
    void section43OnePersonHasItsOwnKey() {
        String customer = customer("Harbor Tools Ltd");
        Map<String, Object> person = api("contacts/" + customer + "/contactpersons")
                .list("contact_persons")
                .get(0);

        Answer one = api("contacts/" + customer + "/contactpersons/" + person.get("contact_person_id"));

        assertThat(one.object("contact_person")).containsEntry("email", "mara@harbor.example");
        assertThat(api("contacts/" + customer + "/contactpersons/2000000000000999999")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void section45RefundsArePartOfWhatAPaymentHasNotUsed() {
        String customer = customer("Harbor Tools Ltd");
        String payment = fake.addPayment(PaymentDraft.of(customer, "1", "120").currency("EUR", "1.1"));
        fake.refundPayment(payment, "20");

        Map<String, Object> refund = api("customerpayments/" + payment + "/refunds")
                .list("payment_refunds")
                .get(0);
        assertThat(refund).containsEntry("amount_fcy", new BigDecimal("20"));
        assertThat(refund).containsEntry("amount_bcy", new BigDecimal("22.00"));
        assertThat(api("customerpayments/" + payment).object("payment"))
                .containsEntry("unused_amount", new BigDecimal("100"))
                .containsEntry("amount_refunded", new BigDecimal("20"));
        assertThatThrownBy(() -> fake.refundPayment(payment, "101")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void section46CreditNotesAreAppliedAndRefundedAndTellBothSides() {
        String customer = customer("Harbor Tools Ltd");
        String invoice = invoice(customer, "INV-1");
        String note = fake.addCreditNote(CreditNoteDraft.of(customer, "CN-1").line("Seat", "1", "50"));
        fake.applyCreditNote(note, invoice, "30");
        fake.refundCreditNote(note, "20");

        Map<String, Object> row = api("creditnotes").list("creditnotes").get(0);
        assertThat(row).containsEntry("status", "closed").doesNotContainKeys("line_items", "exchange_rate");
        Map<String, Object> detail = api("creditnotes/" + note).object("creditnote");
        assertThat(detail)
                .containsKeys("line_items", "updated_time", "exchange_rate")
                .doesNotContainKey("last_modified_time");
        assertThat(api("creditnotes/" + note + "/invoices")
                        .list("invoices_credited")
                        .get(0))
                .containsEntry("invoice_id", invoice)
                .containsEntry("credited_amount", new BigDecimal("30"));
        assertThat(api("invoices/" + invoice + "/creditsapplied")
                        .list("credits")
                        .get(0))
                .containsEntry("creditnotes_number", "CN-1")
                .containsEntry("amount_applied", new BigDecimal("30"));
        assertThat(api("creditnotes/refunds").list("creditnote_refunds")).hasSize(1);
        assertThat(api("creditnotes/" + note + "/refunds")
                        .list("creditnote_refunds")
                        .get(0))
                .containsEntry("amount_fcy", new BigDecimal("20"));
        assertThat(api("invoices/" + invoice).object("invoice").get("balance")).isEqualTo(new BigDecimal("70.00"));
        assertThatThrownBy(() -> fake.applyCreditNote(note, invoice, "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fake.deleteInvoice(invoice)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void section47ItemsComeInBulkAndSettingsAsLists() {
        String clamp = fake.addItem("Clamp", "98.375");
        String vice = fake.addItem("Vice", "10");
        fake.addCurrency("EUR", "1.1");
        fake.addTax(new InvoiceDraft.Tax("411", "VAT", "20"));

        assertThat(api("itemdetails?item_ids=" + clamp + ",999," + vice).list("items"))
                .hasSize(2);
        assertThat(api("items?name_startswith=cl").list("items")).hasSize(1);
        assertThat(api("settings/currencies").list("currencies")).hasSize(2);
        assertThat(api("settings/currencies?filter_by=Currencies.ExcludeBaseCurrency")
                        .list("currencies"))
                .hasSize(1);
        assertThat(api("settings/taxes/411").object("tax")).containsEntry("tax_percentage", new BigDecimal("20"));
    }

    @Test
    void section51WebhooksNeedTheirScopeAndFireOnlyWithARule() {
        String hooks = API + "settings/webhooks?organization_id=" + fake.organizationId();
        Map<String, Object> webhook =
                Json.object("webhook_name", "n", "entity", "invoice", "method", "POST", "url", "https://app.example/");
        assertThat(client.post(hooks, webhook).status()).isEqualTo(401);

        fake.grantScope("ZohoBooks.settings.CREATE");
        Answer created = client.post(hooks, webhook);
        assertThat(created.status()).isEqualTo(201);
        String id = Json.text(created.object("webhook"), "webhook_id");
        assertThat(api("settings/webhooks").list("webhooks").get(0).get("related_rules"))
                .isEqualTo(List.of());

        Map<String, Object> rule = Json.object(
                "workflow_name",
                "n",
                "entity",
                "invoice",
                "rule_type",
                "add_edit",
                "rule",
                Json.object(),
                "apply_rule_always",
                true,
                "instant_actions",
                List.of(Json.object("action_id", id, "action_type", "webhook")));
        assertThat(client.post(API + "settings/workflows?organization_id=" + fake.organizationId(), rule)
                        .status())
                .isEqualTo(201);
        assertThat(ZohoRows.children(api("settings/webhooks").list("webhooks").get(0), "related_rules"))
                .hasSize(1);
    }

    @Test
    void section411WhatWasPaidCannotBeDeletedAndVoidInvoicesCannotBePaid() {
        String customer = customer("Harbor Tools Ltd");
        String paid = invoice(customer, "INV-1");
        fake.addPayment(PaymentDraft.of(customer, "1", "100").applyTo(paid, "100"));
        String voided = fake.addInvoice(
                InvoiceDraft.of(customer, "INV-2").status("void").line("Seat", "1", "10"));

        assertThatThrownBy(() -> fake.deleteInvoice(paid)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        fake.addPayment(PaymentDraft.of(customer, "2", "10").applyTo(voided, "10")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(api("invoices/" + paid).object("invoice")).containsEntry("status", "paid");
    }

    @Test
    void section48RowsCarryTheValueOfACustomFieldThreeTimes() {
        String customer = customer("Harbor Tools Ltd");
        fake.addInvoice(
                InvoiceDraft.of(customer, "INV-1").line("Seat", "1", "10").customField("cf_region", "Region", "North"));

        Map<String, Object> row = api("invoices").list("invoices").get(0);

        assertThat(row).containsEntry("cf_region", "North");
        assertThat(row.get("custom_field_hash")).isEqualTo(Map.of("cf_region", "North"));
        assertThat(ZohoRows.children(row, "custom_fields").get(0)).containsEntry("value", "North");
    }
}
