package io.ledgerbridge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.sync.tck.SyncStoreContract;
import io.ledgerbridge.time.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnSyncStoreTest extends SyncStoreContract {

    @TempDir
    Path directory;

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T10:00:00Z"));

    @Override
    protected SyncStore newStore() {
        return OwnSyncStore.open(directory.resolve("journal"), time);
    }

    @Override
    protected void pass(Duration span) {
        try {
            time.sleep(span);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatOneProcessHasCommittedTheNextOneFindsAndALineCutOffIsNothing() throws Exception {
        Path file = directory.resolve("other");
        Row row = Row.of("zoho-1", "link", "INVOICE/1", "", Map.of("kind", "INVOICE"), "{}");
        try (OwnSyncStore store = OwnSyncStore.open(file, time)) {
            store.commit(new Commit(List.of(new Put(row, SyncStore.ANY)), List.of(), null));
        }
        Files.writeString(file, "{\"puts\":[{\"connection\":\"zoho-1\",\"ki", StandardOpenOption.APPEND);

        try (OwnSyncStore store = OwnSyncStore.open(file, time)) {
            assertThat(store.find("zoho-1", "link", List.of("INVOICE/1"))).hasSize(1);
            assertThat(store.count(SyncStore.Query.of("zoho-1", "link"))).isEqualTo(1);
        }
    }
}
