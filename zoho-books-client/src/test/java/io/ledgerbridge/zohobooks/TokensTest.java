package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.Together;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.spi.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final String EMPTY_LIST = "{\"code\":0,\"organizations\":[]}";

    private final VirtualTime time = VirtualTime.startingAt(Wire.START);
    private final FakeZohoBooks fake = FakeZohoBooks.builder(time).build();
    private final TokenStore store = TokenStore.inMemory();

    /** What a process makes when it starts. */
    private ZohoBooks process() {
        return ZohoBooks.builder(
                        ZohoCredentials.refreshToken(fake.clientId(), fake.clientSecret(), fake.refreshToken()))
                .organization(fake.organizationId())
                .tokenStore(store)
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(fake.interceptor())
                        .build())
                .timeSource(time)
                .pacing(ZohoPacing.unlimited())
                .random(new Random(1))
                .build();
    }

    private long tokensAskedFor() {
        return fake.traffic().count("POST /oauth/v2/token");
    }

    @RepeatedTest(5) // the threads meet in another order each time
    void fiftyThreadsOnAnExpiredTokenAskForOne() throws Exception {
        fake.latency(Duration.ofMillis(200));
        ZohoBooks zoho = process();
        zoho.organizations().list();
        time.sleep(Duration.ofHours(2));

        // With more calls at once than the plan allows most are refused and come back; the token is one all the same.
        Together.run(time, 50, number -> zoho.organizations().list());

        assertThat(tokensAskedFor()).isEqualTo(2);
    }

    @RepeatedTest(5)
    void fiftyThreadsOnARefusedTokenAskForOne() throws Exception {
        ZohoBooks zoho = process();
        zoho.organizations().list();
        fake.expireAccessTokens();
        fake.latency(Duration.ofMillis(200));

        Together.run(time, 50, number -> zoho.organizations().list());

        assertThat(tokensAskedFor()).isEqualTo(2);
    }

    @RepeatedTest(5)
    void processesThatShareAStoreAskForOneTokenTogether() throws Exception {
        fake.latency(Duration.ofMillis(200));
        List<ZohoBooks> processes = List.of(process(), process(), process());

        Together.run(
                time, 9, number -> processes.get(number % 3).organizations().list());

        assertThat(tokensAskedFor()).isEqualTo(1);
    }

    @Test
    void aTokenOutlivesItsProcess() {
        process().organizations().list();
        process().organizations().list();

        assertThat(tokensAskedFor()).isEqualTo(1);
    }

    @Test
    void theEleventhIn10MinutesFailsAtOnceInANewProcessToo() {
        for (int i = 0; i < 10; i++) {
            process().organizations().list();
            fake.expireAccessTokens();
        }

        assertThatThrownBy(() -> process().organizations().list())
                .isInstanceOfSatisfying(
                        ZohoLimitException.class,
                        limit -> assertThat(limit.resumesAt()).isEqualTo(Wire.START.plus(Duration.ofMinutes(10))))
                .hasMessageContaining("2026-03-02T04:55:30Z");
        assertThat(tokensAskedFor()).isEqualTo(10);
    }

    @Test
    void aClockThatIsSetBackDoesNotLockTheConnectionForLongerThanTheWindow() throws Exception {
        for (int i = 0; i < 10; i++) {
            process().organizations().list();
            fake.expireAccessTokens();
        }
        time.jump(Duration.ofDays(-1));

        assertThatThrownBy(() -> process().organizations().list())
                .isInstanceOfSatisfying(
                        ZohoLimitException.class,
                        limit -> assertThat(limit.resumesAt())
                                .isEqualTo(time.now().plus(Duration.ofMinutes(10))));
        // The fake's own clock went back too, so only our side of the limit can be looked at: it opens.
        time.sleep(Duration.ofMinutes(10));
        time.jump(Duration.ofDays(1));
        assertThat(process().organizations().list()).hasSize(1);
    }

    @Test
    void clocksThatJumpCostATokenAtMost() {
        ZohoBooks zoho = process();
        zoho.organizations().list();
        time.jump(Duration.ofDays(-30));
        assertThat(zoho.organizations().list()).hasSize(1);
        time.jump(Duration.ofDays(60));
        assertThat(zoho.organizations().list()).hasSize(1);

        assertThat(tokensAskedFor()).isLessThanOrEqualTo(2);
    }

    @Test
    void aProcessThatDiedWhileItAskedIsWaitedFor() {
        process().organizations().list();
        TokenStore.Stored stored = store.load().orElseThrow();
        fake.expireAccessTokens();
        ZohoTokens claimed = ZohoTokens.of(fake.refreshToken(), DataCenter.US)
                .withRefreshes(List.of(time.now()), null, time.now().plusSeconds(90));
        assertThat(store.replace(stored.version(), claimed)).isTrue();

        assertThat(process().organizations().list()).hasSize(1);
        assertThat(time.now()).isBetween(Wire.START.plusSeconds(90), Wire.START.plusSeconds(92));
    }

    @Test
    void aListenerMayMakeCallsWhenATokenComes() {
        AtomicInteger heard = new AtomicInteger();
        ZohoBooks[] zoho = new ZohoBooks[1];
        zoho[0] = process()
                .newBuilder()
                .listener(new ZohoListener() {
                    @Override
                    public void onTokenRenewed(Instant expiresAt) {
                        heard.addAndGet(zoho[0].organizations().list().size());
                    }
                })
                .build();

        assertThat(zoho[0].organizations().list()).hasSize(1);
        assertThat(heard).hasValue(1);
        assertThat(time.now()).isEqualTo(Wire.START);
    }

    @Test
    void aDeadGrantIsAskedForOnce() {
        fake.revokeRefreshToken();
        ZohoBooks zoho = process();

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> zoho.organizations().list()).isInstanceOf(ZohoReconnectException.class);
        }
        assertThat(tokensAskedFor()).isEqualTo(1);
    }

    @Test
    void tokensOfAFlowAreEnough() {
        ZohoTokens tokens = ZohoTokens.of(fake.refreshToken(), DataCenter.US);
        assertThat(store.replace(0, ZohoTokens.fromJson(tokens.toJson()))).isTrue();
        ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.client(fake.clientId(), fake.clientSecret()))
                .tokenStore(store)
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(fake.interceptor())
                        .build())
                .timeSource(time)
                .build();

        assertThat(zoho.organizations().list()).hasSize(1);
        assertThat(store.load().orElseThrow().tokens().scopes()).contains("ZohoBooks.invoices.READ");
    }

    @Test
    void withoutAnyTokenTheMessageNamesTheWay() {
        ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.client("a", "b")).build();

        assertThatThrownBy(() -> zoho.organizations().list())
                .isInstanceOf(ZohoReconnectException.class)
                .hasMessageContaining("Connect with ZohoOAuth first");
    }

    @Test
    void anAnswerWithoutARefreshTokenErasesNothing() {
        process().organizations().list();

        assertThat(store.load().orElseThrow().tokens().refreshToken()).isEqualTo(fake.refreshToken());
    }

    @Test
    void secretsShowInJsonAlone() {
        process().organizations().list();
        ZohoTokens tokens = store.load().orElseThrow().tokens();

        assertThat(tokens.toString()).doesNotContain(tokens.accessToken()).doesNotContain(tokens.refreshToken());
        assertThat(ZohoTokens.fromJson(tokens.toJson())).isEqualTo(tokens);
        assertThatThrownBy(() -> ZohoTokens.fromJson("{\"secret\":\"1000.r3fresh\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("1000.r3fresh");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | {"error":"invalid_code"}          | ZohoReconnectException     | Connect again
            400 | {"error":"invalid_grant"}         | ZohoReconnectException     | Connect again
            200 | {"error":"invalid_client"}        | ZohoConfigurationException | Multi-DC
            200 | {"error":"invalid_client_secret"} | ZohoConfigurationException | secret of its own
            200 | {"error":"invalid_redirect_uri"}  | ZohoConfigurationException | byte for byte
            200 | {"error":"unheard_of"}            | ZohoConfigurationException | 'unheard_of' instead of a token
            200 | {"error_description":"You have made too many requests continuously.","error":"Access Denied","status":"failure"} | ZohoLimitException | 04:55:30Z
            400 | {"error_description":"您已连续提出过多请求，请稍后再试。","error":"拒绝访问","status":"failure"} | ZohoLimitException | 04:55:30Z
            200 | {}                                | ZohoConfigurationException | instead of a token
            """)
    void eachErrorOfTheAccountsServerIsAReactionOfItsOwn(int status, String body, String type, String part) {
        Wire wire = new Wire();
        try {
            wire.answerToken(status, body);

            assertThatThrownBy(() -> wire.client().build().organizations().list())
                    .hasMessageContaining(part)
                    .hasMessageNotContaining("s3cret")
                    .hasMessageNotContaining("1000.r3fresh")
                    .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(type));
            assertThat(wire.apiRequests()).isZero();
            assertThat(wire.tokenRequests()).isEqualTo(1);
        } finally {
            wire.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>502</html>", "", "{\"access_token\":\"1000.cut"})
    void pagesInsteadOfTokensAreTriedAgain(String body) {
        Wire wire = new Wire();
        try {
            wire.answerToken(502, body).answer(EMPTY_LIST);

            assertThat(wire.client().build().organizations().list()).isEmpty();
            assertThat(wire.tokenRequests()).isEqualTo(2);
        } finally {
            wire.close();
        }
    }

    @Test
    void aThrottleLeavesTheTokenThatIsStillAlive() throws Exception {
        Wire wire = new Wire();
        try {
            wire.answer(EMPTY_LIST).answer(EMPTY_LIST);
            wire.answerToken(200, wire.token(""));
            wire.answerToken(400, "{\"error\":\"Access Denied\",\"status\":\"failure\"}");
            ZohoBooks zoho = wire.client().build();
            zoho.organizations().list();
            wire.time.sleep(Duration.ofMinutes(59));

            assertThat(zoho.organizations().list()).isEmpty();
            assertThat(wire.tokenRequests()).isEqualTo(2);
        } finally {
            wire.close();
        }
    }

    @Test
    void oldServersTellMilliseconds() throws Exception {
        Wire wire = new Wire();
        try {
            wire.answer(EMPTY_LIST).answer(EMPTY_LIST);
            wire.answerToken(200, "{\"access_token\":\"1000.a\",\"expires_in\":3600000}");
            ZohoBooks zoho = wire.client().build();
            zoho.organizations().list();
            wire.time.sleep(Duration.ofMinutes(59));
            zoho.organizations().list();

            assertThat(wire.tokenRequests()).isEqualTo(2);
        } finally {
            wire.close();
        }
    }

    // Regions

    private static ZohoBooks.Builder client(Hosts hosts, TokenStore store, List<ZohoListener.RegionChange> changes) {
        return ZohoBooks.builder(ZohoCredentials.refreshToken("1000.CLIENT", "s3cret", "1000.r3fresh"))
                .tokenStore(store)
                .httpClient(hosts.client())
                .listener(new ZohoListener() {
                    @Override
                    public void onRegionChange(RegionChange change) {
                        changes.add(change);
                    }
                });
    }

    private static Hosts answering(String apiDomain) {
        AtomicInteger tokens = new AtomicInteger();
        return new Hosts(request -> request.url().encodedPath().startsWith("/oauth/")
                ? "{\"access_token\":\"1000.a" + tokens.incrementAndGet() + "\",\"expires_in\":3600,\"api_domain\":\""
                        + apiDomain + "\"}"
                : EMPTY_LIST);
    }

    @Test
    void theAddressThatZohoTellsIsFollowedKeptAndReported() {
        Hosts hosts = answering("https://www.zohoapis.in");
        List<ZohoListener.RegionChange> changes = new ArrayList<>();

        client(hosts, store, changes).build().organizations().list();
        client(hosts, store, changes).build().organizations().list();

        assertThat(hosts.called())
                .containsExactly(
                        "https://accounts.zoho.com/oauth/v2/token",
                        "https://www.zohoapis.in/books/v3/organizations",
                        "https://www.zohoapis.in/books/v3/organizations");
        assertThat(changes)
                .containsExactly(
                        new ZohoListener.RegionChange("https://www.zohoapis.com", "https://www.zohoapis.in", true));
        assertThat(store.load().orElseThrow().tokens().apiDomain()).isEqualTo("https://www.zohoapis.in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://www.zohoapis.com",
                "https://user@www.zohoapis.eu",
                "https://www.zohoapis.eu:8443",
                "https://www.zohoapis.com.evil.example",
                "https://www.zohoapis.eu/",
                "https://www.zohoapis.eu/books",
                "https://WWW.ZOHOAPIS.EU",
                "https://www.zohoapis.eu%00.evil.example",
                "https://www.zohoapis.uk",
                "https://api.zoho.eu",
                "//evil.example",
                "javascript:alert(1)"
            })
    void anAddressOutsideTheTableIsToldAndNotFollowed(String hostile) {
        Hosts hosts = answering(hostile);
        List<ZohoListener.RegionChange> changes = new ArrayList<>();

        client(hosts, store, changes).build().organizations().list();
        client(hosts, store, changes).build().organizations().list();

        assertThat(hosts.called())
                .containsExactly(
                        "https://accounts.zoho.com/oauth/v2/token",
                        "https://www.zohoapis.com/books/v3/organizations",
                        "https://www.zohoapis.com/books/v3/organizations");
        assertThat(changes).containsExactly(new ZohoListener.RegionChange("https://www.zohoapis.com", hostile, false));
    }

    @Test
    void anUndocumentedDataCentreIsFollowedOnceItIsSwitchedOn() {
        Hosts hosts = answering("https://www.zohoapis.uk");

        client(hosts, store, new ArrayList<>())
                .alsoAllow(DataCenter.UK)
                .build()
                .organizations()
                .list();

        assertThat(hosts.called()).contains("https://www.zohoapis.uk/books/v3/organizations");
    }

    @Test
    void withGivenAddressesWhatZohoTellsIsKeptAndNotFollowed() {
        Hosts hosts = answering("https://www.zohoapis.in");
        List<ZohoListener.RegionChange> changes = new ArrayList<>();

        client(hosts, store, changes)
                .endpoints("https://proxy.example", "https://proxy.example")
                .build()
                .organizations()
                .list();

        assertThat(hosts.called())
                .containsExactly(
                        "https://proxy.example/oauth/v2/token", "https://proxy.example/books/v3/organizations");
        assertThat(changes).extracting(ZohoListener.RegionChange::followed).containsExactly(false);
        assertThat(store.load().orElseThrow().tokens().apiDomain()).isEqualTo("https://www.zohoapis.in");
    }

    @ParameterizedTest
    @CsvSource({
        "US,https://accounts.zoho.com,https://www.zohoapis.com",
        "EU,https://accounts.zoho.eu,https://www.zohoapis.eu",
        "IN,https://accounts.zoho.in,https://www.zohoapis.in",
        "AU,https://accounts.zoho.com.au,https://www.zohoapis.com.au",
        "JP,https://accounts.zoho.jp,https://www.zohoapis.jp",
        "CA,https://accounts.zohocloud.ca,https://www.zohoapis.ca",
        "SA,https://accounts.zoho.sa,https://www.zohoapis.sa",
        "CN,https://accounts.zoho.com.cn,https://www.zohoapis.com.cn",
        "UK,https://accounts.zoho.uk,https://www.zohoapis.uk",
        "AE,https://accounts.zoho.ae,https://www.zohoapis.ae"
    })
    void eachDataCentreHasItsHosts(DataCenter dataCenter, String accounts, String api) {
        Hosts hosts = answering(api);
        List<ZohoListener.RegionChange> changes = new ArrayList<>();

        client(hosts, store, changes)
                .dataCenter(dataCenter)
                .build()
                .organizations()
                .list();

        assertThat(hosts.called()).containsExactly(accounts + "/oauth/v2/token", api + "/books/v3/organizations");
        assertThat(changes).isEmpty();
    }

    @Test
    void aDataCentreMayHaveASecretOfItsOwn() {
        Hosts hosts = answering("https://www.zohoapis.eu");
        ZohoBooks.builder(ZohoCredentials.refreshToken("1000.CLIENT", "s3cret", "1000.r3fresh")
                        .withSecretFor(DataCenter.EU, "eur0pe"))
                .dataCenter(DataCenter.EU)
                .httpClient(hosts.client())
                .build()
                .organizations()
                .list();

        okhttp3.FormBody form = (okhttp3.FormBody) hosts.requests.get(0).body();
        assertThat(form.value(2)).isEqualTo("eur0pe");
    }

    @Test
    void aWrongDataCentreCanBeCorrected() {
        Hosts hosts = answering("https://www.zohoapis.eu");
        client(hosts, store, new ArrayList<>())
                .dataCenter(DataCenter.US)
                .build()
                .organizations()
                .list();
        client(hosts, store, new ArrayList<>())
                .dataCenter(DataCenter.EU)
                .build()
                .organizations()
                .list();

        assertThat(hosts.called()).contains("https://accounts.zoho.eu/oauth/v2/token");
        assertThat(store.load().orElseThrow().tokens().dataCenter()).isEqualTo(DataCenter.EU);
    }

    @Test
    void theStoreRefusesAVersionThatHasPassed() {
        ZohoTokens tokens = ZohoTokens.of("1000.r3fresh", DataCenter.US);
        assertThat(store.replace(1, tokens)).isFalse();
        assertThat(store.replace(0, tokens)).isTrue();
        assertThat(store.replace(0, tokens)).isFalse();
        assertThat(store.load().orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void stampsOfTokensAreInstants() {
        process().organizations().list();
        Instant expires = store.load().orElseThrow().tokens().accessTokenExpiresAt();

        assertThat(expires).isEqualTo(Wire.START.plus(Duration.ofHours(1)));
    }
}
