package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;

/**
 * A person of a contact.
 *
 * @param contactId the contact it belongs to; empty inside the contact's own detail
 */
public record ContactPerson(
        @Json(name = "contact_person_id") String contactPersonId,
        @Json(name = "contact_id") String contactId,
        String salutation,
        @Json(name = "first_name") String firstName,
        @Json(name = "last_name") String lastName,
        String email,
        String phone,
        String mobile,
        String designation,
        @Json(name = "is_primary_contact") boolean isPrimaryContact) {}
