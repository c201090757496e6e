package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Quarantined;
import io.ledgerbridge.sync.internal.Tally.Decision;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads one list of the source: in passes, newest first, down to where the last complete pass began, and now and then as a
 * whole. Pages are committed one by one; a pass that was interrupted reads its last complete page once more, since rows may
 * have moved.
 *
 * <p>The order is believed if the answer says that it has sorted, or if the same call the other way round begins with an
 * older row, and only as long as rows fall. Where it is not, a pass is worth nothing beyond its first page.
 */
final class Scan<T> {

    private static final Duration OVERLAP = Duration.ofMinutes(5);
    private static final String NEWEST_FIRST = "last_modified_time D";
    private static final int CHUNK = 100;

    private static final String WATERMARK = "watermark";
    private static final String STARTED = "started";
    private static final String PAGE = "page";

    /** Instead of a stamp: a row that can be read has another one. */
    private static final String UNREADABLE = "unreadable/";

    private static final String SWEPT = "swept";
    private static final String SOON = "soon";
    private static final String PROBED = "probed";
    private static final String PROVEN = "proven";

    /** Answers a page of the list. */
    interface Pages<T> {
        Page<T> page(ListOrder order, int number);
    }

    private final Run run;
    private final Kind kind;
    private final Pages<T> pages;
    private final Function<T, String> id;
    private final Function<T, @Nullable Instant> stamp;
    private final Consumer<List<T>> rows;

    /**
     * A list and what its rows are for.
     *
     * @param rows takes up to 100 rows at a time; each must be committed when the call returns
     */
    Scan(
            Run run,
            Kind kind,
            Pages<T> pages,
            Function<T, String> id,
            Function<T, @Nullable Instant> stamp,
            Consumer<List<T>> rows) {
        this.run = run;
        this.kind = kind;
        this.pages = pages;
        this.id = id;
        this.stamp = stamp;
        this.rows = rows;
    }

    Kind kind() {
        return kind;
    }

    /** Hands over the rows that may have changed since the last pass. */
    void pass() {
        new Pass().read();
    }

    /**
     * Whether the whole list should be read: its time has come, or something may have been missed and calls would expire, or its
     * order is not proven, so that there is no other way.
     */
    boolean isSweepDue() {
        Map<String, String> state = state();
        if (!state.containsKey(SWEPT)) {
            return false;
        }
        Instant swept = Instant.parse(state.get(SWEPT));
        Duration every =
                "no".equals(state.get(PROVEN)) ? run.governor.betweenReadings(calls()) : run.policies.sweepEvery();
        return !run.time.now().isBefore(swept.plus(every))
                || (state.containsKey(SOON) && run.governor.expiring() > calls());
    }

    /** That it takes to read the whole list. */
    private long calls() {
        return run.ledger.known(kind) / Page.SIZE + 1;
    }

    /** Reads everything, and answers the ids. Begins again after an interruption. */
    Set<String> sweep() {
        Set<String> all = new HashSet<>();
        Instant began = run.time.now();
        boolean more = true;
        for (int number = 1; more; number++) {
            run.governor.keepReserve();
            Page<T> page = pages.page(ListOrder.BY_CREATION, number);
            setAside(page, all);
            began = number == 1 && page.answeredAt() != null ? page.answeredAt() : began;
            List<T> fresh = new ArrayList<>();
            page.items().forEach(row -> {
                if (all.add(id.apply(row))) {
                    fresh.add(row);
                }
            });
            hand(fresh);
            more = page.hasNext();
        }
        Map<String, String> state = new HashMap<>(state());
        state.put(SWEPT, began.toString());
        state.remove(SOON);
        run.ledger
                .changes()
                .checkpoint(stateName(), state)
                .checkpoint(kind.stream(), Map.of(WATERMARK, began.toString()))
                .commit();
        return all;
    }

    private String stateName() {
        return "list/" + kind.stream();
    }

    private Map<String, String> state() {
        return run.ledger.checkpoint(stateName());
    }

    /** A row with a value that cannot be waits in quarantine until it changes; the others go on. */
    private void setAside(Page<T> page, Set<String> ids) {
        for (Page.UnreadableRow row : page.unreadable()) {
            String rowId = row.raw().text(idField()).orElse("");
            String reason = "its row cannot be read: " + row.reason();
            if (rowId.isEmpty()) {
                run.tally.note(kind, "page " + page.number(), "a row without an id: " + reason);
                continue;
            }
            ids.add(rowId);
            run.tally.decide(kind, rowId, Decision.QUARANTINED, rowId, reason);
            String version = UNREADABLE + Values.hash(Map.of("row", row.raw().json()));
            boolean isKnown = run.ledger
                    .quarantined(kind, rowId)
                    .filter(before -> before.stamp().equals(version))
                    .isPresent();
            if (!isKnown) {
                Link link = Link.unlinked(kind, rowId, "").withStamp(version);
                run.ledger
                        .changes()
                        .put(Quarantined.of(link, reason, "Correct it in Zoho Books.", Map.of(), ""))
                        .audit(link, AuditEntry.Decision.QUARANTINED, reason)
                        .commit();
            }
        }
    }

