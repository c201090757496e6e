package io.ledgerbridge.sync.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.sync.spi.SecretCipher;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.CommitResult;
import io.ledgerbridge.sync.spi.SyncStore.Delete;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Secrets of connections, each sealed in a row of its own, and for that place alone. */
public final class Vault {

    /** Expects that nothing is kept. */
    public static final long NOTHING = 0;

    /** Expects nothing. */
    public static final long ANYTHING = -1;

    private static final String CREDENTIAL = "credential";
    private static final int PAGE = 100;
    private static final JsonAdapter<Sealed> BODIES =
            new Moshi.Builder().build().adapter(Sealed.class);

    private final SyncStore store;
    private final SecretCipher cipher;

    /**
     * How a secret is stored.
     *
     * @param version counts from 1; null, which is 1, in rows of the first days
     */
    public record Sealed(@Nullable Long version, String sealed) {
        long count() {
            return version == null ? 1 : version;
        }
    }

    /**
     * A secret.
     *
     * @param version from 1, one more with each change
     */
    public record Opened(byte[] secret, long version) {
        @Override
        public String toString() {
            return "Opened[" + version + "]";
        }
    }

    public Vault(SyncStore store, SecretCipher cipher) {
        this.store = store;
        this.cipher = cipher;
    }

    public boolean canSeal() {
        return cipher.canSeal();
    }

    /**
     * What is kept under this name; empty if nothing is.
     *
     * @throws SyncException if it cannot be opened
     */
    public Optional<Opened> open(String connection, String name) {
        return row(connection, name).map(row -> {
            Sealed sealed = Bodies.read(BODIES, row.body());
            return new Opened(open(row, sealed), sealed.count());
        });
    }

    /**
     * Seals and keeps a secret.
     *
     * @param expected the version that must be kept now, {@link #NOTHING} or {@link #ANYTHING}
     * @return false if another one is; nothing has changed then
     */
    public boolean put(String connection, String name, byte[] secret, long expected) {
        while (true) {
            Optional<Row> present = row(connection, name);
            long version =
                    present.map(row -> Bodies.read(BODIES, row.body()).count()).orElse(NOTHING);
            if (expected != ANYTHING && expected != version) {
                return false;
            }
            byte[] sealed = cipher.seal(secret, place(connection, name));
            if (replace(connection, name, present.orElse(null), version + 1, sealed)) {
                return true;
            }
        }
    }

    /** A row that keeps a secret, for a commit with others; in place of whatever is kept. */
    public Row sealed(String connection, String name, byte[] secret) {
        return row(connection, name, 1, cipher.seal(secret, place(connection, name)));
    }

    /** Deletes that remove all secrets of a connection. */
    public List<Delete> removing(String connection) {
        return store.scan(Query.of(connection, CREDENTIAL), null, PAGE).stream()
                .map(row -> new Delete(row.rowId(), SyncStore.ANY))
                .toList();
    }

    /**
     * Seals anew what was sealed with an earlier key. May run beside everything else, and be interrupted.
     *
     * @return how many secrets were sealed anew
     */
    public int reseal(String connection) {
        int resealed = 0;
        for (Row row : store.scan(Query.of(connection, CREDENTIAL), null, PAGE)) {
            resealed += reseal(row) ? 1 : 0;
        }
        return resealed;
    }

    private boolean reseal(Row first) {
        Row row = first;
        while (true) {
            Sealed sealed = Bodies.read(BODIES, row.body());
            if (isCurrent(row, sealed)) {
                return false;
            }
            byte[] anew = cipher.seal(open(row, sealed), place(row.connection(), row.id()));
            if (replace(row.connection(), row.id(), row, sealed.count(), anew)) {
                return true;
            }
            Optional<Row> changed = row(row.connection(), row.id());
            if (changed.isEmpty()) {
                return false;
            }
            row = changed.get();
        }
    }

    private boolean replace(String connection, String name, @Nullable Row present, long version, byte[] sealed) {
        Put put =
                new Put(row(connection, name, version, sealed), present == null ? SyncStore.ABSENT : present.version());
        return store.commit(new Commit(List.of(put), List.of(), null)) instanceof CommitResult.Done;
    }

    private Row row(String connection, String name, long version, byte[] sealed) {
        String body = BODIES.toJson(new Sealed(version, Base64.getEncoder().encodeToString(sealed)));
        return Row.of(connection, CREDENTIAL, name, "", Map.of(), body);
    }

    private Optional<Row> row(String connection, String name) {
        return store.find(connection, CREDENTIAL, List.of(name)).stream().findFirst();
    }

    private boolean isCurrent(Row row, Sealed sealed) {
        try {
            return cipher.isCurrent(decoded(sealed));
        } catch (IllegalArgumentException e) {
            throw damaged(row, e);
        }
    }

    private byte[] open(Row row, Sealed sealed) {
        try {
            return cipher.open(decoded(sealed), place(row.connection(), row.id()));
        } catch (IllegalArgumentException e) {
            throw damaged(row, e);
        } catch (IllegalStateException e) {
            throw new SyncException(
                    "credentials.unavailable",
                    "What is kept as " + row.id() + " of " + row.connection() + " cannot be opened now: "
                            + e.getMessage() + ".",
                    "See whether the key service runs; it is tried again by itself.");
        }
    }

    private static SyncException damaged(Row row, RuntimeException e) {
        return new SyncException(
                "credentials.sealed",
                "What is kept as " + row.id() + " of " + row.connection() + " cannot be opened: " + e.getMessage()
                        + ".",
                "Start with the key that it was sealed with. If that is lost, connect anew; the audit trail then needs a"
                        + " new key.");
    }

    /** @throws IllegalArgumentException if somebody has damaged it */
    private static byte[] decoded(Sealed sealed) {
        return Base64.getDecoder().decode(sealed.sealed());
    }

    private static byte[] place(String connection, String name) {
        return (connection + "/" + name).getBytes(StandardCharsets.UTF_8);
    }
}
