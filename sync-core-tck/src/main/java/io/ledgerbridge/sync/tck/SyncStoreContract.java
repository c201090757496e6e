package io.ledgerbridge.sync.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.CommitResult;
import io.ledgerbridge.sync.spi.SyncStore.Delete;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.sync.spi.SyncStore.RowId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SyncStore} has to do. */
public abstract class SyncStoreContract {

    private static final Duration TTL = Duration.ofMinutes(5);
    private static final List<String> KEYS = List.of("k", "l");
    private static final String C = "zoho-1";

    private SyncStore store;

    /** An empty store. */
    protected abstract SyncStore newStore();

    /** Lets the time of the store's clock pass, or brings the end of all leases that much nearer. */
    protected abstract void pass(Duration time);

    /** The same rows seen by another process, if there can be one; else the store itself. */
    protected SyncStore asAnotherProcess(SyncStore store) {
        return store;
    }

    @BeforeEach
    void begin() {
        store = newStore();
    }

    private static Row row(String id) {
        return row(C, "link", id, "", Map.of(), "{\"id\":\"" + id + "\"}");
    }

    private static Row row(
            String connection, String kind, String id, String order, Map<String, String> keys, String body) {
        return Row.of(connection, kind, id, order, keys, body);
    }

    private static Row ordered(String id, String order) {
        return row(C, "queue", id, order, Map.of("work", "DETAIL"), "{}");
    }

    private CommitResult put(Row... rows) {
        return put(null, rows);
    }

    private CommitResult put(@Nullable Lease lease, Row... rows) {
        return store.commit(new Commit(
                List.of(rows).stream().map(row -> new Put(row, SyncStore.ANY)).toList(), List.of(), lease));
    }

    private CommitResult put(Row row, long expected) {
        return store.commit(new Commit(List.of(new Put(row, expected)), List.of(), null));
    }

    private CommitResult delete(Row row, long expected) {
        return store.commit(new Commit(List.of(), List.of(new Delete(row.rowId(), expected)), null));
    }

    private void done(CommitResult result) {
        assertThat(result).isInstanceOf(CommitResult.Done.class);
    }

    private Optional<Row> find(Row row) {
        return store.find(row.connection(), row.kind(), List.of(row.id())).stream()
                .findFirst();
    }

    private long versionOf(Row row) {
        return find(row).orElseThrow().version();
    }

    private List<String> ids(Query query) {
        List<String> ids = new ArrayList<>();
        scan(query, 3).forEach(row -> ids.add(row.id()));
        return ids;
    }

