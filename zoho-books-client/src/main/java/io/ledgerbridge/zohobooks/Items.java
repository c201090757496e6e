package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Products and services. */
public final class Items {

    private static final int DETAILS_PER_CALL = 100;

    private final Calls calls;
    private final ZohoApi api;

    Items(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    /** All that match, page by page as they are needed. */
    public Listing<Item> list(ItemQuery query) {
        return new Listing<>(calls, query.parameters(), Item::itemId, number -> page(query, number));
    }

    /** One page, numbered from 1, of up to 200. */
    public Page<Item> page(ItemQuery query, int number) {
        return Page.of(calls.answer(() -> api.items(query.parameters().onPage(number))), number);
    }

    /**
     * The record with everything only the detail has.
     *
     * @throws ZohoNotFoundException if there is none
     */
    public Item get(String id) {
        String valid = Ids.valid("id", id);
        return Details.get(calls, () -> api.item(valid));
    }

    /** The record with everything only the detail has; empty if there is none. */
    public Optional<Item> find(String id) {
        String valid = Ids.valid("id", id);
        return Details.find(calls, () -> api.item(valid));
    }

    /**
     * Many items at once, 100 a call, in the order of the answers. An item that does not exist is left out.
     *
     * @param ids as many as you like; repeated ones are asked for once
     */
    public List<Item> details(Collection<String> ids) {
        List<String> distinct =
                ids.stream().map(id -> Ids.valid("item id", id)).distinct().toList();
        List<Item> items = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += DETAILS_PER_CALL) {
            String some = String.join(",", distinct.subList(from, Math.min(distinct.size(), from + DETAILS_PER_CALL)));
            items.addAll(Details.all(calls, () -> api.itemDetails(some)));
        }
        return items;
    }
}
