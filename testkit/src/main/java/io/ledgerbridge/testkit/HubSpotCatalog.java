package io.ledgerbridge.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the standard object types are called, need and have (reference 3, 12 to 17). */
final class HubSpotCatalog {

    static final Map<String, ObjectType> TYPES = new LinkedHashMap<>();

    /** Pairs that may be associated, with the type id of this direction (reference 11.1). */
    static final Map<String, Integer> ASSOCIATIONS = new LinkedHashMap<>();

    /**
     * A standard object type.
     *
     * @param schemaScope what creating a property needs
     */
    record ObjectType(
            String slug, String id, String scope, String schemaScope, Map<String, PropertyDefinition> standard) {}

    /** A property as its definition tells. */
    record PropertyDefinition(
            String name, String type, String fieldType, boolean unique, boolean readOnly, Set<String> options) {}

    private HubSpotCatalog() {}

    static {
        type("companies", "0-2", "crm.objects.companies", "crm.schemas.companies.write", """
                string name domain phone website address address2 city state zip country description lifecyclestage
                number annualrevenue
                ro createdate hs_lastmodifieddate hs_object_id num_associated_contacts hs_object_source
                """);
        type("contacts", "0-1", "crm.objects.contacts", "crm.schemas.contacts.write", """
                string firstname lastname phone mobilephone company jobtitle salutation address city state zip country
                string hs_additional_emails lifecyclestage
                email email
                ro createdate lastmodifieddate hs_object_id
                """);
        type("deals", "0-3", "crm.objects.deals", "crm.schemas.deals.write", """
                string dealname dealstage pipeline deal_currency_code dealtype description
                number amount
                datetime closedate
                ro createdate hs_lastmodifieddate hs_object_id
                """);
        type("products", "0-7", "crm.objects.products", "e-commerce", """
                string name hs_sku description hs_folder
                number price
                ro createdate hs_lastmodifieddate hs_object_id
                """);
        type("line_items", "0-8", "crm.objects.line_items", "e-commerce", """
                string name description hs_sku hs_product_id hs_tax_rate_group_id
                number quantity price discount hs_discount_percentage tax hs_position_on_quote
                currency hs_line_item_currency_code
                ro amount hs_pre_discount_amount hs_total_discount hs_tax_amount hs_object_id hs_createdate
                ro hs_lastmodifieddate hs_object_source
                """);
        type("invoices", "0-53", "crm.objects.invoices", "crm.schemas.invoices.write", """
                string hs_title hs_number hs_purchase_order_number hs_comments hs_custom_fields hs_external_recipient
                string hs_recipient_company_address hs_recipient_company_address2 hs_recipient_company_city
                string hs_recipient_company_state hs_recipient_company_zip hs_recipient_company_country
                string hs_recipient_shipping_address hs_recipient_shipping_city hs_recipient_shipping_state
                string hs_recipient_shipping_zip hs_recipient_shipping_country
                number hs_amount_billed
                datetime hs_invoice_date hs_due_date hs_payment_date hs_external_createdate
                bool hs_invoice_billable
                currency hs_currency
                ro hs_balance_due hs_amount_paid hs_invoice_link hs_invoice_source createdate hs_lastmodifieddate
                ro hs_object_id
                """);
        options("invoices", "hs_invoice_status", "draft", "open", "paid", "voided");
        type("commerce_payments", "0-101", "crm.objects.commercepayments", "crm.schemas.commercepayments.write", """
                string hs_customer_email hs_reference_number hs_internal_comment hs_payment_method_last_4
                number hs_initial_amount hs_fees_amount hs_refunds_amount
                datetime hs_initiated_date hs_payout_date
                currency hs_currency_code
                ro hs_payment_id hs_payment_method hs_net_amount hs_has_associated_invoice
                ro hs_number_of_associated_invoices hs_createdate hs_lastmodifieddate hs_object_id
                """);
        options(
                "commerce_payments",
                "hs_latest_status",
                "processing",
                "succeeded",
                "failed",
                "partially_refunded",
                "refunded",
                "processing_refund");
        options(
                "commerce_payments",
                "hs_payment_method_type",
                "card",
                "ach",
                "cash",
                "check",
                "wire_transfer",
                "other",
                "sepa",
                "bacs",
                "pads");
        options("commerce_payments", "hs_processor_type", "hs_payments", "byo_stripe", "none", "quickbooks", "xero");

        associated("contacts", "companies", 279, 280);
        associated("contacts", "deals", 4, 3);
        associated("companies", "deals", 342, 341);
        associated("deals", "line_items", 19, 20);
        associated("invoices", "contacts", 177, 178);
        associated("invoices", "companies", 179, 180);
        associated("invoices", "deals", 175, 176);
        associated("invoices", "line_items", 409, 410);
        associated("invoices", "commerce_payments", 541, 542);
        associated("commerce_payments", "contacts", 387, 388);
        associated("commerce_payments", "companies", 389, 390);
        associated("commerce_payments", "deals", 391, 392);
    }

    /** The properties that are answered when none are asked for. */
    static Set<String> usual(String slug) {
        return switch (slug) {
            case "companies" -> Set.of("name", "domain");
            case "contacts" -> Set.of("email", "firstname", "lastname");
            case "deals" -> Set.of("dealname", "amount", "dealstage", "pipeline", "closedate");
            case "products" -> Set.of("name", "price", "description");
            case "line_items" -> Set.of("quantity", "amount", "price");
            default -> Set.of();
        };
    }

    /** The type by slug or id. */
    static @Nullable ObjectType find(String slugOrId) {
        ObjectType bySlug = TYPES.get(slugOrId);
        if (bySlug != null) {
            return bySlug;
        }
        return TYPES.values().stream()
                .filter(type -> type.id().equals(slugOrId))
                .findFirst()
                .orElse(null);
    }

    private static void type(String slug, String id, String scope, String schemaScope, String properties) {
        Map<String, PropertyDefinition> standard = new LinkedHashMap<>();
        for (String line : properties.strip().split("\\R")) {
            List<String> words = new ArrayList<>(List.of(line.strip().split(" ")));
            String kind = words.remove(0);
            for (String name : words) {
                standard.put(name, definition(name, kind));
            }
        }
        TYPES.put(slug, new ObjectType(slug, id, scope, schemaScope, standard));
    }

    private static PropertyDefinition definition(String name, String kind) {
        return switch (kind) {
            case "ro" -> new PropertyDefinition(name, "string", "text", false, true, Set.of());
            case "email" -> new PropertyDefinition(name, "string", "text", true, false, Set.of());
            case "currency" -> new PropertyDefinition(name, "enumeration", "select", false, false, Set.of());
            case "bool" ->
                new PropertyDefinition(name, "bool", "booleancheckbox", false, false, Set.of("true", "false"));
            case "number" -> new PropertyDefinition(name, "number", "number", false, false, Set.of());
            case "datetime" -> new PropertyDefinition(name, "datetime", "date", false, false, Set.of());
            default -> new PropertyDefinition(name, "string", "text", false, false, Set.of());
        };
    }

    private static void options(String type, String name, String... options) {
        TYPES.values().stream()
                .filter(known -> known.slug().equals(type))
                .forEach(known -> known.standard()
                        .put(
                                name,
                                new PropertyDefinition(name, "enumeration", "select", false, false, Set.of(options))));
    }

    private static void associated(String from, String to, int id, int reverse) {
        ASSOCIATIONS.put(from + ">" + to, id);
        ASSOCIATIONS.put(to + ">" + from, reverse);
    }
}
