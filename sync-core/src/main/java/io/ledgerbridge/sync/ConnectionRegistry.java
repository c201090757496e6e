package io.ledgerbridge.sync;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.internal.SealedTokenStore;
import io.ledgerbridge.sync.internal.Vault;
import io.ledgerbridge.sync.spi.SecretCipher;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.CommitResult;
import io.ledgerbridge.sync.spi.SyncStore.Delete;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.DataCenter;
import io.ledgerbridge.zohobooks.WebhookSignature;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoOAuth;
import io.ledgerbridge.zohobooks.ZohoPacing;
import io.ledgerbridge.zohobooks.ZohoTokens;
import io.ledgerbridge.zohobooks.spi.TokenStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a service, kept in its store with their credentials sealed, for all processes that share the store.
 *
 * <pre>{@code
 * ConnectionRegistry registry = ConnectionRegistry.builder(store, cipher).build();
 * registry.register(NewConnection.of("60012345678")
 *     .zoho(clientId, clientSecret, tokens)
 *     .hubSpot("12345678", token));
 * SyncService service = SyncService.builder().store(store).connections(registry).build();
 * }</pre>
 *
 * <p>Clients of one organisation, or of one HubSpot account, get the same pacing, so that they keep its limits together. Safe for
 * concurrent use.
 */
public final class ConnectionRegistry implements ConnectionSource {

    static final String CLIENT_ID = "zoho-client-id";
    static final String CLIENT_SECRET = "zoho-client-secret";
    static final String HUBSPOT_TOKEN = "hubspot-token";
    private static final String WEBHOOK_SECRET = "webhook-secret";
    private static final int SECRET_BYTES = 20;

    /** Other addresses than the vendors': Zoho's two and HubSpot's, a line each. */
    static final String ENDPOINTS = "endpoints";

    private static final Logger log = LoggerFactory.getLogger(ConnectionRegistry.class);

    private static final int ENDPOINTS_KEPT = 3;

    /** Whose rows these are: nobody's connection can have this name, since it has a space. */
    private static final String OWNER = "all connections";

    private static final String KIND = "connection";
    private static final String SINCE = "select.since";
    private static final String STATUSES = "select.statuses";
    private static final String BRANCHES = "select.branches";
    private static final String CUSTOMERS = "select.customers";
    private static final int PAGE = 500;
    private static final Duration TOKEN_KNOWN_FOR = Duration.ofMinutes(1);

    private final SyncStore store;
    private final Vault vault;
    private final SecretCipher cipher;
    private final TimeSource time;
    private final RandomGenerator random;
    private final UnaryOperator<ZohoBooks.Builder> zohoSettings;
    private final UnaryOperator<ZohoOAuth.Builder> accountsSettings;
    private final UnaryOperator<HubSpot.Builder> hubSpotSettings;
    private final Function<RegisteredConnection, UnaryOperator<SyncEngine.Builder>> engineSettings;
    private final JsonAdapter<Map<String, String>> bodies =
            new Moshi.Builder().build().adapter(Types.newParameterizedType(Map.class, String.class, String.class));
    private final Map<String, ZohoPacing> zohoPacing = new ConcurrentHashMap<>();
    private final Map<String, HubSpotPacing> hubSpotPacing = new ConcurrentHashMap<>();

    private ConnectionRegistry(Builder builder) {
        store = builder.store;
        cipher = builder.cipher;
        vault = new Vault(store, cipher);
        time = builder.time;
        random = builder.random;
        zohoSettings = builder.zoho;
        accountsSettings = builder.accounts;
        hubSpotSettings = builder.hubSpot;
        engineSettings = builder.engine;
    }

    /**
     * A registry in this store.
     *
     * @throws IllegalArgumentException if the cipher seals nothing
     */
    public static Builder builder(SyncStore store, SecretCipher cipher) {
        if (!cipher.canSeal()) {
            throw new IllegalArgumentException(
                    "a registry keeps credentials, so it needs a cipher that seals, such as TinkCipher");
        }
        return new Builder(store, cipher);
    }

