package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.model.CreditNote;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

/**
 * Which credit notes to list, and in which order. Immutable; filters add up.
 *
 * @see <a href="https://www.zoho.com/books/api/v3/credit-notes/">Zoho Books API, credit notes</a>
 */
public final class CreditNoteQuery {

    /** States of the parameter {@code status}. */
    public enum Status {
        DRAFT,
        PENDING_APPROVAL,
        APPROVED,
        OPEN,
        CLOSED,
        VOID,
        REJECTED,
        SIGNED,
        PENDING_SIGNATURE,
        UNSIGNED_ALL,
        UNSIGNED_DRAFT,
        UNSIGNED_SENT,
        UNSIGNED_APPROVED
    }

    /** Views of the parameter {@code filter_by}. */
    public enum View {
        ALL("Status.All"),
        OPEN("Status.Open"),
        DRAFT("Status.Draft"),
        CLOSED("Status.Closed"),
        VOID("Status.Void"),
        PENDING("Status.Pending"),
        APPROVED("Status.Approved"),
        LOCKED("Status.Locked"),
        SIGNED("Status.Signed"),
        PENDING_SIGNATURE("Status.PendingSignature");

        private final String wire;

        View(String wire) {
            this.wire = wire;
        }
    }

    /** Columns to sort by. */
    public enum SortBy {
        CUSTOMER_NAME,
        CREDITNOTE_NUMBER,
        BALANCE,
        TOTAL,
        DATE,
        TXN_POSTING_DATE,
        CREATED_TIME,
        LAST_MODIFIED_TIME
    }

    private static final CreditNoteQuery ALL = new CreditNoteQuery(Parameters.none());

    private final Parameters<CreditNote> parameters;

    private CreditNoteQuery(Parameters<CreditNote> parameters) {
        this.parameters = parameters;
    }

    public static CreditNoteQuery all() {
        return ALL;
    }

    /** Credit notes modified at or after this instant. */
    public static CreditNoteQuery modifiedSince(Instant instant) {
        return new CreditNoteQuery(ALL.parameters.since(instant, CreditNote::lastModifiedTime, true));
    }

    /** Either this or {@link #view}. */
    public CreditNoteQuery status(Status status) {
        String value = status.name().toLowerCase(Locale.ROOT);
        Parameters<CreditNote> more = parameters.alternative("status", "filter_by", value);
        boolean exact =
                status == Status.DRAFT || status == Status.VOID || status == Status.CLOSED || status == Status.OPEN;
        return new CreditNoteQuery(
                exact ? more.checked("status", note -> note.status().equals(value)) : more);
    }

    /** Either this or {@link #status}. */
    public CreditNoteQuery view(View view) {
        return new CreditNoteQuery(parameters.alternative("filter_by", "status", view.wire));
    }

    public CreditNoteQuery customerId(String customerId) {
        return new CreditNoteQuery(parameters.withId("customer_id", customerId, CreditNote::customerId));
    }

    public CreditNoteQuery customerName(String name) {
        return new CreditNoteQuery(parameters.withText("customer_name", name));
    }

    public CreditNoteQuery creditNoteNumber(String number) {
        return new CreditNoteQuery(parameters.withText("creditnote_number", number));
    }

    public CreditNoteQuery referenceNumber(String reference) {
        return new CreditNoteQuery(parameters.withText("reference_number", reference));
    }

    public CreditNoteQuery total(BigDecimal total) {
        return new CreditNoteQuery(parameters.withAmount("total", Amounts.exactly(total), CreditNote::total));
    }

    public CreditNoteQuery date(Dates date) {
        return new CreditNoteQuery(parameters.withDate("date", date, CreditNote::date));
    }

    public CreditNoteQuery itemName(Match name) {
        return new CreditNoteQuery(parameters.withText("item_name", name));
    }

    public CreditNoteQuery itemDescription(Match description) {
        return new CreditNoteQuery(parameters.withText("item_description", description));
    }

    public CreditNoteQuery itemId(String itemId) {
        return new CreditNoteQuery(parameters.withId("item_id", itemId, null));
    }

    public CreditNoteQuery lineItemId(String lineItemId) {
        return new CreditNoteQuery(parameters.withId("line_item_id", lineItemId, null));
    }

    public CreditNoteQuery taxId(String taxId) {
        return new CreditNoteQuery(parameters.withId("tax_id", taxId, null));
    }

    public CreditNoteQuery locationIds(Collection<String> locationIds) {
        locationIds.forEach(id -> Ids.valid("location id", id));
        return new CreditNoteQuery(parameters.with("location_ids", String.join(",", locationIds)));
    }

    /** Searches credit note number, customer name and reference number; at most 100 characters. */
    public CreditNoteQuery searchText(String text) {
        return new CreditNoteQuery(parameters.withText("search_text", text));
    }

    public CreditNoteQuery sortBy(SortBy column, SortOrder order) {
        return new CreditNoteQuery(parameters.sorted(column.name().toLowerCase(Locale.ROOT), order));
    }

    /**
     * Sorts by a custom field.
     *
     * @param apiName such as {@code cf_region}
     */
    public CreditNoteQuery sortByCustomField(String apiName, SortOrder order) {
        if (!apiName.matches("cf_\\w+")) {
            throw new IllegalArgumentException(
                    "custom fields have API names such as cf_region, but this is '" + apiName + "'");
        }
        return new CreditNoteQuery(parameters.sorted(apiName, order));
    }

    /** Latest changes first. */
    public CreditNoteQuery newestFirst() {
        return sortBy(SortBy.LAST_MODIFIED_TIME, SortOrder.DESCENDING);
    }

    Parameters<CreditNote> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return "CreditNoteQuery" + parameters.sent();
    }
}
