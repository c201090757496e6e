package io.ledgerbridge.rest.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The HTTP client behind a client: bounded bodies, our name, no silent repetitions, no redirections. */
public final class ServiceHttp {

    /** Longer than any page or record; a longer body is refused instead of filling the memory. */
    private static final long LONGEST_BODY = 32L << 20;

    private final OkHttpClient client;
    private final boolean ours;

    private ServiceHttp(OkHttpClient client, boolean ours) {
        this.client = client;
        this.ours = ours;
    }

    /**
     * How to send.
     *
     * @param callers the application's own client, of which a copy is changed; null for one with our defaults
     * @param userAgent of {@link #userAgent}
     */
    public static ServiceHttp of(
            @Nullable OkHttpClient callers,
            @Nullable Duration connectTimeout,
            @Nullable Duration readTimeout,
            String userAgent) {
        OkHttpClient base = callers == null ? Http.newClient() : callers;
        OkHttpClient.Builder builder = Http.tuned(base.newBuilder());
        if (connectTimeout != null) {
            builder.connectTimeout(connectTimeout);
        }
        if (readTimeout != null) {
            builder.readTimeout(readTimeout).writeTimeout(readTimeout);
        }
        builder.interceptors().add(0, new BoundedBodies(LONGEST_BODY));
        builder.interceptors()
                .add(
                        1,
                        chain -> chain.proceed(chain.request()
                                .newBuilder()
                                .header("User-Agent", userAgent)
                                .build()));
        return new ServiceHttp(bounded(builder.build()), callers == null);
    }

    /** An answer that trickles meets no time-out for reading: a call ends when all its time-outs together are over. */
    private static OkHttpClient bounded(OkHttpClient client) {
        List<Integer> parts =
                List.of(client.connectTimeoutMillis(), client.writeTimeoutMillis(), client.readTimeoutMillis());
        return client.callTimeoutMillis() > 0 || parts.contains(0)
                ? client
                : client.newBuilder()
                        .callTimeout(Duration.ofMillis(
                                parts.stream().mapToLong(Integer::longValue).sum()))
                        .build();
    }

    /** The longest that one attempt of a call can take; empty if it has no end. */
    public Optional<Duration> longestAttempt() {
        return client.callTimeoutMillis() > 0
                ? Optional.of(Duration.ofMillis(client.callTimeoutMillis()))
                : Optional.empty();
    }

    public OkHttpClient client() {
        return client;
    }

    /** Closes what is ours: nothing of an application's own client. */
    public void close() {
        if (ours) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    /** Name and version of the artifact of this class, and what the application adds. */
    public static String userAgent(String artifact, Class<?> ofArtifact, String suffix) {
        String version = ofArtifact.getPackage().getImplementationVersion();
        String ours = artifact + "/" + (version == null ? "development" : version);
        return suffix.isEmpty() ? ours : ours + " " + suffix;
    }

    /** The suffix of a user agent, stripped. */
    public static String validSuffix(String suffix) {
        if (!suffix.matches("[\\x20-\\x7e]{0,200}")) {
            throw new IllegalArgumentException(
                    "the user agent's suffix has up to 200 printable ASCII characters, but was '"
                            + suffix.substring(0, Math.min(200, suffix.length())) + "'");
        }
        return suffix.strip();
    }
}
