package io.ledgerbridge.hubspot;

import com.squareup.moshi.Moshi;
import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.internal.HubSpotApi;
import io.ledgerbridge.hubspot.internal.Wire;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.rest.internal.Retrier;
import io.ledgerbridge.time.TimeSource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/**
 * One HubSpot account. Make one per token and keep it: it holds the pacing. Immutable and safe for concurrent use.
 *
 * <pre>{@code
 * HubSpot hubspot = HubSpot.builder(AccessToken.of(token)).build();
 * BatchResult result = hubspot.companies().upsert(key, inputs);      // any number; one outcome per input
 * }</pre>
 */
public final class HubSpot implements AutoCloseable {

    private static final String API_URL = "https://api.hubapi.com";
    private static final int ATTEMPTS = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Builder settings;
    private final OkHttpClient http;
    private final HttpUrl apiUrl;
    private final Calls calls;
    private final HubSpotApi api;

    private HubSpot(Builder builder) {
        settings = new Builder(builder);
        http = settings.http == null
                ? Http.newClient()
                : Http.tuned(settings.http.newBuilder()).build();
        apiUrl = Http.secureOrigin("the HubSpot address", settings.apiUrl);
        Moshi moshi = Wire.moshi();
        api = new Retrofit.Builder()
                .baseUrl(apiUrl)
                .callFactory(request -> http.newCall(authorized(request)))
                .addConverterFactory(MoshiConverterFactory.create(moshi))
                .build()
                .create(HubSpotApi.class);
        Retrier retrier = new Retrier(settings.time, settings.random, ATTEMPTS, LONGEST_WAIT);
        calls = new Calls(settings.time, settings.pacing, retrier, moshi);
    }

    /** A client for the account of this token. */
    public static Builder builder(AccessToken token) {
        return new Builder(() -> token);
    }

    /** A client that asks for the token before every request, so that it can be rotated while running. */
    public static Builder builder(Supplier<AccessToken> token) {
        return new Builder(token);
    }

    /** The same settings, to be changed; pacing is shared. */
    public Builder newBuilder() {
        return new Builder(settings);
    }

    public CrmObjects objects(ObjectType type) {
        return new CrmObjects(calls, api, settings.version, type);
    }

    public CrmObjects companies() {
        return objects(ObjectType.COMPANIES);
    }

    public CrmObjects contacts() {
        return objects(ObjectType.CONTACTS);
    }

    public CrmObjects invoices() {
        return objects(ObjectType.INVOICES);
    }

    public CrmObjects lineItems() {
        return objects(ObjectType.LINE_ITEMS);
    }

    public CrmObjects payments() {
        return objects(ObjectType.PAYMENTS);
    }

    public Associations associations() {
        return new Associations(calls, api, settings.version);
    }

    public PropertyDefinitions properties(ObjectType type) {
        return new PropertyDefinitions(calls, api, settings.version, type);
    }

    public HubSpotPacing pacing() {
        return settings.pacing;
    }

    /** Portal, time zone and currencies of the token's account. */
    public Account account() {
        Wire.AccountAnswer answer = calls.execute(Lane.GENERAL, () -> api.account(settings.version.date()));
        return new Account(
                answer.portalId(),
                answer.accountType() == null ? "" : answer.accountType(),
                zone(answer),
                answer.companyCurrency() == null ? "" : answer.companyCurrency(),
                answer.additionalCurrencies() == null ? List.of() : List.copyOf(answer.additionalCurrencies()));
    }

    /** Whether an object type is switched on, by its id; types that HubSpot does not list are left out. */
    public Map<String, Boolean> enablement() {
        Wire.EnablementAnswer answer = calls.execute(Lane.GENERAL, () -> api.enablement(settings.version.date()));
        return answer.enablementByObjectTypeId() == null ? Map.of() : answer.enablementByObjectTypeId();
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
        boolean toApi =
                request.url().host().equals(apiUrl.host()) && request.url().port() == apiUrl.port();
        return toApi
                ? request.newBuilder()
                        .header("Authorization", settings.token.get().header())
                        .build()
                : request;
    }

    private static ZoneId zone(Wire.AccountAnswer answer) {
        try {
            return ZoneId.of(answer.timeZone() == null ? "" : answer.timeZone());
        } catch (DateTimeException e) {
            return answer.utcOffset() == null ? ZoneOffset.UTC : ZoneOffset.of(answer.utcOffset());
        }
    }

    @Override
    public String toString() {
        return "HubSpot[" + apiUrl.host() + "]";
    }

    /** Collects settings; everything has a default. */
    public static final class Builder {
        private final Supplier<AccessToken> token;
        private String apiUrl = API_URL;
        private ApiVersion version = ApiVersion.DEFAULT;
        private @Nullable OkHttpClient http;
        private TimeSource time = TimeSource.system();
        private HubSpotPacing pacing = HubSpotPacing.standard();
        private RandomGenerator random = new Random();

        private Builder(Supplier<AccessToken> token) {
            this.token = token;
        }

        private Builder(Builder other) {
            token = other.token;
            apiUrl = other.apiUrl;
            version = other.version;
            http = other.http;
            time = other.time;
            pacing = other.pacing;
            random = other.random;
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

        /** The client to send with. Its own retries and redirects are switched off in a copy. */
        public Builder httpClient(OkHttpClient http) {
            this.http = http;
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

        /** Where the scatter of waits comes from. */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        public HubSpot build() {
            return new HubSpot(this);
        }
    }
}
