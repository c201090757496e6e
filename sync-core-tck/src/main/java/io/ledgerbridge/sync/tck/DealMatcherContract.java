package io.ledgerbridge.sync.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.spi.DealMatcher;
import io.ledgerbridge.zohobooks.WebhookEvent;
import io.ledgerbridge.zohobooks.WebhookEvent.Entity;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DealMatcher} that matches something has to do. */
public abstract class DealMatcherContract {

    private static final String DEAL = "9876543210";
    private static final String OTHER = "9876543211";
    private static final int THREADS = 8;

    private static final String ROW =
            "\"invoice_id\":\"46000000012345\",\"invoice_number\":\"INV-1\",\"customer_id\":\"46000000000001\","
                    + "\"customer_name\":\"Harbor Tools Ltd\",\"status\":\"sent\",\"date\":\"2026-03-02\",\"total\":120.5,\"balance\":120.5,"
                    + "\"currency_code\":\"USD\"";
    private static final String DETAIL =
            ",\"line_items\":[{\"line_item_id\":\"46000000099001\",\"name\":\"Seat\",\"quantity\":1,"
                    + "\"rate\":120.5,\"item_total\":120.5}],\"notes\":\"Thank you\"";

    private DealMatcher matcher;

    /** The matcher, as an application sets it up. */
    protected abstract DealMatcher newMatcher();

    /** Members of the JSON of an invoice that belongs to this deal, such as {@code "cf_deal":"123"}. */
    protected abstract String membersOf(String deal);

    @BeforeEach
    void begin() {
        matcher = newMatcher();
    }

    private static Invoice invoice(String members) {
        return WebhookEvent.parse(Entity.INVOICE, ("{\"invoice\":{" + members + "}}").getBytes(StandardCharsets.UTF_8))
                .invoice();
    }

    @Test
    void anInvoiceBelongsToItsDeal() {
        assertThat(matcher.dealOf(invoice(ROW + "," + membersOf(DEAL)))).contains(DEAL);
        assertThat(matcher.dealOf(invoice(ROW + "," + membersOf(OTHER)))).contains(OTHER);
    }

    /** Else the deal would change with each of them. */
    @Test
    void rowAndDetailTellTheSame() {
        assertThat(matcher.dealOf(invoice(ROW + DETAIL + "," + membersOf(DEAL))))
                .contains(DEAL);
    }

    @Test
    void anInvoiceThatTellsNothingBelongsToNone() {
        assertThat(matcher.dealOf(invoice(ROW))).isEmpty();
        assertThat(matcher.dealOf(invoice(ROW + DETAIL))).isEmpty();
    }

    @Test
    void whatCannotBeADealIsNone() {
        assertThat(matcher.dealOf(invoice(ROW + "," + membersOf("")))).isEmpty();
        assertThat(matcher.dealOf(invoice(ROW + "," + membersOf("not a deal")))).isEmpty();
    }

    @Test
    void itAnswersTheSameAgainAndAtOnce() {
        Invoice asked = invoice(ROW + "," + membersOf(DEAL));
        CompletableFuture<?>[] all = IntStream.range(0, THREADS)
                .mapToObj(thread -> CompletableFuture.supplyAsync(() -> matcher.dealOf(asked))
                        .thenAccept(deal -> assertThat(deal).isEqualTo(Optional.of(DEAL))))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
    }
}
