package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are none, refusals, and what becomes of each. */
class BadAnswersTest {

    private static final String OK = "{\"code\":0,\"contact\":{\"contact_id\":\"1\"}}";

    private final Wire wire = new Wire();
    private final List<ZohoListener.Call> calls = new ArrayList<>();
    private final ZohoBooks zoho = wire.client()
            .organization("60012345678")
            .pacing(ZohoPacing.standard())
            .listener(new ZohoListener() {
                @Override
                public void onCall(Call call) {
                    calls.add(call);
                    throw new IllegalStateException("listeners may fail");
                }
            })
            .build();

    @AfterEach
    void close() {
        wire.close();
    }

    private Duration waited() {
        return Duration.between(Wire.START, wire.time.now());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<html><body>Maintenance</body></html>|no JSON object but '<html><body>Maintenance</body></html>'",
                "``|an empty body",
                "{\"code\":0,\"contact\":{\"contact_id\":\"1\",\"contact_na|cut off or broken, beginning with '{\"code\":0",
                "{\"code\":0,\"contact\":{\"contact_id\":\"1\"}} trailing|cut off or broken",
                "[1,2]|no JSON object but '[1,2]'"
            })
    void aBodyThatIsNoAnswerIsShownAfterThreeAttempts(String body, String shown) {
        wire.answer(body).answer(body).answer(body).answer(OK);

        assertThatThrownBy(() -> zoho.contacts().get("1"))
                .isInstanceOfSatisfying(ZohoUnavailableException.class, e -> {
                    assertThat(e.attempts()).isEqualTo(3);
                    assertThat(e.method()).isEqualTo("GET");
                    assertThat(e.path()).isEqualTo("/books/v3/contacts/1");
                })
                .hasMessageStartingWith("GET /books/v3/contacts/1 (3 attempts) was answered with ")
                .hasMessageContaining(shown);
        assertThat(wire.apiRequests()).isEqualTo(3);
    }

    @Test
    void aLongPageIsShownByItsBeginning() {
        String page = "<html>" + "x".repeat(10_000);
        wire.answer(502, page)
                .answer(502, page)
                .answer(502, page)
                .answer(502, page)
                .answer(502, page);

        assertThatThrownBy(() -> zoho.contacts().get("1"))
                .isInstanceOfSatisfying(ZohoUnavailableException.class, e -> {
                    assertThat(e.status()).isEqualTo(502);
                    assertThat(e.attempts()).isEqualTo(5);
                    assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(300);
                })
                .hasMessageContaining("beginning with '<html>xxx");
    }

    @Test
    void anEndlessBodyIsNotReadToItsEnd() {
        Buffer body = new Buffer().writeUtf8("{\"code\":0,\"contact\":{\"notes\":\"");
        String megabyte = "x".repeat(1 << 20);
        for (int i = 0; i < 100; i++) {
            body.writeUtf8(megabyte);
        }
        wire.answerBytes(body);

        assertThatThrownBy(() -> zoho.contacts().get("1"))
                .isInstanceOf(ZohoRequestException.class)
                .hasMessageContaining("longer than 32 MB");
        assertThat(wire.apiRequests()).isEqualTo(1);
    }

    @Test
    void anEndlessErrorIsNotReadToItsEndEither() {
        Buffer body = new Buffer();
        String megabyte = "x".repeat(1 << 20);
        for (int i = 0; i < 40; i++) {
            body.writeUtf8(megabyte);
        }
        wire.answer(new MockResponse.Builder().code(400).body(body).build());

        assertThatThrownBy(() -> zoho.contacts().get("1"))
                .isInstanceOf(ZohoRequestException.class)
                .hasMessageContaining("longer than 32 MB");
    }

    @Test
    void aRedirectionIsNotFollowedWithAToken() {
        Wire elsewhere = new Wire();
        wire.answer(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", elsewhere.url() + "/books/v3/contacts/1")
                .build());

        assertThatThrownBy(() -> zoho.contacts().get("1"))
                .isInstanceOf(ZohoRequestException.class)
                .hasMessageContaining("not followed with a token");
        assertThat(elsewhere.apiRequests()).isZero();
        elsewhere.close();
    }

    @Test
    void theCallersHttpClientIsNotAllowedToFollowThemEither() {
        Wire elsewhere = new Wire();
        wire.answer(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", elsewhere.url() + "/")
                .build());
        OkHttpClient eager = new OkHttpClient.Builder()
                .followRedirects(true)
                .followSslRedirects(true)
                .retryOnConnectionFailure(true)
                .build();

        assertThatThrownBy(() ->
                        zoho.newBuilder().httpClient(eager).build().contacts().get("1"))
                .isInstanceOf(ZohoRequestException.class);
        assertThat(elsewhere.apiRequests()).isZero();
        elsewhere.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | 1002 | Contact does not exist.        | ZohoNotFoundException",
                "404 | 5    | We couldnt find any resource   | ZohoNotFoundException",
                "200 | 1002 | Contact does not exist.        | ZohoNotFoundException",
                "400 | 6041 | This user is not associated    | ZohoConfigurationException",
                "400 | 2    | Invalid value passed for page  | ZohoRequestException",
                "400 | 4    | Invalid element                | ZohoRequestException",
                "405 | 37   | HTTP method not allowed        | ZohoRequestException",
                "200 | 9999 | Something else                 | ZohoRequestException",
                "501 | -1   | not here                       | ZohoRequestException"
            })
    void eachRefusalIsAReactionOfItsOwnAndIsNotRepeated(int status, int code, String message, String type) {
        wire.answer(status, "{\"code\":" + code + ",\"message\":\"" + message + "\"}");

        assertThatThrownBy(() -> zoho.contacts().get("1"))
                .isInstanceOfSatisfying(ZohoBooksException.class, e -> {
                    assertThat(e.getClass().getSimpleName()).isEqualTo(type);
                    assertThat(e.status()).isEqualTo(status);
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.serviceMessage()).isEqualTo(message);
                    assertThat(e.attempts()).isEqualTo(1);
                })
                .hasMessageStartingWith("GET /books/v3/contacts/1 was answered with status " + status + ", code " + code
                        + ": " + message);
        assertThat(wire.apiRequests()).isEqualTo(1);
    }

    @Test
    void aMissingRecordIsEmptyWhenItIsLookedFor() {
        wire.answer(404, "{\"code\":1002,\"message\":\"Contact does not exist.\"}");

        assertThat(zoho.contacts().find("1")).isEmpty();
    }

    @Test
    void aSuccessWithoutTheRecordIsNone() {
        wire.answer("{\"code\":0,\"message\":\"success\"}");

        assertThatThrownBy(() -> zoho.contacts().get("1"))
                .isInstanceOf(ZohoRequestException.class)
                .hasMessageContaining("/books/v3/contacts/1")
                .hasMessageContaining("without the record");
    }

    @Test
    void aDeniedCallNamesTheLikelyCausesAfterOneNewToken() {
        wire.answerToken(200, wire.token(",\"scope\":\"ZohoBooks.invoices.READ ZohoBooks.settings.READ\""));
        wire.answerToken(200, wire.token(",\"scope\":\"ZohoBooks.invoices.READ ZohoBooks.settings.READ\""));
        String denied = "{\"code\":57,\"message\":\"You are not authorized to perform this operation\"}";
        wire.answer(401, denied).answer(401, denied);

        assertThatThrownBy(() -> zoho.contacts().get("1"))
                .isInstanceOf(ZohoPermissionException.class)
                .hasMessageContaining("lacks the scope ZohoBooks.contacts.READ")
                .hasMessageContaining("it has ZohoBooks.invoices.READ ZohoBooks.settings.READ")
                .hasMessageContaining("role of its user")
                .hasMessageContaining("another data centre than US")
                .hasMessageNotContaining("1000.access");
        assertThat(wire.tokenRequests()).isEqualTo(2);
        assertThat(wire.apiRequests()).isEqualTo(2);
    }

    @Test
    void code57ComesWithStatus200Too() {
        wire.answer("{\"code\":57,\"message\":\"not authorized\"}").answer(OK);

        assertThat(zoho.contacts().get("1").contactId()).isEqualTo("1");
        assertThat(wire.tokenRequests()).isEqualTo(2);
    }

    @Test
    void retryAfterIsNeverShortened() {
        wire.answer(new MockResponse.Builder()
                        .code(429)
                        .addHeader("Retry-After", "90")
                        .body("{\"code\":44,\"message\":\"too many\"}")
                        .build())
                .answer(OK);

        zoho.contacts().get("1");

        assertThat(waited()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(99));
    }

    @Test
    void aWaitLongerThanAllowedIsToldAtOnce() {
        wire.answer(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", "3600")
                .body("{\"code\":44,\"message\":\"too many\"}")
                .build());

        assertThatThrownBy(() -> zoho.contacts().get("1"))
                .isInstanceOfSatisfying(
                        ZohoLimitException.class,
                        e -> assertThat(e.resumesAt()).isEqualTo(Wire.START.plusSeconds(3600)));
        assertThat(waited()).isZero();
    }

    @Test
    void anUnknownLimitIsWaitedOutFrom30Seconds() {
        wire.answer(429, "").answer(429, "{\"code\":12345}").answer(OK);

        zoho.contacts().get("1");

        assertThat(waited()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(99));
    }

    @Test
    void aSpentDayIsNotAskedAgain() {
        wire.answer(new MockResponse.Builder()
                .code(429)
                .addHeader("X-Rate-Limit-Limit", "1000")
                .addHeader("X-Rate-Limit-Remaining", "0")
                .addHeader("X-Rate-Limit-Reset", "20421")
                .body("{\"code\":45,\"message\":\"the maximum call rate limit of 1000\"}")
                .build());
        Instant reset = Wire.START.plusSeconds(20_421);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> zoho.contacts().get("1"))
                    .isInstanceOfSatisfying(
                            ZohoLimitException.class,
                            e -> assertThat(e.resumesAt()).isEqualTo(reset));
        }
        assertThat(wire.apiRequests()).isEqualTo(1);
        assertThat(waited()).isZero();
    }

    @Test
    void aSpentDayWithoutResetIsProbedAfterAnHour() throws Exception {
        wire.answer(429, "{\"code\":45,\"message\":\"the maximum call rate limit\"}")
                .answer(OK);

        assertThatThrownBy(() -> zoho.contacts().get("1")).isInstanceOf(ZohoLimitException.class);
        wire.time.sleep(Duration.ofHours(1));
        assertThat(zoho.contacts().get("1").contactId()).isEqualTo("1");
    }

    @Test
    void aDayEndsWhenItEndsHoweverTheClockIsSet() throws Exception {
        wire.answer(new MockResponse.Builder()
                        .code(429)
                        .addHeader("X-Rate-Limit-Reset", "3600")
                        .body("{\"code\":45,\"message\":\"the maximum call rate limit\"}")
                        .build())
                .answer(OK);

        assertThatThrownBy(() -> zoho.contacts().get("1")).isInstanceOf(ZohoLimitException.class);
        wire.time.jump(Duration.ofDays(-2));
        assertThatThrownBy(() -> zoho.contacts().get("1"))
                .isInstanceOfSatisfying(
                        ZohoLimitException.class,
                        e -> assertThat(e.resumesAt()).isEqualTo(wire.time.now().plusSeconds(3600)));
        wire.time.sleep(Duration.ofHours(1));
        assertThat(zoho.contacts().get("1").contactId()).isEqualTo("1");
    }

    @Test
    void aDeniedResourceDoesNotUseUpTheTokensOfAllOthers() {
        String denied = "{\"code\":57,\"message\":\"You are not authorized to perform this operation\"}";
        wire.answer(401, denied);
        for (int i = 0; i < 20; i++) {
            wire.answer(401, denied);
            assertThatThrownBy(() -> zoho.contacts().get("1")).isInstanceOf(ZohoPermissionException.class);
        }
        wire.answer("{\"code\":0,\"invoice\":{\"invoice_id\":\"5\"}}");

        assertThat(zoho.invoices().get("5").invoiceId()).isEqualTo("5");
        assertThat(wire.tokenRequests()).isEqualTo(2);
    }

    @Test
    void backgroundWorkLeavesTheReserve() {
        ZohoBooks background = zoho.newBuilder().background(true).build();
        wire.answer(withRemaining(201)).answer(withRemaining(200)).answer(withRemaining(199));

        background.contacts().get("1");
        background.contacts().get("1");
        assertThatThrownBy(() -> background.contacts().get("1"))
                .isInstanceOf(ZohoLimitException.class)
                .hasMessageContaining("200 are left")
                .hasMessageContaining("200 of them are kept");
        assertThat(zoho.contacts().get("1").contactId()).isEqualTo("1");
        assertThat(zoho.pacing().quota()).contains(new ZohoQuota(2000, 199, Wire.START.plusSeconds(3600)));
    }

    private static MockResponse withRemaining(int remaining) {
        return new MockResponse.Builder()
                .addHeader("X-Rate-Limit-Limit", "2000")
                .addHeader("X-Rate-Limit-Remaining", String.valueOf(remaining))
                .addHeader("X-Rate-Limit-Reset", "3600")
                .body(OK)
                .build();
    }

    @Test
    void anUnknownDayCountsAsTheSmallestPlans() {
        ZohoBooks background = zoho.newBuilder()
                .background(true)
                .pacing(ZohoPacing.builder()
                        .requestsPerMinute(1_000)
                        .reserve(990)
                        .build())
                .build();
        for (int i = 0; i < 11; i++) {
            wire.answer(OK);
        }

        for (int i = 0; i < 10; i++) {
            background.contacts().get("1");
        }
        assertThatThrownBy(() -> background.contacts().get("1"))
                .isInstanceOf(ZohoLimitException.class)
                .hasMessageContaining("does not tell how many calls a day");
    }

    @Test
    void everyAttemptIsTold() {
        wire.answer(500, "{\"code\":1000,\"message\":\"Internal error\"}").answer(OK);

        zoho.contacts().get("1");

        assertThat(calls)
                .extracting(ZohoListener.Call::status, ZohoListener.Call::code, ZohoListener.Call::attempt)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(500, 1000, 1),
                        org.assertj.core.groups.Tuple.tuple(200, 0, 2));
    }

    @Test
    void aCallWaitsNoLongerThanItMay() {
        ZohoBooks impatient = zoho.newBuilder().retryFor(Duration.ofSeconds(30)).build();
        wire.answer(503, "").answer(OK);
        wire.answer(429, "{\"code\":44}");

        assertThat(impatient.contacts().get("1").contactId()).isEqualTo("1");
        assertThatThrownBy(() -> impatient.contacts().get("1")).isInstanceOf(ZohoLimitException.class);
        assertThat(waited()).isLessThan(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://accounts.zoho.com", "https://u@accounts.zoho.com", "https://accounts.zoho.com/x", "no"})
    void addressesOfTheOperatorMustBeSafe(String address) {
        assertThatThrownBy(() -> wire.client().endpoints(address, "https://www.zohoapis.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the accounts address must be");
    }

    @Test
    void settingsThatCannotBeAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> wire.client().organization("abc")).hasMessageContaining("'abc'");
        assertThatThrownBy(() -> wire.client().apiVersion("3")).hasMessageContaining("'3'");
        assertThatThrownBy(() -> wire.client().readTimeout(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> wire.client().userAgentSuffix("a\nb")).hasMessageContaining("printable");
        assertThatThrownBy(() -> ZohoPacing.builder().inFlight(0)).hasMessageContaining("0");
        assertThatThrownBy(() -> ZohoPacing.builder().reserve(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> zoho.contacts().page(ContactQuery.all(), 0)).hasMessageContaining("numbered from 1");
        assertThatThrownBy(() -> InvoiceQuery.all().searchText("x".repeat(101))).hasMessageContaining("101");
        assertThatThrownBy(() -> InvoiceQuery.all().customerName(" ")).hasMessageContaining("empty");
    }
}
