package io.ledgerbridge.zohobooks;

import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.rest.internal.Retrier;
import io.ledgerbridge.rest.internal.ServiceHttp;
import io.ledgerbridge.rest.internal.Settings;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.internal.WireConverter;
import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.spi.TokenStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;

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
 *
 * <p>Calls are paced ({@link ZohoPacing}), and those that may be repeated are: up to five attempts with growing, scattered
 * waits, or as long as Zoho asks, but five minutes at most. What fails for good is a {@link ZohoBooksException}.
 */
public final class ZohoBooks implements AutoCloseable {

    static final String ARTIFACT = "ledgerbridge-zoho-books-client";
    static final int ATTEMPTS = 5;
    static final Duration DEFAULT_RETRY_FOR = Duration.ofMinutes(5);

    /** Stands in requests until the token tells where the API is. */
    private static final HttpUrl PLACEHOLDER = HttpUrl.get(DataCenter.US.apiUrl());

    private final Builder settings;
    private final ServiceHttp http;
    private final Calls calls;
    private final ZohoApi api;

    private ZohoBooks(Builder builder) {
        settings = new Builder(builder);
        http = ServiceHttp.of(
                settings.http,
                settings.connectTimeout,
                settings.readTimeout,
                ServiceHttp.userAgent(ZohoBooks.ARTIFACT, ZohoBooks.class, settings.userAgentSuffix));
        Events events = new Events(settings.listener);
        Retrier retrier = new Retrier(settings.time, settings.random, ATTEMPTS, settings.retryFor);
        Tokens tokens = new Tokens(
                settings.credentials,
                settings.dataCenter,
                settings.tokenStore,
                new Regions(settings.allowed(), settings.accountsUrl, settings.apiUrl),
                origin -> new Accounts(http.client(), origin, settings.time),
                settings.time,
                retrier,
                events);
        calls = new Calls(
                settings.time, settings.pacing, settings.background, retrier, settings.retryFor, tokens, events);
        api = new Retrofit.Builder()
                .baseUrl(PLACEHOLDER.resolve("/books/" + settings.apiVersion + "/"))
                .callFactory(request -> http.client().newCall(directed(request)))
                .addConverterFactory(new WireConverter())
                .build()
                .create(ZohoApi.class);
    }

    /** A client for what these credentials may read. */
    public static Builder builder(ZohoCredentials credentials) {
        return new Builder(credentials);
    }

    /** The same settings, to be changed; pacing and tokens are shared. */
    public Builder newBuilder() {
        return new Builder(settings);
    }

    public Organizations organizations() {
        return new Organizations(calls, api);
    }

    public Contacts contacts() {
        return new Contacts(calls, api);
    }

    public ContactPersons contactPersons() {
        return new ContactPersons(calls, api);
    }

    public Invoices invoices() {
        return new Invoices(calls, api);
    }

    public CustomerPayments customerPayments() {
        return new CustomerPayments(calls, api);
    }

    public CreditNotes creditNotes() {
        return new CreditNotes(calls, api);
    }

    public Items items() {
        return new Items(calls, api);
    }

    public Currencies currencies() {
        return new Currencies(calls, api);
    }

    public Taxes taxes() {
        return new Taxes(calls, api);
    }

    public Webhooks webhooks() {
        return new Webhooks(calls, api);
    }

    public Workflows workflows() {
        return new Workflows(calls, api);
    }

    /** Empty if the client was made without one. */
    public String organizationId() {
        return settings.organizationId;
    }

    public ZohoPacing pacing() {
        return settings.pacing;
    }

    /** Closes connections and threads, unless the HTTP client is the caller's. */
    @Override
    public void close() {
        http.close();
    }

    /** Puts in where the call goes, with which token, and about which organisation: always, except for their list. */
    private Request directed(Request request) {
        Tokens.Session session = calls.sessionOfThisCall();
        HttpUrl.Builder url = request.url()
                .newBuilder()
                .scheme(session.apiUrl().scheme())
                .host(session.apiUrl().host())
                .port(session.apiUrl().port());
        if (!request.url().pathSegments().get(2).equals("organizations")) {
            if (settings.organizationId.isEmpty()) {
                throw new IllegalStateException(
                        "This call needs an organisation: list those of the token with organizations().list(), then build"
                                + " the client with organization(\"...\").");
            }
            String query = request.url().encodedQuery();
            url.encodedQuery("organization_id=" + settings.organizationId + (query == null ? "" : "&" + query));
        }
        return request.newBuilder()
                .url(url.build())
                .header("Authorization", "Zoho-oauthtoken " + session.accessToken())
                .build();
    }

    @Override
    public String toString() {
        return "ZohoBooks[" + (settings.organizationId.isEmpty() ? "no organisation" : settings.organizationId) + "]";
    }