    private List<Row> scan(Query query, int pageSize) {
        List<Row> all = new ArrayList<>();
        List<Row> page = store.scan(query, null, pageSize);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(pageSize);
            all.addAll(page);
            assertThat(all).as("rows of a scan that does not end").hasSizeLessThan(10_000);
            page = store.scan(query, page.get(page.size() - 1), pageSize);
        }
        return all;
    }

    // Rows

    @Test
    void aRowComesBackAsItWasPut() {
        Map<String, String> keys = Map.of("kind", "INVOICE", "INVOICE.target", "55512345678", "email", "a@b.example");
        Row given = row(C, "link", "INVOICE/2000000000000222001", "0004", keys, "{\"name\":\"Zoë Żak 株式会社 🚀\"}");
        done(put(given));

        Row found = find(given).orElseThrow();

        assertThat(found.rowId()).isEqualTo(new RowId(C, "link", "INVOICE/2000000000000222001"));
        assertThat(found.order()).isEqualTo("0004");
        assertThat(found.keys()).isEqualTo(keys);
        assertThat(found.body()).isEqualTo("{\"name\":\"Zoë Żak 株式会社 🚀\"}");
    }

    @Test
    void aLongBodyIsKeptWhole() {
        String body = "{\"text\":\"" + "line\\n".repeat(40_000) + "\"}";
        Row given = row(C, "quarantine", "1", "", Map.of(), body);
        done(put(given));

        assertThat(find(given).orElseThrow().body()).isEqualTo(body);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        done(put(row("1")));

        assertThat(store.find(C, "link", List.of("2"))).isEmpty();
        assertThat(store.find(C, "link", List.of())).isEmpty();
        assertThat(store.find(C, "queue", List.of("1"))).isEmpty();
        assertThat(store.find("zoho-2", "link", List.of("1"))).isEmpty();
    }

    @Test
    void manyRowsAreFoundAtOnceEachOnce() {
        List<Row> rows =
                IntStream.range(0, 1_200).mapToObj(i -> row(String.valueOf(i))).toList();
        done(put(rows.toArray(new Row[0])));
        List<String> asked = new ArrayList<>(rows.stream().map(Row::id).toList());
        asked.addAll(List.of("0", "missing", "1199"));

        assertThat(store.find(C, "link", asked))
                .extracting(Row::id)
                .containsExactlyInAnyOrderElementsOf(rows.stream().map(Row::id).toList());
    }

    @Test
    void aRowReplacesTheOneWithItsIdKeysIncluded() {
        done(put(row(C, "link", "1", "a", Map.of("email", "old@b.example"), "{}")));
        done(put(row(C, "link", "1", "b", Map.of("email", "new@b.example"), "{\"v\":2}")));

        assertThat(ids(Query.of(C, "link"))).containsExactly("1");
        assertThat(ids(Query.of(C, "link").where("email", "old@b.example"))).isEmpty();
        assertThat(ids(Query.of(C, "link").where("email", "new@b.example"))).containsExactly("1");
        assertThat(find(row("1")).orElseThrow().order()).isEqualTo("b");
        assertThat(find(row("1")).orElseThrow().body()).isEqualTo("{\"v\":2}");
    }

    @Test
    void aKeyThatIsLeftOutIsGone() {
        done(put(row(C, "link", "1", "", Map.of("email", "a@b.example", "kind", "CONTACT"), "{}")));
        done(put(row(C, "link", "1", "", Map.of("kind", "CONTACT"), "{}")));

        assertThat(ids(Query.of(C, "link").where("email", "a@b.example"))).isEmpty();
        assertThat(ids(Query.of(C, "link").where("kind", "CONTACT"))).containsExactly("1");
    }

    @Test
    void connectionsAndKindsDoNotMix() {
        done(put(
                row(C, "link", "1", "", Map.of("k", "v"), "{\"n\":1}"),
                row(C, "queue", "1", "", Map.of("k", "v"), "{\"n\":2}"),
                row("zoho-2", "link", "1", "", Map.of("k", "v"), "{\"n\":3}")));
        done(delete(row("1"), SyncStore.ANY));

        assertThat(ids(Query.of(C, "link").where("k", "v"))).isEmpty();
        assertThat(find(row(C, "queue", "1", "", Map.of(), "")).orElseThrow().body())
                .isEqualTo("{\"n\":2}");
        assertThat(find(row("zoho-2", "link", "1", "", Map.of(), ""))
                        .orElseThrow()
                        .body())
                .isEqualTo("{\"n\":3}");
    }

    @Test
    void idsDifferByCaseAndSeparators() {
        done(put(row("a/b"), row("A/B"), row("a%b"), row("a_b"), row("a'b")));

        assertThat(store.find(C, "link", List.of("a/b"))).extracting(Row::id).containsExactly("a/b");
        assertThat(store.find(C, "link", List.of("a_b"))).extracting(Row::id).containsExactly("a_b");
        assertThat(store.count(Query.of(C, "link"))).isEqualTo(5);
    }

    @Test
    void anEmptyCommitIsDone() {
        done(store.commit(new Commit(List.of(), List.of(), null)));
    }

    @Test
    void aDeletedRowIsGoneFromEverywhere() {
        Row row = row(C, "link", "1", "7", Map.of("kind", "INVOICE"), "{}");
        done(put(row));
        done(delete(row, SyncStore.ANY));

        assertThat(find(row)).isEmpty();
        assertThat(ids(Query.of(C, "link"))).isEmpty();
        assertThat(ids(Query.of(C, "link").where("kind", "INVOICE"))).isEmpty();
        assertThat(store.count(Query.of(C, "link").where("kind", "INVOICE"))).isZero();
    }

    @Test
    void deletingWhatIsNotThereIsDone() {
        done(delete(row("1"), SyncStore.ANY));
        done(delete(row("1"), SyncStore.ABSENT));
    }

    // Versions

    @Test
    void everyWriteGivesAnotherVersion() {
        Set<Long> versions = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            done(put(row("1")));
            assertThat(versions.add(versionOf(row("1")))).isTrue();
        }
        assertThat(versions).allMatch(version -> version > 0);
    }

    @Test
    void aVersionIsNotUsedAgainAfterTheRowWasGone() {
        done(put(row("1")));
        long first = versionOf(row("1"));
        done(delete(row("1"), SyncStore.ANY));
        done(put(row("1")));

        assertThat(put(row("1"), first)).isEqualTo(new CommitResult.Changed(List.of(row("1").rowId())));
    }

    @Test
    void anExpectedVersionIsAccepted() {
        done(put(row("1"), SyncStore.ABSENT));
        done(put(row("1"), versionOf(row("1"))));
        done(delete(row("1"), versionOf(row("1"))));

        assertThat(find(row("1"))).isEmpty();
    }

    @Test
    void aRowThatMustBeAbsentButIsThereIsToldAndLeft() {
        done(put(row(C, "link", "1", "", Map.of(), "{\"first\":true}")));

        assertThat(put(row("1"), SyncStore.ABSENT)).isEqualTo(new CommitResult.Changed(List.of(row("1").rowId())));

        assertThat(find(row("1")).orElseThrow().body()).isEqualTo("{\"first\":true}");
    }

    @Test
    void aRowThatMustBeThereButIsNotIsTold() {
        assertThat(put(row("1"), 17)).isEqualTo(new CommitResult.Changed(List.of(row("1").rowId())));
        assertThat(find(row("1"))).isEmpty();
    }

    @Test
    void aDeleteOfAnotherVersionIsToldAndTheRowStays() {
        done(put(row("1")));
        long old = versionOf(row("1"));
        done(put(row("1")));

        assertThat(delete(row("1"), old)).isEqualTo(new CommitResult.Changed(List.of(row("1").rowId())));
        assertThat(find(row("1"))).isPresent();
    }

    @Test
    void oneUnexpectedRowKeepsTheWholeCommitBack() {
        done(put(row("kept")));
        done(put(row("changed")));
        Commit commit = new Commit(
                List.of(
                        new Put(row("new-1"), SyncStore.ANY),
                        new Put(row("changed"), SyncStore.ABSENT),
                        new Put(row("new-2"), SyncStore.ABSENT)),
                List.of(new Delete(row("kept").rowId(), SyncStore.ANY)),
                null);

        assertThat(store.commit(commit))
                .isEqualTo(new CommitResult.Changed(List.of(row("changed").rowId())));

        assertThat(ids(Query.of(C, "link"))).containsExactlyInAnyOrder("kept", "changed");
    }

    @Test
    void allUnexpectedRowsAreTold() {
        done(put(row("1"), row("2"), row("3")));
        Commit commit = new Commit(
                List.of(new Put(row("1"), SyncStore.ABSENT), new Put(row("4"), SyncStore.ABSENT)),
                List.of(new Delete(row("2").rowId(), 1_000_000), new Delete(row("3").rowId(), SyncStore.ANY)),
                null);

        CommitResult result = store.commit(commit);

        assertThat(result).isInstanceOf(CommitResult.Changed.class);
        assertThat(((CommitResult.Changed) result).ids()).containsExactlyInAnyOrder(row("1").rowId(), row("2").rowId());
    }

    @Test
    void aCommitThatComesTwiceChangesNothingMore() {
        Commit commit = new Commit(
                List.of(new Put(row("1"), SyncStore.ANY), new Put(ordered("q", "1"), SyncStore.ANY)),
                List.of(new Delete(row("2").rowId(), SyncStore.ANY)),
                null);
        done(put(row("2")));
        done(store.commit(commit));
        done(store.commit(commit));

        assertThat(ids(Query.of(C, "link"))).containsExactly("1");
        assertThat(ids(Query.of(C, "queue").where("work", "DETAIL"))).containsExactly("q");
    }

    @Test
    void ofRivalsThatExpectTheSameVersionOneWins() throws Exception {
        done(put(row("1")));
        long version = versionOf(row("1"));
        AtomicInteger winners = new AtomicInteger();

        together(8, i -> {
            Row mine = row(C, "link", "1", "", Map.of(), "{\"by\":" + i + "}");
            if (asAnotherProcess(store).commit(new Commit(List.of(new Put(mine, version)), List.of(), null))
                    instanceof CommitResult.Done) {
                winners.incrementAndGet();
            }
        });

        assertThat(winners).hasValue(1);
    }

    @Test
    void ofRivalsThatExpectNothingOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String id = "new-" + round;
            AtomicInteger winners = new AtomicInteger();

            together(4, i -> {
                Row mine = row(C, "link", id, "", Map.of("by", "K" + i), "{\"by\":" + i + "}");
                if (asAnotherProcess(store)
                                .commit(new Commit(List.of(new Put(mine, SyncStore.ABSENT)), List.of(), null))
                        instanceof CommitResult.Done) {
                    winners.incrementAndGet();
                }
            });

            assertThat(winners).hasValue(1);
            Row kept = find(row(id)).orElseThrow();
            for (int i = 0; i < 4; i++) {
                boolean isKept = ("K" + i).equals(kept.keys().get("by"));
                assertThat(ids(Query.of(C, "link").where("by", "K" + i)).contains(id))
                        .as("a key of whoever has lost")
                        .isEqualTo(isKept);
            }
        }
    }

    @Test
    void rivalsForARowLeaveTheKeysOfOne() throws Exception {
        together(4, i -> {
            for (int j = 0; j < 20; j++) {
                Row mine = row(C, "link", "one", "", Map.of("by", "K" + i), "{}");
                asAnotherProcess(store).commit(new Commit(List.of(new Put(mine, SyncStore.ANY)), List.of(), null));
            }
        });

        String by = find(row("one")).orElseThrow().keys().get("by");
        for (int i = 0; i < 4; i++) {
            assertThat(ids(Query.of(C, "link").where("by", "K" + i))).hasSize(("K" + i).equals(by) ? 1 : 0);
        }
    }

    @Test
    void parallelCommitsAreAllKept() throws Exception {
        together(8, i -> {
            for (int j = 0; j < 50; j++) {
                Row mine = row(C, "link", i + "-" + j, "", Map.of("kind", "K" + i), "{}");
                asAnotherProcess(store).commit(new Commit(List.of(new Put(mine, SyncStore.ANY)), List.of(), null));
            }
        });

        assertThat(store.count(Query.of(C, "link"))).isEqualTo(400);
        assertThat(store.count(Query.of(C, "link").where("kind", "K3"))).isEqualTo(50);
    }

    @Test
    void aReaderSeesACommitWholeOrNotAtAll() throws Exception {
        AtomicReference<String> torn = new AtomicReference<>("");
        together(2, i -> {
            for (int n = 1; n <= 200; n++) {
                if (i == 0) {
                    String body = "{\"n\":" + n + "}";
                    put(row(C, "link", "a", "", Map.of(), body), row(C, "link", "b", "", Map.of(), body));
                } else {
                    List<Row> seen = store.find(C, "link", List.of("a", "b"));
                    boolean whole = seen.isEmpty()
                            || (seen.size() == 2
                                    && seen.get(0).body().equals(seen.get(1).body()));
                    if (!whole) {
                        torn.set(seen.toString());
                    }
                }
            }
        });

        assertThat(torn.get()).isEmpty();
    }

    // Scans

    @Test
    void rowsComeByOrderAndThenById() {
        done(put(ordered("c", "2"), ordered("a", "2"), ordered("b", "1"), ordered("d", "10")));

        assertThat(ids(Query.of(C, "queue"))).containsExactly("b", "d", "a", "c");
    }

    @Test
    void aScanGoesOnAfterTheLastRowOfThePageBefore() {
        Map<String, String> expected = new TreeMap<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            String id = String.format(Locale.ROOT, "%03d", i);
            String order = String.valueOf(i % 7);
            expected.put(order + "/" + id, id);
            rows.add(ordered(id, order));
        }
        Collections.shuffle(rows, new Random(5));
        done(put(rows.toArray(new Row[0])));

        for (int size : new int[] {1, 7, 100, 1_000}) {
            assertThat(scan(Query.of(C, "queue"), size))
                    .extracting(Row::id)
                    .containsExactlyElementsOf(expected.values());
        }
    }

    @Test
    void aScanGoesOnAlsoIfItsLastRowIsGone() {
        done(put(ordered("a", "1"), ordered("b", "2"), ordered("c", "3"), ordered("d", "4")));
        List<Row> page = store.scan(Query.of(C, "queue"), null, 2);
        done(delete(page.get(1), SyncStore.ANY));

        assertThat(store.scan(Query.of(C, "queue"), page.get(1), 5))
                .extracting(Row::id)
                .containsExactly("c", "d");
    }

    @Test
    void aScanBehindTheLastRowIsEmpty() {
        done(put(ordered("a", "1")));
        Row last = store.scan(Query.of(C, "queue"), null, 5).get(0);

        assertThat(store.scan(Query.of(C, "queue"), last, 5)).isEmpty();
        assertThat(store.scan(Query.of(C, "nothing"), null, 5)).isEmpty();
    }

    @Test
    void rowsThatAreWrittenDuringAScanDisturbNoOthers() {
        List<Row> rows = IntStream.range(0, 40)
                .mapToObj(i -> ordered(String.format(Locale.ROOT, "%02d", i), "5"))
                .toList();
        done(put(rows.toArray(new Row[0])));
        List<String> seen = new ArrayList<>();
        List<Row> page = store.scan(Query.of(C, "queue"), null, 10);
        while (!page.isEmpty() && seen.size() < 100) {
            page.forEach(row -> seen.add(row.id()));
            done(put(ordered("early-" + seen.size(), "1")));
            done(put(ordered(page.get(0).id(), "5")));
            page = store.scan(Query.of(C, "queue"), page.get(page.size() - 1), 10);
        }

        assertThat(seen).containsExactlyElementsOf(rows.stream().map(Row::id).toList());
    }

    @Test
    void equalityOfAKeyIsExact() {
        done(put(
                row(C, "link", "1", "", Map.of("email", "a@b.example"), "{}"),
                row(C, "link", "2", "", Map.of("email", "A@b.example"), "{}"),
                row(C, "link", "3", "", Map.of("email", "a@b.example "), "{}"),
                row(C, "link", "4", "", Map.of("other", "a@b.example"), "{}"),
                row(C, "link", "5", "", Map.of(), "{}")));

        assertThat(ids(Query.of(C, "link").where("email", "a@b.example"))).containsExactly("1");
        assertThat(ids(Query.of(C, "link").where("email", "%"))).isEmpty();
    }

    @Test
    void aRangeOfTheOrderHasItsBeginningAndNotItsEnd() {
        done(put(ordered("a", "1"), ordered("b", "2"), ordered("c", "3"), ordered("d", "4")));

        assertThat(ids(Query.of(C, "queue").from("2"))).containsExactly("b", "c", "d");
        assertThat(ids(Query.of(C, "queue").before("3"))).containsExactly("a", "b");
        assertThat(ids(Query.of(C, "queue").from("2").before("4"))).containsExactly("b", "c");
        assertThat(ids(Query.of(C, "queue").where("work", "DETAIL").from("3"))).containsExactly("c", "d");
        assertThat(ids(Query.of(C, "queue").where("work", "OTHER").from("3"))).isEmpty();
        assertThat(store.count(Query.of(C, "queue").from("2").before("4"))).isEqualTo(2);
    }

    @Test
    void aRangeIsScannedByThePageToo() {
        List<Row> rows = IntStream.range(0, 100)
                .mapToObj(i -> ordered("x" + i, String.format(Locale.ROOT, "%03d", i)))
                .toList();
        done(put(rows.toArray(new Row[0])));

        assertThat(scan(Query.of(C, "queue").from("010").before("090"), 9))
                .extracting(Row::order)
                .containsExactlyElementsOf(
                        rows.subList(10, 90).stream().map(Row::order).toList());
    }

    @Test
    void allConnectionsAreScannedTogether() {
        done(put(
                row("zoho-2", "inbox", "a", "2", Map.of("k", "v"), "{}"),
                row("zoho-1", "inbox", "b", "2", Map.of("k", "v"), "{}"),
                row("zoho-3", "inbox", "c", "1", Map.of("k", "v"), "{}"),
                row("zoho-3", "other", "d", "1", Map.of("k", "v"), "{}")));

        assertThat(ids(Query.of("inbox"))).containsExactly("c", "b", "a");
        assertThat(scan(Query.of("inbox"), 1))
                .extracting(Row::connection)
                .containsExactly("zoho-3", "zoho-1", "zoho-2");
        assertThat(ids(Query.of("inbox").where("k", "v").from("2"))).containsExactly("b", "a");
        assertThat(store.count(Query.of("inbox"))).isEqualTo(3);
    }

    @Test
    void countsAgreeWithScans() {
        Map<String, Integer> byStage = new HashMap<>();
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            String stage = "S" + random.nextInt(4);
            byStage.merge(stage, 1, Integer::sum);
            done(put(row(C, "queue", "q" + i, String.valueOf(random.nextInt(10)), Map.of("work", stage), "{}")));
        }

        byStage.forEach((stage, number) -> {
            assertThat(store.count(Query.of(C, "queue").where("work", stage))).isEqualTo(number.longValue());
            assertThat(ids(Query.of(C, "queue").where("work", stage))).hasSize(number);
        });
        assertThat(store.count(Query.of(C, "queue"))).isEqualTo(300);
    }

    @Test
    void trimmingRemovesTheFirstRows() {
        done(put(ordered("a", "1"), ordered("b", "2"), ordered("c", "3"), ordered("d", "4")));

        assertThat(store.trim(Query.of(C, "queue").before("4"), 2)).isEqualTo(2);
        assertThat(ids(Query.of(C, "queue"))).containsExactly("c", "d");
        assertThat(store.trim(Query.of(C, "queue").before("4"), 2)).isEqualTo(1);
        assertThat(store.trim(Query.of(C, "queue").before("4"), 2)).isZero();
        assertThat(ids(Query.of(C, "queue"))).containsExactly("d");
    }

    // Leases

    private Lease acquire(String owner) {
        return store.acquire(C, owner, TTL).orElseThrow();
    }

    @Test
    void oneOwnerAtATimeHasALease() {
        Lease lease = acquire("a");

        assertThat(asAnotherProcess(store).acquire(C, "b", TTL)).isEmpty();
        assertThat(store.acquire("zoho-2", "b", TTL)).isPresent();
        assertThat(lease.connection()).isEqualTo(C);
        assertThat(lease.owner()).isEqualTo("a");
    }

    @Test
    void ofRivalsForALeaseOneWins() throws Exception {
        AtomicInteger winners = new AtomicInteger();

        together(8, i -> {
            if (asAnotherProcess(store).acquire(C, "owner-" + i, TTL).isPresent()) {
                winners.incrementAndGet();
            }
        });

        assertThat(winners).hasValue(1);
    }

    @Test
    void aReleasedLeaseIsFreeAndNotTakenOver() {
        assertThat(acquire("a").takenOver()).isFalse();
        Lease first = acquire("a");
        store.release(first);

        Lease second = acquire("b");

        assertThat(second.takenOver()).isFalse();
        assertThat(second.fence()).isGreaterThan(first.fence());
    }

    @Test
    void anEndedLeaseIsTakenOver() {
        Lease first = acquire("a");
        pass(TTL.minusSeconds(30));
        assertThat(store.acquire(C, "b", TTL)).isEmpty();
        pass(Duration.ofSeconds(31));

        Lease second = acquire("b");

        assertThat(second.takenOver()).isTrue();
        assertThat(second.fence()).isGreaterThan(first.fence());
    }

    @Test
    void whatIsNotRenewedEndsAndWhatIsRenewedGoesOn() {
        Lease lease = acquire("a");
        for (int i = 0; i < 5; i++) {
            pass(TTL.minusSeconds(10));
            Lease renewed = store.renew(lease, TTL).orElseThrow();
            assertThat(renewed.fence()).isEqualTo(lease.fence());
            assertThat(renewed.until()).isAfterOrEqualTo(lease.until());
            assertThat(store.acquire(C, "b", TTL)).isEmpty();
            lease = renewed;
        }
    }

    @Test
    void anEndedLeaseThatNobodyTookIsRenewed() {
        Lease lease = acquire("a");
        pass(TTL.multipliedBy(3));

        Lease renewed = store.renew(lease, TTL).orElseThrow();

        done(put(renewed, row("1")));
    }

    @Test
    void aLostLeaseIsNotRenewed() {
        Lease lease = acquire("a");
        pass(TTL.plusSeconds(1));
        Lease next = acquire("b");

        assertThat(store.renew(lease, TTL)).isEmpty();
        assertThat(store.renew(next, TTL)).isPresent();
    }

    @Test
    void aReleasedLeaseIsNotRenewed() {
        Lease lease = acquire("a");
        store.release(lease);

        assertThat(store.renew(lease, TTL)).isEmpty();
    }

    @Test
    void releasingALostLeaseLeavesTheNewOne() {
        Lease lease = acquire("a");
        pass(TTL.plusSeconds(1));
        Lease next = acquire("b");
        store.release(lease);

        assertThat(store.acquire(C, "c", TTL)).isEmpty();
        done(put(next, row("1")));
    }

    @Test
    void anOwnerThatAsksAgainLosesItsOldLease() {
        Lease old = acquire("a");
        Lease now = acquire("a");

        assertThat(put(old, row("1"))).isInstanceOf(CommitResult.LeaseLost.class);
        done(put(now, row("1")));
    }

    @Test
    void aCommitUnderALeaseIsWritten() {
        done(put(acquire("a"), row("1")));

        assertThat(find(row("1"))).isPresent();
    }

    @Test
    void aCommitUnderALostLeaseWritesNothing() {
        Lease lease = acquire("a");
        done(put(row("old")));
        pass(TTL.plusSeconds(1));
        acquire("b");

        CommitResult result = store.commit(new Commit(
                List.of(new Put(row("1"), SyncStore.ANY)),
                List.of(new Delete(row("old").rowId(), SyncStore.ANY)),
                lease));

        assertThat(result).isInstanceOf(CommitResult.LeaseLost.class);
        assertThat(ids(Query.of(C, "link"))).containsExactly("old");
    }

    @Test
    void aCommitUnderAReleasedLeaseWritesNothing() {
        Lease lease = acquire("a");
        store.release(lease);

        assertThat(put(lease, row("1"))).isInstanceOf(CommitResult.LeaseLost.class);
        assertThat(find(row("1"))).isEmpty();
    }

    @Test
    void aCommitUnderAnEndedLeaseWritesNothing() {
        Lease lease = acquire("a");
        pass(TTL.plusSeconds(1));

        assertThat(put(lease, row("1"))).isInstanceOf(CommitResult.LeaseLost.class);
        assertThat(find(row("1"))).isEmpty();
    }

    @Test
    void aRenewedLeaseGuardsCommitsOfTheOldOneToo() {
        Lease lease = acquire("a");
        pass(TTL.minusSeconds(10));
        assertThat(store.renew(lease, TTL)).isPresent();
        pass(Duration.ofSeconds(30));

        done(put(lease, row("1")));
    }

    @Test
    void aCommitWithoutALeaseIsWrittenWhoeverHasIt() {
        acquire("a");

        done(put(row(C, "inbox", "1", "", Map.of(), "{\"pause\":true}")));
        assertThat(ids(Query.of(C, "inbox"))).containsExactly("1");
    }

    @Test
    void fencesOfAConnectionGrow() {
        long last = 0;
        for (int i = 0; i < 6; i++) {
            Lease lease = acquire("owner-" + i);
            assertThat(lease.fence()).isGreaterThan(last);
            last = lease.fence();
            if (i % 2 == 0) {
                store.release(lease);
            } else {
                pass(TTL.plusSeconds(1));
            }
        }
    }

    @Test
    void whatOneProcessCommitsAnotherSees() {
        done(put(row("1")));

        assertThat(asAnotherProcess(store).find(C, "link", List.of("1"))).hasSize(1);
        assertThat(asAnotherProcess(store).count(Query.of(C, "link"))).isEqualTo(1);
    }

    // Faults

    /** What may happen to a commit on its way to the store and back. */
    private enum Fault {
        NONE,
        /** It never arrives, and is sent again. */
        BEFORE,
        /** It is carried out, nobody hears of it, and it is sent again. */
        AFTER,
        /** It arrives twice. */
        TWICE,
        /** It arrives when somebody else has the lease, and must not count. */
        LATE
    }

    @Test
    void whateverHappensToCommitsOnTheirWayRowsEndAsTheyWereMeant() {
        for (long seed = 1; seed <= 5; seed++) {
            playFaults(new Random(seed), "zoho-f" + seed);
        }
    }

    private void playFaults(Random random, String connection) {
        Map<String, Row> meant = new TreeMap<>();
        Lease lease = store.acquire(connection, "owner-0", TTL).orElseThrow();
        for (int i = 1; i <= 60; i++) {
            List<Put> puts = new ArrayList<>();
            List<Delete> deletes = new ArrayList<>();
            Map<String, Row> afterwards = new TreeMap<>(meant);
            for (int j = 0; j < 3; j++) {
                String id = String.valueOf(3 * random.nextInt(6) + j);
                if (random.nextInt(4) == 0) {
                    deletes.add(new Delete(new RowId(connection, "link", id), SyncStore.ANY));
                    afterwards.remove(id);
                } else {
                    Map<String, String> keys = new TreeMap<>();
                    for (String key : KEYS) {
                        if (random.nextInt(4) > 0) {
                            keys.put(key, String.valueOf(random.nextInt(3)));
                        }
                    }
                    // Half of the time only the keys of a row change.
                    String order = String.valueOf(random.nextBoolean() ? 4 : random.nextInt(9));
                    Row row = row(connection, "link", id, order, keys, "{\"i\":" + i + "}");
                    puts.add(new Put(row, SyncStore.ANY));
                    afterwards.put(id, row);
                }
            }
            Commit commit = new Commit(puts, deletes, lease);
            switch (Fault.values()[random.nextInt(Fault.values().length)]) {
                case NONE, BEFORE -> done(store.commit(commit));
                case AFTER, TWICE -> {
                    done(store.commit(commit));
                    done(store.commit(commit));
                }
                case LATE -> {
                    pass(TTL.plusSeconds(1));
                    lease = store.acquire(connection, "owner-" + i, TTL).orElseThrow();
                    assertThat(store.commit(commit)).isInstanceOf(CommitResult.LeaseLost.class);
                    afterwards = meant;
                }
            }
            meant = afterwards;
            lease = store.renew(lease, TTL).orElseThrow();
            if (i % 10 == 0) {
                assertHolds(connection, meant);
            }
        }
    }

    private void assertHolds(String connection, Map<String, Row> meant) {
        List<Row> rows = scan(Query.of(connection, "link"), 4);
        assertThat(rows).hasSize(meant.size());
        for (Row row : rows) {
            Row expected = Optional.ofNullable(meant.get(row.id())).orElseThrow();
            assertThat(row.body()).isEqualTo(expected.body());
            assertThat(row.order()).isEqualTo(expected.order());
            assertThat(row.keys()).isEqualTo(expected.keys());
        }
        assertThat(store.count(Query.of(connection, "link"))).isEqualTo(meant.size());
        for (String key : KEYS) {
            for (int k = 0; k < 3; k++) {
                String value = String.valueOf(k);
                Query query = Query.of(connection, "link").where(key, value);
                List<String> found = meant.values().stream()
                        .filter(row -> value.equals(row.keys().get(key)))
                        .sorted(Comparator.comparing(Row::order).thenComparing(Row::id))
                        .map(Row::id)
                        .toList();
                assertThat(store.count(query)).isEqualTo(found.size());
                assertThat(ids(query)).isEqualTo(found);
            }
        }
    }

    // Rivals

    private interface Part {
        void play(int number) throws Exception;
    }

    /** Plays all parts at once, each on its own thread, and waits for them. */
    private static void together(int parts, Part part) throws InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int number = i;
            threads.add(new Thread(() -> {
                try {
                    part.play(number);
                } catch (Throwable failure) {
                    failures.add(failure);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }
}
