package io.ledgerbridge.zohobooks;

import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.rest.internal.ServiceHttp;
import io.ledgerbridge.rest.internal.TryAgain;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.Accounts.Granted;
import io.ledgerbridge.zohobooks.ZohoBooksException.Failure;
import io.ledgerbridge.zohobooks.internal.LenientJson;
import io.ledgerbridge.zohobooks.spi.TokenStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Gets a user's grant for a {@link ZohoBooks}, and gives it back. Immutable and safe for concurrent use.
 *
 * <pre>{@code
 * ZohoOAuth oauth = ZohoOAuth.builder(ZohoCredentials.client(clientId, clientSecret))
 *     .redirectUri("https://app.example/oauth/zoho/callback")
 *     .build();
 * String state = oauth.newState();                        // keep it in the user's session
 * redirect(oauth.authorizationUrl(state));
 * // and where the user comes back:
 * oauth.connect(oauth.parseCallback(requestUrl, state), tokenStore);
 * }</pre>
 *
 * @see <a href="https://www.zoho.com/books/api/v3/oauth/">Zoho Books API, OAuth</a>
 */
public final class ZohoOAuth implements AutoCloseable {

    private static final int STATE_BYTES = 24;

    private final Builder settings;
    private final ServiceHttp http;
    private final Set<DataCenter> allowed;

    private ZohoOAuth(Builder builder) {
        settings = new Builder(builder);
        http = ServiceHttp.of(
                settings.http, null, null, ServiceHttp.userAgent(ZohoBooks.ARTIFACT, ZohoBooks.class, ""));
        allowed = DataCenter.with(settings.allowed, settings.dataCenter);
    }

    /** The client as registered with Zoho; a refresh token in the credentials is not looked at. */
    public static Builder builder(ZohoCredentials credentials) {
        return new Builder(credentials);
    }

    /** An answer to the authorization request: what {@link #exchange} needs. {@code toString} shows no secret. */
    public static final class Authorization {
        private final String code;
        private final DataCenter dataCenter;

        private Authorization(String code, DataCenter dataCenter) {
            this.code = code;
            this.dataCenter = dataCenter;
        }

        /** Where the user's organisations live. */
        public DataCenter dataCenter() {
            return dataCenter;
        }

        @Override
        public String toString() {
            return "Authorization[" + dataCenter + "]";
        }
    }