    /** Whether a store holds registered connections, whose credentials need the key that they were sealed with. */
    public static boolean isUsed(SyncStore store) {
        return store.count(Query.of(OWNER, KIND)) > 0;
    }

    /**
     * What a registration has found.
     *
     * @param sameOrganization connections of the same organisation, which share its calls
     * @param sameAccount connections to the same HubSpot account, which share its calls
     */
    public record Registration(
            RegisteredConnection connection, List<String> sameOrganization, List<String> sameAccount) {}

    /**
     * Registers a connection; its credentials are sealed at once, all in one commit.
     *
     * @throws IllegalArgumentException if something is missing, the name is taken, or the organisation is kept in step with this HubSpot
     *     account already
     */
    public Registration register(NewConnection connection) {
        Map<String, String> settings = connection.settings();
        String name = connection.name();
        List<String> sameOrganization = with("organization", String.valueOf(settings.get("organization")), name);
        List<String> sameAccount = with("hubSpotAccount", String.valueOf(settings.get("hubSpotAccount")), name);
        sameOrganization.stream().filter(sameAccount::contains).findFirst().ifPresent(other -> {
            throw new IllegalArgumentException("the organisation " + connection.organizationId
                    + " is kept in step with this HubSpot account by the connection " + other + " already");
        });
        settings.put("registeredAt", time.now().toString());
        settings.put("revision", time.now().toString());
        List<Put> puts = new ArrayList<>();
        puts.add(new Put(row(name, settings), SyncStore.ABSENT));
        connection
                .secrets(SealedTokenStore.TOKENS)
                .forEach((secret, value) -> puts.add(new Put(vault.sealed(name, secret, value), SyncStore.ANY)));
        if (!(store.commit(new Commit(puts, List.of(), null)) instanceof CommitResult.Done)) {
            throw new IllegalArgumentException("there is a connection " + name + " already; disconnect it first, or"
                    + " give this one another name");
        }
        return new Registration(registered(name, settings), sameOrganization, sameAccount);
    }

    private Row row(String name, Map<String, String> settings) {
        Map<String, String> keys = Map.of(
                "organization", settings.getOrDefault("organization", ""),
                "hubSpotAccount", settings.getOrDefault("hubSpotAccount", ""));
        return Row.of(OWNER, KIND, name, name, keys, bodies.toJson(settings));
    }

    private List<String> with(String key, String value, String except) {
        return store.scan(Query.of(OWNER, KIND).where(key, value), null, PAGE).stream()
                .map(Row::id)
                .filter(other -> !other.equals(except))
                .toList();
    }

    /** All connections, by name. One that cannot be read is told in the log and left out. */
    public List<RegisteredConnection> connections() {
        List<RegisteredConnection> all = new ArrayList<>();
        readable().forEach((name, settings) -> all.add(registered(name, settings)));
        return all;
    }

