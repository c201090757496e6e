package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refusals over the wire, with the bodies that HubSpot documents, and how long each is waited for. */
class RefusalsTest {

    private static final Instant START = Instant.parse("2026-03-02T04:45:30Z");

    private final VirtualTime time = VirtualTime.startingAt(START);
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HubSpot hubspot() {
        return HubSpot.builder(AccessToken.of("pat-eu1-secret"))
                .endpoint("http://127.0.0.1:" + server.getPort())
                .timeSource(time)
                .random(new Random(1))
                .build();
    }

    private RefusalsTest answers(int status, String body) {
        return answers(new MockResponse.Builder().code(status).body(body).build());
    }

    private RefusalsTest answers(MockResponse response) {
        server.enqueue(response);
        return this;
    }

    private void thenIsFine() {
        answers(200, "{\"portalId\":24680135,\"timeZone\":\"Europe/Berlin\",\"companyCurrency\":\"EUR\"}");
        assertThat(hubspot().account().get().timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    private Duration waited() {
        return Duration.between(START, time.now());
    }

    private static String limit(String policy, String message) {
        return "{\"status\":\"error\",\"message\":\"" + message + "\",\"errorType\":\"RATE_LIMIT\",\"correlationId\":"
                + "\"018f2c1e-5a77-7c19-9b0e-000000000003\",\"policyName\":\"" + policy
                + "\",\"groupName\":\"publicapi:private-apps\",\"requestId\":\"8c1f\"}";
    }

    @Test
    void aBurstIsWaitedOutForItsWindow() {
        answers(429, limit("TEN_SECONDLY_ROLLING", "You have reached your ten_secondly_rolling limit."))
                .thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    }

    @Test
    void aSecondsLimitIsWaitedOutForASecond() {
        answers(429, limit("SECONDLY", "You have reached your secondly limit.")).thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_100));
    }

    @Test
    void theOtherShapeIsALimitToo() {
        answers(
                        429,
                        "{\"status\":\"error\",\"message\":\"limit\",\"category\":\"RATE_LIMITS\",\"correlationId\":\"1\"}")
                .thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    }

    @Test
    void retryAfterIsHonoured() {
        answers(new MockResponse.Builder()
                        .code(429)
                        .addHeader("Retry-After", "42")
                        .body(limit("TEN_SECONDLY_ROLLING", "limit"))
                        .build())
                .thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(42), Duration.ofSeconds(47));
    }

    @Test
    void aSpentDayIsToldAtOnceAndNotTriedAgain() {
        answers(429, limit("DAILY", "You have reached your daily limit."));

        assertThatThrownBy(() -> hubspot().account().get())
                .isInstanceOf(HubSpotLimitException.class)
                .hasMessageContaining("You have reached your daily limit.")
                .hasMessageContaining("2026-03-02T05:45:30Z; the day ends at midnight in the account's time zone");
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(waited()).isZero();
    }

    @Test
    void aLockedRecordIsWaitedForTwoSecondsAtLeast() {
        answers(423, "{\"status\":\"error\",\"message\":\"locked\"}").thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_200));
    }

    @Test
    void anAccountThatMovesSoonIsWaitedFor() {
        answers(new MockResponse.Builder()
                        .code(477)
                        .addHeader("Retry-After", "60")
                        .build())
                .thenIsFine();

        assertThat(waited()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
    }

    @Test
    void anAccountThatMovesForHoursIsToldAtOnce() {
        answers(new MockResponse.Builder()
                .code(477)
                .addHeader("Retry-After", "86400")
                .build());

        assertThatThrownBy(() -> hubspot().account().get())
                .isInstanceOf(HubSpotUnavailableException.class)
                .hasMessageContaining("moved to another data centre")
                .hasMessageContaining("1440 minutes");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aGatewaysPageIsTriedAgainAndNeverShownAsAParserError() {
        answers(502, "<html>Bad Gateway</html>").answers(503, "").thenIsFine();

        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void aBadTokenIsToldWithoutShowingIt() {
        answers(
                401,
                "{\"status\":\"error\",\"message\":\"Authentication credentials not found.\",\"category\":"
                        + "\"INVALID_AUTHENTICATION\"}");

        assertThatThrownBy(() -> hubspot().account().get())
                .isInstanceOf(HubSpotAuthenticationException.class)
                .hasMessageContaining("Give a valid access token")
                .hasMessageNotContaining("pat-eu1-secret");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }
}
