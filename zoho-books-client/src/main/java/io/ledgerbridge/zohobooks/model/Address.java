package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;

/**
 * A postal address.
 *
 * @param address the street
 * @param street2 the second line of it
 * @param zip the post code in details
 * @param zipcode the post code in rows of lists
 */
public record Address(
        @Json(name = "address_id") String addressId,
        String attention,
        String address,
        String street2,
        String city,
        String state,
        @Json(name = "state_code") String stateCode,
        String zip,
        String zipcode,
        String country,
        @Json(name = "country_code") String countryCode,
        String county,
        String phone,
        String fax) {

    /** The post code, whichever way it came. */
    public String postCode() {
        return zip.isEmpty() ? zipcode : zip;
    }
}
