package io.ledgerbridge.hubspot;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Records read page by page, each page when it is needed. Each iteration reads anew. What is written meanwhile may or may not
 * be in it.
 */
public final class Listing<E> implements Iterable<E> {

    /** One page; {@code next} is where the following one begins, null on the last. */
    record Page<E>(List<E> items, @Nullable String next) {}

    /** Reads one page after the other. */
    interface Pages<E> {
        Page<E> next();
    }

    private final Supplier<Pages<E>> pages;

    Listing(Supplier<Pages<E>> pages) {
        this.pages = pages;
    }

    @Override
    public Iterator<E> iterator() {
        return new Items<>(pages.get());
    }

    public Stream<E> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private static final class Items<E> implements Iterator<E> {
        private final Pages<E> pages;
        private final Set<String> seenPlaces = new HashSet<>();
        private List<E> items = List.of();
        private int next;
        private boolean more = true;

        Items(Pages<E> pages) {
            this.pages = pages;
        }

        @Override
        public boolean hasNext() {
            while (next >= items.size() && more) {
                Page<E> page = pages.next();
                items = page.items();
                next = 0;
                more = page.next() != null;
                if (page.next() != null && !seenPlaces.add(page.next())) {
                    throw new HubSpotRequestException(
                            "HubSpot's list does not end: it names a page that has come already. Read it again.",
                            HubSpotException.Failure.NOT_SENT);
                }
            }
            return next < items.size();
        }

        @Override
        public E next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.get(next++);
        }
    }
}
