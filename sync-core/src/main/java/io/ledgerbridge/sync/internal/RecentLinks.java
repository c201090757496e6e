package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.spi.SyncStore.Row;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Links that were read or written last. A batch looks at the same ones several times; they are decoded once. What the store
 * answers decides: a link counts only if its body is the one that is remembered.
 */
final class RecentLinks {

    private static final int MOST = 3_000;

    private record Known(String body, Link link) {}

    private Map<String, Known> known = new Latest();

    /** As many as fit, those that were asked for last. */
    private static final class Latest extends LinkedHashMap<String, Known> {
        private static final long serialVersionUID = 1L;

        Latest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    }

    /** Gives the memory back until the next run. */
    synchronized void forget() {
        known = new Latest();
    }

    synchronized Link read(Row row) {
        Known before = known.get(row.id());
        if (before != null && before.body().equals(row.body())) {
            return before.link();
        }
        Link link = LinkReader.read(row.body());
        remember(row.id(), row.body(), link);
        return link;
    }

    synchronized void remember(String id, String body, Link link) {
        known.put(id, new Known(body, link));
    }
}
