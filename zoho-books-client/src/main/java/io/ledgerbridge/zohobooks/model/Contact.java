package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer or vendor. Name, e-mail and telephone are those of its primary person.
 *
 * @param contactType {@code customer} or {@code vendor}
 * @param customerSubType {@code business} or {@code individual}
 * @param billingAddress only in the detail
 * @param contactPersons only in the detail
 */
public record Contact(
        @Json(name = "contact_id") String contactId,
        @Json(name = "contact_name") String contactName,
        @Json(name = "company_name") String companyName,
        @Json(name = "contact_type") String contactType,
        @Json(name = "customer_sub_type") String customerSubType,
        String status,
        @Json(name = "first_name") String firstName,
        @Json(name = "last_name") String lastName,
        String email,
        String phone,
        String mobile,
        String website,
        @Json(name = "currency_code") String currencyCode,
        @Json(name = "primary_contact_id") String primaryContactId,
        @Json(name = "billing_address") @Nullable Address billingAddress,
        @Json(name = "contact_persons") List<ContactPerson> contactPersons,
        @Json(name = "custom_fields") List<CustomField> customFields,
        @Json(name = "last_modified_time") @Nullable Instant lastModifiedTime) {}
