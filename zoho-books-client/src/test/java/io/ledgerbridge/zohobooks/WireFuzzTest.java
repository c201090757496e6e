package io.ledgerbridge.zohobooks;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.squareup.moshi.JsonDataException;
import io.ledgerbridge.zohobooks.internal.LenientJson;
import io.ledgerbridge.zohobooks.internal.WireConverter;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.io.IOException;
import okhttp3.ResponseBody;

/**
 * Any bytes at all. With {@code JAZZER_FUZZ=1} and {@code -Djazzer.hooks=true} it searches, one test at a time; otherwise it
 * repeats the inputs that stand among the resources.
 */
class WireFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void invoices(byte[] bytes) {
        try {
            WireConverter.read(
                    ResponseBody.create(bytes, null), LenientJson.moshi().adapter(Invoice.class)::fromJson);
        } catch (IOException | JsonDataException told) {
            // These two are what the client turns into its own exceptions.
        }
    }

    @FuzzTest(maxDuration = "2m")
    void deliveries(byte[] bytes) {
        try {
            WebhookEvent event = WebhookEvent.parse(bytes);
            if (event.entity() == WebhookEvent.Entity.INVOICE) {
                event.invoice();
            }
        } catch (ZohoBooksException told) {
            // A delivery is read, or told.
        }
    }
}
