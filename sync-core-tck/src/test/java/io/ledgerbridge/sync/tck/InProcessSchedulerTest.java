package io.ledgerbridge.sync.tck;

import io.ledgerbridge.sync.spi.SyncScheduler;
import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;

final class InProcessSchedulerTest extends SyncSchedulerContract {

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T10:00:00Z"));

    @Override
    protected SyncScheduler newScheduler() {
        return SyncScheduler.inProcess(time);
    }

    @Override
    protected Instant now() {
        return time.now();
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
