package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.zohobooks.WebhookEvent.Entity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    private static final String UPSERT = "{\"invoice\":{\"invoice_id\":\"1\"}}";
    private static final String SIGNED = "9e11b3ca10d1f559ececa4f10ef63b98b5b2eea3e95206a1818e3cdb08a77969";

    private final WebhookSignature signature = WebhookSignature.of("exampleSecret2026");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static WebhookEvent parse(String body) {
        return WebhookEvent.parse(bytes(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://app.example/zoho?event=invoice.upsert|{\"invoice\":{\"invoice_id\":\"1\"}}|" + SIGNED,
                "/zoho?subscription_id=90343&name=basic|{\"created_date\":\"2019-03-06\",\"event_id\":\"5675\"}|"
                        + "16c35da3c480c930ee74773b19e5e5a32cb73349f98c0a8ec0c8d1e5e0e5313e"
            })
    void signaturesOfTheReferenceVerify(String url, String body, String signed) {
        assertThat(signature.verifies(url, bytes(body), signed)).isTrue();
    }

    @Test
    void anythingElseDoesNot() {
        String url = "/zoho?event=invoice.upsert";
        assertThat(signature.verifies(url, bytes(UPSERT + " "), SIGNED)).isFalse();
        assertThat(signature.verifies(url + "&x=1", bytes(UPSERT), SIGNED)).isFalse();
        assertThat(signature.verifies(url, bytes(UPSERT), SIGNED.substring(1))).isFalse();
        assertThat(signature.verifies(url, bytes(UPSERT), "")).isFalse();
        assertThat(signature.verifies(url, bytes(UPSERT), null)).isFalse();
        assertThat(signature.verifies("http://[broken", bytes(UPSERT), SIGNED)).isFalse();
        assertThat(WebhookSignature.of("another").verifies(url, bytes(UPSERT), SIGNED))
                .isFalse();
        assertThat(signature.toString()).doesNotContain("exampleSecret2026");
    }

    /** Computed apart from this library over {@code namebasicsubscription_id90343}. */
    @Test
    void fieldsOfAFormCountLikeParameters() {
        String signed = "c677b5d02beb42b749b4e83b312bb7e2dc2543183eac3da09ee657f70f6cb520";

        assertThat(signature.verifiesForm("/zoho?subscription_id=90343", Map.of("name", "basic"), signed))
                .isTrue();
        assertThat(signature.verifiesForm("/zoho?subscription_id=90343", Map.of("name", "premium"), signed))
                .isFalse();
    }

    @Test
    void aRecordComesWithItsNameAroundItOrWithout() {
        WebhookEvent wrapped = parse("""
                {"invoice":{"invoice_id":"5","customer_id":"7","line_items":[{"line_item_id":"6","item_total":983.75}],
                 "last_modified_time":"2026-03-02T10:15:30+0530"},"organization_id":60000000001}""");
        assertThat(wrapped.entity()).isEqualTo(Entity.INVOICE);
        assertThat(wrapped.id()).isEqualTo("5");
        assertThat(wrapped.organizationId()).isEqualTo("60000000001");
        assertThat(wrapped.lastModifiedTime()).contains(Instant.parse("2026-03-02T04:45:30Z"));
        assertThat(wrapped.invoice().lineItems().get(0).itemTotal()).isEqualByComparingTo("983.75");

        WebhookEvent bare = parse("{\"invoice_id\":5,\"customer_id\":7,\"date\":\"2026-09-04T00:00:00.000Z\"}");
        assertThat(bare.entity()).isEqualTo(Entity.INVOICE);
        assertThat(bare.id()).isEqualTo("5");
        assertThat(bare.invoice().date()).isEqualTo("2026-09-04");
    }

    @Test
    void numbersAsIdsKeepTheirDigits() {
        assertThat(parse("{\"contact\":{\"contact_id\":2000000000012345678}}").id())
                .isEqualTo("2000000000012345678");
        assertThat(parse("{\"payment\":{\"payment_id\":2000000000012345678,\"updated_time\":\"2026-03-02T10:15:30Z\"}}")
                        .payment()
                        .paymentId())
                .isEqualTo("2000000000012345678");
    }

    @Test
    void aDeletionTellsItsIdAlone() {
        WebhookEvent deleted = WebhookEvent.parse(Entity.INVOICE, bytes("{\"invoice_id\":\"5\"}"));

        assertThat(deleted.id()).isEqualTo("5");
        assertThat(deleted.lastModifiedTime()).isEmpty();
        assertThat(deleted.organizationId()).isEmpty();
        assertThat(deleted.toString()).isEqualTo("WebhookEvent[INVOICE 5]");
    }

    @Test
    void aPaymentWithoutItsNameIsNotTakenForItsInvoice() {
        assertThat(parse("{\"payment_id\":\"1\",\"customer_id\":\"7\",\"invoices\":[{\"invoice_id\":\"5\"}]}")
                        .entity())
                .isEqualTo(Entity.PAYMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{\"invoice\":{\"invoice_id\":\"1\"",
                "<html>",
                "{\"estimate\":{\"estimate_id\":\"1\"}}",
                "{\"invoice\":\"\"}",
                "{\"invoice\":{\"customer_id\":\"7\"}}",
                "{\"invoice\":{\"invoice_id\":\"5\",\"last_modified_time\":\"yesterday\"}}"
            })
    void aDeliveryThatIsNoneIsToldWithItsBeginning(String body) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(ZohoRequestException.class)
                .hasMessageContaining("The delivery of a webhook cannot be read");
    }

    @Test
    void aRecordOfAnotherKindIsNotHandedOut() {
        assertThatThrownBy(() -> parse(UPSERT).contact())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("INVOICE, not CONTACT");
    }

    @Test
    void eachVersionOfARecordPassesOnce() {
        ReplayGuard guard = ReplayGuard.remembering(2);
        WebhookEvent first = version("1", "2026-03-02T10:15:30+0000");
        WebhookEvent later = version("1", "2026-03-02T10:15:31+0000");

        assertThat(guard.isNew(first)).isTrue();
        assertThat(guard.isNew(first)).isFalse();
        assertThat(guard.isNew(later)).isTrue();
        assertThat(guard.isNew(first)).isFalse();
        assertThat(guard.isNew(version("2", "2026-03-02T10:15:30+0000"))).isTrue();
        assertThat(guard.isNew(version("3", "2026-03-02T10:15:30+0000"))).isTrue();
        guard.forget(version("3", "2026-03-02T10:15:30+0000"));
        assertThat(guard.isNew(version("3", "2026-03-02T10:15:30+0000"))).isTrue();
        // Beyond what it remembers a delivery passes again rather than being lost.
        assertThat(guard.isNew(later)).isTrue();
        assertThat(guard.isNew(WebhookEvent.parse(Entity.INVOICE, bytes("{\"invoice_id\":\"1\"}"))))
                .isTrue();
    }

    /** Which of them is newer, the stamp does not tell. */
    @Test
    void ofTwoEditsWithinASecondBothPassOnce() {
        ReplayGuard guard = ReplayGuard.standard();
        String body =
                "{\"invoice\":{\"invoice_id\":\"1\",\"last_modified_time\":\"2026-03-02T10:15:30+0000\",\"balance\":%s}}";
        WebhookEvent first = parse(body.formatted("7"));
        WebhookEvent second = parse(body.formatted("0"));

        assertThat(guard.isNew(first)).isTrue();
        assertThat(guard.isNew(second)).isTrue();
        assertThat(guard.isNew(first)).isFalse();
        assertThat(guard.isNew(second)).isFalse();
        assertThat(guard.isNew(version("1", "2026-03-02T10:15:29+0000"))).isFalse();
    }

    private static WebhookEvent version(String id, String modified) {
        return parse("{\"invoice\":{\"invoice_id\":\"" + id + "\",\"last_modified_time\":\"" + modified + "\"}}");
    }
}