    /** Settings by name; what somebody has damaged is left out, so that the others go on. */
    private Map<String, Map<String, String>> readable() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (Row row : rows()) {
            try {
                all.put(row.id(), settings(row));
            } catch (IllegalStateException e) {
                log.error("{}; it does not run. Disconnect it and connect it again", e.getMessage(), e);
            }
        }
        return all;
    }

    private List<Row> rows() {
        List<Row> all = new ArrayList<>();
        List<Row> page = store.scan(Query.of(OWNER, KIND), null, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = store.scan(Query.of(OWNER, KIND), page.get(page.size() - 1), PAGE);
        }
        return all;
    }

    /** One connection; empty if there is none of this name. */
    public Optional<RegisteredConnection> connection(String name) {
        return row(name).map(row -> registered(name, settings(row)));
    }

    private Optional<Row> row(String name) {
        return store.find(OWNER, KIND, List.of(name)).stream().findFirst();
    }

    private Row needed(String name) {
        return row(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no connection " + name + "; see connections"));
    }

    private Map<String, String> settings(Row row) {
        try {
            Map<String, String> settings = bodies.fromJson(row.body());
            return settings == null ? Map.of() : settings;
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("what is kept of the connection " + row.id() + " cannot be read", e);
        }
    }

    private static RegisteredConnection registered(String name, Map<String, String> settings) {
        return new RegisteredConnection(
                name,
                settings.getOrDefault("organization", ""),
                DataCenter.of(settings.getOrDefault("dataCenter", "us")),
                settings.getOrDefault("hubSpotAccount", ""),
                Boolean.parseBoolean(settings.get("paused")),
                Instant.parse(settings.getOrDefault("registeredAt", Instant.EPOCH.toString())),
                selection(settings));
    }

    private static Selection selection(Map<String, String> settings) {
        String since = settings.getOrDefault(SINCE, "");
        return new Selection(
                since.isEmpty() ? null : LocalDate.parse(since),
                words(settings, STATUSES),
                words(settings, BRANCHES),
                words(settings, CUSTOMERS));
    }

    private static Set<String> words(Map<String, String> settings, String name) {
        String words = settings.getOrDefault(name, "");
        return words.isEmpty() ? Set.of() : Set.of(words.split(" "));
    }

    /** Which records a connection syncs from now on; processes that run it take it up within a minute. */
    public void select(String name, Selection selection) {
        change(name, settings -> {
            settings.put(
                    SINCE, selection.since() == null ? "" : selection.since().toString());
            settings.put(STATUSES, String.join(" ", selection.statuses()));
            settings.put(BRANCHES, String.join(" ", selection.branches()));
            settings.put(CUSTOMERS, String.join(" ", selection.customers()));
            settings.put("revision", time.now().toString());
        });
    }

    /**
     * Ends the grant at Zoho by which a connection reads; to be called before {@link #remove}. A grant that another connection uses too stays.
     *
     * @return whether Zoho has confirmed it; if not, the grant stays until somebody ends it in Zoho's account settings
     */
    public boolean revoke(String name) {
        needed(name);
        Optional<ZohoTokens> tokens = tokens(name);
        if (tokens.isEmpty() || isUsedBesides(name, tokens.get().refreshToken())) {
            return false;
        }
        ZohoOAuth.Builder oauth = accountsSettings
                .apply(ZohoOAuth.builder(ZohoCredentials.client(secret(name, CLIENT_ID), secret(name, CLIENT_SECRET)))
                        .timeSource(time))
                .dataCenter(tokens.get().dataCenter());
        String accounts = endpoints(name).get(0);
        if (!accounts.isEmpty()) {
            oauth.endpoint(accounts);
        }
        try (ZohoOAuth ending = oauth.build()) {
            return ending.revoke(tokens.get());
        }
    }

    /**
     * Makes the webhooks of a connection in Zoho Books, with a secret of their own that is sealed in the store. Those that were there before
     * are replaced.
     *
     * @param url of the receiver, https; connection and event are added to its query
     */
    public WebhookSetup.Installed installWebhooks(String name, String url) {
        needed(name);
        String receiver = WebhookSetup.checked(url);
        String secret = newSecret();
        return withZoho(name, setup -> {
            setup.remove();
            vault.put(name, WEBHOOK_SECRET, secret.getBytes(StandardCharsets.UTF_8), Vault.ANYTHING);
            return setup.install(receiver, secret);
        });
    }

    /** Removes the webhooks of a connection from Zoho Books; answers how many. */
    public int removeWebhooks(String name) {
        needed(name);
        return withZoho(name, WebhookSetup::remove);
    }

    private <T> T withZoho(String name, Function<WebhookSetup, T> work) {
        SyncConnection connection = open(name);
        try {
            return work.apply(WebhookSetup.of(connection.zoho(), name));
        } finally {
            close(connection);
        }
    }

    private String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** For {@link WebhookHandler}: who receives the webhooks of a connection; empty if none were installed. */
    public Optional<WebhookHandler.Receiver> webhooks(String name) {
        return row(name)
                .flatMap(row -> opened(name, WEBHOOK_SECRET)
                        .map(secret -> new WebhookHandler.Receiver(
                                registered(name, settings(row)).organizationId(), WebhookSignature.of(secret))));
    }

    private Optional<ZohoTokens> tokens(String name) {
        return new SealedTokenStore(vault, name).load().map(TokenStore.Stored::tokens);
    }

    private boolean isUsedBesides(String name, String refreshToken) {
        return rows().stream()
                .map(Row::id)
                .filter(other -> !other.equals(name))
                .anyMatch(other -> tokens(other)
                        .filter(tokens -> tokens.refreshToken().equals(refreshToken))
                        .isPresent());
    }

    /**
     * Forgets a connection and its credentials, the key of its audit trail among them. Links and audit trail stay, for when it is
     * registered again.
     *
     * @return whether there was one
     */
    public boolean remove(String name) {
        Optional<Row> row = row(name);
        if (row.isEmpty()) {
            return false;
        }
        List<Delete> deletes = new ArrayList<>(vault.removing(name));
        deletes.add(new Delete(row.get().rowId(), SyncStore.ANY));
        store.commit(new Commit(List.of(), deletes, null));
        return true;
    }

    @Override
    public void setPaused(String name, boolean paused) {
        change(name, settings -> {
            settings.put("paused", String.valueOf(paused));
            if (!paused) {
                settings.put("revision", time.now().toString());
            }
        });
    }

    private void change(String name, Consumer<Map<String, String>> change) {
        CommitResult result;
        do {
            Row row = needed(name);
            Map<String, String> settings = new TreeMap<>(settings(row));
            change.accept(settings);
            result = store.commit(new Commit(List.of(new Put(row(name, settings), row.version())), List.of(), null));
        } while (!(result instanceof CommitResult.Done));
    }

    /**
     * Seals anew what was sealed with an earlier key, of all connections. Runs may go on meanwhile; if it is interrupted, it goes on
     * where it is called again. Only then take the old key away.
     *
     * @return how many secrets were sealed anew
     * @throws SyncException if some could not be opened, when all others are sealed anew: they need the old key
     */
    public int rotateKeys() {
        int sealed = 0;
        List<String> left = new ArrayList<>();
        @Nullable SyncException first = null;
        for (Row row : rows()) {
            try {
                sealed += vault.reseal(row.id());
            } catch (SyncException e) {
                left.add(row.id());
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw new SyncException(
                    first.code(),
                    sealed + " secrets were sealed anew, but not all of " + String.join(", ", left) + ". "
                            + first.getMessage(),
                    "Keep the old key. " + first.next());
        }
        return sealed;
    }

    // For the service

    @Override
    public List<Listed> list() {
        Map<String, Map<String, String>> all = readable();
        Map<String, Long> users = all.values().stream()
                .flatMap(settings -> resources(settings).stream())
                .collect(Collectors.groupingBy(resource -> resource, Collectors.counting()));
        List<Listed> listed = new ArrayList<>();
        all.forEach((name, settings) -> listed.add(new Listed(
                name,
                settings.getOrDefault("revision", ""),
                Boolean.parseBoolean(settings.get("paused")),
                resources(settings).stream()
                        .filter(resource -> users.getOrDefault(resource, 0L) > 1)
                        .toList())));
        return listed;
    }

    private static List<String> resources(Map<String, String> settings) {
        return List.of("organization " + settings.get("organization"), "account " + settings.get("hubSpotAccount"));
    }

    /**
     * Makes the clients of a connection.
     *
     * @throws IllegalArgumentException if there is no such connection
     * @throws SyncException if its credentials cannot be opened
     */
    @Override
    public SyncConnection open(String name) {
        RegisteredConnection connection = registered(name, settings(needed(name)));
        ZohoBooks.Builder zoho = zohoSettings
                .apply(ZohoBooks.builder(ZohoCredentials.client(secret(name, CLIENT_ID), secret(name, CLIENT_SECRET)))
                        .timeSource(time))
                .organization(connection.organizationId())
                .dataCenter(connection.dataCenter())
                .tokenStore(new SealedTokenStore(vault, name))
                .pacing(zohoPacing.computeIfAbsent(connection.organizationId(), id -> ZohoPacing.standard()));
        List<String> endpoints = endpoints(name);
        if (!endpoints.get(0).isEmpty()) {
            zoho.endpoints(endpoints.get(0), endpoints.get(1));
        }
        HubSpot.Builder hubSpot = hubSpotSettings
                .apply(HubSpot.builder(new KnownToken(name)::token)
                        .timeSource(time)
                        .background(true))
                .pacing(hubSpotPacing.computeIfAbsent(connection.hubSpotAccount(), id -> HubSpotPacing.standard()));
        if (!endpoints.get(2).isEmpty()) {
            hubSpot.endpoint(endpoints.get(2));
        }
        return SyncConnection.of(zoho.build(), hubSpot.build())
                .named(name)
                .with(builder -> engineSettings
                        .apply(connection)
                        .apply(builder.cipher(cipher).select(connection.selection())));
    }

    @Override
    public void close(SyncConnection connection) {
        connection.closeClients();
    }

    private List<String> endpoints(String connection) {
        return opened(connection, ENDPOINTS)
                .map(lines -> List.of(lines.split("\n", -1)))
                .orElse(Collections.nCopies(ENDPOINTS_KEPT, ""));
    }

    private Optional<String> opened(String connection, String name) {
        return vault.open(connection, name).map(opened -> new String(opened.secret(), StandardCharsets.UTF_8));
    }

    private String secret(String connection, String name) {
        return opened(connection, name)
                .orElseThrow(() -> new SyncException(
                        "credentials.missing",
                        "The store holds no " + name + " of " + connection + ".",
                        "Disconnect it and connect it again."));
    }

    /** Opened again now and then, so that another token takes effect by itself. */
    private final class KnownToken {
        private final String connection;
        private @Nullable AccessToken token;
        private long until;

        KnownToken(String connection) {
            this.connection = connection;
        }

        synchronized AccessToken token() {
            AccessToken known = token;
            if (known == null || until - time.nanoTime() < 0) {
                known = AccessToken.of(secret(connection, HUBSPOT_TOKEN));
                token = known;
                until = time.nanoTime() + TOKEN_KNOWN_FOR.toNanos();
            }
            return known;
        }
    }

    /** Gives a connection another HubSpot token; processes that run it take it up within a minute. */
    public void replaceHubSpotToken(String name, String token) {
        needed(name);
        vault.put(name, HUBSPOT_TOKEN, token.getBytes(StandardCharsets.UTF_8), Vault.ANYTHING);
        change(name, settings -> settings.put("revision", time.now().toString()));
    }

    /** Collects what a registry is made of. */
    public static final class Builder {
        private final SyncStore store;
        private final SecretCipher cipher;
        private TimeSource time = TimeSource.system();
        private RandomGenerator random = new SecureRandom();
        private UnaryOperator<ZohoBooks.Builder> zoho = builder -> builder;
        private UnaryOperator<ZohoOAuth.Builder> accounts = builder -> builder;
        private UnaryOperator<HubSpot.Builder> hubSpot = builder -> builder;
        private Function<RegisteredConnection, UnaryOperator<SyncEngine.Builder>> engine =
                connection -> builder -> builder;

        private Builder(SyncStore store, SecretCipher cipher) {
            this.store = store;
            this.cipher = cipher;
        }

        public Builder timeSource(TimeSource time) {
            this.time = time;
            return this;
        }

        /** Where secrets of webhooks come from; by default a source that nobody can guess. */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /** Settings of all Zoho clients. With many connections give them one HTTP client: {@code zoho -> zoho.httpClient(http)}. */
        public Builder zohoBooks(UnaryOperator<ZohoBooks.Builder> settings) {
            this.zoho = settings;
            return this;
        }

        /** Settings of what ends grants at Zoho. */
        public Builder zohoAccounts(UnaryOperator<ZohoOAuth.Builder> settings) {
            this.accounts = settings;
            return this;
        }

        /** Settings of all HubSpot clients. */
        public Builder hubSpot(UnaryOperator<HubSpot.Builder> settings) {
            this.hubSpot = settings;
            return this;
        }

        /** Settings of the engine of each connection, such as its mapping. */
        public Builder engine(Function<RegisteredConnection, UnaryOperator<SyncEngine.Builder>> settings) {
            this.engine = settings;
            return this;
        }

        public ConnectionRegistry build() {
            return new ConnectionRegistry(this);
        }
    }
}
