package io.ledgerbridge.sync.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.AuditEntry.Change;
import io.ledgerbridge.sync.AuditEntry.Decision;
import io.ledgerbridge.sync.AuditEntry.Payload;
import io.ledgerbridge.sync.AuditQuery;
import io.ledgerbridge.sync.AuditTrail.Verification;
import io.ledgerbridge.sync.spi.SecretCipher;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.CommitResult;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The chained entries of one connection as rows. Entries are added by whoever holds the lease, in the commit of what they
 * tell of; the head moves in the same commit.
 */
public final class AuditLog {

    static final String AUDIT = "audit";
    private static final String KEY = "audit-key";
    private static final String CHECKPOINT = "checkpoint";
    private static final String HEAD = "audit";
    private static final String ANCHOR = "audit-anchor";
    private static final int DIGITS = 12;
    private static final int KEY_BYTES = 32;
    private static final String BEGINNING = "";

    /** A decision that is to be entered. */
    record Note(
            String stream,
            String record,
            String target,
            String version,
            Decision decision,
            String correlationId,
            String reason,
            Map<String, Change> changes) {

        boolean tellsOfChanges() {
            return decision == Decision.CREATED
                    || decision == Decision.UPDATED
                    || decision == Decision.ASSOCIATED
                    || decision == Decision.SEPARATED;
        }

        /** Tells of one more change; if it told of the same already, from what was before that. */
        Note with(String name, Change change) {
            Map<String, Change> all = new HashMap<>(changes);
            all.merge(name, change, (earlier, later) -> new Change(earlier.before(), later.after()));
            return new Note(stream, record, target, version, decision, correlationId, reason, all);
        }

        /** Of a decision on the connection as a whole. */
        static Note ofConnection(Decision decision, String reason) {
            return new Note("connection", "", "", "", decision, "", reason, Map.of());
        }
    }

    /**
     * The last entry of the chain, or the last that was removed.
     *
     * @param at no later entry has an earlier time, so that their order is that of the chain
     */
    public record End(long sequence, String seal, String at) {
        static final End NONE = new End(0, BEGINNING, "");
    }

    /** How an entry is stored; a time as text, since that is how a person reads it. */
    public record Stored(
            long sequence,
            String at,
            String run,
            String stream,
            String record,
            String target,
            String version,
            String decision,
            String correlation,
            @Nullable EncodedPayload payload,
            String digest,
            String previous,
            String seal,
            String key) {

        String toJson() {
            JsonText json = new JsonText()
                    .field("sequence", sequence)
                    .field("at", at)
                    .field("run", run)
                    .field("stream", stream)
                    .field("record", record)
                    .field("target", target)
                    .field("version", version)
                    .field("decision", decision)
                    .field("correlation", correlation);
            if (payload != null) {
                json.json("payload", payload.json());
            }
            return json.field("digest", digest)
                    .field("previous", previous)
                    .field("seal", seal)
                    .field("key", key)
                    .end();
        }

        Stored with(@Nullable EncodedPayload newPayload, String newSeal) {
            return new Stored(
                    sequence,
                    at,
                    run,
                    stream,
                    record,
                    target,
                    version,
                    decision,
                    correlation,
                    newPayload,
                    digest,
                    previous,
                    newSeal,
                    key);
        }
    }

    private static final Moshi MOSHI = new Moshi.Builder()
            .add(
                    EncodedPayload.class,
                    new EncodedPayload.Adapter(new Moshi.Builder().build().adapter(Payload.class)))
            .build();
    private static final JsonAdapter<Stored> ENTRIES = MOSHI.adapter(Stored.class);
    private static final JsonAdapter<End> ENDS = MOSHI.adapter(End.class);

    private final SyncStore store;
    private final TimeSource time;
    private final String connection;
    private final Vault vault;
    private final RandomGenerator random;
    private @Nullable End head;
    private @Nullable End pending;
    private @Nullable Key key;
    private @Nullable Sealer sealer;

    private record Key(String id, SecretKeySpec secret) {}

    AuditLog(SyncStore store, TimeSource time, String connection, SecretCipher cipher, RandomGenerator random) {
        this.store = store;
        this.time = time;
        this.connection = connection;
        this.vault = new Vault(store, cipher);
        this.random = random;
    }

    // Writing, by the holder of the lease

    /** Forgets what it knew of the chain's end: somebody else may have gone on. */
    synchronized void begin() {
        head = null;
    }

