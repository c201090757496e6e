package io.ledgerbridge.testkit;

import java.util.Map;

/** Shapes that stand in several of the vendor's records. */
final class ZohoValues {

    private ZohoValues() {}

    static Map<String, Object> address(String street, String city, String state, String zip, String country) {
        return Json.object(
                "attention", "",
                "address", street,
                "street2", "",
                "city", city,
                "state", state,
                "zip", zip,
                "country", country,
                "phone", "",
                "fax", "");
    }

    static Map<String, Object> customField(String apiName, String label, Object value) {
        return Json.object(
                "customfield_id",
                "2000000000000444001",
                "index",
                1,
                "label",
                label,
                "api_name",
                apiName,
                "data_type",
                "string",
                "value",
                value,
                "value_formatted",
                String.valueOf(value));
    }
}
