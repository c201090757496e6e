package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.TokenSource;

/** The right to read an organisation: an OAuth client and a refresh token. {@code toString} shows no secret. */
public final class ZohoCredentials {

    private final TokenSource.Grant grant;

    private ZohoCredentials(TokenSource.Grant grant) {
        this.grant = grant;
    }

    /** The client as registered with Zoho, and a refresh token that its user granted. */
    public static ZohoCredentials refreshToken(String clientId, String clientSecret, String refreshToken) {
        return new ZohoCredentials(new TokenSource.Grant(
                present("client id", clientId),
                present("client secret", clientSecret),
                present("refresh token", refreshToken)));
    }

    TokenSource.Grant grant() {
        return grant;
    }

    private static String present(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is empty");
        }
        return value.strip();
    }

    @Override
    public String toString() {
        return "ZohoCredentials[" + grant.clientId() + "]";
    }
}