    /** Collects settings; each has a default. */
    public static final class Builder {
        private final ZohoCredentials credentials;
        private @Nullable DataCenter dataCenter;
        private Set<DataCenter> allowed = DataCenter.DOCUMENTED;
        private String organizationId = "";
        private String apiVersion = "v3";
        private @Nullable HttpUrl accountsUrl;
        private @Nullable HttpUrl apiUrl;
        private TokenStore tokenStore = TokenStore.inMemory();
        private @Nullable OkHttpClient http;
        private @Nullable Duration connectTimeout;
        private @Nullable Duration readTimeout;
        private Duration retryFor = DEFAULT_RETRY_FOR;
        private TimeSource time = TimeSource.system();
        private ZohoPacing pacing = ZohoPacing.standard();
        private boolean background;
        private RandomGenerator random = new Random();
        private String userAgentSuffix = "";
        private ZohoListener listener = new ZohoListener() {};

        private Builder(ZohoCredentials credentials) {
            this.credentials = credentials;
        }

        private Builder(Builder other) {
            credentials = other.credentials;
            dataCenter = other.dataCenter;
            allowed = other.allowed;
            organizationId = other.organizationId;
            apiVersion = other.apiVersion;
            accountsUrl = other.accountsUrl;
            apiUrl = other.apiUrl;
            tokenStore = other.tokenStore;
            http = other.http;
            connectTimeout = other.connectTimeout;
            readTimeout = other.readTimeout;
            retryFor = other.retryFor;
            time = other.time;
            pacing = other.pacing;
            background = other.background;
            random = other.random;
            userAgentSuffix = other.userAgentSuffix;
            listener = other.listener;
        }

        /** Where the tokens were given; what the token store says, or {@link DataCenter#US}, by default. */
        public Builder dataCenter(DataCenter dataCenter) {
            this.dataCenter = dataCenter;
            return this;
        }

        /** Lets Zoho name this data centre as well, for those that are not documented for Zoho Books. */
        public Builder alsoAllow(DataCenter undocumented) {
            allowed = DataCenter.with(allowed, undocumented);
            return this;
        }

        /** The organisation's id, 8 to 11 digits. Without one only {@link ZohoBooks#organizations()} works. */
        public Builder organization(String organizationId) {
            if (!organizationId.matches("\\d{6,20}")) {
                throw new IllegalArgumentException(
                        "the organisation id must be a number such as 60012345678, but was '" + organizationId + "'");
            }
            this.organizationId = organizationId;
            return this;
        }

        /** The version in the paths of the API; {@code v3} by default. */
        public Builder apiVersion(String version) {
            if (!version.matches("v\\d+")) {
                throw new IllegalArgumentException("the version must be one like v3, but was '" + version + "'");
            }
            this.apiVersion = version;
            return this;
        }

        /**
         * Addresses other than the data centre's, for tests and proxies: https, or http on the loopback interface. What
         * Zoho says of its address is then recorded and not followed.
         */
        public Builder endpoints(String accountsUrl, String apiUrl) {
            this.accountsUrl = Http.secureOrigin("the accounts address", accountsUrl);
            this.apiUrl = Http.secureOrigin("the API address", apiUrl);
            return this;
        }

        /** Where tokens are kept, and counted across processes; {@link TokenStore#inMemory()} by default. */
        public Builder tokenStore(TokenStore store) {
            this.tokenStore = store;
            return this;
        }

        /** The client to send with. Its own retries and redirects are switched off in a copy; closing it stays yours. */
        public Builder httpClient(OkHttpClient http) {
            this.http = http;
            return this;
        }

        /** 10 seconds by default, or what the HTTP client of the caller says. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = Settings.positive("connect time-out", timeout);
            return this;
        }

        /**
         * How long an answer may be silent: 60 seconds by default, or what the HTTP client of the caller says.
         * A call as a whole takes no longer than connecting, sending and reading together may, unless that client says otherwise.
         */
        public Builder readTimeout(Duration timeout) {
            this.readTimeout = Settings.positive("read time-out", timeout);
            return this;
        }

        /** How long a call may wait between its attempts altogether; 5 minutes by default. A longer wait is told at once. */
        public Builder retryFor(Duration longest) {
            this.retryFor = Settings.positive("wait between attempts", longest);
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

        /** Whether calls leave the reserve of the day's calls untouched: {@link ZohoPacing.Builder#reserve}. Off by default. */
        public Builder background(boolean background) {
            this.background = background;
            return this;
        }

        /** Where the scatter of waits comes from. */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /** Names the application behind the library's own name, such as {@code acme-billing/2.1}. */
        public Builder userAgentSuffix(String suffix) {
            this.userAgentSuffix = ServiceHttp.validSuffix(suffix);
            return this;
        }

        /** Hears of calls, tokens, regions and doubtful lists; nobody by default. */
        public Builder listener(ZohoListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        public ZohoBooks build() {
            return new ZohoBooks(this);
        }

        private Set<DataCenter> allowed() {
            return dataCenter == null ? allowed : DataCenter.with(allowed, dataCenter);
        }
    }
}
