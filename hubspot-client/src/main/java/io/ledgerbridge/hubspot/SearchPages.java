package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.HubSpotException.Failure;
import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.internal.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of a search. HubSpot gives 10,000 records for one query, so the query is asked anew behind the last id. */
final class SearchPages<T extends Crm> implements Listing.Pages<CrmRecord<T>> {

    static final String ID = "hs_object_id";

    private static final int PAGE = 200;
    private static final int MOST = 10_000;
    private static final String LAST_PLACE = "10000";
    private static final int LONGEST = 3_000;

    private final Access access;
    private final ObjectType<T> type;
    private final Search search;
    private @Nullable String after;
    private @Nullable String afterId;
    private @Nullable String lastId;
    private int ofThisQuery;
    private boolean atEnd;
    private final boolean canBeReadOn;

    SearchPages(Access access, ObjectType<T> type, Search search) {
        this.access = access;
        this.type = type;
        this.search = search;
        this.canBeReadOn = search.canBeReadOnById()
                && Wire.length(search.request(PAGE, LAST_PLACE, String.valueOf(Long.MAX_VALUE))) <= LONGEST;
    }

    @Override
    public Listing.Page<CrmRecord<T>> next() {
        if (atEnd) {
            throw new HubSpotRequestException(
                    "HubSpot gives only " + MOST + " records of a search of " + type + ". "
                            + (search.isOrdered()
                                    ? "Leave out the order to read all, or narrow the search."
                                    : "Leave out a filter in each full group and some values, so that it can be read on by"
                                            + " id."),
                    Failure.NOT_SENT);
        }
        Wire.Results<Wire.RecordAnswer> answer =
                access.call(Lane.SEARCH, (api, v) -> api.search(v, type.path(), request()));
        List<CrmRecord<T>> records = answer.results().stream()
                .map(result -> Records.require(type, result, List.of()))
                .toList();
        after = answer.after();
        ofThisQuery += records.size();
        lastId = records.isEmpty()
                ? lastId
                : records.get(records.size() - 1).id().value();
        boolean moreThanOneQuery = after == null
                ? answer.total() != null && answer.total() > MOST && ofThisQuery >= MOST
                : ofThisQuery + PAGE > MOST || place(after) + PAGE > MOST;
        if (moreThanOneQuery && canBeReadOn && lastId != null && !lastId.equals(afterId)) {
            after = null;
            ofThisQuery = 0;
            afterId = lastId;
            return new Listing.Page<>(records, "behind " + afterId);
        }
        atEnd = moreThanOneQuery && (ofThisQuery >= MOST || (after != null && place(after) >= MOST));
        return new Listing.Page<>(records, after == null && !atEnd ? null : after + " behind " + afterId);
    }

    /** HubSpot's places are numbers here. */
    private static long place(String after) {
        return RecordId.isNumber(after) ? Long.parseLong(after) : 0;
    }

    private Wire.SearchRequest request() {
        Wire.SearchRequest request = search.request(PAGE, after, afterId);
        int length = Wire.length(request);
        if (length > LONGEST) {
            throw new IllegalArgumentException("the search of " + type + " takes " + length
                    + " characters, of which HubSpot allows " + LONGEST + "; split its lists of values, or select fewer"
                    + " properties");
        }
        return request;
    }
}
