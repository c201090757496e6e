package io.ledgerbridge.zohobooks.internal;

import com.squareup.moshi.Json;
import io.ledgerbridge.zohobooks.model.RawJson;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every answer begins with; a code other than zero is an error whatever the status is. */
public sealed interface Answer {

    int code();

    String message();

    /** An answer without a record: of a deletion, or an error. */
    record Plain(int code, String message) implements Answer {}

    /** An answer with one record, which is null if the answer lacks it. */
    record One<T>(int code, String message, @Nullable T value) implements Answer {}

    /** An answer with rows. */
    record Rows<T>(
            int code,
            String message,
            List<T> items,
            List<Unreadable> unreadable,
            @Nullable PageContext pageContext) implements Answer {}

    /** A row that holds a value which cannot be what it should be. */
    record Unreadable(RawJson raw, String reason) {}

    /** What the service says of a page. */
    record PageContext(
            @Json(name = "page") @Nullable BigDecimal page,
            @Json(name = "per_page") @Nullable BigDecimal perPage,
            @Json(name = "has_more_page") boolean hasMorePage,
            @Json(name = "applied_filter") String appliedFilter,
            @Json(name = "sort_column") String sortColumn,
            @Json(name = "sort_order") String sortOrder,
            @Nullable BigDecimal total,
            @Json(name = "search_criteria") List<SearchCriterion> searchCriteria) {}

    /** A filter that the service understood. */
    record SearchCriterion(
            @Json(name = "column_name") String columnName,
            @Json(name = "search_text") String searchText,
            String comparator) {}
}
