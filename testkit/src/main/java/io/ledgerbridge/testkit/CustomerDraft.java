package io.ledgerbridge.testkit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer to be added to a {@link FakeZohoBooks}. Texts that are not set are {@code ""}, as on the wire. */
public final class CustomerDraft {

    private final Map<String, Object> fields;
    private final List<Map<String, Object>> persons = new ArrayList<>();
    private @Nullable Map<String, Object> address;
    private @Nullable Instant at;

    private CustomerDraft(String name, boolean individual) {
        fields = Json.object(
                "contact_id", "",
                "contact_name", name,
                "company_name", individual ? "" : name,
                "contact_type", "customer",
                "customer_sub_type", individual ? "individual" : "business",
                "status", "active",
                "first_name", "",
                "last_name", "",
                "email", "",
                "phone", "",
                "mobile", "",
                "website", "",
                "currency_id", "",
                "currency_code", "",
                "payment_terms", 30,
                "payment_terms_label", "Net 30",
                "outstanding_receivable_amount", BigDecimal.ZERO,
                "unused_credits_receivable_amount", BigDecimal.ZERO,
                "custom_fields", List.of(),
                "custom_field_hash", Json.object(),
                "tags", List.of());
    }

    public static CustomerDraft business(String name) {
        return new CustomerDraft(name, false);
    }

    public static CustomerDraft individual(String name) {
        return new CustomerDraft(name, true);
    }

    /** Makes it a vendor instead: vendors stand in the same list. */
    public CustomerDraft vendor() {
        fields.put("contact_type", "vendor");
        return this;
    }

    /** What the customer owed before the books began, in base currency. */
    public CustomerDraft openingBalance(String amount) {
        fields.put("opening_balance_amount", new BigDecimal(amount));
        fields.put("opening_balance_amount_bcy", new BigDecimal(amount));
        return this;
    }

    public CustomerDraft currency(String code) {
        fields.put("currency_code", code);
        return this;
    }

    public CustomerDraft website(String website) {
        fields.put("website", website);
        return this;
    }

    public CustomerDraft phone(String phone) {
        fields.put("phone", phone);
        return this;
    }

    /** E-mail of a customer without persons; with persons the primary one's counts. */
    public CustomerDraft email(String email) {
        fields.put("email", email);
        return this;
    }

    public CustomerDraft customField(String apiName, String label, String value) {
        fields.put("custom_fields", List.of(ZohoValues.customField(apiName, label, value)));
        fields.put("custom_field_hash", Json.object(apiName, value));
        fields.put(apiName, value);
        return this;
    }

    /** Adds a person; the first is the primary one. */
    public CustomerDraft person(String firstName, String lastName, String email, String phone) {
        persons.add(Json.object(
                "contact_person_id",
                "",
                "contact_id",
                "",
                "contact_name",
                fields.get("contact_name"),
                "salutation",
                "",
                "first_name",
                firstName,
                "last_name",
                lastName,
                "email",
                email,
                "phone",
                phone,
                "mobile",
                "",
                "designation",
                "",
                "department",
                "",
                "is_primary_contact",
                persons.isEmpty(),
                "is_added_in_portal",
                false));
        return this;
    }

    public CustomerDraft billingAddress(String street, String city, String state, String zip, String country) {
        address = ZohoValues.address(street, city, state, zip, country);
        return this;
    }

    /** When it was made and last modified; now by default. */
    public CustomerDraft at(Instant at) {
        this.at = at;
        return this;
    }

    Map<String, Object> build(FakeZohoBooks books) {
        String id = books.newId();
        String stamp = books.stamp(at == null ? books.time.now() : at);
        fields.put("contact_id", id);
        if (Json.text(fields, "currency_code").isEmpty()) {
            fields.put("currency_code", books.currency());
        }
        for (Map<String, Object> person : persons) {
            person.put("contact_person_id", books.newId());
            person.put("contact_id", id);
        }
        if (!persons.isEmpty()) {
            Map<String, Object> primary = persons.get(0);
            fields.put("primary_contact_id", primary.get("contact_person_id"));
            for (String name : List.of("first_name", "last_name", "email", "phone")) {
                fields.put(name, primary.get(name));
            }
        } else {
            fields.put("primary_contact_id", "");
        }
        fields.put("contact_persons", persons);
        fields.put("billing_address", address == null ? "" : address);
        fields.put("shipping_address", "");
        fields.put("addresses", List.of());
        fields.put("exchange_rate", "");
        fields.putIfAbsent("opening_balance_amount", "");
        fields.putIfAbsent("opening_balance_amount_bcy", "");
        fields.put("notes", "");
        fields.put("created_time", stamp);
        fields.put("last_modified_time", stamp);
        return fields;
    }
}
