package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.ZohoBooksException.Details;
import io.ledgerbridge.zohobooks.internal.Envelopes;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What all resources do with pages and details. */
final class Pages {

    /** The most the service gives at once. */
    static final int SIZE = 200;

    private Pages() {}

    /** A missing page context means that there is no more. */
    static <T> Page<T> of(Calls.Answer<? extends Envelopes.ListEnvelope<T>> answer, int number) {
        Envelopes.PageContext context = answer.body().pageContext();
        return new Page<>(
                answer.body().items(),
                number,
                context != null && context.hasMorePage(),
                context == null || context.sortColumn().isEmpty()
                        ? null
                        : context.sortColumn() + " " + context.sortOrder(),
                answer.answeredAt());
    }

    static <T> Iterable<T> items(IntFunction<Page<T>> pages) {
        return () -> new ItemIterator<>(pages);
    }

    static <T> T present(@Nullable T detail, String id) {
        if (detail == null) {
            throw new ZohoRequestException(
                    "Zoho Books answered without the record " + id + " that was asked for.", Details.NONE);
        }
        return detail;
    }

    private static final class ItemIterator<T> implements Iterator<T> {
        private final IntFunction<Page<T>> pages;
        private Iterator<T> items = List.<T>of().iterator();
        private boolean hasNextPage = true;
        private int page = 1;

        ItemIterator(IntFunction<Page<T>> pages) {
            this.pages = pages;
        }

        @Override
        public boolean hasNext() {
            while (!items.hasNext() && hasNextPage) {
                Page<T> next = pages.apply(page++);
                items = next.items().iterator();
                hasNextPage = next.hasNext();
            }
            return items.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.next();
        }
    }
}
