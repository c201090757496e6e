package io.ledgerbridge.zohobooks;

import java.util.EnumMap;
import java.util.Map;

/**
 * The OAuth client as registered with Zoho, with or without a refresh token. {@code toString} shows no secret.
 *
 * @see <a href="https://www.zoho.com/books/api/v3/oauth/">Zoho Books API, OAuth</a>
 */
public final class ZohoCredentials {

    private final String clientId;
    private final String clientSecret;
    private final Map<DataCenter, String> secrets;
    private final String refreshToken;

    private ZohoCredentials(
            String clientId, String clientSecret, Map<DataCenter, String> secrets, String refreshToken) {
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.secrets = secrets;
        this.refreshToken = refreshToken;
    }

    /** A client and a refresh token that its user granted. This token counts, whatever a {@code TokenStore} holds. */
    public static ZohoCredentials refreshToken(String clientId, String clientSecret, String refreshToken) {
        return new ZohoCredentials(
                present("client id", clientId),
                present("client secret", clientSecret),
                Map.of(),
                present("refresh token", refreshToken));
    }

    /** A client alone: its tokens are in a {@code TokenStore}, or come from a {@link ZohoOAuth} flow. */
    public static ZohoCredentials client(String clientId, String clientSecret) {
        return new ZohoCredentials(
                present("client id", clientId), present("client secret", clientSecret), Map.of(), "");
    }

    /** With Multi-DC each data centre may have a secret of its own. */
    public ZohoCredentials withSecretFor(DataCenter dataCenter, String secret) {
        Map<DataCenter, String> more = new EnumMap<>(DataCenter.class);
        more.putAll(secrets);
        more.put(dataCenter, present("client secret for " + dataCenter, secret));
        return new ZohoCredentials(clientId, clientSecret, more, refreshToken);
    }

    public String clientId() {
        return clientId;
    }

    String clientSecret(DataCenter dataCenter) {
        return secrets.getOrDefault(dataCenter, clientSecret);
    }

    String refreshToken() {
        return refreshToken;
    }

    private static String present(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is empty");
        }
        return value.strip();
    }

    @Override
    public String toString() {
        return "ZohoCredentials[" + clientId + "]";
    }
}
