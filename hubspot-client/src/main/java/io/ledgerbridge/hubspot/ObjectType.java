package io.ledgerbridge.hubspot;

/**
 * A type of CRM object.
 *
 * @param slug as paths name it
 * @param id as other places name it
 * @param scope the scopes' common beginning, for messages
 */
public record ObjectType(String slug, String id, String scope) {

    public static final ObjectType COMPANIES = new ObjectType("companies", "0-2", "crm.objects.companies");
    public static final ObjectType CONTACTS = new ObjectType("contacts", "0-1", "crm.objects.contacts");
    public static final ObjectType INVOICES = new ObjectType("invoices", "0-53", "crm.objects.invoices");
    public static final ObjectType LINE_ITEMS = new ObjectType("line_items", "0-8", "crm.objects.line_items");
    public static final ObjectType PAYMENTS =
            new ObjectType("commerce_payments", "0-101", "crm.objects.commercepayments");

    /** The scope that creating properties of this type needs. */
    public String schemaScope() {
        return this.equals(LINE_ITEMS) ? "e-commerce" : scope.replace("objects", "schemas") + ".write";
    }

    @Override
    public String toString() {
        return slug;
    }
}