    /**
     * Rows of these entries and of the new head, and what the head will be.
     *
     * @param runId in which run they were decided
     */
    synchronized List<Row> rows(String runId, List<Note> notes) {
        List<Row> rows = new ArrayList<>();
        End end = head();
        Key present = key();
        Sealer using = sealer == null ? new Sealer(present.secret()) : sealer;
        sealer = using;
        String now = Times.sortable(time.now());
        for (Note note : notes) {
            String at = now.compareTo(end.at()) < 0 ? end.at() : now;
            Stored entry = sealed(runId, note, end, at, present.id(), using);
            end = new End(entry.sequence(), entry.seal(), entry.at());
            rows.add(row(entry));
        }
        rows.add(Row.of(connection, CHECKPOINT, HEAD, "", Map.of(), ENDS.toJson(end)));
        pending = end;
        return rows;
    }

    /** The commit with the rows that were made last is done. */
    synchronized void committed() {
        head = pending;
    }

    private End head() {
        End known = head;
        if (known == null) {
            known = end(HEAD);
            head = known;
        }
        return known;
    }

    private End end(String name) {
        return store.find(connection, CHECKPOINT, List.of(name)).stream()
                .findFirst()
                .map(row -> Bodies.read(ENDS, row.body()))
                .orElse(End.NONE);
    }

    private Stored sealed(String runId, Note note, End end, String at, String keyId, Sealer using) {
        EncodedPayload payload = EncodedPayload.of(new Payload(note.reason(), note.changes()));
        Stored unsealed = new Stored(
                end.sequence() + 1,
                at,
                runId,
                note.stream(),
                note.record(),
                note.target(),
                note.version(),
                note.decision().name(),
                note.correlationId(),
                payload,
                using.digest(payload.json()),
                end.seal(),
                "",
                keyId);
        return unsealed.with(payload, using.seal(unsealed));
    }

    private Row row(Stored entry) {
        return Row.of(
                connection,
                AUDIT,
                padded(entry.sequence()),
                order(entry.at(), entry.sequence()),
                Map.of("record", entry.stream() + "/" + entry.record(), "run", entry.run()),
                entry.toJson());
    }

    private static String order(String at, long sequence) {
        return at + "/" + padded(sequence);
    }

