package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.Ledger.Request;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.WebhookEvent;
import io.ledgerbridge.zohobooks.WebhookEvent.Entity;
import io.ledgerbridge.zohobooks.ZohoRequestException;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What webhooks have told, kept until a run takes it up: one row for each record, the latest delivery in it. */
public final class Deliveries {

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    private static final String RECORD = "record";
    private static final String BODY = "body";
    private static final int LARGEST_KEPT = 200_000;
    private static final List<String> NOTHING = List.of();

    private final SyncStore store;
    private final TimeSource time;

    public Deliveries(SyncStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    /**
     * Keeps a delivery.
     *
     * @param isVerified whether what it says of the record can be believed
     */
    public void keep(String connection, WebhookEvent told, boolean isDeletion, boolean isVerified) {
        SourceId record = new SourceId(kind(told.entity()), told.id());
        // What was deleted is asked for; of an invoice the body is enough, unless another delivery waits: which is
        // newer?
        String json = told.record().json();
        boolean isEnough = isVerified
                && !isDeletion
                && told.entity() == Entity.INVOICE
                && json.length() <= LARGEST_KEPT
                && !Ledger.isDelivered(store, connection, record);
        Map<String, List<String>> body = new HashMap<>();
        body.put(RECORD, List.of(record.toString()));
        body.put(BODY, isEnough ? List.of(json) : NOTHING);
        Ledger.deliver(store, connection, record, body, time.now());
    }

    private static Kind kind(Entity entity) {
        return switch (entity) {
            case INVOICE -> Kind.INVOICE;
            case CONTACT -> Kind.CUSTOMER;
            case PAYMENT -> Kind.PAYMENT;
            case CREDIT_NOTE -> Kind.CREDIT_NOTE;
        };
    }

    /** The record that a delivery is about. */
    static SourceId record(Request delivery) {
        return SourceId.parse(delivery.part(RECORD).get(0));
    }

    /** The invoice with its lines that a delivery brought; empty if it has to be asked for. */
    static Optional<Invoice> invoice(Request delivery) {
        if (delivery.part(BODY).isEmpty()) {
            return Optional.empty();
        }
        try {
            Invoice invoice = WebhookEvent.parse(
                            Entity.INVOICE, delivery.part(BODY).get(0).getBytes(StandardCharsets.UTF_8))
                    .invoice();
            boolean isWhole = !invoice.lineItems().isEmpty()
                    && invoice.lastModifiedTime() != null
                    && !invoice.customerId().isEmpty()
                    && !invoice.currencyCode().isEmpty()
                    && invoice.exchangeRate() != null
                    && invoice.total() != null
                    && invoice.balance() != null;
            return isWhole ? Optional.of(invoice) : Optional.empty();
        } catch (ZohoRequestException e) {
            log.debug("A delivery is not used: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
