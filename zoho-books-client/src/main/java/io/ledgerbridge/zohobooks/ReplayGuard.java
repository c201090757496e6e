package io.ledgerbridge.zohobooks;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets each version of a record pass once: deliveries of webhooks may come twice and in any order. It remembers the last
 * {@code capacity} records of this process. Safe for concurrent use.
 */
public final class ReplayGuard {

    /** Records that are remembered unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 10_000;

    private final Map<String, Instant> newest;

    private ReplayGuard(int capacity) {
        newest = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                return size() > capacity;
            }
        };
    }

    public static ReplayGuard remembering(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "the guard must remember at least 1 record, but " + capacity + " were asked for");
        }
        return new ReplayGuard(capacity);
    }

    public static ReplayGuard standard() {
        return remembering(DEFAULT_CAPACITY);
    }

    /**
     * Whether this delivery brings something new: a record that did not come before, or a later version of it. A delivery
     * that does not tell when the record was modified, as after a deletion, is always new: act on it so that twice is as
     * good as once.
     */
    public synchronized boolean isNew(WebhookEvent event) {
        if (event.lastModifiedTime().isEmpty()) {
            return true;
        }
        String key = key(event);
        Instant modified = event.lastModifiedTime().get();
        Instant before = newest.get(key);
        if (before != null && !modified.isAfter(before)) {
            return false;
        }
        newest.put(key, modified);
        return true;
    }

    /** Lets this record pass again: for a delivery that could not be worked off. */
    public synchronized void forget(WebhookEvent event) {
        newest.remove(key(event));
    }

    private static String key(WebhookEvent event) {
        return event.organizationId() + "/" + event.entity() + "/" + event.id();
    }
}
