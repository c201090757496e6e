package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;

/**
 * A value of a field that the organisation has defined.
 *
 * @param apiName stable name such as {@code cf_vat_number}; organisations of long ago may lack it
 * @param label as users see it, and change it
 * @param dataType {@code string}, {@code decimal}, {@code dropdown}, {@code date}, {@code check_box}, ...; the set is open
 * @param value as text, whatever its type; empty if there is none
 */
public record CustomField(
        @Json(name = "customfield_id") String customFieldId,
        @Json(name = "api_name") String apiName,
        String label,
        @Json(name = "data_type") String dataType,
        String value) {}
