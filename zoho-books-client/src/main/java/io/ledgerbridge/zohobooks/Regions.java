package io.ledgerbridge.zohobooks;

import io.ledgerbridge.rest.internal.Http;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Where calls go. What Zoho says of it is followed inside the table of data centres, and nowhere else. */
final class Regions {

    private final Set<DataCenter> allowed;
    private final @Nullable HttpUrl accountsUrl;
    private final @Nullable HttpUrl apiUrl;

    /** @param accountsUrl with {@code apiUrl} given by the operator: what Zoho says is then recorded and not followed */
    Regions(Set<DataCenter> allowed, @Nullable HttpUrl accountsUrl, @Nullable HttpUrl apiUrl) {
        this.allowed = allowed;
        this.accountsUrl = accountsUrl;
        this.apiUrl = apiUrl;
    }

    HttpUrl accounts(DataCenter dataCenter) {
        return accountsUrl == null ? Http.secureOrigin("the accounts address", dataCenter.accountsUrl()) : accountsUrl;
    }

    /** The address of the API for tokens that came with this {@code api_domain}. */
    HttpUrl api(DataCenter dataCenter, String apiDomain) {
        if (apiUrl != null) {
            return apiUrl;
        }
        String address = isKnown(apiDomain) ? apiDomain : dataCenter.apiUrl();
        return Http.secureOrigin("the API address", address);
    }

    /** Whether this is the API address of a data centre that is switched on, letter by letter. */
    boolean isKnown(String apiDomain) {
        return DataCenter.withApiUrl(apiDomain).filter(allowed::contains).isPresent();
    }

    boolean areGiven() {
        return apiUrl != null;
    }
}
