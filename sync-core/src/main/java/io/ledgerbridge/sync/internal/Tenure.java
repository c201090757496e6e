package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The right of this engine to work on its connection, kept as long as it works. */
final class Tenure {

    private final SyncStore store;
    private final TimeSource time;
    private final String connection;
    private final String owner;
    private final Duration ttl;
    private @Nullable Lease lease;
    private Instant renewedAt = Instant.MIN;

    Tenure(SyncStore store, TimeSource time, String connection, String owner, Duration ttl) {
        this.store = store;
        this.time = time;
        this.connection = connection;
        this.owner = owner;
        this.ttl = ttl;
    }

    /** Takes the lease; empty if somebody else works on the connection. */
    Optional<Lease> begin() {
        renewedAt = time.now();
        lease = store.acquire(connection, owner, ttl).orElse(null);
        return Optional.ofNullable(lease);
    }

    /**
     * The lease, prolonged if half of it is over.
     *
     * @throws SyncException if somebody else has it
     */
    Lease current() {
        Lease held = lease;
        if (held == null) {
            throw lost();
        }
        Instant now = time.now();
        if (Duration.between(renewedAt, now).compareTo(ttl.dividedBy(2)) >= 0) {
            held = store.renew(held, ttl).orElseThrow(this::lost);
            lease = held;
            renewedAt = now;
        }
        return held;
    }

    boolean isHeld() {
        return lease != null;
    }

    void end() {
        Lease held = lease;
        lease = null;
        if (held != null) {
            store.release(held);
        }
    }

    /** What to say when somebody else has taken over. */
    SyncException lost() {
        lease = null;
        return new SyncException(
                "sync.lease",
                "Another process has taken over the connection " + connection + ".",
                "Nothing: it goes on where this one stopped.");
    }
}
