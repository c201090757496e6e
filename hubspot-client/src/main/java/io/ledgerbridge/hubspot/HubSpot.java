package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.internal.HubSpotApi;
import io.ledgerbridge.hubspot.internal.WireConverter;
import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.rest.internal.Retrier;
import io.ledgerbridge.rest.internal.ServiceHttp;
import io.ledgerbridge.rest.internal.Settings;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;

/**
 * One HubSpot account. Make one per token and keep it: it holds the pacing. Immutable and safe for concurrent use.
 *
 * <pre>{@code
 * HubSpot hubspot = HubSpot.builder(AccessToken.of(token)).build();
 * BatchResult<Company> result = hubspot.companies().upsert(key, inputs);      // any number; one outcome per input
 * }</pre>
 *
 * <p>Calls are paced ({@link HubSpotPacing}). Reads, upserts, updates, archiving and associations are repeated when it may
 * help: up to five attempts with growing, scattered waits, or as long as HubSpot asks, but five minutes at most. Creations
 * are not repeated once they may have been carried out. What fails for good is a {@link HubSpotException}.
 */
public final class HubSpot implements AutoCloseable {

    private static final String API_URL = "https://api.hubapi.com";
    private static final int ATTEMPTS = 5;
    private static final Duration DEFAULT_RETRY_FOR = Duration.ofMinutes(5);

    private final Builder settings;
    private final ServiceHttp http;
    private final HttpUrl apiUrl;
    private final HubSpotApi api;
    private final Access access;
    private final Map<ObjectType<?>, Unwritable> unwritable;

    private HubSpot(Builder builder) {
        settings = new Builder(builder);
        http = ServiceHttp.of(
                settings.http,
                settings.connectTimeout,
                settings.readTimeout,
                ServiceHttp.userAgent("ledgerbridge-hubspot-client", HubSpot.class, settings.userAgentSuffix));
        apiUrl = Http.secureOrigin("the HubSpot address", settings.apiUrl);
        api = new Retrofit.Builder()
                .baseUrl(apiUrl)
                .callFactory(request -> http.client().newCall(authorized(request)))
                .addConverterFactory(new WireConverter())
                .build()
                .create(HubSpotApi.class);
        access = access(() -> {});
        unwritable = new ConcurrentHashMap<>();
    }

    private HubSpot(HubSpot other, Runnable check) {
        settings = other.settings;
        http = other.http;
        apiUrl = other.apiUrl;
        api = other.api;
        access = access(check);
        unwritable = other.unwritable;
    }

    private Access access(Runnable check) {
        Calls calls = new Calls(
                settings.time,
                settings.pacing,
                settings.background,
                new Retrier(settings.time, settings.random, ATTEMPTS, settings.retryFor),
                settings.retryFor,
                this::token,
                new Events(settings.listener),
                check);
        return new Access(calls, api, settings.version.date());
    }

    /** A client for the account of this token. */
    public static Builder builder(AccessToken token) {
        return new Builder(() -> token);
    }

    /**
     * A client that asks for the token before every request, so that a service key can be rotated, or an OAuth token renewed,
     * while it runs. After a 401 it is asked once more for each call, which is repeated if the token is another one.
     *
     * @param token answers at once; it is called by many threads
     */
    public static Builder builder(Supplier<AccessToken> token) {
        return new Builder(token);
    }

    /** The same settings, to be changed; pacing is shared. */
    public Builder newBuilder() {
        return new Builder(settings);
    }

    /**
     * This client, with a check right before each attempt of each call: what the check throws ends the call, which is not sent
     * then. For who may lose the right to write while a call waits for its turn. Everything else is shared; it needs no closing.
     *
     * @param check runs on the thread of the call, when the call's slot is free
     */
    public HubSpot checkedBy(Runnable check) {
        return new HubSpot(this, check);
    }

    /** Records of any type, custom objects among them. */
    public <T extends Crm> CrmObjects<T> objects(ObjectType<T> type) {
        return new CrmObjects<>(access, type, unwritable.computeIfAbsent(type, this::unwritable));
    }

    public CrmObjects<Crm.Company> companies() {
        return objects(ObjectType.COMPANIES);
    }

