package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.model.Item;
import java.util.Locale;

/**
 * Which items to list, and in which order. Immutable; filters add up.
 *
 * @see <a href="https://www.zoho.com/books/api/v3/items/">Zoho Books API, items</a>
 */
public final class ItemQuery {

    /** Views of the parameter {@code filter_by}. */
    public enum View {
        ALL("Status.All"),
        ACTIVE("Status.Active"),
        INACTIVE("Status.Inactive");

        private final String wire;

        View(String wire) {
            this.wire = wire;
        }
    }

    /** Columns to sort by. */
    public enum SortBy {
        NAME,
        RATE,
        TAX_NAME
    }

    private static final ItemQuery ALL = new ItemQuery(Parameters.none());

    private final Parameters<Item> parameters;

    private ItemQuery(Parameters<Item> parameters) {
        this.parameters = parameters;
    }

    public static ItemQuery all() {
        return ALL;
    }

    public ItemQuery view(View view) {
        Parameters<Item> more = parameters.with("filter_by", view.wire);
        String status = view.name().toLowerCase(Locale.ROOT);
        return new ItemQuery(
                view == View.ALL
                        ? more
                        : more.checked(
                                "status",
                                item -> item.status().isEmpty() || item.status().equals(status)));
    }

    public ItemQuery name(Match name) {
        return new ItemQuery(parameters.withText("name", name));
    }

    public ItemQuery description(Match description) {
        return new ItemQuery(parameters.withText("description", description));
    }

    public ItemQuery rate(Amounts rate) {
        return new ItemQuery(parameters.withAmount("rate", rate, Item::rate));
    }

    public ItemQuery taxId(String taxId) {
        return new ItemQuery(parameters.withId("tax_id", taxId, Item::taxId));
    }

    public ItemQuery taxName(String name) {
        return new ItemQuery(parameters.withText("tax_name", name));
    }

    public ItemQuery isTaxable(boolean taxable) {
        return new ItemQuery(parameters.with("is_taxable", String.valueOf(taxable)));
    }

    public ItemQuery taxExemptionId(String id) {
        return new ItemQuery(parameters.withId("tax_exemption_id", id, null));
    }

    public ItemQuery accountId(String accountId) {
        return new ItemQuery(parameters.withId("account_id", accountId, Item::accountId));
    }

    /** Code of the Mexican tax authority for products. */
    public ItemQuery satItemKeyCode(String code) {
        return new ItemQuery(parameters.withText("sat_item_key_code", code));
    }

    /** Code of the Mexican tax authority for units. */
    public ItemQuery unitkeyCode(String code) {
        return new ItemQuery(parameters.withText("unitkey_code", code));
    }

    /** Searches name and description; at most 100 characters. */
    public ItemQuery searchText(String text) {
        return new ItemQuery(parameters.withText("search_text", text));
    }

    public ItemQuery sortBy(SortBy column, SortOrder order) {
        return new ItemQuery(parameters.sorted(column.name().toLowerCase(Locale.ROOT), order));
    }

    Parameters<Item> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return "ItemQuery" + parameters.sent();
    }
}
