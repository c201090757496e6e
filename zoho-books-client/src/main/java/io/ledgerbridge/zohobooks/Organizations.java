package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.Organization;
import java.util.List;

/** The organisations that the token's user can reach. */
public final class Organizations {

    private final Calls calls;
    private final ZohoApi api;

    Organizations(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    public List<Organization> list() {
        return calls.execute(api::organizations).organizations();
    }
}
