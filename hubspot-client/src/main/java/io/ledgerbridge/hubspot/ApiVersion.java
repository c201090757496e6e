package io.ledgerbridge.hubspot;

/**
 * A dated version of HubSpot's API, such as {@code 2026-09}. Numbered versions are not supported.
 *
 * @param date year and month
 */
public record ApiVersion(String date) {

    /** The newest version that the tests cover. */
    public static final ApiVersion DEFAULT = new ApiVersion("2026-09");

    public ApiVersion {
        if (!date.matches("20\\d\\d-\\d\\d(-beta)?")) {
            throw new IllegalArgumentException(
                    "the API version must be a date such as 2026-09, but was '" + date + "'");
        }
    }

    @Override
    public String toString() {
        return date;
    }
}
