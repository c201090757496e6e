package io.ledgerbridge.zohobooks.internal;

import com.squareup.moshi.Json;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.Organization;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The envelopes of lists and details; each resource has names of its own. */
public final class Envelopes {

    private Envelopes() {}

    /** What every answer begins with. */
    public interface Envelope {
        @Nullable
        BigDecimal code();

        String message();
    }

    /** What every list is. */
    public interface ListEnvelope<T> extends Envelope {
        List<T> items();

        @Nullable
        PageContext pageContext();
    }

    public record PageContext(
            @Json(name = "has_more_page") boolean hasMorePage,
            @Json(name = "sort_column") String sortColumn,
            @Json(name = "sort_order") String sortOrder) {}

    public record Failure(@Nullable BigDecimal code, String message) implements Envelope {}

    public record Organizations(@Nullable BigDecimal code, String message, List<Organization> organizations)
            implements Envelope {}

    public record Contacts(
            @Nullable BigDecimal code,
            String message,
            @Json(name = "contacts") List<Contact> items,
            @Json(name = "page_context") @Nullable PageContext pageContext)
            implements ListEnvelope<Contact> {}

    public record ContactDetail(
            @Nullable BigDecimal code,
            String message,
            @Nullable Contact contact) implements Envelope {}

    public record ContactPersons(
            @Nullable BigDecimal code,
            String message,
            @Json(name = "contact_persons") List<ContactPerson> items,
            @Json(name = "page_context") @Nullable PageContext pageContext)
            implements ListEnvelope<ContactPerson> {}

    public record Invoices(
            @Nullable BigDecimal code,
            String message,
            @Json(name = "invoices") List<Invoice> items,
            @Json(name = "page_context") @Nullable PageContext pageContext)
            implements ListEnvelope<Invoice> {}

    public record InvoiceDetail(
            @Nullable BigDecimal code,
            String message,
            @Nullable Invoice invoice) implements Envelope {}

    public record CustomerPayments(
            @Nullable BigDecimal code,
            String message,
            @Json(name = "customerpayments") List<CustomerPayment> items,
            @Json(name = "page_context") @Nullable PageContext pageContext)
            implements ListEnvelope<CustomerPayment> {}

    public record PaymentDetail(
            @Nullable BigDecimal code,
            String message,
            @Nullable CustomerPayment payment) implements Envelope {}
}