    /** A text that nobody can guess, to be kept in the user's session until the callback. */
    public String newState() {
        byte[] bytes = new byte[STATE_BYTES];
        settings.random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Where to send the user. Zoho shows the consent page and gives a refresh token each time: each counts among the 20 that
     * a user may have, and the 21st ends the oldest. So send users here to connect, not to log in.
     *
     * @param state from {@link #newState()}
     */
    public String authorizationUrl(String state) {
        if (state.isBlank()) {
            throw new IllegalArgumentException("the state is empty: it protects the callback from forgeries");
        }
        return accountsUrl(settings.dataCenter)
                .newBuilder()
                .addPathSegments("oauth/v2/auth")
                .addQueryParameter("response_type", "code")
                .addQueryParameter("client_id", settings.credentials.clientId())
                .addQueryParameter("redirect_uri", redirectUri())
                .addQueryParameter("scope", String.join(",", settings.scopes))
                .addQueryParameter("access_type", "offline")
                .addQueryParameter("prompt", "consent")
                .addQueryParameter("state", state)
                .build()
                .toString();
    }

    /**
     * Reads the request with which the user came back.
     *
     * @param callbackUrl its whole address, or its path and query
     * @param expectedState what the user's session holds
     * @throws ZohoReconnectException if the user has refused
     * @throws ZohoRequestException if it is forged or incomplete: the state is another one, or it names an accounts server
     *     that is not Zoho's. Nothing was sent
     */
    public Authorization parseCallback(String callbackUrl, String expectedState) {
        HttpUrl base = HttpUrl.get("https://callback.invalid/");
        HttpUrl url = base.resolve(callbackUrl);
        if (url == null) {
            throw refused("the callback is no address");
        }
        if (!sameText(expectedState, parameter(url, "state"))) {
            throw refused("the state of the callback is not the one of this user's session");
        }
        String error = parameter(url, "error");
        if (!error.isEmpty()) {
            throw new ZohoReconnectException(
                    "Zoho gave no grant (" + LenientJson.beginning(error)
                            + "): the user has to allow access; connect again.",
                    Failure.NOT_SENT);
        }
        String code = parameter(url, "code");
        if (code.isEmpty()) {
            throw refused("the callback carries no code");
        }
        return new Authorization(code, region(parameter(url, "location"), parameter(url, "accounts-server")));
    }

    /** What a self client's console shows: there is no callback, so the data centre is the builder's. */
    public Authorization selfClient(String code) {
        if (code.isBlank()) {
            throw new IllegalArgumentException("the code is empty");
        }
        return new Authorization(code.strip(), settings.dataCenter);
    }

    /**
     * Exchanges the code for tokens, once: codes live for a minute and work a single time.
     *
     * @throws ZohoReconnectException if the code is not good any more, or if Zoho gave no refresh token
     */
    public ZohoTokens exchange(Authorization authorization) {
        return tokens(ask(authorization), authorization.dataCenter())
                .orElseThrow(() -> new ZohoReconnectException(
                        "Zoho gave an access token but no refresh token, as it does when consent was not asked for again."
                                + " Connect again through authorizationUrl.",
                        Failure.NOT_SENT));
    }

    /**
     * Exchanges the code and stores the tokens, instead of what is stored. If Zoho gives no refresh token, the stored one
     * of the same data centre stays.
     *
     * @return what is stored now
     */
    public ZohoTokens connect(Authorization authorization, TokenStore store) {
        Granted granted = ask(authorization);
        while (true) {
            Optional<TokenStore.Stored> stored = store.load();
            ZohoTokens tokens = tokens(granted, authorization.dataCenter())
                    .or(() -> stored.map(TokenStore.Stored::tokens)
                            .filter(old -> old.dataCenter() == authorization.dataCenter())
                            .map(old -> with(granted, old)))
                    .orElseThrow(() -> new ZohoReconnectException(
                            "Zoho gave an access token but no refresh token, and none is stored for "
                                    + authorization.dataCenter() + ". Connect again through authorizationUrl.",
                            Failure.NOT_SENT));
            if (store.replace(stored.map(TokenStore.Stored::version).orElse(0L), tokens)) {
                return tokens;
            }
        }
    }

    /**
     * Ends the grant at Zoho. What is stored stays stored: remove it whatever comes of this.
     *
     * @return whether Zoho has confirmed it
     */
    public boolean revoke(ZohoTokens tokens) {
        return accounts(tokens.dataCenter()).revoke(tokens.refreshToken());
    }

    /** Closes connections and threads, unless the HTTP client is the caller's. */
    @Override
    public void close() {
        http.close();
    }

    private Granted ask(Authorization authorization) {
        try {
            return accounts(authorization.dataCenter())
                    .exchange(
                            settings.credentials.clientId(),
                            settings.credentials.clientSecret(authorization.dataCenter()),
                            authorization.code,
                            settings.redirectUri);
        } catch (TryAgain e) {
            throw new ZohoUnavailableException(
                    e.getMessage() + " The code may be used up: connect again.",
                    Failure.of("POST", Accounts.TOKEN_PATH, 1).because(e));
        }
    }

    private Accounts accounts(DataCenter dataCenter) {
        return new Accounts(http.client(), accountsUrl(dataCenter), settings.time);
    }

    private HttpUrl accountsUrl(DataCenter dataCenter) {
        return settings.accountsUrl == null
                ? Http.secureOrigin("the accounts address", dataCenter.accountsUrl())
                : settings.accountsUrl;
    }

    private static Optional<ZohoTokens> tokens(Granted granted, DataCenter dataCenter) {
        return granted.refreshToken().isEmpty()
                ? Optional.empty()
                : Optional.of(with(granted, ZohoTokens.of(granted.refreshToken(), dataCenter)));
    }

    private static ZohoTokens with(Granted granted, ZohoTokens tokens) {
        return tokens.withAccess(granted.accessToken(), granted.expiresAt(), granted.scopes(), granted.apiDomain());
    }

    /** Both are said by whoever sent the callback, so only what stands in the table counts, letter by letter. */
    private DataCenter region(String location, String accountsServer) {
        if (accountsServer.isEmpty() && location.isEmpty()) {
            return settings.dataCenter;
        }
        DataCenter byLocation = location.isEmpty() ? null : located(location);
        if (accountsServer.isEmpty()) {
            return byLocation == null ? settings.dataCenter : byLocation;
        }
        DataCenter byServer = DataCenter.withAccountsUrl(accountsServer)
                .filter(allowed::contains)
                .orElseThrow(() -> refused("the accounts server '" + LenientJson.beginning(accountsServer)
                        + "' of the callback is none of Zoho's that are switched on"));
        if (byLocation != null && byLocation != byServer) {
            throw refused("location and accounts server of the callback are different data centres");
        }
        return byServer;
    }

    private DataCenter located(String location) {
        return allowed.stream()
                .filter(dataCenter -> dataCenter.location().equals(location))
                .findFirst()
                .orElseThrow(() -> refused("the location '" + LenientJson.beginning(location)
                        + "' of the callback is no data centre that is switched on"));
    }

    private String redirectUri() {
        if (settings.redirectUri == null) {
            throw new IllegalStateException("an authorization request needs redirectUri(\"...\")");
        }
        return settings.redirectUri;
    }

    private static ZohoRequestException refused(String why) {
        return new ZohoRequestException(
                "The callback was refused: " + why + ". No secret was sent; connect again.", Failure.NOT_SENT);
    }

    private static String parameter(HttpUrl url, String name) {
        String value = url.queryParameter(name);
        return value == null ? "" : value;
    }

    private static boolean sameText(String expected, String actual) {
        return !expected.isEmpty()
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ZohoOAuth[" + settings.credentials.clientId() + " at " + settings.dataCenter + "]";
    }

    /** Collects settings. */
    public static final class Builder {
        private final ZohoCredentials credentials;
        private DataCenter dataCenter = DataCenter.US;
        private Set<DataCenter> allowed = DataCenter.DOCUMENTED;
        private @Nullable String redirectUri;
        private Set<String> scopes = new TreeSet<>(Scopes.READING);
        private @Nullable HttpUrl accountsUrl;
        private @Nullable OkHttpClient http;
        private TimeSource time = TimeSource.system();
        private RandomGenerator random = new SecureRandom();

        private Builder(ZohoCredentials credentials) {
            this.credentials = credentials;
        }

        private Builder(Builder other) {
            credentials = other.credentials;
            dataCenter = other.dataCenter;
            allowed = other.allowed;
            redirectUri = other.redirectUri;
            scopes = other.scopes;
            accountsUrl = other.accountsUrl;
            http = other.http;
            time = other.time;
            random = other.random;
        }

        /**
         * Where the flow starts; {@link DataCenter#US} by default, from where Zoho moves users to their own. Users of
         * {@link DataCenter#CN} must start there.
         */
        public Builder dataCenter(DataCenter dataCenter) {
            this.dataCenter = dataCenter;
            return this;
        }

        /** Lets a callback name this data centre as well, for those that are not documented for Zoho Books. */
        public Builder alsoAllow(DataCenter undocumented) {
            allowed = DataCenter.with(allowed, undocumented);
            return this;
        }

        /** Where users come back to; byte for byte as registered with Zoho. Self clients have none. */
        public Builder redirectUri(String redirectUri) {
            if (HttpUrl.parse(redirectUri) == null) {
                throw new IllegalArgumentException(
                        "the redirect URI must be an address such as https://app.example/callback, but was '"
                                + redirectUri + "'");
            }
            this.redirectUri = redirectUri;
            return this;
        }

        /** What to ask for; by default all that reading needs, and nothing that writes. */
        public Builder scopes(Collection<String> scopes) {
            for (String scope : scopes) {
                if (!scope.matches("[A-Za-z0-9._]+")) {
                    throw new IllegalArgumentException(
                            "a scope looks like ZohoBooks.invoices.READ, but this is '" + scope + "'");
                }
            }
            if (scopes.isEmpty()) {
                throw new IllegalArgumentException("no scope was given");
            }
            this.scopes = new java.util.LinkedHashSet<>(scopes);
            return this;
        }

        /** An accounts server other than the data centre's, for tests: https, or http on the loopback interface. */
        public Builder endpoint(String accountsUrl) {
            this.accountsUrl = Http.secureOrigin("the accounts address", accountsUrl);
            return this;
        }

        /** The client to send with; closing it stays yours. */
        public Builder httpClient(OkHttpClient http) {
            this.http = http;
            return this;
        }

        public Builder timeSource(TimeSource time) {
            this.time = time;
            return this;
        }

        /** Where states come from; a {@link SecureRandom} by default, and in anything that users reach. */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        public ZohoOAuth build() {
            return new ZohoOAuth(this);
        }
    }

    /** The scopes that reading everything needs. */
    public static List<String> readingScopes() {
        return Scopes.READING;
    }
}
