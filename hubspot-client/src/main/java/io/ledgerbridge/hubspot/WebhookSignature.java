package io.ledgerbridge.hubspot;

import io.ledgerbridge.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a request comes from HubSpot: signature version 3, an HMAC-SHA256 with the app's client secret over method,
 * address, body and time. Requests older than five minutes are refused, so that a copy cannot be sent again later.
 * {@code toString} shows no secret. Safe for concurrent use.
 *
 * @see <a href="https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation">
 *     Validating requests</a>
 */
public final class WebhookSignature {

    /** The header that carries the signature. */
    public static final String HEADER = "X-HubSpot-Signature-v3";

    /** The header that carries the time, in milliseconds since 1970. */
    public static final String TIMESTAMP_HEADER = "X-HubSpot-Request-Timestamp";

    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final String ALGORITHM = "HmacSHA256";

    /** What HubSpot signs as it is although it travels encoded. */
    private static final Map<String, String> DECODED = Map.ofEntries(
            Map.entry("%3A", ":"),
            Map.entry("%2F", "/"),
            Map.entry("%3F", "?"),
            Map.entry("%40", "@"),
            Map.entry("%21", "!"),
            Map.entry("%24", "$"),
            Map.entry("%27", "'"),
            Map.entry("%28", "("),
            Map.entry("%29", ")"),
            Map.entry("%2A", "*"),
            Map.entry("%2C", ","),
            Map.entry("%3B", ";"));

    private final byte[] secret;
    private final TimeSource time;

    private WebhookSignature(byte[] secret, TimeSource time) {
        this.secret = secret;
        this.time = time;
    }

    /** Verifies with the client secret of the app. */
    public static WebhookSignature of(String clientSecret) {
        return of(clientSecret, TimeSource.system());
    }

    /** The same with another clock. */
    public static WebhookSignature of(String clientSecret, TimeSource time) {
        if (clientSecret.isBlank()) {
            throw new IllegalArgumentException("the client secret of the HubSpot app is empty");
        }
        return new WebhookSignature(clientSecret.getBytes(StandardCharsets.UTF_8), time);
    }

    /**
     * Whether the request is HubSpot's and not older than five minutes; never throws.
     *
     * @param method such as {@code POST}
     * @param url in full as HubSpot called it, with its query; behind a proxy, the public one
     * @param body exactly as it was received
     * @param signature of {@link #HEADER}; null if there is none, which verifies nothing
     * @param timestamp of {@link #TIMESTAMP_HEADER}
     */
    public boolean verifies(
            String method, String url, byte[] body, @Nullable String signature, @Nullable String timestamp) {
        if (signature == null || timestamp == null || !isRecent(timestamp.strip())) {
            return false;
        }
        byte[] expected = sign(method, url, body, timestamp.strip());
        return MessageDigest.isEqual(expected, signature.strip().getBytes(StandardCharsets.UTF_8));
    }

    /** A time that lies ahead counts as long as clocks may differ. */
    private boolean isRecent(String timestamp) {
        if (!timestamp.matches("\\d{1,15}")) {
            return false;
        }
        long age = time.now().toEpochMilli() - Long.parseLong(timestamp);
        return Math.abs(age) <= OLDEST.toMillis();
    }

    private byte[] sign(String method, String url, byte[] body, String timestamp) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update((method + decoded(url)).getBytes(StandardCharsets.UTF_8));
            mac.update(body);
            mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encode(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static String decoded(String url) {
        StringBuilder decoded = new StringBuilder(url.length());
        int i = 0;
        while (i < url.length()) {
            String plain = url.charAt(i) == '%' && i + 3 <= url.length()
                    ? DECODED.get(url.substring(i, i + 3).toUpperCase(Locale.ROOT))
                    : null;
            decoded.append(plain == null ? url.substring(i, i + 1) : plain);
            i += plain == null ? 1 : 3;
        }
        return decoded.toString();
    }

    @Override
    public String toString() {
        return "WebhookSignature";
    }
}
