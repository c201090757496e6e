package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.Tax;
import io.ledgerbridge.zohobooks.model.TaxGroup;
import java.util.Optional;

/** The organisation's taxes. Groups stand among them with the type {@code tax_group}. */
public final class Taxes {

    private static final Parameters<Tax> ALL = Parameters.none();

    private final Calls calls;
    private final ZohoApi api;

    Taxes(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    public Listing<Tax> list() {
        return new Listing<>(
                calls, ALL, Tax::taxId, number -> Page.of(calls.answer(() -> api.taxes(ALL.onPage(number))), number));
    }

    /**
     * One tax.
     *
     * @throws ZohoNotFoundException if there is none
     */
    public Tax get(String id) {
        String valid = Ids.valid("tax id", id);
        return Details.get(calls, () -> api.tax(valid));
    }

    public Optional<Tax> find(String id) {
        String valid = Ids.valid("tax id", id);
        return Details.find(calls, () -> api.tax(valid));
    }

    /** The taxes of a group. */
    public TaxGroup group(String id) {
        String valid = Ids.valid("tax group id", id);
        return Details.get(calls, () -> api.taxGroup(valid));
    }
}
