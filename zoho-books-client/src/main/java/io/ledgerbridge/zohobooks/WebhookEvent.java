package io.ledgerbridge.zohobooks;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import io.ledgerbridge.zohobooks.ZohoBooksException.Failure;
import io.ledgerbridge.zohobooks.internal.LenientJson;
import io.ledgerbridge.zohobooks.internal.UnreadableRecordException;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a delivery of a webhook is about. The body tells neither what happened nor in which order, only the record, with or
 * without its name around it; after a deletion little more than the id. So put a mark for the event into the address of
 * the webhook, and take the record as a hint unless the {@link WebhookSignature} verifies.
 *
 * @param entity the kind of record
 * @param id of the record
 * @param lastModifiedTime empty where the delivery does not tell, as after a deletion
 * @param organizationId empty where the delivery does not tell
 * @param record as it was sent
 */
public record WebhookEvent(
        Entity entity, String id, Optional<Instant> lastModifiedTime, String organizationId, RawJson record) {

    /** Kinds of records, by the names that deliveries wrap them in. */
    public enum Entity {
        INVOICE("invoice", "invoice_id"),
        CONTACT("contact", "contact_id"),
        PAYMENT("payment", "payment_id"),
        CREDIT_NOTE("creditnote", "creditnote_id");

        private final String wrapper;
        private final String idName;

        Entity(String wrapper, String idName) {
            this.wrapper = wrapper;
            this.idName = idName;
        }
    }

    /** Names under which a record tells when it was modified. */
    private static final List<String> MODIFIED = List.of("last_modified_time", "updated_time");

    /**
     * Reads a delivery whose kind its wrapper or its id tells.
     *
     * @throws ZohoRequestException if it is no JSON, or about no record that is known here
     */
    public static WebhookEvent parse(byte[] body) {
        RawJson json = object(body);
        for (Entity entity : Entity.values()) {
            Optional<RawJson> wrapped = json.object(entity.wrapper);
            if (wrapped.isPresent()) {
                return event(entity, wrapped.get(), json);
            }
        }
        // An invoice names its customer, a payment its invoices: the own id is the one that comes without a wrapper.
        for (Entity entity : List.of(Entity.PAYMENT, Entity.CREDIT_NOTE, Entity.INVOICE, Entity.CONTACT)) {
            if (json.text(entity.idName).isPresent()) {
                return event(entity, json, json);
            }
        }
        throw unknown(json.json(), "it is about none of invoice, contact, payment and creditnote");
    }

    /** Reads a delivery to an address that says its kind. */
    public static WebhookEvent parse(Entity entity, byte[] body) {
        RawJson json = object(body);
        return event(entity, json.object(entity.wrapper).orElse(json), json);
    }

    /**
     * The record of a delivery about an invoice.
     *
     * @throws ZohoRequestException if a value cannot be what it should be
     */
    public Invoice invoice() {
        return as(Entity.INVOICE, Invoice.class);
    }

    public Contact contact() {
        return as(Entity.CONTACT, Contact.class);
    }

    public CustomerPayment payment() {
        return as(Entity.PAYMENT, CustomerPayment.class);
    }

    public CreditNote creditNote() {
        return as(Entity.CREDIT_NOTE, CreditNote.class);
    }

    private <T> T as(Entity expected, Class<T> type) {
        if (entity != expected) {
            throw new IllegalStateException(
                    "this delivery is about a record of the kind " + entity + ", not " + expected);
        }
        JsonAdapter<T> adapter = LenientJson.moshi().adapter(type);
        try {
            T read = adapter.fromJson(record.reader());
            if (read == null) {
                throw unknown(record.json(), "it holds no record");
            }
            return read;
        } catch (JsonDataException | UnreadableRecordException e) {
            throw new ZohoRequestException(
                    "The delivery about " + entity + " " + id + " cannot be read because of an " + e.getMessage() + ".",
                    Failure.NOT_SENT.because(e));
        } catch (IOException e) {
            throw new UncheckedIOException("this JSON was read before", e);
        }
    }

    private static WebhookEvent event(Entity entity, RawJson record, RawJson whole) {
        try {
            String id =
                    record.text(entity.idName).orElseThrow(() -> unknown(whole.json(), "it lacks " + entity.idName));
            Optional<Instant> modified = MODIFIED.stream()
                    .flatMap(name -> record.stamp(name).stream())
                    .map(stamp -> stamp.toInstant())
                    .findFirst();
            return new WebhookEvent(
                    entity, id, modified, whole.text("organization_id").orElse(""), record);
        } catch (JsonDataException e) {
            throw unknown(whole.json(), "it holds an " + e.getMessage());
        }
    }

    /** The whole text is read once here, so that later readings meet no broken JSON. */
    private static RawJson object(byte[] body) {
        RawJson json = RawJson.ofUtf8(body.clone());
        try {
            RawJson whole = LenientJson.moshi().adapter(RawJson.class).fromJson(json.reader());
            if (whole == null) {
                throw unknown(json.json(), "it is no JSON object");
            }
            try (var reader = whole.reader()) {
                reader.skipValue();
            }
            return whole;
        } catch (IOException | JsonDataException e) {
            throw unknown(new String(body, StandardCharsets.UTF_8), "it is no JSON object");
        }
    }

    private static ZohoRequestException unknown(String body, String why) {
        return new ZohoRequestException(
                "The delivery of a webhook cannot be read: " + why + "; it begins with '" + LenientJson.beginning(body)
                        + "'.",
                Failure.NOT_SENT);
    }

    @Override
    public String toString() {
        return "WebhookEvent[" + entity + " " + id
                + lastModifiedTime.map(at -> " of " + at).orElse("") + "]";
    }
}
