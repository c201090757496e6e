package io.ledgerbridge.sync.tck;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;

final class InMemorySyncStoreTest extends SyncStoreContract {

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T10:00:00Z"));

    @Override
    protected SyncStore newStore() {
        return SyncStore.inMemory(time);
    }

    @Override
    protected void pass(Duration span) {
        try {
            time.sleep(span);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
