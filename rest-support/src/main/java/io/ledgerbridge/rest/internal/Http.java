package io.ledgerbridge.rest.internal;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** How Ledgerbridge speaks HTTP. */
public final class Http {

    private static final int UNAVAILABLE = 503;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private Http() {}

    /** A client with our defaults: no silent repetition of calls, since one retrier alone knows what may be repeated. */
    public static OkHttpClient newClient() {
        return tuned(new OkHttpClient.Builder()
                        .socketFactory(new NoDelaySocketFactory())
                        .connectTimeout(Duration.ofSeconds(10))
                        .readTimeout(Duration.ofSeconds(60))
                        .writeTimeout(Duration.ofSeconds(60)))
                .build();
    }

    /**
     * What must hold for a client of the caller's too. OkHttp sends a request again by itself when a 503 asks to retry after
     * 0 seconds, whatever it is told of retries, so it does not get to see that.
     */
    public static OkHttpClient.Builder tuned(OkHttpClient.Builder builder) {
        return builder.retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .addNetworkInterceptor(chain -> {
                    Response response = chain.proceed(chain.request());
                    return response.code() == UNAVAILABLE
                            ? response.newBuilder().removeHeader("Retry-After").build()
                            : response;
                });
    }

    /**
     * The address of a service that may be told a secret: https, or http on the loopback interface.
     *
     * @param setting how the caller knows the address, for the message
     */
    public static HttpUrl secureOrigin(String setting, String address) {
        HttpUrl url = HttpUrl.parse(address);
        if (url == null) {
            throw new IllegalArgumentException(
                    setting + " must be an address such as https://host, but was '" + address + "'");
        }
        if (!url.isHttps() && !isLoopback(url)) {
            throw new IllegalArgumentException(setting
                    + " must be https (http is allowed on the loopback interface only), but was '" + address + "'");
        }
        if (!url.username().isEmpty()
                || url.query() != null
                || !url.encodedPath().equals("/")) {
            throw new IllegalArgumentException(
                    setting + " must be a plain origin without path, query or user, but was '" + url.redact() + "'");
        }
        return url;
    }

    /** The wait a {@code Retry-After} header asks for in seconds; null if it is missing or no number. */
    public static @Nullable Duration retryAfter(@Nullable String header) {
        Integer seconds = count(header);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    /** The whole number a header holds; null if it is missing or none. */
    public static @Nullable Integer count(@Nullable String header) {
        return header != null && header.matches("\\d{1,9}") ? Integer.valueOf(header) : null;
    }

    private static boolean isLoopback(HttpUrl url) {
        return LOOPBACK.contains(url.host().toLowerCase(Locale.ROOT));
    }
}
