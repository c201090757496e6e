package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person of a contact.
 *
 * @param contactId the contact it belongs to; empty inside the contact's own detail
 * @param createdTime not everywhere
 */
public record ContactPerson(
        @Json(name = "contact_person_id") String contactPersonId,
        @Json(name = "contact_id") String contactId,
        @Json(name = "contact_name") String contactName,
        String salutation,
        @Json(name = "first_name") String firstName,
        @Json(name = "last_name") String lastName,
        String email,
        String phone,
        String mobile,
        String designation,
        String department,
        @Json(name = "is_primary_contact") boolean isPrimaryContact,
        @Json(name = "is_added_in_portal") boolean isAddedInPortal,
        @Json(name = "zcrm_contact_id") String zcrmContactId,
        @Json(name = "created_time") @Nullable Instant createdTime,
        RawJson raw) {}
