package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    private static final String SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private static final byte[] BODY = "[{\"eventId\":1,\"name\":\"Zoë\"}]".getBytes(StandardCharsets.UTF_8);
    private static final String URL = "https://shop.example/hooks/hubspot?account=24680135";

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T04:45:30Z"));
    private final WebhookSignature signature = WebhookSignature.of(SECRET, time);
    private final String now = String.valueOf(time.now().toEpochMilli());

    /** The rule, written down a second time. */
    private static String signed(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String good() throws Exception {
        return signed("POST" + URL + new String(BODY, StandardCharsets.UTF_8) + now);
    }

    @Test
    void aVectorMadeElsewhereVerifies() {
        // printf '%s' 'POSThttps://shop.example/h{}1772426730000' | openssl dgst -sha256 -hmac secret -binary | base64
        WebhookSignature other = WebhookSignature.of("secret", time);
        assertThat(other.verifies(
                        "POST",
                        "https://shop.example/h",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        VECTOR,
                        "1772426730000"))
                .isTrue();
    }

    private static final String VECTOR = "xdRWF6OSr/umUbeGTLGpWv/jP9VnlNBDY/6qmHVTJGI=";

    @Test
    void theRequestAsItCameVerifiesAndAnyOtherDoesNot() throws Exception {
        assertThat(signature.verifies("POST", URL, BODY, good(), now)).isTrue();
        assertThat(signature.verifies("PUT", URL, BODY, good(), now)).isFalse();
        assertThat(signature.verifies("POST", URL + "0", BODY, good(), now)).isFalse();
        assertThat(signature.verifies("POST", URL, "[]".getBytes(StandardCharsets.UTF_8), good(), now))
                .isFalse();
        assertThat(signature.verifies("POST", URL, BODY, good(), now + "0")).isFalse();
        assertThat(signature.verifies("POST", URL, BODY, good().toLowerCase(java.util.Locale.ROOT), now))
                .isFalse();
        assertThat(WebhookSignature.of("another", time).verifies("POST", URL, BODY, good(), now))
                .isFalse();
    }

    @Test
    void aRequestThatLacksAHeaderOrHasNonsenseInOneDoesNotVerify() throws Exception {
        assertThat(signature.verifies("POST", URL, BODY, null, now)).isFalse();
        assertThat(signature.verifies("POST", URL, BODY, good(), null)).isFalse();
        assertThat(signature.verifies("POST", URL, BODY, "", now)).isFalse();
        for (String nonsense : new String[] {"", "now", "-1", "99999999999999999999", "1e3"}) {
            assertThat(signature.verifies("POST", URL, BODY, good(), nonsense)).isFalse();
        }
    }

    @Test
    void fiveMinutesAreTheLongest() throws Exception {
        String signed = good();
        time.sleep(Duration.ofMinutes(5));
        assertThat(signature.verifies("POST", URL, BODY, signed, now)).isTrue();
        time.sleep(Duration.ofMillis(1));
        assertThat(signature.verifies("POST", URL, BODY, signed, now)).isFalse();
        time.jump(Duration.ofMinutes(-10).minusMillis(1));
        assertThat(signature.verifies("POST", URL, BODY, signed, now)).isTrue();
        time.jump(Duration.ofMillis(-1));
        assertThat(signature.verifies("POST", URL, BODY, signed, now)).isFalse();
    }

    @Test
    void charactersThatHubSpotSignsDecodedAreDecoded() throws Exception {
        String travelled = "https://shop.example/a%2fb%3A%40%21%24%27%28%29%2A%2C%3B%3F?x=%26%20%zz%2";
        String signedUrl = "https://shop.example/a/b:@!$'()*,;??x=%26%20%zz%2";
        assertThat(signature.verifies("GET", travelled, new byte[0], signed("GET" + signedUrl + now), now))
                .isTrue();
    }

    @Test
    void theSecretIsNotShown() {
        assertThat(signature.toString()).doesNotContain(SECRET);
        assertThatThrownBy(() -> WebhookSignature.of(" ")).hasMessageContaining("empty");
    }
}
