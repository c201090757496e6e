package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.testkit.Together;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ZohoBooksTest {

    private static final Instant START = Instant.parse("2026-03-02T04:45:30Z");

    private final VirtualTime time = VirtualTime.startingAt(START);
    private final FakeZohoBooks fake = FakeZohoBooks.builder(time).build();
    private final ZohoBooks zoho = client(fake.refreshToken(), DataCenter.US);

    private ZohoBooks client(String refreshToken, DataCenter dataCenter) {
        return ZohoBooks.builder(ZohoCredentials.refreshToken(fake.clientId(), fake.clientSecret(), refreshToken))
                .dataCenter(dataCenter)
                .organization(fake.organizationId())
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(fake.interceptor())
                        .build())
                .timeSource(time)
                .random(new Random(1))
                .build();
    }

    private String customer(String name) {
        return fake.addCustomer(CustomerDraft.business(name)
                .person("Mara", "Quinn", "mara@harbor.example", "+44 20 1")
                .billingAddress("1 Quay", "Hull", "", "HU1 1AA", "United Kingdom"));
    }

    @Test
    void aListIsReadOverAllItsPages() {
        for (int i = 0; i < 450; i++) {
            customer("Customer " + i);
        }

        List<String> names = new ArrayList<>();
        zoho.contacts().list(ContactQuery.customers()).forEach(contact -> names.add(contact.contactName()));

        assertThat(names).hasSize(450).doesNotHaveDuplicates();
        assertThat(fake.traffic().count("GET /books/v3/contacts")).isEqualTo(3);
    }

    @Test
    void amountsIdsStampsAndDatesArriveExactly() {
        String customer = customer("Harbor Tools Ltd");
        String id = fake.addInvoice(InvoiceDraft.of(customer, "INV-1")
                .currency("KWD", "3.2575")
                .line("Clamp 80 mm", "3", "10.125", "10%", new InvoiceDraft.Tax("411", "VAT", "5")));

        Invoice row = zoho.invoices().page(InvoiceQuery.all(), 1).items().get(0);
        Invoice detail = zoho.invoices().get(id);

        assertThat(row.lineItems()).isEmpty();
        assertThat(row.billingAddress().postCode()).isEqualTo("HU1 1AA");
        assertThat(row.lastModifiedTime()).isEqualTo(START);
        assertThat(detail.invoiceId()).isEqualTo(id);
        assertThat(detail.total()).isEqualByComparingTo("28.704");
        assertThat(detail.lineItems().get(0).discount()).isEqualTo("10%");
        assertThat(detail.lineItems().get(0).lineItemTaxes().get(0).taxAmount()).isEqualTo(new BigDecimal("1.367"));
        assertThat(detail.billingAddress().postCode()).isEqualTo("HU1 1AA");
    }

    @Test
    void rowsAndDetailsOfPaymentsShareOneRecord() {
        String customer = customer("Harbor Tools Ltd");
        String invoice = fake.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "1", "100"));
        String id = fake.addPayment(PaymentDraft.of(customer, "1", "120").applyTo(invoice, "100"));

        CustomerPayment row =
                zoho.customerPayments().page(PaymentQuery.all(), 1).items().get(0);
        CustomerPayment detail = zoho.customerPayments().get(id);

        assertThat(row.currencyCode()).isEmpty();
        assertThat(row.invoiceNumbers()).isEqualTo("INV-1");
        assertThat(row.lastModifiedTime()).isEqualTo(START);
        assertThat(detail.currencyCode()).isEqualTo("USD");
        assertThat(detail.invoices().get(0).amountApplied()).isEqualByComparingTo("100");
        assertThat(detail.updatedTime()).isEqualTo(START);
    }

    @Test
    void oneTokenServesManyCallsAndIsRenewedBeforeItsHourEnds() throws Exception {
        zoho.organizations().list();
        zoho.organizations().list();
        assertThat(fake.traffic().count("POST /oauth/v2/token")).isEqualTo(1);

        time.sleep(Duration.ofMinutes(59).plusSeconds(30));
        zoho.organizations().list();

        assertThat(fake.traffic().count("POST /oauth/v2/token")).isEqualTo(2);
        assertThat(fake.traffic().count(call -> call.status() == 401)).isZero();
    }

    @RepeatedTest(50) // the threads meet in another order each time
    void parallelCallsShareOneRefresh() throws Exception {
        fake.latency(Duration.ofMillis(200));
        Together.run(
                time,
                4,
                number -> assertThat(zoho.organizations().list().get(0).organizationId())
                        .isEqualTo(fake.organizationId()));

        assertThat(fake.traffic().count("POST /oauth/v2/token")).isEqualTo(1);
    }

    @Test
    void aTokenThatDiedEarlyIsRenewedOnceAndTheCallRepeated() {
        zoho.organizations().list();
        fake.expireAccessTokens();

        assertThat(zoho.organizations().list()).hasSize(1);
        assertThat(fake.traffic().count("POST /oauth/v2/token")).isEqualTo(2);
    }

    @Test
    void aRevokedGrantAsksForANewConnection() {
        fake.revokeRefreshToken();

        assertThatThrownBy(() -> zoho.organizations().list())
                .isInstanceOf(ZohoReconnectException.class)
                .hasMessageContaining("Connect again")
                .hasMessageNotContaining(fake.refreshToken())
                .hasMessageNotContaining(fake.clientSecret());
        assertThat(fake.traffic().calls()).hasSize(1);
    }

    @Test
    void aWrongDataCentreIsAMatterOfConfiguration() {
        assertThatThrownBy(() -> client(fake.refreshToken(), DataCenter.EU)
                        .organizations()
                        .list())
                .isInstanceOf(ZohoConfigurationException.class)
                .hasMessageContaining("accounts.zoho.eu")
                .hasMessageContaining("data centre");
    }

    @Test
    void aMissingScopeIsSaidAfterOneFreshToken() {
        fake.withdrawScope("ZohoBooks.invoices.READ");

        assertThatThrownBy(() -> zoho.invoices().page(InvoiceQuery.all(), 1))
                .isInstanceOf(ZohoPermissionException.class)
                .hasMessageContaining("/books/v3/invoices");
        assertThat(fake.traffic().count("POST /oauth/v2/token")).isEqualTo(2);
    }

    @Test
    void aMinuteLimitIsWaitedOut() {
        fake.nextRequests().matching("/contacts").rateLimited(1, 44);

        Iterable<Contact> contacts = zoho.contacts().list(ContactQuery.customers());

        assertThat(contacts).isEmpty();
        assertThat(Duration.between(START, time.now())).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(67));
    }

    @Test
    void tooManyCallsAtOnceAreWaitedOutShortly() {
        fake.nextRequests().matching("/contacts").rateLimited(2, 1070);

        assertThat(zoho.contacts().page(ContactQuery.customers(), 1).items()).isEmpty();
        assertThat(Duration.between(START, time.now())).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(7));
    }

    @Test
    void theEleventhTokenIn10MinutesIsNotAskedFor() {
        for (int i = 0; i < 10; i++) {
            fake.expireAccessTokens();
            zoho.organizations().list();
        }
        fake.expireAccessTokens();

        assertThatThrownBy(() -> zoho.organizations().list())
                .isInstanceOfSatisfying(
                        ZohoLimitException.class,
                        limit -> assertThat(limit.resumesAt()).isEqualTo(START.plus(Duration.ofMinutes(10))));
        assertThat(fake.traffic().count("POST /oauth/v2/token")).isEqualTo(10);
    }

    @Test
    void aSpentDayTellsWhenItEnds() {
        fake.nextRequests().matching("/contacts").rateLimited(1, 45);

        assertThatThrownBy(() -> zoho.contacts().page(ContactQuery.customers(), 1))
                .isInstanceOfSatisfying(
                        ZohoLimitException.class,
                        limit -> assertThat(limit.resumesAt()).isEqualTo(Instant.parse("2026-03-02T18:30:00Z")));
    }

    @Test
    void brokenConnectionsAndGatewayPagesAreTriedAgain() {
        fake.nextRequests()
                .matching("/books")
                .droppedBeforeApplying(1)
                .htmlBadGateway(1)
                .answering(503, 1);

        assertThat(zoho.organizations().list()).hasSize(1);
    }

    @Test
    void manyCallsStayBelowTheMinuteLimitAndTheQuotaIsLearned() {
        for (int i = 0; i < 250; i++) {
            zoho.organizations().list();
        }

        assertThat(fake.traffic().limitsBroken()).isEmpty();
        assertThat(Duration.between(START, time.now())).isLessThan(Duration.ofMinutes(3));
        assertThat(zoho.pacing().quota())
                .hasValueSatisfying(quota -> assertThat(quota.remaining()).isEqualTo(10_000 - 250));
    }

    @Test
    void secretsGoToNoAddressThatIsNotHttps() {
        assertThatThrownBy(() -> ZohoBooks.builder(ZohoCredentials.refreshToken("a", "b", "c"))
                        .endpoints("http://accounts.zoho.com", "https://www.zohoapis.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be https");
        assertThat(ZohoCredentials.refreshToken("id", "s3cret", "r3fresh").toString())
                .doesNotContain("s3cret")
                .doesNotContain("r3fresh");
    }
}
