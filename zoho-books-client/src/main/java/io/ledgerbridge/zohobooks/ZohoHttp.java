package io.ledgerbridge.zohobooks;

import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.zohobooks.internal.BoundedBodies;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The HTTP client behind a client: bounded bodies, our name, no silent repetitions, no redirections. */
final class ZohoHttp {

    /** Longer than any page or record; a longer body is refused instead of filling the memory. */
    static final long LONGEST_BODY = 32L << 20;

    private final OkHttpClient client;
    private final boolean ours;

    private ZohoHttp(OkHttpClient client, boolean ours) {
        this.client = client;
        this.ours = ours;
    }

    static ZohoHttp of(
            @Nullable OkHttpClient callers,
            @Nullable Duration connectTimeout,
            @Nullable Duration readTimeout,
            String userAgentSuffix) {
        OkHttpClient base = callers == null ? Http.newClient() : callers;
        OkHttpClient.Builder builder = Http.tuned(base.newBuilder());
        if (connectTimeout != null) {
            builder.connectTimeout(connectTimeout);
        }
        if (readTimeout != null) {
            builder.readTimeout(readTimeout).writeTimeout(readTimeout);
        }
        String userAgent = userAgent(userAgentSuffix);
        builder.interceptors().add(0, new BoundedBodies(LONGEST_BODY));
        builder.interceptors()
                .add(
                        1,
                        chain -> chain.proceed(chain.request()
                                .newBuilder()
                                .header("User-Agent", userAgent)
                                .build()));
        return new ZohoHttp(builder.build(), callers == null);
    }

    OkHttpClient client() {
        return client;
    }

    void close() {
        if (ours) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    static String validSuffix(String suffix) {
        if (!suffix.matches("[\\x20-\\x7e]{0,200}")) {
            throw new IllegalArgumentException(
                    "the user agent's suffix has up to 200 printable ASCII characters, but was '"
                            + io.ledgerbridge.zohobooks.internal.LenientJson.beginning(suffix) + "'");
        }
        return suffix.strip();
    }

    private static String userAgent(String suffix) {
        String version = ZohoHttp.class.getPackage().getImplementationVersion();
        String ours = "ledgerbridge-zoho-books-client/" + (version == null ? "development" : version);
        return suffix.isEmpty() ? ours : ours + " " + suffix;
    }
}