    private void releaseReadable(List<T> candidates) {
        Changes changes = run.ledger.changes();
        for (T row : candidates) {
            String rowId = id.apply(row);
            run.ledger
                    .quarantined(kind, rowId)
                    .filter(before -> before.stamp().startsWith(UNREADABLE))
                    .ifPresent(before -> changes.release(kind, rowId));
        }
        changes.commit();
    }

    private String idField() {
        return switch (kind) {
            case CUSTOMER -> "contact_id";
            case INVOICE -> "invoice_id";
            case PAYMENT -> "payment_id";
            case CREDIT_NOTE -> "creditnote_id";
            default -> throw new IllegalStateException("there is no scan of " + kind);
        };
    }

    private void hand(List<T> candidates) {
        releaseReadable(candidates);
        for (int from = 0; from < candidates.size(); from += CHUNK) {
            rows.accept(candidates.subList(from, Math.min(candidates.size(), from + CHUNK)));
        }
    }

    /** One pass. */
    private final class Pass {
        private final Map<String, String> place = new HashMap<>(run.ledger.checkpoint(kind.stream()));
        private final Set<String> seen = new HashSet<>();
        private final @Nullable Instant limit = place.containsKey(WATERMARK)
                ? Instant.parse(place.get(WATERMARK)).minus(OVERLAP)
                : null;
        private boolean rowsFall = true;
        private @Nullable Instant lastStamp;

        void read() {
            int number = Integer.parseInt(place.getOrDefault(PAGE, "1"));
            boolean severalPages = false;
            while (true) {
                run.governor.keepReserve();
                Page<T> page = pages.page(ListOrder.NEWEST_FIRST, number);
                setAside(page, seen);
                place.putIfAbsent(STARTED, startOf(page).toString());
                boolean believed = limit != null && (!page.hasNext() || isProven(page));
                hand(candidates(page, believed));
                believed &= rowsFall;
                if (!page.hasNext() || (believed && limit != null && lastStamp != null && lastStamp.isBefore(limit))) {
                    complete(severalPages, page);
                    return;
                }
                if (limit != null && !believed) {
                    run.ledger
                            .changes()
                            .checkpoint(kind.stream(), Map.of(WATERMARK, place.getOrDefault(WATERMARK, "")))
                            .commit();
                    remember(PROVEN, "no");
                    run.tally.note(
                            kind,
                            "the list",
                            "Zoho Books does not sort it by modification, so it is read as a whole, at least once a"
                                    + " day; between that only its first page is looked at");
                    return;
                }
                severalPages = true;
                place.put(PAGE, String.valueOf(number));
                run.ledger.changes().checkpoint(kind.stream(), place).commit();
                number++;
            }
        }

        private void complete(boolean severalPages, Page<T> last) {
            String began = place.getOrDefault(STARTED, Instant.EPOCH.toString());
            Map<String, String> state = new HashMap<>(state());
            state.putIfAbsent(SWEPT, began);
            state.remove(PROVEN);
            if (severalPages && mayHideSome(last)) {
                state.put(SOON, "yes");
            }
            run.ledger
                    .changes()
                    .checkpoint(kind.stream(), Map.of(WATERMARK, began))
                    .checkpoint(stateName(), state)
                    .commit();
        }

        /** Rows move up when one above them is deleted, and the next page then misses one. */
        private boolean mayHideSome(Page<T> last) {
            return last.total() == null || last.total() != run.ledger.known(kind);
        }

        /** Rows of this page that were not seen before and, if the order is believed, are not older than the limit. */
        private List<T> candidates(Page<T> page, boolean believed) {
            List<T> candidates = new ArrayList<>();
            for (T row : page.items()) {
                if (seen.add(id.apply(row))) {
                    Instant at = stamp.apply(row);
                    rowsFall &= at != null && (lastStamp == null || !at.isAfter(lastStamp));
                    lastStamp = at;
                    boolean old = believed && rowsFall && limit != null && at != null && at.isBefore(limit);
                    if (!old) {
                        candidates.add(row);
                    }
                }
            }
            return candidates;
        }

        private boolean isProven(Page<T> page) {
            return page.sortEcho() == null ? probe(page) : NEWEST_FIRST.equals(page.sortEcho());
        }

        /** Once a day: the list the other way round must begin with something older. */
        private boolean probe(Page<T> newestFirst) {
            Map<String, String> state = state();
            String today = run.today().toString();
            if (!today.equals(state.get(PROBED))) {
                Page<T> oldestFirst = pages.page(ListOrder.OLDEST_FIRST, 1);
                Instant newest = first(newestFirst);
                Instant oldest = first(oldestFirst);
                boolean sorts = newest != null && oldest != null && oldest.isBefore(newest);
                remember(PROBED, today);
                remember("sorts", String.valueOf(sorts));
                return sorts;
            }
            return "true".equals(state.get("sorts"));
        }

        private void remember(String name, String value) {
            Map<String, String> state = new HashMap<>(state());
            state.put(name, value);
            run.ledger.changes().checkpoint(stateName(), state).commit();
        }

        private @Nullable Instant first(Page<T> page) {
            return page.items().isEmpty() ? null : stamp.apply(page.items().get(0));
        }

        /** The service's clock when it answered; without it the newest stamp. */
        private Instant startOf(Page<T> page) {
            if (page.answeredAt() != null) {
                return page.answeredAt();
            }
            Instant newest = first(page);
            return newest == null ? run.time.now() : newest;
        }
    }
}