    public CrmObjects<Crm.Contact> contacts() {
        return objects(ObjectType.CONTACTS);
    }

    public CrmObjects<Crm.Invoice> invoices() {
        return objects(ObjectType.INVOICES);
    }

    public CrmObjects<Crm.LineItem> lineItems() {
        return objects(ObjectType.LINE_ITEMS);
    }

    public CrmObjects<Crm.Payment> payments() {
        return objects(ObjectType.PAYMENTS);
    }

    public CrmObjects<Crm.Deal> deals() {
        return objects(ObjectType.DEALS);
    }

    public CrmObjects<Crm.Product> products() {
        return objects(ObjectType.PRODUCTS);
    }

    public Associations associations() {
        return new Associations(access);
    }

    public PropertyDefinitions properties(ObjectType<?> type) {
        return new PropertyDefinitions(access, type);
    }

    public Pipelines pipelines() {
        return new Pipelines(access);
    }

    public AccountDetails account() {
        return new AccountDetails(access, settings.pacing);
    }

    public HubSpotPacing pacing() {
        return settings.pacing;
    }

    /**
     * The longest that one attempt of a call can take, getting a token included: the HTTP client's call time-out, or else those
     * for connecting, sending and reading together, 130 seconds by default. Empty if one of these has no end.
     */
    public Optional<Duration> longestAttempt() {
        return http.longestAttempt();
    }

    /** Closes connections, unless the HTTP client is the caller's. */
    @Override
    public void close() {
        http.close();
    }

    private Unwritable unwritable(ObjectType<?> type) {
        return new Unwritable(
                type, properties(type)::list, settings.time, access.calls().events());
    }

    /** The token goes to the API's origin and nowhere else. */
    private Request authorized(Request request) {
        boolean toApi =
                request.url().host().equals(apiUrl.host()) && request.url().port() == apiUrl.port();
        return toApi
                ? request.newBuilder().header("Authorization", token().header()).build()
                : request;
    }

    private AccessToken token() {
        try {
            return Objects.requireNonNull(settings.token.get(), "the supplier gave none");
        } catch (HubSpotException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new HubSpotAuthenticationException(
                    "The application gave no access token: " + e.getClass().getSimpleName() + ".",
                    HubSpotException.Failure.NOT_SENT.because(e));
        }
    }

    @Override
    public String toString() {
        return "HubSpot[" + apiUrl.host() + "]";
    }

    /** Collects settings; each has a default. */
    public static final class Builder {
        private final Supplier<AccessToken> token;
        private String apiUrl = API_URL;
        private ApiVersion version = ApiVersion.DEFAULT;
        private @Nullable OkHttpClient http;
        private @Nullable Duration connectTimeout;
        private @Nullable Duration readTimeout;
        private Duration retryFor = DEFAULT_RETRY_FOR;
        private TimeSource time = TimeSource.system();
        private HubSpotPacing pacing = HubSpotPacing.standard();
        private boolean background;
        private RandomGenerator random = new Random();
        private String userAgentSuffix = "";
        private HubSpotListener listener = new HubSpotListener() {};

        private Builder(Supplier<AccessToken> token) {
            this.token = Objects.requireNonNull(token, "token");
        }

        private Builder(Builder other) {
            token = other.token;
            apiUrl = other.apiUrl;
            version = other.version;
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

        /** Another address than HubSpot's, for tests and proxies: https, or http on the loopback interface. */
        public Builder endpoint(String apiUrl) {
            Http.secureOrigin("the HubSpot address", apiUrl);
            this.apiUrl = apiUrl;
            return this;
        }

        /** {@link ApiVersion#DEFAULT} by default. */
        public Builder apiVersion(ApiVersion version) {
            this.version = version;
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

        /** Shares or changes the pacing; {@link HubSpotPacing#standard()} by default. */
        public Builder pacing(HubSpotPacing pacing) {
            this.pacing = pacing;
            return this;
        }

        /** Whether calls leave the reserve of the day's calls untouched: {@link HubSpotPacing.Builder#reserve}. Off by default. */
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

        /** Hears of calls, waits and properties that were left out; nobody by default. */
        public Builder listener(HubSpotListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        public HubSpot build() {
            return new HubSpot(this);
        }
    }
}
