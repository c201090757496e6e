package io.ledgerbridge.zohobooks;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import okio.ByteString;

/**
 * Lets each version of a record pass once: deliveries of webhooks may come twice and in any order. Versions have but seconds, so that
 * of two different ones within a second both pass, and only the source tells which is the newer. It remembers the last {@code capacity}
 * records of this process. Safe for concurrent use.
 */
public final class ReplayGuard {

    /** Records that are remembered unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 10_000;

    private final Map<String, Newest> newest;

    /** What has passed of the newest second of a record. */
    private record Newest(Instant modified, Set<ByteString> contents) {}

    private ReplayGuard(int capacity) {
        newest = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Newest> eldest) {
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
     * Whether this delivery brings something new: a record that did not come before, a later version of it, or another content of the
     * same second. A delivery that does not tell when the record was modified, as after a deletion, is always new: act on it so that
     * twice is as good as once.
     */
    public synchronized boolean isNew(WebhookEvent event) {
        if (event.lastModifiedTime().isEmpty()) {
            return true;
        }
        Instant modified = event.lastModifiedTime().get();
        Newest before = newest.get(key(event));
        if (before != null && modified.isBefore(before.modified())) {
            return false;
        }
        if (before == null || modified.isAfter(before.modified())) {
            before = new Newest(modified, new HashSet<>());
            newest.put(key(event), before);
        }
        return before.contents()
                .add(ByteString.encodeUtf8(event.record().json()).sha256());
    }

    /** Lets this record pass again: for a delivery that could not be worked off. */
    public synchronized void forget(WebhookEvent event) {
        newest.remove(key(event));
    }

    private static String key(WebhookEvent event) {
        return event.organizationId() + "/" + event.entity() + "/" + event.id();
    }
}
