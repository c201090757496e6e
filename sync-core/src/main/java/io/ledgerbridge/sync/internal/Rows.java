package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads all rows of a query, page by page, so that a large one needs no more memory than a small one. */
final class Rows {

    static final int PAGE = 500;

    private Rows() {}

    static void forEach(SyncStore store, Query query, Consumer<Row> consumer) {
        @Nullable Row last = null;
        List<Row> page;
        do {
            page = store.scan(query, last, PAGE);
            for (Row row : page) {
                consumer.accept(row);
                last = row;
            }
        } while (page.size() == PAGE);
    }
}
