package io.ledgerbridge.zohobooks;

import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooksException.Failure;
import io.ledgerbridge.zohobooks.ZohoListener.ListingWarning;
import io.ledgerbridge.zohobooks.ZohoListener.ListingWarning.Kind;
import io.ledgerbridge.zohobooks.internal.SeenIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * All records that match a query, read page by page as they are needed. Each iteration reads anew. When half of a page
 * was taken the next one is asked for on another thread, never more than one; {@link #withoutPrefetch()} asks only when it
 * is needed.
 *
 * <p>Pages of Zoho Books are not stable: what changes while they are read moves rows to other pages. So rows that come
 * again are left out, rows that the query excludes too, and a full page that does not say whether it is the last is not
 * taken for it; a {@link ZohoListener} hears of each. A row that a deletion hides cannot be seen from here, except with
 * {@link InvoiceQuery#counted()}.
 */
public final class Listing<T> implements Iterable<T> {

    private static final Duration LONGEST_PAGE = Duration.ofHours(1);
    private static final int PAGES_OF_NOTHING_NEW = 3;

    private final Calls calls;
    private final Parameters<T> parameters;
    private final Function<T, String> id;
    private final IntFunction<Page<T>> pages;
    private final boolean prefetch;

    Listing(Calls calls, Parameters<T> parameters, Function<T, String> id, IntFunction<Page<T>> pages) {
        this(calls, parameters, id, pages, true);
    }

    private Listing(
            Calls calls,
            Parameters<T> parameters,
            Function<T, String> id,
            IntFunction<Page<T>> pages,
            boolean prefetch) {
        this.calls = calls;
        this.parameters = parameters;
        this.id = id;
        this.pages = pages;
        this.prefetch = prefetch;
    }

    /** The same records, each page asked for only when the one before it is used up. */
    public Listing<T> withoutPrefetch() {
        return new Listing<>(calls, parameters, id, pages, false);
    }

    @Override
    public Iterator<T> iterator() {
        return new ItemIterator();
    }

    public Stream<T> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** The pages, with what the guards have left of each, so that a page may be empty. */
    public Iterable<Page<T>> pages() {
        return PageReader::new;
    }

    private final class ItemIterator implements Iterator<T> {
        private final PageReader reader = new PageReader();
        private List<T> items = List.of();
        private int next;

        @Override
        public boolean hasNext() {
            while (next >= items.size() && reader.hasNext()) {
                items = reader.next().items();
                next = 0;
            }
            return next < items.size();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (prefetch && next >= items.size() / 2) {
                reader.prefetch();
            }
            return items.get(next++);
        }
    }

    private final class PageReader implements Iterator<Page<T>> {
        private final SeenIds seen = new SeenIds();
        private int number = 1;
        private boolean hasNext = true;
        private int rows;
        private int pagesOfNothingNew;
        /** The most that was counted: a deletion lowers the count of later pages, and hides a row. */
        private int total;

        private @Nullable CompletableFuture<Page<T>> coming;

        @Override
        public boolean hasNext() {
            return hasNext;
        }

        @Override
        public Page<T> next() {
            if (!hasNext) {
                throw new NoSuchElementException();
            }
            Page<T> page = (coming == null ? pages.apply(number) : await(coming)).readable();
            coming = null;
            number++;
            return guarded(page);
        }

        /** Begins to read the next page, once. */
        void prefetch() {
            if (coming != null || !hasNext) {
                return;
            }
            CompletableFuture<Page<T>> promise = new CompletableFuture<>();
            int wanted = number;
            coming = promise;
            calls.time()
                    .threadFactory()
                    .newThread(() -> {
                        try {
                            promise.complete(pages.apply(wanted));
                        } catch (Throwable e) {
                            promise.completeExceptionally(e);
                        }
                    })
                    .start();
        }

        private Page<T> await(CompletableFuture<Page<T>> page) {
            TimeSource time = calls.time();
            try {
                return time.await(page, LONGEST_PAGE);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException("reading a page failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ZohoUnavailableException("Interrupted while a page was read.", Failure.NOT_SENT.because(e));
            } catch (TimeoutException e) {
                throw new ZohoUnavailableException(
                        "A page did not come within " + LONGEST_PAGE.toMinutes() + " minutes.",
                        Failure.NOT_SENT.because(e));
            }
        }

        private Page<T> guarded(Page<T> page) {
            List<T> kept = new ArrayList<>(page.items().size());
            int repeated = 0;
            int excluded = 0;
            Optional<Parameters.Check<T>> broken = Optional.empty();
            boolean reachedOlder = false;
            for (T row : page.items()) {
                String key = id.apply(row);
                if (!key.isEmpty() && !seen.add(key)) {
                    repeated++;
                    continue;
                }
                rows++;
                Optional<Parameters.Check<T>> failed = failedCheck(page, row);
                if (failed.isPresent()) {
                    excluded++;
                    broken = failed;
                } else if (parameters.modified() != null
                        && parameters.modified().isOlder(row)) {
                    reachedOlder = true;
                } else {
                    kept.add(row);
                }
            }
            if (repeated > 0) {
                warn(
                        page,
                        Kind.REPEATED_ROWS,
                        repeated + " rows of page " + page.number()
                                + " had come already and are left out: the list has changed while it was read, or repeats"
                                + " rows by itself");
            }
            if (broken.isPresent()) {
                warn(
                        page,
                        Kind.IGNORED_FILTER,
                        "the filter " + broken.get().column() + " was ignored on page " + page.number() + "; "
                                + excluded + " rows that it excludes are left out");
            }
            if (reachedOlder && parameters.sent().containsKey("last_modified_time")) {
                warn(
                        page,
                        Kind.IGNORED_FILTER,
                        "the filter last_modified_time was ignored on page " + page.number()
                                + "; older rows are left out");
            }
            hasNext = hasNext(page, kept.isEmpty() && repeated > 0, reachedOlder);
            total = page.total() == null ? total : Math.max(total, page.total());
            if (!hasNext && rows < total && !reachedOlder) {
                warn(
                        page,
                        Kind.MISSING_ROWS,
                        rows + " rows came of " + total
                                + " that were counted: some were deleted meanwhile, and each may have hidden another; read"
                                + " the list again");
            }
            return kept.size() == page.items().size() ? page : page.withItems(List.copyOf(kept));
        }

        private Optional<Parameters.Check<T>> failedCheck(Page<T> page, T row) {
            for (Parameters.Check<T> check : parameters.checks()) {
                boolean understood =
                        page.understoodFilters().stream().anyMatch(column -> column.startsWith(check.column()));
                if (!understood && !check.test().test(row)) {
                    return Optional.of(check);
                }
            }
            return Optional.empty();
        }

        private boolean hasNext(Page<T> page, boolean nothingNew, boolean reachedOlder) {
            if (reachedOlder && "last_modified_time D".equals(page.sortEcho())) {
                return false;
            }
            pagesOfNothingNew = nothingNew ? pagesOfNothingNew + 1 : 0;
            if (!page.hasContext()) {
                boolean full = page.items().size() >= Page.SIZE;
                if (full && !nothingNew) {
                    warn(
                            page,
                            Kind.NO_PAGE_CONTEXT,
                            "page " + page.number()
                                    + " is full and does not say whether there is another, so the next is"
                                    + " asked for");
                }
                return full && !nothingNew;
            }
            if (page.hasNext() && pagesOfNothingNew >= PAGES_OF_NOTHING_NEW) {
                throw new ZohoUnavailableException(
                        "GET " + page.path() + ": " + pagesOfNothingNew
                                + " pages in a row held only rows that had come already; the list does not end. Read it"
                                + " again later.",
                        Failure.of("GET", page.path(), 1).answered(200, 0, ""));
            }
            return page.hasNext();
        }

        private void warn(Page<T> page, Kind kind, String message) {
            calls.events().listing(new ListingWarning(kind, page.path(), message));
        }
    }
}
