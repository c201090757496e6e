package io.ledgerbridge.zohobooks;

import com.squareup.moshi.Moshi;
import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.rest.internal.Retrier;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.internal.LenientJson;
import io.ledgerbridge.zohobooks.internal.TokenSource;
import io.ledgerbridge.zohobooks.internal.ZohoApi;
import java.util.Random;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/**
 * One organisation of Zoho Books. Make one per organisation and keep it: it holds the access token and the pacing.
 * Immutable and safe for concurrent use.
 *
 * <pre>{@code
 * ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.refreshToken(clientId, clientSecret, refreshToken))
 *     .dataCenter(DataCenter.EU)
 *     .organization("60012345678")
 *     .build();
 * for (Invoice invoice : zoho.invoices().list(InvoiceQuery.unpaid())) { ... }
 * }</pre>
 */
public final class ZohoBooks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ZohoBooks.class);
    private static final int ATTEMPTS = 5;

    private final Builder settings;
    private final OkHttpClient http;
    private final HttpUrl apiUrl;
    private final ZohoPacing pacing;
    private final Calls calls;
    private final ZohoApi api;
    private final String organizationId;

    private ZohoBooks(Builder builder) {
        settings = new Builder(builder);
        http = settings.http == null
                ? Http.newClient()
                : Http.tuned(settings.http.newBuilder()).build();
        apiUrl = Http.secureOrigin(
                "the API address", settings.apiUrl == null ? settings.dataCenter.apiUrl() : settings.apiUrl);
        HttpUrl accountsUrl = Http.secureOrigin(
                "the accounts address",
                settings.accountsUrl == null ? settings.dataCenter.accountsUrl() : settings.accountsUrl);
        pacing = settings.pacing;
        organizationId = settings.organizationId;
        Moshi moshi = LenientJson.moshi();
        Retrier retrier = new Retrier(settings.time, settings.random, ATTEMPTS);
        api = new Retrofit.Builder()
                .baseUrl(apiUrl)
                .callFactory(request -> http.newCall(authorized(request)))
                .addConverterFactory(MoshiConverterFactory.create(moshi))
                .build()
                .create(ZohoApi.class);
        TokenSource tokens = new TokenSource(
                api,
                accountsUrl.newBuilder().encodedPath("/oauth/v2/token").build().toString(),
                settings.credentials.grant(),
                settings.time,
                retrier,
                this::learnApiDomain);
        calls = new Calls(settings.time, pacing, retrier, tokens, moshi);
    }

    /** A client for the organisation that these credentials may read. */
    public static Builder builder(ZohoCredentials credentials) {
        return new Builder(credentials);
    }

    /** The same settings, to be changed; pacing is shared. */
    public Builder newBuilder() {
        return new Builder(settings);
    }

    public Organizations organizations() {
        return new Organizations(calls, api);
    }

    public Contacts contacts() {
        return new Contacts(calls, api, organizationId);
    }

    public ContactPersons contactPersons() {
        return new ContactPersons(calls, api, organizationId);
    }

    public Invoices invoices() {
        return new Invoices(calls, api, organizationId);
    }

    public CustomerPayments customerPayments() {
        return new CustomerPayments(calls, api, organizationId);
    }

    public String organizationId() {
        return organizationId;
    }

    public ZohoPacing pacing() {
        return pacing;
    }

    /** Closes connections, unless the HTTP client is the caller's. */
    @Override
    public void close() {
        if (settings.http == null) {
            http.dispatcher().executorService().shutdown();
            http.connectionPool().evictAll();
        }
    }

    /** The token goes to the API's origin and nowhere else. */
    private Request authorized(Request request) {
        String token = calls.tokenOfThisCall();
        boolean toApi =
                request.url().host().equals(apiUrl.host()) && request.url().port() == apiUrl.port();
        return token == null || !toApi
                ? request
                : request.newBuilder()
                        .header("Authorization", "Zoho-oauthtoken " + token)
                        .build();
    }

    /** With addresses given by the operator the answer's address is noted and never followed. */
    private void learnApiDomain(String apiDomain) {
        if (settings.apiUrl != null || apiDomain.isEmpty() || apiDomain.equals(settings.dataCenter.apiUrl())) {
            return;
        }
        String known = DataCenter.withApiUrl(apiDomain).map(Enum::name).orElse("none that is known");
        log.warn(
                "Zoho says that this organisation's data centre is {} ({}), but {} is configured; change the setting if"
                        + " calls are refused",
                known,
                apiDomain,
                settings.dataCenter);
    }

    @Override
    public String toString() {
        return "ZohoBooks[" + organizationId + " at " + apiUrl.host() + "]";
    }

    /** Collects settings; everything but the organisation has a default. */
    public static final class Builder {
        private final ZohoCredentials credentials;
        private DataCenter dataCenter = DataCenter.US;
        private String organizationId = "";
        private @Nullable String accountsUrl;
        private @Nullable String apiUrl;
        private @Nullable OkHttpClient http;
        private TimeSource time = TimeSource.system();
        private ZohoPacing pacing = ZohoPacing.standard();
        private RandomGenerator random = new Random();

        private Builder(ZohoCredentials credentials) {
            this.credentials = credentials;
        }

        private Builder(Builder other) {
            credentials = other.credentials;
            dataCenter = other.dataCenter;
            organizationId = other.organizationId;
            accountsUrl = other.accountsUrl;
            apiUrl = other.apiUrl;
            http = other.http;
            time = other.time;
            pacing = other.pacing;
            random = other.random;
        }

        /** Where the organisation lives; {@link DataCenter#US} by default. */
        public Builder dataCenter(DataCenter dataCenter) {
            this.dataCenter = dataCenter;
            return this;
        }

        /** The organisation's id, 8 to 11 digits. */
        public Builder organization(String organizationId) {
            if (!organizationId.matches("\\d{6,20}")) {
                throw new IllegalArgumentException(
                        "the organisation id must be a number such as 60012345678, but was '" + organizationId + "'");
            }
            this.organizationId = organizationId;
            return this;
        }

        /** Addresses other than the data centre's, for tests and proxies: https, or http on the loopback interface. */
        public Builder endpoints(String accountsUrl, String apiUrl) {
            Http.secureOrigin("the accounts address", accountsUrl);
            Http.secureOrigin("the API address", apiUrl);
            this.accountsUrl = accountsUrl;
            this.apiUrl = apiUrl;
            return this;
        }

        /** The client to send with. Its own retries and redirects are switched off in a copy. */
        public Builder httpClient(OkHttpClient http) {
            this.http = http;
            return this;
        }

        public Builder timeSource(TimeSource time) {
            this.time = time;
            return this;
        }

        /** Shares or changes the pacing; {@link ZohoPacing#standard()} by default. */
        public Builder pacing(ZohoPacing pacing) {
            this.pacing = pacing;
            return this;
        }

        /** Where the scatter of waits comes from. */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        public ZohoBooks build() {
            if (organizationId.isEmpty()) {
                throw new IllegalStateException("an organisation is needed: call organization(\"...\")");
            }
            return new ZohoBooks(this);
        }
    }
}
