package io.ledgerbridge.examples;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store for one process that keeps its rows in memory and every commit in a journal, which it reads when it opens. A commit
 * is kept when its line is on the disk; a line that was cut off by a crash counts as not written.
 *
 * <p>Its test extends {@code SyncStoreContract}: that is all it takes to know that the engine can trust it.
 */
public final class OwnSyncStore implements SyncStore, AutoCloseable {

    /** One commit as it stands in the journal. */
    public record Line(List<RowLine> puts, List<RowLine> deletes) {}

    /** One row, or of a deleted one its name. */
    public record RowLine(
            String connection, String kind, String id, String order, Map<String, String> keys, String body) {

        Row toRow() {
            return Row.of(connection, kind, id, order, keys, body);
        }
    }

    private static final JsonAdapter<Line> LINES = new Moshi.Builder().build().adapter(Line.class);

    private final SyncStore rows;
    private final FileChannel journal;

    private OwnSyncStore(Path file, TimeSource time) throws IOException {
        rows = SyncStore.inMemory(time);
        if (Files.exists(file)) {
            replay(file);
        }
        journal =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Opens the journal, or begins one. */
    public static OwnSyncStore open(Path file, TimeSource time) {
        try {
            return new OwnSyncStore(file, time);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be opened", e);
        }
    }

    private void replay(Path file) throws IOException {
        String text = Files.readString(file);
        int whole = text.lastIndexOf('\n') + 1;
        if (whole < text.length()) {
            Files.writeString(file, text.substring(0, whole));
        }
        for (String one : text.substring(0, whole).lines().toList()) {
            Line line = LINES.fromJson(one);
            if (line != null) {
                rows.commit(new Commit(
                        line.puts().stream()
                                .map(row -> new Put(row.toRow(), ANY))
                                .toList(),
                        line.deletes().stream()
                                .map(row -> new Delete(row.toRow().rowId(), ANY))
                                .toList(),
                        null));
            }
        }
    }

    @Override
    public synchronized CommitResult commit(Commit commit) {
        CommitResult result = rows.commit(commit);
        if (result instanceof CommitResult.Done) {
            write(
                    commit.puts().stream().map(put -> line(put.row())).toList(),
                    commit.deletes().stream().map(Delete::id).toList());
        }
        return result;
    }

    private static RowLine line(Row row) {
        return new RowLine(row.connection(), row.kind(), row.id(), row.order(), row.keys(), row.body());
    }

    private void write(List<RowLine> puts, List<RowId> deletes) {
        List<RowLine> gone = deletes.stream()
                .map(id -> new RowLine(id.connection(), id.kind(), id.id(), "", Map.of(), ""))
                .toList();
        String line = LINES.toJson(new Line(puts, gone)) + "\n";
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                journal.write(bytes);
            }
            journal.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be written", e);
        }
    }

    @Override
    public List<Row> find(String connection, String kind, Collection<String> ids) {
        return rows.find(connection, kind, ids);
    }

    @Override
    public List<Row> scan(Query query, @Nullable Row after, int limit) {
        return rows.scan(query, after, limit);
    }

    @Override
    public long count(Query query) {
        return rows.count(query);
    }

    @Override
    public synchronized int trim(Query query, int limit) {
        List<RowId> oldest =
                rows.scan(query, null, limit).stream().map(Row::rowId).toList();
        commit(new Commit(
                List.of(), oldest.stream().map(id -> new Delete(id, ANY)).toList(), null));
        return oldest.size();
    }

    @Override
    public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
        return rows.acquire(connection, owner, ttl);
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration ttl) {
        return rows.renew(lease, ttl);
    }

    @Override
    public void release(Lease lease) {
        rows.release(lease);
    }

    @Override
    public void close() {
        try {
            journal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be closed", e);
        }
    }

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("ledgerbridge", ".journal");
        try (FakeCompany company = new FakeCompany()) {
            for (int process = 1; process <= 2; process++) {
                try (OwnSyncStore store = open(file, TimeSource.system())) {
                    System.out.println("process " + process + ": "
                            + SyncEngine.builder(company.zoho, company.hubspot)
                                    .store(store)
                                    .build()
                                    .run()
                                    .streams()
                                    .get("invoices"));
                }
            }
        } finally {
            Files.delete(file);
        }
    }
}
