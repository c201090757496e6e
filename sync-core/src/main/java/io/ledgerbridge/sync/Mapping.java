package io.ledgerbridge.sync;

import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.hubspot.Properties;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.sync.internal.BooksProperties;
import io.ledgerbridge.sync.internal.Kind;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.LineItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which values HubSpot gets, and who owns them. The defaults stand in {@code docs/mapping.md}; single fields can be added,
 * replaced, left out, or given to the users of HubSpot. Immutable.
 *
 * <pre>{@code
 * Mapping mapping = Mapping.defaults()
 *     .with(Field.company(Property.text("vat_number"), customer -> customer.customFields().text("cf_vat").orElse("")))
 *     .with(Field.invoice(Invoices.COMMENTS, Invoice::salespersonName).owner(Owner.ON_CREATE))
 *     .owned(ObjectType.COMPANIES, Companies.PHONE, Owner.FILL_WHEN_EMPTY)
 *     .without(ObjectType.CONTACTS, Contacts.JOB_TITLE);
 * }</pre>
 *
 * <p>The properties of added fields must exist in HubSpot; a run says so if one does not. Amounts, keys, statuses and
 * everything that begins with {@code zoho_books} cannot be changed: the engine needs them as they are.
 */
public final class Mapping {

    /** Who decides on a value that both sides may change. */
    public enum Owner {
        /** Zoho Books: a change there is written, whatever HubSpot has. */
        SOURCE,
        /** Whoever filled it first: a value of Zoho Books is written only where HubSpot has none. */
        FILL_WHEN_EMPTY,
        /** HubSpot, once the record is there: the value is written when it is made, and never again. */
        ON_CREATE
    }

    /**
     * Definitions of the properties that a sync makes on companies, contacts, invoices, line items, payments and deals, most important
     * first: where an account has no room for all, the last are left out, and the report names them. Other types have none.
     */
    public static List<PropertyDefinition> provisioned(ObjectType<?> type) {
        if (type.equals(ObjectType.DEALS)) {
            return BooksProperties.of(Kind.DEAL);
        }
        return Kind.mirrored().stream()
                .filter(kind -> kind.target().equals(type))
                .findFirst()
                .map(BooksProperties::of)
                .orElse(List.of());
    }

    /**
     * Where the value of one property comes from.
     *
     * @param <S> the record of Zoho Books; rows of lists lack what only details have
     */
    public static final class Field<S> {
        private final ObjectType<?> type;
        private final String property;
        private final Function<S, String> encoded;
        private final Owner owner;

        private Field(ObjectType<?> type, String property, Function<S, String> encoded, Owner owner) {
            this.type = type;
            this.property = property;
            this.encoded = encoded;
            this.owner = owner;
        }

        private static <S, T> Field<S> of(
                ObjectType<?> type, Property<T> property, Function<S, ? extends @Nullable T> value) {
            return new Field<>(
                    type,
                    property.name(),
                    source -> {
                        T given = value.apply(source);
                        return given == null
                                ? ""
                                : Properties.of(property, given).encoded().getOrDefault(property.name(), "");
                    },
                    Owner.SOURCE);
        }

        /** A property of companies, from what rows of customers have: addresses are not among it. Null means no value. */
        public static <T> Field<Contact> company(Property<T> property, Function<Contact, ? extends @Nullable T> value) {
            return of(ObjectType.COMPANIES, property, value);
        }

        /** A property of contacts, from persons. */
        public static <T> Field<ContactPerson> contact(
                Property<T> property, Function<ContactPerson, ? extends @Nullable T> value) {
            return of(ObjectType.CONTACTS, property, value);
        }

        /** A property of invoices, from what their rows have: notes, terms and lines are not among it. */
        public static <T> Field<Invoice> invoice(Property<T> property, Function<Invoice, ? extends @Nullable T> value) {
            return of(ObjectType.INVOICES, property, value);
        }

        /** A property of line items, from the lines of invoices; lines that the engine makes do not have it. */
        public static <T> Field<LineItem> lineItem(
                Property<T> property, Function<LineItem, ? extends @Nullable T> value) {
            return of(ObjectType.LINE_ITEMS, property, value);
        }

        /** A property of payments. */
        public static <T> Field<CustomerPayment> payment(
                Property<T> property, Function<CustomerPayment, ? extends @Nullable T> value) {
            return of(ObjectType.PAYMENTS, property, value);
        }

        /** The same with another owner than {@link Owner#SOURCE}. */
        public Field<S> owner(Owner newOwner) {
            return new Field<>(type, property, encoded, newOwner);
        }
    }

    /** Names that the engine works with. */
    private static final Set<String> FIXED = Set.of(
            "companies/name",
            "contacts/email",
            "invoices/hs_currency",
            "invoices/hs_number",
            "invoices/hs_invoice_status",
            "invoices/hs_invoice_billable",
            "invoices/hs_amount_billed",
            "line_items/quantity",
            "line_items/price",
            "line_items/discount",
            "line_items/hs_discount_percentage",
            "line_items/hs_line_item_currency_code",
            "commerce_payments/hs_initial_amount",
            "commerce_payments/hs_initiated_date",
            "commerce_payments/hs_currency_code",
            "commerce_payments/hs_latest_status");

