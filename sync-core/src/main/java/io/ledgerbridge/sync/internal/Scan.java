package io.ledgerbridge.sync.internal;

import io.ledgerbridge.zohobooks.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list newest first, down to where the last complete pass began. Pages are committed one by one; a pass that was
 * interrupted reads its last complete page once more, since rows may have moved. Where the order cannot be trusted, the whole list is read.
 */
final class Scan<T> {

    private static final Duration OVERLAP = Duration.ofMinutes(5);
    private static final String NEWEST_FIRST = "last_modified_time D";
    private static final int CHUNK = 100;

    private static final String WATERMARK = "watermark";
    private static final String STARTED = "started";
    private static final String PAGE = "page";

    private final Run run;
    private final String name;
    private final IntFunction<Page<T>> pages;
    private final Function<T, String> id;
    private final Function<T, @Nullable Instant> stamp;
    private final Set<String> seen = new HashSet<>();
    private boolean inOrder = true;
    private @Nullable Instant lastStamp;

    Scan(
            Run run,
            String name,
            IntFunction<Page<T>> pages,
            Function<T, String> id,
            Function<T, @Nullable Instant> stamp) {
        this.run = run;
        this.name = name;
        this.pages = pages;
        this.id = id;
        this.stamp = stamp;
    }

    /** Hands over the rows that may have changed, up to 100 at a time; each must be committed when the call returns. */
    void read(Consumer<List<T>> rows) {
        Map<String, String> place = new HashMap<>(run.ledger.checkpoint(name));
        int number = Integer.parseInt(place.getOrDefault(PAGE, "1"));
        Instant limit = place.containsKey(WATERMARK)
                ? Instant.parse(place.get(WATERMARK)).minus(OVERLAP)
                : null;
        while (true) {
            Page<T> page = pages.apply(number);
            if (!place.containsKey(STARTED)) {
                place.put(STARTED, startOf(page).toString());
            }
            inOrder &= NEWEST_FIRST.equals(page.sortEcho());
            List<T> candidates = candidates(page, limit);
            for (int from = 0; from < candidates.size(); from += CHUNK) {
                rows.accept(candidates.subList(from, Math.min(candidates.size(), from + CHUNK)));
            }
            boolean reachedLimit = inOrder && limit != null && lastStamp != null && lastStamp.isBefore(limit);
            if (reachedLimit || !page.hasNext()) {
                break;
            }
            place.put(PAGE, String.valueOf(number));
            run.ledger.changes().checkpoint(name, place).commit();
            number++;
        }
        run.ledger
                .changes()
                .checkpoint(name, Map.of(WATERMARK, place.getOrDefault(STARTED, Instant.EPOCH.toString())))
                .commit();
    }

    /** Rows of this page that were not seen before and are not older than the limit, if the order holds. */
    private List<T> candidates(Page<T> page, @Nullable Instant limit) {
        List<T> candidates = new ArrayList<>();
        for (T row : page.items()) {
            Instant at = stamp.apply(row);
            inOrder &= at != null && (lastStamp == null || !at.isAfter(lastStamp));
            lastStamp = at;
            boolean old = inOrder && limit != null && at != null && at.isBefore(limit);
            if (!old && seen.add(id.apply(row))) {
                candidates.add(row);
            }
        }
        return candidates;
    }

    /** The service's clock when it answered; without it the newest stamp. */
    private Instant startOf(Page<T> page) {
        if (page.answeredAt() != null) {
            return page.answeredAt();
        }
        Instant newest =
                page.items().isEmpty() ? null : stamp.apply(page.items().get(0));
        return newest == null ? run.time.now() : newest;
    }
}
