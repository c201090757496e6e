package io.ledgerbridge.zohobooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a webhook's delivery comes from Zoho. The rule is documented for Zoho Billing: HMAC-SHA256 over the sorted
 * parameters, name and value without separators, and the body. Zoho signs only webhooks that have a secret; begin by
 * logging what does not verify, since proxies may add parameters. {@code toString} shows no secret.
 *
 * @see <a href="https://www.zoho.com/billing/kb/webhooks/securing-webhooks.html">Zoho Billing, securing webhooks</a>
 */
public final class WebhookSignature {

    /** The header that carries the signature. */
    public static final String HEADER = "X-Zoho-Webhook-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    private WebhookSignature(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Verifies with this secret.
     *
     * @param secret of the webhook, 12 to 50 letters and digits
     */
    public static WebhookSignature of(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the secret of the webhook is empty");
        }
        return new WebhookSignature(secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether the signature is that of a JSON delivery; never throws.
     *
     * @param url as it was called, with its query
     * @param body exactly as it was received
     * @param signature of the header; null or empty if there is none, which verifies nothing
     */
    public boolean verifies(String url, byte[] body, @Nullable String signature) {
        return verifies(url, Map.of(), body, signature);
    }

    /** The same for a delivery as a form, whose fields count like parameters and whose body does not. */
    public boolean verifiesForm(String url, Map<String, String> fields, @Nullable String signature) {
        return verifies(url, fields, new byte[0], signature);
    }

    private boolean verifies(String url, Map<String, String> fields, byte[] body, @Nullable String signature) {
        HttpUrl parsed = HttpUrl.get("https://receiver.invalid/").resolve(url);
        if (parsed == null || signature == null || signature.isEmpty()) {
            return false;
        }
        byte[] expected = sign(parsed, fields, body).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, signature.strip().getBytes(StandardCharsets.UTF_8));
    }

    private String sign(HttpUrl url, Map<String, String> fields, byte[] body) {
        Map<String, String> sorted = new TreeMap<>(fields);
        for (int i = 0; i < url.querySize(); i++) {
            String value = url.queryParameterValue(i);
            sorted.put(url.queryParameterName(i), value == null ? "" : value);
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            sorted.forEach((name, value) -> mac.update((name + value).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSignature";
    }
}