    private static final Mapping DEFAULTS = new Mapping(Map.of(), Set.of(), Map.of(), "");

    private final Map<String, Field<?>> fields;
    private final Set<String> left;
    private final Map<String, Owner> owners;
    private final String revision;

    private Mapping(Map<String, Field<?>> fields, Set<String> left, Map<String, Owner> owners, String revision) {
        this.revision = revision;
        this.fields = fields;
        this.left = left;
        this.owners = owners;
    }

    /** Everything as in {@code docs/mapping.md}, owned by Zoho Books. */
    public static Mapping defaults() {
        return DEFAULTS;
    }

    /** Adds a field, in the place of any other with the same property. */
    public Mapping with(Field<?> field) {
        String name = changeable(field.type, field.property);
        Map<String, Field<?>> more = new HashMap<>(fields);
        more.put(name, field);
        Set<String> less = new HashSet<>(left);
        less.remove(name);
        Map<String, Owner> owned = new HashMap<>(owners);
        owned.put(name, field.owner);
        return new Mapping(Map.copyOf(more), Set.copyOf(less), Map.copyOf(owned), revision);
    }

    /** Leaves a property to HubSpot. */
    public Mapping without(ObjectType<?> type, Property<?> property) {
        String name = changeable(type, property.name());
        Map<String, Field<?>> less = new HashMap<>(fields);
        less.remove(name);
        Set<String> more = new HashSet<>(left);
        more.add(name);
        return new Mapping(Map.copyOf(less), Set.copyOf(more), owners, revision);
    }

    /** Gives a property to an owner. */
    public Mapping owned(ObjectType<?> type, Property<?> property, Owner owner) {
        Map<String, Owner> owned = new HashMap<>(owners);
        owned.put(changeable(type, property.name()), owner);
        return new Mapping(fields, left, Map.copyOf(owned), revision);
    }

    /**
     * Another revision: to be given when the function of a field computes something else than before, which nobody else can see. As with any
     * change of a mapping, what was written is written anew, after {@link SyncEngine#approveRemap} if that is much.
     */
    public Mapping revision(String name) {
        return new Mapping(fields, left, owners, name);
    }

    /** For the engine: another text where records of a type are mapped otherwise. */
    public String fingerprint(ObjectType<?> type) {
        String prefix = type.slug() + "/";
        Set<String> told = new TreeSet<>();
        fields.keySet().forEach(name -> told.add("with " + name));
        left.forEach(name -> told.add("without " + name));
        owners.forEach((name, owner) -> told.add("owned " + name + " " + owner));
        told.removeIf(text -> !text.split(" ")[1].startsWith(prefix));
        return told.isEmpty() ? "" : told + " " + revision;
    }

    private static String changeable(ObjectType<?> type, String property) {
        String name = name(type, property);
        if (FIXED.contains(name) || property.startsWith("zoho_books")) {
            throw new IllegalArgumentException(
                    "the property " + property + " of " + type + " cannot be mapped otherwise: the sync depends on it");
        }
        return name;
    }

    private static String name(ObjectType<?> type, String property) {
        return type.slug() + "/" + property;
    }

    /**
     * For the engine: the values of a record, with what is added and without what is left out. A field that fails is left out
     * too.
     *
     * @return what failed, in words
     */
    @SuppressWarnings("unchecked") // a field of a type has been made for the source of that type
    public <S> List<String> apply(ObjectType<?> type, S source, Map<String, String> values) {
        leaveOut(type, values);
        List<String> failed = new ArrayList<>();
        for (Field<?> field : fields.values()) {
            if (field.type.equals(type)) {
                try {
                    values.put(field.property, ((Field<S>) field).encoded.apply(source));
                } catch (RuntimeException e) {
                    values.remove(field.property);
                    failed.add("the mapping of " + field.property + " failed, so it is left out: " + e);
                }
            }
        }
        return failed;
    }

    /** For the engine: values without what is left out. */
    public void leaveOut(ObjectType<?> type, Map<String, String> values) {
        if (!left.isEmpty()) {
            values.keySet().removeIf(property -> left.contains(name(type, property)));
        }
    }

    /** For the engine: whether anything of a type is not owned by Zoho Books. */
    public boolean sharesOwnership(ObjectType<?> type) {
        String prefix = type.slug() + "/";
        return owners.entrySet().stream()
                .anyMatch(entry -> entry.getKey().startsWith(prefix) && entry.getValue() != Owner.SOURCE);
    }

    /** For the engine: who owns a property. */
    public Owner owner(ObjectType<?> type, String property) {
        return Optional.ofNullable(owners.get(name(type, property))).orElse(Owner.SOURCE);
    }

    /** For the engine: properties of a type that were added. */
    public List<String> added(ObjectType<?> type) {
        List<String> added = new ArrayList<>();
        fields.values().stream().filter(field -> field.type.equals(type)).forEach(field -> added.add(field.property));
        return added;
    }
}
