package io.ledgerbridge.sync;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import io.ledgerbridge.sync.SyncPlan.Depth;
import io.ledgerbridge.sync.SyncReport.Counts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan that is kept, for somebody to look at before it is applied: JSON Lines, of which the first tells whose plan it is, the last what it
 * comes to, and each between one {@link PlannedChange}.
 *
 * <pre>{@code
 * try (Writer file = Files.newBufferedWriter(path)) {
 *     PlanFile.write(engine, Depth.HEADERS, file);
 * }
 * try (Reader file = Files.newBufferedReader(path)) {
 *     engine.apply(PlanFile.read(engine, file));
 * }
 * }</pre>
 *
 * <p>What is applied comes from Zoho Books and not from the file, so a file that somebody has forged can choose what is written, and nothing else.
 */
public final class PlanFile {

    private static final int FORMAT = 1;

    /** The first line. */
    public record Head(int ledgerbridgePlan, String connection, String madeWith, String at) {}

    /** The last line. */
    public record End(
            Map<String, Counts> streams, List<String> properties, long unfetchedDetails, long entries, String digest) {}

    private static final Moshi MOSHI = new Moshi.Builder().build();
    private static final JsonAdapter<Head> HEADS = MOSHI.adapter(Head.class);
    private static final JsonAdapter<End> ENDS = MOSHI.adapter(End.class);
    private static final JsonAdapter<PlannedChange> CHANGES =
            MOSHI.adapter(PlannedChange.class).serializeNulls();

    private PlanFile() {}

    /**
     * Plans, and writes what was found as it is found.
     *
     * @throws IOException if it cannot be written there
     */
    public static SyncPlan write(SyncEngine engine, Depth depth, Appendable to) throws IOException {
        Lines lines = new Lines(to);
        try {
            lines.add(HEADS.toJson(new Head(
                    FORMAT,
                    engine.connection(),
                    engine.fingerprint(),
                    engine.now().toString())));
            SyncPlan plan = engine.plan(depth, change -> lines.add(CHANGES.toJson(change)));
            lines.end(ENDS.toJson(new End(
                    plan.streams(), plan.properties(), plan.unfetchedDetails(), lines.count - 1, lines.digest())));
            return plan;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Reads a plan of this engine's connection.
     *
     * @throws IllegalArgumentException if it is none, is of another connection, mapping or version, or was changed
     * @throws IOException if it cannot be read
     */
    public static List<PlannedChange> read(SyncEngine engine, Reader from) throws IOException {
        BufferedReader reader = new BufferedReader(from);
        String first = reader.readLine();
        Head head = first == null ? null : parsed(HEADS, first);
        if (head == null || head.ledgerbridgePlan() != FORMAT) {
            throw new IllegalArgumentException("the file cannot be applied: it is no plan of this version; plan again");
        }
        if (!engine.connection().equals(head.connection())) {
            throw new IllegalArgumentException("the file cannot be applied: it is a plan of the connection "
                    + head.connection() + ", not of " + engine.connection());
        }
        if (!engine.fingerprint().equals(head.madeWith())) {
            throw new IllegalArgumentException(
                    "the file cannot be applied: it was made with another mapping, selection or version; plan again");
        }
        return changes(first, reader);
    }

    private static List<PlannedChange> changes(String first, BufferedReader reader) throws IOException {
        Lines lines = new Lines(new StringBuilder());
        lines.digest(first);
        List<PlannedChange> changes = new ArrayList<>();
        String line = reader.readLine();
        String next = reader.readLine();
        while (line != null && next != null) {
            PlannedChange change = parsed(CHANGES, line);
            if (change == null) {
                throw changed();
            }
            changes.add(change);
            lines.digest(line);
            line = next;
            next = reader.readLine();
        }
        End end = line == null ? null : parsed(ENDS, line);
        if (end == null || end.digest() == null) {
            throw new IllegalArgumentException(
                    "the file cannot be applied: it has no end, so planning was interrupted; plan again");
        }
        if (!end.digest().equals(lines.digest())) {
            throw changed();
        }
        return changes;
    }

    private static IllegalArgumentException changed() {
        return new IllegalArgumentException(
                "the file cannot be applied: it was changed after it was made. Plan again, and choose what to apply by"
                        + " record instead");
    }

    private static <T> @Nullable T parsed(JsonAdapter<T> adapter, String line) {
        try {
            return adapter.fromJson(line);
        } catch (IOException | JsonDataException e) {
            return null;
        }
    }

    /** Lines and what they come to. */
    private static final class Lines {
        private final Appendable to;
        private final MessageDigest digest;
        private long count;

        Lines(Appendable to) {
            this.to = to;
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        void add(String line) {
            count++;
            digest(line);
            end(line);
        }

        void end(String line) {
            try {
                to.append(line).append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void digest(String line) {
            digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        String digest() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
