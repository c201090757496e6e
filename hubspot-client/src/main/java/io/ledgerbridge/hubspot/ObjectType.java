package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.Crm.Company;
import io.ledgerbridge.hubspot.Crm.Contact;
import io.ledgerbridge.hubspot.Crm.DataSyncState;
import io.ledgerbridge.hubspot.Crm.Deal;
import io.ledgerbridge.hubspot.Crm.Discount;
import io.ledgerbridge.hubspot.Crm.Fee;
import io.ledgerbridge.hubspot.Crm.Invoice;
import io.ledgerbridge.hubspot.Crm.LineItem;
import io.ledgerbridge.hubspot.Crm.Note;
import io.ledgerbridge.hubspot.Crm.Order;
import io.ledgerbridge.hubspot.Crm.Payment;
import io.ledgerbridge.hubspot.Crm.PaymentLink;
import io.ledgerbridge.hubspot.Crm.Product;
import io.ledgerbridge.hubspot.Crm.Quote;
import io.ledgerbridge.hubspot.Crm.Subscription;
import io.ledgerbridge.hubspot.Crm.Tax;
import io.ledgerbridge.hubspot.Crm.Ticket;

/**
 * A type of CRM object. Two are the same if their id is.
 *
 * @param <T> the mark of its records
 * @see <a href="https://developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis">Object type ids</a>
 */
public final class ObjectType<T extends Crm> {

    public static final ObjectType<Company> COMPANIES = standard("companies", "0-2", "crm.objects.companies");
    public static final ObjectType<Contact> CONTACTS = standard("contacts", "0-1", "crm.objects.contacts");
    public static final ObjectType<Deal> DEALS = standard("deals", "0-3", "crm.objects.deals");
    public static final ObjectType<Product> PRODUCTS = standard("products", "0-7", "crm.objects.products");
    public static final ObjectType<LineItem> LINE_ITEMS = standard("line_items", "0-8", "crm.objects.line_items");
    public static final ObjectType<Invoice> INVOICES = standard("invoices", "0-53", "crm.objects.invoices");
    public static final ObjectType<Payment> PAYMENTS =
            standard("commerce_payments", "0-101", "crm.objects.commercepayments");

    public static final ObjectType<Quote> QUOTES = standard("quotes", "0-14", "");
    public static final ObjectType<Order> ORDERS = standard("orders", "0-123", "");
    public static final ObjectType<Subscription> SUBSCRIPTIONS = standard("subscriptions", "0-69", "");
    public static final ObjectType<Discount> DISCOUNTS = of("0-84");
    public static final ObjectType<Fee> FEES = of("0-85");
    public static final ObjectType<Tax> TAXES = of("0-86");
    public static final ObjectType<Ticket> TICKETS = standard("tickets", "0-5", "");
    public static final ObjectType<Note> NOTES = of("0-46");

    /** HubSpot documents its association types and no path: it can only be associated when a record is created. */
    public static final ObjectType<PaymentLink> PAYMENT_LINKS = withoutPath("payment links");

    /** HubSpot documents its association types and no path. */
    public static final ObjectType<DataSyncState> DATA_SYNC_STATES = withoutPath("data sync states");

    private final String slug;
    private final String id;
    private final String scope;
    private final boolean hasPath;

    private ObjectType(String slug, String id, String scope, boolean hasPath) {
        this.slug = slug;
        this.id = id;
        this.scope = scope;
        this.hasPath = hasPath;
    }

    /**
     * Any type, by its id or name in paths.
     *
     * @param slugOrId such as {@code 2-3465} or {@code p24680135_cars} for a custom object, {@code carts} or {@code 0-142}
     *     for one of HubSpot's
     */
    public static <T extends Crm> ObjectType<T> of(String slugOrId) {
        if (!slugOrId.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException(
                    "an object type is named like 'companies' or '2-3465', but was '" + slugOrId + "'");
        }
        boolean custom = slugOrId.startsWith("2-") || slugOrId.matches("p\\d+_.*");
        return new ObjectType<>(slugOrId, slugOrId, custom ? "crm.objects.custom" : "", true);
    }

    private static <T extends Crm> ObjectType<T> standard(String slug, String id, String scope) {
        return new ObjectType<>(slug, id, scope, true);
    }

    private static <T extends Crm> ObjectType<T> withoutPath(String name) {
        return new ObjectType<>(name, name, "", false);
    }

    /** As paths name it, such as {@code line_items}. */
    public String slug() {
        return slug;
    }

    /** As other places name it, such as {@code 0-8}. */
    public String id() {
        return id;
    }

    /** The scope that reading needs; empty if it is not known here. */
    public String readScope() {
        return scope.isEmpty() ? "" : scope + ".read";
    }

    /** The scope that writing needs; empty if it is not known here. */
    public String writeScope() {
        return scope.isEmpty() ? "" : scope + ".write";
    }

    /** The scope that creating properties needs; line items and products have none but the old {@code e-commerce}. */
    public String schemaScope() {
        return equals(LINE_ITEMS) || equals(PRODUCTS)
                ? "e-commerce"
                : writeScope().replace("objects", "schemas");
    }

    /** A record of this type. */
    public RecordId<T> record(String recordId) {
        return new RecordId<>(this, recordId);
    }

    String path() {
        if (!hasPath) {
            throw new IllegalArgumentException("HubSpot does not document how " + slug + " are named in paths; they can"
                    + " only be associated when a record is created");
        }
        return slug;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectType<?> type && id.equals(type.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return slug;
    }
}