    private static String padded(long sequence) {
        String digits = Long.toString(sequence);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    // The key

    private Key key() {
        Key present = key;
        if (present == null) {
            present = vault.canSeal() ? storedKey() : key(freshKey());
            key = present;
        }
        return present;
    }

    private Key storedKey() {
        for (int attempt = 0; attempt < 2; attempt++) {
            Optional<Vault.Opened> stored = vault.open(connection, KEY);
            if (stored.isPresent()) {
                return key(stored.get().secret());
            }
            byte[] fresh = freshKey();
            if (vault.put(connection, KEY, fresh, Vault.NOTHING)) {
                return key(fresh);
            }
        }
        throw new IllegalStateException("the key of the audit trail of " + connection + " cannot be stored");
    }

    private byte[] freshKey() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Key key(byte[] bytes) {
        String id = HexFormat.of().formatHex(sha256("audit " + HexFormat.of().formatHex(bytes)), 0, 6);
        return new Key(id, new SecretKeySpec(bytes, "HmacSHA256"));
    }

    // Reading

    public void forEach(AuditQuery query, Consumer<AuditEntry> consumer) {
        stored(query, stored -> consumer.accept(entry(stored)));
    }

    /** Each entry as a line of JSON. */
    public long export(AuditQuery query, Appendable to) throws IOException {
        long[] lines = {0};
        try {
            stored(query, stored -> {
                try {
                    to.append(stored.toJson()).append('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                lines[0]++;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return lines[0];
    }

    private void stored(AuditQuery query, Consumer<Stored> consumer) {
        scan(rows(query), stored -> {
            if (isMeant(stored, query)) {
                consumer.accept(stored);
            }
        });
    }

    /** As narrow as a store can tell. */
    private Query rows(AuditQuery query) {
        Query rows = Query.of(connection, AUDIT);
        if (query.stream() != null && query.record() != null) {
            rows = rows.where("record", query.stream() + "/" + query.record());
        } else if (query.run() != null) {
            rows = rows.where("run", query.run());
        }
        if (query.from() != null) {
            rows = rows.from(Times.sortable(query.from()));
        }
        return query.before() == null ? rows : rows.before(Times.sortable(query.before()));
    }

    private static boolean isMeant(Stored entry, AuditQuery query) {
        return (query.stream() == null || query.stream().equals(entry.stream()))
                && (query.record() == null || query.record().equals(entry.record()))
                && (query.run() == null || query.run().equals(entry.run()))
                && (query.decisions().isEmpty() || query.decisions().contains(Decision.valueOf(entry.decision())));
    }

    /** An entry as it is stored. */
    static AuditEntry entry(Row row) {
        return entry(Bodies.read(ENTRIES, row.body()));
    }

    private static AuditEntry entry(Stored stored) {
        return new AuditEntry(
                stored.sequence(),
                Instant.parse(stored.at()),
                stored.run(),
                stored.stream(),
                stored.record(),
                stored.target(),
                stored.version(),
                Decision.valueOf(stored.decision()),
                stored.correlation(),
                stored.payload() == null ? null : stored.payload().payload(),
                stored.digest(),
                stored.previous(),
                stored.seal(),
                stored.key());
    }

    private void scan(Query query, Consumer<Stored> consumer) {
        Rows.forEach(store, query, row -> consumer.accept(Bodies.read(ENTRIES, row.body())));
    }

    /** Walks the chain. The head is read first: entries that a run adds meanwhile come behind it. */
    public Verification verify() {
        End last = end(HEAD);
        Walk walk = new Walk(end(ANCHOR), key());
        scan(Query.of(connection, AUDIT), entry -> {
            if (entry.sequence() > walk.anchor && entry.sequence() <= last.sequence()) {
                walk.step(entry);
            }
        });
        return walk.result(last);
    }

    private final class Walk {
        private final Key present;
        private final Sealer using;
        private final long anchor;
        private End before;
        private long entries;
        private long unsealed;
        private @Nullable Long broken;
        private String reason = "";

        Walk(End anchor, Key present) {
            this.before = anchor;
            this.anchor = anchor.sequence();
            this.present = present;
            this.using = new Sealer(present.secret());
        }

        void step(Stored entry) {
            entries++;
            EncodedPayload payload = entry.payload();
            if (entry.sequence() != before.sequence() + 1) {
                found(before.sequence() + 1, "an entry is missing or was moved");
            } else if (!entry.previous().equals(before.seal())) {
                found(entry.sequence(), "it does not follow the entry before it");
            } else if (payload != null && !entry.digest().equals(using.digest(payload.json()))) {
                found(entry.sequence(), "its payload was changed");
            } else if (!entry.key().equals(present.id())) {
                unsealed++;
            } else if (!entry.seal().equals(using.seal(entry))) {
                found(entry.sequence(), "its seal is not the one that belongs to it");
            }
            before = new End(entry.sequence(), entry.seal(), entry.at());
        }

        private void found(long sequence, String why) {
            if (broken == null) {
                broken = sequence;
                reason = why;
            }
        }

        Verification result(End last) {
            if (before.sequence() != last.sequence() || !before.seal().equals(last.seal())) {
                found(before.sequence() + 1, "the chain does not end at its head");
            }
            return new Verification(entries, unsealed, broken, reason);
        }
    }

    /** Takes the payloads of one record away; the rest, and with it the chain, stays. */
    public int redact(String stream, String record) {
        List<Put> puts = new ArrayList<>();
        Query query = Query.of(connection, AUDIT).where("record", stream + "/" + record);
        Rows.forEach(store, query, row -> {
            Stored entry = Bodies.read(ENTRIES, row.body());
            if (entry.payload() != null) {
                puts.add(new Put(row(entry.with(null, entry.seal())), row.version()));
            }
        });
        CommitResult result = store.commit(new Commit(puts, List.of(), null));
        if (!(result instanceof CommitResult.Done)) {
            throw new IllegalStateException("entries were changed meanwhile; redact once more");
        }
        return puts.size();
    }

    // Retention

    /** The last entry that is older than this, as a row that becomes the anchor; null if there is none. */
    @Nullable
    Row anchorBefore(Instant oldest) {
        End anchor = end(ANCHOR);
        End[] last = {anchor};
        scan(older(oldest), entry -> last[0] = new End(entry.sequence(), entry.seal(), entry.at()));
        return last[0].sequence() == anchor.sequence()
                ? null
                : Row.of(connection, CHECKPOINT, ANCHOR, "", Map.of(), ENDS.toJson(last[0]));
    }

    /** Removes what the anchor stands for; to be called when it is committed. */
    void trimBefore(Instant oldest) {
        while (store.trim(older(oldest), Rows.PAGE) == Rows.PAGE) {
            // Page by page, so that no transaction becomes large.
        }
    }

    private Query older(Instant oldest) {
        return Query.of(connection, AUDIT).before(Times.sortable(oldest));
    }
}
