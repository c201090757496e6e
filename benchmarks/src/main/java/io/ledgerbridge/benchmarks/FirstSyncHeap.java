package io.ledgerbridge.benchmarks;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a first sync of 255,000 records needs beyond its in-memory store. The store grows while it runs: of what it
 * occupies in the end, each look counts as much as it holds by then.
 */
public final class FirstSyncHeap {

    private static final int CALLS_BETWEEN_LOOKS = 3_000;
    private static final int PAGE = 500;

    /** What a row costs beside its texts: its place in the maps and indexes. */
    private static final int EACH_ROW = 400;

    private static final List<String> KINDS = List.of("link", "queue", "audit", "checkpoint", "sending", "quarantine");

    private record Look(long heap, long weight) {}

    private final SyncStore store = SyncStore.inMemory();
    private final Targets targets = new Targets();
    private final List<Look> looks = new ArrayList<>();
    private String connection = "";
    private int calls;

    private FirstSyncHeap() {}

    public static void main(String[] arguments) throws IOException {
        FirstSyncHeap heap = new FirstSyncHeap();
        heap.print();
        System.exit(heap.targets.missed() ? 1 : 0);
    }

    private void print() throws IOException {
        long before = LiveHeap.bytes();
        try (FakesProcess fakes = FakesProcess.start()) {
            sync(fakes);
        }
        long idle = LiveHeap.bytes() - before;
        double perWeight = idle / (double) weight();
        double firstHalf = highest(looks.subList(0, looks.size() / 2), before, perWeight);
        double secondHalf = highest(looks.subList(looks.size() / 2, looks.size()), before, perWeight);
        System.out.printf("The store occupies %.0f MB in the end%n", idle / 1e6);
        double highest = Math.max(firstHalf, secondHalf);
        targets.tell(
                "First sync: live heap beyond the store, highest of " + looks.size() + " looks",
                String.format("%.1f MB", highest),
                "< 96 MB",
                highest < 96);
        targets.tell(
                "First sync: the same, in the second half of the calls",
                String.format("%.1f MB", secondHalf),
                String.format("flat: at most 10 MB above %.1f MB in the first", firstHalf),
                secondHalf <= firstHalf + 10);
    }

    private static double highest(List<Look> looks, long before, double perWeight) {
        return looks.stream()
                .mapToDouble(look -> (look.heap() - before - look.weight() * perWeight) / 1e6)
                .max()
                .orElseThrow();
    }

    private void sync(FakesProcess fakes) {
        OkHttpClient http =
                new OkHttpClient.Builder().addInterceptor(this::looked).build();
        try (ZohoBooks zoho = ZohoBooks.builder(
                                ZohoCredentials.refreshToken(fakes.clientId, fakes.clientSecret, fakes.refreshToken))
                        .organization(fakes.organizationId)
                        .endpoints(fakes.zohoUrl, fakes.zohoUrl)
                        .httpClient(http)
                        .pacing(ZohoPacing.unlimited())
                        .build();
                HubSpot hubspot = HubSpot.builder(AccessToken.of(fakes.accessToken))
                        .endpoint(fakes.hubSpotUrl)
                        .httpClient(http)
                        .pacing(HubSpotPacing.unlimited())
                        .build()) {
            SyncEngine engine = SyncEngine.builder(zoho, hubspot).store(store).build();
            connection = "zoho-" + fakes.organizationId;
            SyncReport report = engine.run();
            if (report.status() != SyncReport.Status.COMPLETE) {
                throw new IllegalStateException("the sync is not complete: " + report);
            }
        }
    }

    private Response looked(Interceptor.Chain chain) throws IOException {
        if (++calls % CALLS_BETWEEN_LOOKS == 0) {
            looks.add(new Look(LiveHeap.bytes(), weight()));
        }
        return chain.proceed(chain.request());
    }

    private long weight() {
        long weight = 0;
        for (String kind : KINDS) {
            @Nullable Row last = null;
            List<Row> page;
            do {
                page = store.scan(Query.of(connection, kind), last, PAGE);
                for (Row row : page) {
                    weight += EACH_ROW + row.body().length();
                    last = row;
                }
            } while (page.size() == PAGE);
        }
        return weight;
    }
}
