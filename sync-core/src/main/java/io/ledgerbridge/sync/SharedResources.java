package io.ledgerbridge.sync;

import io.ledgerbridge.sync.internal.Tenure;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Organisations and HubSpot accounts that several connections have in common. Whoever runs one of these connections has the lease of
 * what it shares, so that no other process runs the others meanwhile: pacing knows the calls of its own process alone.
 */
final class SharedResources {

    private static final Duration TTL = Duration.ofMinutes(5);

    /** The calls of the last minute count against what follows. */
    private static final Duration PACED_OVER = Duration.ofMinutes(1);

    private final SyncStore store;
    private final TimeSource time;
    private final String owner;
    private final Map<String, Held> held = new LinkedHashMap<>();

    private static final class Held {
        private final Tenure tenure;
        private final long pacedFrom;
        private int users;
        private long unusedSince;

        /** @param pacedFrom from when on calls of another process do not count any more */
        Held(Tenure tenure, long pacedFrom) {
            this.tenure = tenure;
            this.pacedFrom = pacedFrom;
        }
    }

    SharedResources(SyncStore store, TimeSource time, String owner) {
        this.store = store;
        this.time = time;
        this.owner = owner;
    }

    /** Takes all of them, or none. */
    boolean hold(List<String> resources) {
        Taking taking = take(resources);
        if (taking == Taking.FROM_THE_LOST) {
            awaitPacing();
        }
        return taking != Taking.REFUSED;
    }

    private enum Taking {
        REFUSED,
        TAKEN,
        FROM_THE_LOST
    }

    private synchronized Taking take(List<String> resources) {
        List<String> taken = new ArrayList<>();
        Taking all = Taking.TAKEN;
        for (String resource : resources) {
            Taking one = Taking.REFUSED;
            try {
                one = take(resource);
            } finally {
                if (one == Taking.REFUSED) {
                    release(taken);
                }
            }
            if (one == Taking.REFUSED) {
                return one;
            }
            taken.add(resource);
            all = one == Taking.FROM_THE_LOST ? one : all;
        }
        return all;
    }

    private Taking take(String resource) {
        Taking taking = Taking.TAKEN;
        Held known = held.get(resource);
        if (known != null && !known.tenure.isHeld()) {
            if (known.users > 0) {
                // Lost while somebody runs here: nobody else begins until that has ended.
                return Taking.REFUSED;
            }
            held.remove(resource);
            known = null;
        }
        if (known != null && time.nanoTime() - known.pacedFrom < 0) {
            taking = Taking.FROM_THE_LOST;
        }
        if (known == null) {
            Tenure tenure = new Tenure(store, time, "shared " + resource, owner, TTL);
            Optional<Lease> lease = tenure.begin();
            if (lease.isEmpty()) {
                return Taking.REFUSED;
            }
            taking = lease.get().takenOver() ? Taking.FROM_THE_LOST : taking;
            known = new Held(tenure, time.nanoTime() + (taking == Taking.FROM_THE_LOST ? PACED_OVER.toNanos() : 0));
            held.put(resource, known);
        }
        known.users++;
        return taking;
    }

    /** Whoever had it was lost, and may have spent the calls of this minute. */
    private void awaitPacing() {
        try {
            time.sleep(PACED_OVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** They stay here as long as the calls that were made count. */
    synchronized void release(List<String> resources) {
        for (String resource : resources) {
            Held known = held.get(resource);
            if (known != null && --known.users == 0) {
                known.unusedSince = time.nanoTime();
                time.schedule(PACED_OVER, () -> endIfUnused(resource));
            }
        }
    }

    private synchronized void endIfUnused(String resource) {
        Held known = held.get(resource);
        if (known != null && known.users == 0 && time.nanoTime() - known.unusedSince - PACED_OVER.toNanos() >= 0) {
            held.remove(resource);
            known.tenure.end();
        }
    }

    /**
     * Gives back what was not used within the last minute. The rest is left to end by itself, so that whoever follows waits until
     * the calls that were made count no more.
     */
    synchronized void end() {
        List.copyOf(held.keySet()).forEach(this::endIfUnused);
        held.values().forEach(left -> left.tenure.abandon());
        held.clear();
    }
}
