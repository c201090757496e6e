package io.ledgerbridge.hubspot;

/** A private-app token, service key or OAuth access token. {@code toString} does not show it. */
public final class AccessToken {

    private final String value;

    private AccessToken(String value) {
        this.value = value;
    }

    public static AccessToken of(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the HubSpot access token is empty");
        }
        return new AccessToken(value.strip());
    }

    /** The only place that reads it. */
    String header() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
