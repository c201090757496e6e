package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.ZohoOAuth.Authorization;
import io.ledgerbridge.zohobooks.spi.TokenStore;
import java.util.List;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZohoOAuthTest {

    private static final String CALLBACK = "https://app.example/oauth/zoho/callback";

    private final VirtualTime time = VirtualTime.startingAt(Wire.START);
    private final FakeZohoBooks fake =
            FakeZohoBooks.builder(time).topLevelDomain("eu").build();
    private final TokenStore store = TokenStore.inMemory();
    private final ZohoOAuth oauth = ZohoOAuth.builder(ZohoCredentials.client(fake.clientId(), fake.clientSecret()))
            .redirectUri(CALLBACK)
            .httpClient(new OkHttpClient.Builder()
                    .addInterceptor(fake.interceptor())
                    .build())
            .timeSource(time)
            .build();

    private String callback(String code) {
        return CALLBACK + "?state=st4te&code=" + code + "&location=eu&accounts-server=https%3A%2F%2Faccounts.zoho.eu";
    }

    @Test
    void theAuthorizationRequestAsksForOfflineAccessWithConsent() {
        assertThat(oauth.authorizationUrl("st4te"))
                .isEqualTo("https://accounts.zoho.com/oauth/v2/auth?response_type=code&client_id=1000.FAKECLIENT"
                        + "&redirect_uri=https%3A%2F%2Fapp.example%2Foauth%2Fzoho%2Fcallback"
                        + "&scope=ZohoBooks.contacts.READ%2CZohoBooks.creditnotes.READ%2CZohoBooks.customerpayments.READ"
                        + "%2CZohoBooks.invoices.READ%2CZohoBooks.settings.READ"
                        + "&access_type=offline&prompt=consent&state=st4te");
        assertThat(oauth.newState()).hasSize(32).isNotEqualTo(oauth.newState());
    }

    @Test
    void aCallbackBecomesTokensOfItsDataCentre() {
        Authorization authorization = oauth.parseCallback(callback(fake.newGrantCode()), "st4te");
        ZohoTokens tokens = oauth.connect(authorization, store);

        assertThat(tokens.dataCenter()).isEqualTo(DataCenter.EU);
        assertThat(tokens.apiDomain()).isEqualTo("https://www.zohoapis.eu");
        ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.client(fake.clientId(), fake.clientSecret()))
                .tokenStore(store)
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(fake.interceptor())
                        .build())
                .timeSource(time)
                .build();
        assertThat(zoho.organizations().list()).hasSize(1);
        assertThat(fake.traffic().count("POST /oauth/v2/token")).isEqualTo(1);
    }

    @Test
    void aCodeWorksOnce() {
        Authorization authorization = oauth.parseCallback(callback(fake.newGrantCode()), "st4te");
        oauth.exchange(authorization);

        assertThatThrownBy(() -> oauth.exchange(authorization))
                .isInstanceOf(ZohoReconnectException.class)
                .hasMessageContaining("was used before");
        assertThat(fake.traffic().count("POST /oauth/v2/token")).isEqualTo(2);
    }

    @Test
    void anExpiredCodeAsksForANewConnection() throws Exception {
        Authorization authorization = oauth.parseCallback(callback(fake.newGrantCode()), "st4te");
        time.sleep(java.time.Duration.ofMinutes(4));

        assertThatThrownBy(() -> oauth.exchange(authorization))
                .isInstanceOf(ZohoReconnectException.class)
                .hasMessageContaining("older than a minute");
    }

    @Test
    void aCodeIsNeverSentTwiceWhenTheAnswerIsLost() {
        fake.nextRequests().droppedAfterApplying(1);
        Authorization authorization = oauth.parseCallback(callback(fake.newGrantCode()), "st4te");

        assertThatThrownBy(() -> oauth.exchange(authorization))
                .isInstanceOf(ZohoUnavailableException.class)
                .hasMessageContaining("connect again");
        assertThat(fake.traffic().count("POST /oauth/v2/token")).isEqualTo(1);
    }

    @Test
    void aSelfClientNeedsNoCallback() {
        ZohoOAuth self = ZohoOAuth.builder(ZohoCredentials.client(fake.clientId(), fake.clientSecret()))
                .dataCenter(DataCenter.EU)
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(fake.interceptor())
                        .build())
                .timeSource(time)
                .build();

        assertThat(self.exchange(self.selfClient(fake.newGrantCode())).refreshToken())
                .isNotEmpty();
    }

    @Test
    void anExchangeSendsTheRedirectUriInTheBody() {
        Hosts hosts = new Hosts(request -> "{\"access_token\":\"a\",\"refresh_token\":\"r\"}");
        ZohoOAuth somewhere = ZohoOAuth.builder(ZohoCredentials.client("1000.CLIENT", "s3cret"))
                .redirectUri(CALLBACK)
                .httpClient(hosts.client())
                .build();

        somewhere.exchange(somewhere.parseCallback(callback("1000.code"), "st4te"));

        assertThat(hosts.requests.get(0).url().toString()).isEqualTo("https://accounts.zoho.eu/oauth/v2/token");
        FormBody form = (FormBody) hosts.requests.get(0).body();
        assertThat(java.util.stream.IntStream.range(0, form.size()).mapToObj(i -> form.name(i) + "=" + form.value(i)))
                .containsExactly(
                        "grant_type=authorization_code",
                        "client_id=1000.CLIENT",
                        "client_secret=s3cret",
                        "code=1000.code",
                        "redirect_uri=" + CALLBACK);
    }

    @Test
    void aMissingRefreshTokenErasesNothing() {
        Hosts hosts = new Hosts(request -> "{\"access_token\":\"new\",\"expires_in\":3600}");
        ZohoOAuth somewhere = ZohoOAuth.builder(ZohoCredentials.client("1000.CLIENT", "s3cret"))
                .redirectUri(CALLBACK)
                .httpClient(hosts.client())
                .build();
        Authorization authorization = somewhere.parseCallback(callback("1000.code"), "st4te");

        assertThatThrownBy(() -> somewhere.connect(authorization, store))
                .isInstanceOf(ZohoReconnectException.class)
                .hasMessageContaining("no refresh token");
        assertThatThrownBy(() -> somewhere.exchange(authorization)).isInstanceOf(ZohoReconnectException.class);

        store.replace(0, ZohoTokens.of("1000.old", DataCenter.EU));
        ZohoTokens tokens = somewhere.connect(authorization, store);
        assertThat(tokens.refreshToken()).isEqualTo("1000.old");
        assertThat(tokens.accessToken()).isEqualTo("new");
    }

    @Test
    void aRevokedGrantIsOver() {
        ZohoTokens tokens = oauth.connect(oauth.parseCallback(callback(fake.newGrantCode()), "st4te"), store);

        assertThat(oauth.revoke(tokens)).isTrue();
        assertThat(oauth.revoke(tokens)).isFalse();
        assertThat(fake.traffic().count("POST /oauth/v2/token/revoke")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://accounts.zoho.eu",
                "https://user@accounts.zoho.eu",
                "https://accounts.zoho.eu:8443",
                "https://accounts.zoho.eu.evil.example",
                "https://accounts.zoho.com.evil.example",
                "https://accounts.zoho.eu@evil.example",
                "https://accounts.zoho.eu/",
                "https://ACCOUNTS.ZOHO.EU",
                "https://accounts.zoho.uk",
                "//evil.example",
                "accounts.zoho.eu"
            })
    void aForgedAccountsServerIsRefusedBeforeASecretIsSent(String hostile) {
        String forged = okhttp3.HttpUrl.get(CALLBACK)
                .newBuilder()
                .addQueryParameter("state", "st4te")
                .addQueryParameter("code", "1000.code")
                .addQueryParameter("accounts-server", hostile)
                .build()
                .toString();

        assertThatThrownBy(() -> oauth.parseCallback(forged, "st4te"))
                .isInstanceOf(ZohoRequestException.class)
                .hasMessageContaining("No secret was sent")
                .hasMessageNotContaining("1000.code");
        assertThat(fake.traffic().calls()).isEmpty();
    }

    @Test
    void aCallbackMustBeThatOfTheUsersSession() {
        for (String other : List.of("", "&state=", "&state=other")) {
            assertThatThrownBy(() -> oauth.parseCallback(CALLBACK + "?code=1000.code" + other, "st4te"))
                    .isInstanceOf(ZohoRequestException.class)
                    .hasMessageContaining("state");
        }
        assertThatThrownBy(() -> oauth.parseCallback(CALLBACK + "?code=c&state=", ""))
                .isInstanceOf(ZohoRequestException.class);
        assertThatThrownBy(() -> oauth.parseCallback(
                        CALLBACK + "?state=st4te&code=c&location=us&accounts-server=https%3A%2F%2Faccounts.zoho.eu",
                        "st4te"))
                .hasMessageContaining("different data centres");
        assertThatThrownBy(() -> oauth.parseCallback(CALLBACK + "?state=st4te&code=c&location=moon", "st4te"))
                .hasMessageContaining("'moon'");
    }

    @Test
    void aRefusalOfTheUserAsksToConnectAgain() {
        assertThatThrownBy(() -> oauth.parseCallback("/oauth/zoho/callback?error=access_denied&state=st4te", "st4te"))
                .isInstanceOf(ZohoReconnectException.class)
                .hasMessageContaining("access_denied");
    }

    @Test
    void withoutMultiDcTheFlowsOwnDataCentreCounts() {
        assertThat(oauth.parseCallback("/callback?state=st4te&code=c", "st4te").dataCenter())
                .isEqualTo(DataCenter.US);
        assertThat(oauth.parseCallback("/callback?state=st4te&code=c&location=in", "st4te")
                        .dataCenter())
                .isEqualTo(DataCenter.IN);
    }

    @Test
    void noSecretIsShown() {
        assertThat(oauth.toString()).doesNotContain(fake.clientSecret());
        assertThat(oauth.parseCallback(callback("1000.code"), "st4te").toString())
                .isEqualTo("Authorization[EU]");
    }
}
