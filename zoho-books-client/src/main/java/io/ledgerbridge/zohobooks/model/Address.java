package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;

/**
 * A postal address.
 *
 * @param zip the post code in details
 * @param zipcode the post code in rows of lists
 */
public record Address(
        String attention,
        String address,
        String street2,
        String city,
        String state,
        String zip,
        @Json(name = "zipcode") String zipcode,
        String country,
        String phone) {

    /** The post code, whichever way it came. */
    public String postCode() {
        return zip.isEmpty() ? zipcode : zip;
    }
}
