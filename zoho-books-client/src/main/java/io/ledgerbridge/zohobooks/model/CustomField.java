package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;

/**
 * A value of a field that the organisation has defined.
 *
 * @param apiName stable name such as {@code cf_vat_number}
 * @param value as text, whatever its type
 */
public record CustomField(@Json(name = "api_name") String apiName, String label, String value) {}
