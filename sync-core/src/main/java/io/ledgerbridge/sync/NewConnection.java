package io.ledgerbridge.sync;

import io.ledgerbridge.zohobooks.ZohoTokens;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is needed to register a connection, its secrets among it. {@code toString} shows none of them.
 *
 * <pre>{@code
 * registry.register(NewConnection.of("60012345678")
 *     .zoho(clientId, clientSecret, ZohoTokens.of(refreshToken, DataCenter.EU))
 *     .hubSpot("12345678", token));
 * }</pre>
 */
public final class NewConnection {

    final String organizationId;
    private String name;
    private String clientId = "";
    private String clientSecret = "";
    private @Nullable ZohoTokens tokens;
    private String hubSpotAccount = "";
    private String hubSpotToken = "";
    private String zohoAccountsUrl = "";
    private String zohoApiUrl = "";
    private String hubSpotUrl = "";

    private NewConnection(String organizationId) {
        this.organizationId = organizationId;
        this.name = "zoho-" + organizationId;
    }

    /** Of an organisation of Zoho Books, named {@code zoho-} and its id. */
    public static NewConnection of(String organizationId) {
        if (!organizationId.matches("[A-Za-z0-9]{1,60}")) {
            throw new IllegalArgumentException(
                    "the id of an organisation has digits, such as 60012345678, but was '" + organizationId + "'");
        }
        return new NewConnection(organizationId);
    }

    /** Another name; see {@link SyncEngine.Builder#connection}. */
    public NewConnection named(String newName) {
        this.name = SyncEngine.validName(newName);
        return this;
    }

    /**
     * What reads Zoho Books.
     *
     * @param grant what {@code ZohoOAuth} has given, or {@link ZohoTokens#of} a refresh token
     */
    public NewConnection zoho(String client, String secret, ZohoTokens grant) {
        this.clientId = client;
        this.clientSecret = secret;
        this.tokens = grant;
        return this;
    }

    /**
     * What writes HubSpot.
     *
     * @param accountId of the account, as {@code hubspot.account().get().portalId()} tells it
     * @param token access token or service key
     */
    public NewConnection hubSpot(String accountId, String token) {
        this.hubSpotAccount = accountId;
        this.hubSpotToken = token;
        return this;
    }

    /** Other addresses than Zoho's, for tests and proxies. */
    public NewConnection zohoEndpoints(String accountsUrl, String apiUrl) {
        this.zohoAccountsUrl = accountsUrl;
        this.zohoApiUrl = apiUrl;
        return this;
    }

    /** Another address than HubSpot's, for tests and proxies. */
    public NewConnection hubSpotEndpoint(String url) {
        this.hubSpotUrl = url;
        return this;
    }

    String name() {
        return name;
    }

    /** What is kept in clear. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("organization", organizationId);
        settings.put("dataCenter", grant().dataCenter().location());
        settings.put("hubSpotAccount", hubSpotAccount);
        return settings;
    }

    /** What is kept sealed, by its name there. */
    Map<String, byte[]> secrets(String tokensName) {
        Map<String, byte[]> secrets = new TreeMap<>();
        secrets.put(tokensName, bytes(grant().toJson()));
        secrets.put(ConnectionRegistry.CLIENT_ID, bytes(clientId));
        secrets.put(ConnectionRegistry.CLIENT_SECRET, bytes(clientSecret));
        secrets.put(ConnectionRegistry.HUBSPOT_TOKEN, bytes(hubSpotToken));
        if (!(zohoAccountsUrl + zohoApiUrl + hubSpotUrl).isEmpty()) {
            // Sealed too: whoever writes the database must not be able to say where tokens go.
            secrets.put(
                    ConnectionRegistry.ENDPOINTS, bytes(String.join("\n", zohoAccountsUrl, zohoApiUrl, hubSpotUrl)));
        }
        return secrets;
    }

    private ZohoTokens grant() {
        if (tokens == null || clientId.isBlank() || clientSecret.isBlank()) {
            throw new IllegalArgumentException("the connection " + name + " lacks what reads Zoho Books: zoho(...)");
        }
        if (hubSpotAccount.isBlank() || hubSpotToken.isBlank()) {
            throw new IllegalArgumentException("the connection " + name + " lacks what writes HubSpot: hubSpot(...)");
        }
        return tokens;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "NewConnection[" + name + "]";
    }
}
