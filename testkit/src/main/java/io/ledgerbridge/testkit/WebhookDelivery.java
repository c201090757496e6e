package io.ledgerbridge.testkit;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Zoho posts when a webhook fires (reference 5.2 and 5.3).
 *
 * @param path of the webhook's address, with its query
 * @param headers with the signature, if the webhook has a secret
 */
public record WebhookDelivery(String path, Map<String, List<String>> headers, byte[] body) {

    static WebhookDelivery of(String url, String secret, byte[] body) {
        URI address = URI.create(url);
        String query = address.getRawQuery() == null ? "" : address.getRawQuery();
        String path = address.getRawPath() + (query.isEmpty() ? "" : "?" + query);
        return secret.isEmpty()
                ? new WebhookDelivery(path, Map.of(), body)
                : new WebhookDelivery(
                        path, Map.of("x-zoho-webhook-signature", List.of(signature(query, secret, body))), body);
    }

    private static String signature(String query, String secret, byte[] body) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            StringBuilder signed = new StringBuilder();
            parameters.forEach((name, value) -> signed.append(name).append(value));
            mac.update(signed.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
