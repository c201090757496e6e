package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.Organization;
import java.util.List;
import java.util.Optional;

/** The organisations that the token's user can reach. A token belongs to the user, not to one of them. */
public final class Organizations {

    private final Calls calls;
    private final ZohoApi api;

    Organizations(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    public List<Organization> list() {
        return Details.all(calls, api::organizations);
    }

    /**
     * One organisation, with its address.
     *
     * @throws ZohoNotFoundException if there is none
     */
    public Organization get(String id) {
        String valid = Ids.valid("organisation id", id);
        return Details.get(calls, () -> api.organization(valid));
    }

    public Optional<Organization> find(String id) {
        String valid = Ids.valid("organisation id", id);
        return Details.find(calls, () -> api.organization(valid));
    }
}
