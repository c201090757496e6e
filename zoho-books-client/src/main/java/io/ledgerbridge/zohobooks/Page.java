package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.ZohoBooksException.Failure;
import io.ledgerbridge.zohobooks.internal.Answer;
import io.ledgerbridge.zohobooks.model.RawJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list as the service gave it: rows may repeat those of the page before, and filters may have been ignored.
 * A {@link Listing} guards against both.
 *
 * @param path where it was read
 * @param number from 1
 * @param hasNext what the page context says; false without one
 * @param hasContext whether the answer had a page context
 * @param sortEcho the sort the service says it applied, such as {@code last_modified_time D}; null if it does not say
 * @param understoodFilters columns of the filters that the service says it applied
 * @param total how many rows match, where this was asked for; null otherwise
 * @param unreadable rows with a value that cannot be what it should be; they are not among the items
 * @param answeredAt the service's clock when it answered; null without a {@code Date} header
 */
public record Page<T>(
        String path,
        List<T> items,
        int number,
        boolean hasNext,
        boolean hasContext,
        @Nullable String sortEcho,
        List<String> understoodFilters,
        @Nullable Integer total,
        List<UnreadableRow> unreadable,
        @Nullable Instant answeredAt) {

    /** The most the service gives at once, which is what is asked for. */
    public static final int SIZE = 200;

    /**
     * A row that could not be read.
     *
     * @param raw the row as it was sent
     * @param reason names the value and its place
     */
    public record UnreadableRow(RawJson raw, String reason) {}

    static <T> Page<T> of(Calls.Answered<Answer.Rows<T>> answered, int number) {
        Answer.Rows<T> rows = answered.answer();
        Answer.PageContext context = rows.pageContext();
        return new Page<>(
                answered.path(),
                rows.items(),
                number,
                context != null && context.hasMorePage(),
                context != null,
                context == null || context.sortColumn().isEmpty()
                        ? null
                        : context.sortColumn() + " " + context.sortOrder(),
                context == null
                        ? List.of()
                        : context.searchCriteria().stream()
                                .map(Answer.SearchCriterion::columnName)
                                .toList(),
                context == null || context.total() == null
                        ? null
                        : context.total().intValue(),
                rows.unreadable().stream()
                        .map(row -> new UnreadableRow(row.raw(), row.reason()))
                        .toList(),
                answered.at());
    }

    Page<T> withItems(List<T> others) {
        return new Page<>(
                path, others, number, hasNext, hasContext, sortEcho, understoodFilters, total, unreadable, answeredAt);
    }

    /** This page, or an exception that names the first of its unreadable rows. */
    public Page<T> readable() {
        if (unreadable.isEmpty()) {
            return this;
        }
        throw new ZohoRequestException(
                "GET " + path + ", page " + number + ": " + unreadable.size() + " of "
                        + (items.size() + unreadable.size()) + " rows cannot be read, the first because of an "
                        + unreadable.get(0).reason() + ".",
                Failure.of("GET", path, 1).answered(200, 0, ""));
    }
}
