package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.sync.spi.SyncStoreException;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.time.TimeSource.Scheduled;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A right to work on something alone, kept as long as the work goes on: its heart beats three times in each lease. */
public final class Tenure {

    private static final Logger log = LoggerFactory.getLogger(Tenure.class);

    private static final int BEATS = 3;

    private final SyncStore store;
    private final TimeSource time;
    private final String connection;
    private final String owner;
    private final Duration ttl;
    private @Nullable Lease lease;
    private @Nullable Scheduled nextBeat;
    private long renewedAt;

    public Tenure(SyncStore store, TimeSource time, String connection, String owner, Duration ttl) {
        this.store = store;
        this.time = time;
        this.connection = connection;
        this.owner = owner;
        this.ttl = ttl;
    }

    /** Takes the lease; empty if somebody else works on the connection. */
    public synchronized Optional<Lease> begin() {
        renewedAt = time.nanoTime();
        lease = store.acquire(connection, owner, ttl).orElse(null);
        if (lease != null) {
            scheduleBeat();
        }
        return Optional.ofNullable(lease);
    }

    private void scheduleBeat() {
        nextBeat = time.schedule(ttl.dividedBy(BEATS), this::beat);
    }

    /** Also while a run waits for something, and asks for its lease no more. */
    private synchronized void beat() {
        if (lease == null) {
            return;
        }
        try {
            current();
        } catch (SyncStoreException e) {
            log.warn("The lease of {} could not be prolonged; it is tried again: {}", connection, e.getMessage());
        } catch (SyncException e) {
            log.warn("{}", e.getMessage());
            return;
        }
        scheduleBeat();
    }

    /**
     * The lease, prolonged if a third of it is over.
     *
     * @throws SyncException if somebody else has it
     */
    Lease current() {
        return ifHeld().orElseThrow(this::lost);
    }

    /** As {@link #current}; empty if somebody else has it. */
    synchronized Optional<Lease> ifHeld() {
        // Not by the wall clock, which may be set back.
        long now = time.nanoTime();
        if (lease != null && now - renewedAt >= ttl.dividedBy(BEATS).toNanos()) {
            lease = store.renew(lease, ttl).orElse(null);
            renewedAt = now;
        }
        return Optional.ofNullable(lease);
    }

    public synchronized boolean isHeld() {
        return lease != null;
    }

    public synchronized void end() {
        Lease held = lease;
        lease = null;
        if (nextBeat != null) {
            nextBeat.cancel();
            nextBeat = null;
        }
        if (held != null) {
            store.release(held);
        }
    }

    /** Keeps it no longer, and does not give it back: it ends by itself. */
    public synchronized void abandon() {
        lease = null;
        if (nextBeat != null) {
            nextBeat.cancel();
            nextBeat = null;
        }
    }

    /** What to say when somebody else has taken over. */
    synchronized SyncException lost() {
        lease = null;
        return new SyncException(
                "sync.lease",
                "Another process has taken over the connection " + connection + ".",
                "Nothing: it goes on where this one stopped.");
    }
}
