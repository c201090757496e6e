package io.ledgerbridge.jdbc;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import io.ledgerbridge.sync.spi.SyncStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rows in a relational database, in tables of its own. Safe for many processes: a commit is one transaction, and it is the
 * database's clock that ends leases. Databases: H2, PostgreSQL, MariaDB.
 *
 * <pre>{@code
 * SyncStore store = JdbcSyncStore.builder(dataSource).createTables().build();
 * }</pre>
 *
 * <p>Each call takes a connection from the data source and gives it back; use a pool. What the database refuses is thrown as
 * {@link JdbcStoreException}. A transaction that has met another one is tried again before.
 */
public final class JdbcSyncStore implements SyncStore {

    /** For how many ids a statement asks. */
    private static final int IDS_AT_ONCE = 500;

    /** How often a transaction is tried that met another one. */
    private static final int ATTEMPTS = 20;

    private static final int LONGEST_QUOTED = 40;

    private static final String ROW_COLUMNS = "r.connection, r.kind, r.id, r.ord, r.version, r.names, r.body";

    private final DataSource dataSource;
    private final Dialect dialect;
    private final Schema schema;
    private final JsonAdapter<Map<String, String>> names;

    private JdbcSyncStore(Builder builder) {
        dataSource = builder.dataSource;
        names = new Moshi.Builder().build().adapter(Types.newParameterizedType(Map.class, String.class, String.class));
        try (Connection connection = dataSource.getConnection()) {
            dialect = Dialect.of(connection);
            schema = new Schema(dialect, builder.prefix);
            schema.prepare(connection, builder.create);
            run(connection, dialect.onOpening());
        } catch (SQLException e) {
            throw new JdbcStoreException("looking at the tables", e);
        }
    }

    /** A store in the database of this data source. */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /**
     * The statements that make the tables in this kind of database, for a host that runs them by itself. They are those of the SQL
     * files in the resource directory {@code io/ledgerbridge/jdbc/{h2,postgresql,mariadb}}, which Flyway runs as they are, with the
     * placeholder {@code prefix}.
     *
     * @param product name of the database, such as {@code PostgreSQL}
     * @param prefix see {@link Builder#tablePrefix}
     */
    public static List<String> schema(String product, String prefix) {
        return new Schema(Dialect.of(product), Builder.valid(prefix)).from(0);
    }

    // Transactions

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T transaction(String what, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !dialect.isCollision(e)) {
                    throw new JdbcStoreException(what, e);
                }
            }
        }
    }

    /** As {@link #transaction}, for what changes nothing: no transaction where the data source needs none. */
    private <T> T reading(String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getAutoCommit() ? work.in(connection) : inTransaction(connection, work);
        } catch (SQLException e) {
            throw new JdbcStoreException(what, e);
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return inTransaction(connection, work);
        }
    }

    private <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        try (Transaction transaction = new Transaction(connection)) {
            run(connection, dialect.onBeginning());
            T result = work.in(connection);
            transaction.commit();
            return result;
        }
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /** Leaves the connection as it was found, whatever happens. */
    private static final class Transaction implements AutoCloseable {
        private final Connection connection;
        private final boolean autoCommit;
        private boolean done;

        Transaction(Connection connection) throws SQLException {
            this.connection = connection;
            this.autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
        }

        void commit() throws SQLException {
            connection.commit();
            done = true;
        }

        @Override
        public void close() throws SQLException {
            if (!done) {
                connection.rollback();
            }
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
        }
    }

    // Rows

    @Override
    public CommitResult commit(Commit commit) {
        commit.puts().forEach(put -> checkFits(put.row()));
        return transaction("a commit", connection -> {
            if (commit.lease() != null && !isHeld(connection, commit.lease())) {
                return new CommitResult.LeaseLost();
            }
            Map<RowId, Known> known = known(connection, commit);
            List<RowId> changed = new ArrayList<>();
            commit.puts().forEach(put -> check(put.row().rowId(), put.expected(), known, changed));
            commit.deletes().forEach(delete -> check(delete.id(), delete.expected(), known, changed));
            if (!changed.isEmpty()) {
                return new CommitResult.Changed(changed);
            }
            write(connection, commit, known);
            return new CommitResult.Done();
        });
    }

    /** Said before a database says it in its own words, or cuts the text off. */
    private static void checkFits(Row row) {
        checkFits("connection", row.connection(), Schema.LONGEST_NAME);
        checkFits("kind", row.kind(), Schema.LONGEST_KIND);
        checkFits("id", row.id(), Schema.LONGEST_ID);
        checkFits("order", row.order(), Schema.LONGEST_NAME);
        row.keys().keySet().forEach(key -> checkFits("name of a key", key, Schema.LONGEST_KIND));
    }

    private static void checkFits(String what, String text, int longest) {
        if (text.length() > longest) {
            throw new IllegalArgumentException("the " + what + " of a row has up to " + longest
                    + " characters, but one begins with " + text.substring(0, LONGEST_QUOTED) + " and has "
                    + text.length());
        }
    }

    private static void check(RowId id, long expected, Map<RowId, Known> known, List<RowId> changed) {
        Known row = known.get(id);
        if (expected != ANY && expected != (row == null ? ABSENT : row.version())) {
            changed.add(id);
        }
    }

    /** What a row is found by now. */
    private record Known(long version, String order, String names) {}

    /** The rows that a commit is about, locked until it ends. */
    private Map<RowId, Known> known(Connection connection, Commit commit) throws SQLException {
        Map<String, Map<String, List<String>>> ids = new TreeMap<>();
        commit.puts().forEach(put -> collect(put.row().rowId(), ids));
        commit.deletes().forEach(delete -> collect(delete.id(), ids));
        Map<RowId, Known> known = new HashMap<>();
        for (Map.Entry<String, Map<String, List<String>>> ofConnection : ids.entrySet()) {
            for (Map.Entry<String, List<String>> ofKind :
                    ofConnection.getValue().entrySet()) {
                List<String> sorted = ofKind.getValue().stream().sorted().toList();
                for (List<String> some : inParts(sorted, dialect.locksByIndex() ? IDS_AT_ONCE : 1)) {
                    String sql = "SELECT id, version, ord, names FROM " + schema.rows
                            + " WHERE connection = ? AND kind = ? AND id IN (" + Dialect.marks(some.size())
                            + ") FOR UPDATE";
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        set(statement, ofConnection.getKey(), ofKind.getKey(), some);
                        try (ResultSet result = statement.executeQuery()) {
                            while (result.next()) {
                                known.put(
                                        new RowId(ofConnection.getKey(), ofKind.getKey(), result.getString(1)),
                                        new Known(result.getLong(2), result.getString(3), result.getString(4)));
                            }
                        }
                    }
                }
            }
        }
        return known;
    }

    private static void collect(RowId id, Map<String, Map<String, List<String>>> ids) {
        ids.computeIfAbsent(id.connection(), connection -> new TreeMap<>())
                .computeIfAbsent(id.kind(), kind -> new ArrayList<>())
                .add(id.id());
    }

    private void write(Connection connection, Commit commit, Map<RowId, Known> known) throws SQLException {
        long version = commit.puts().isEmpty() ? 0 : number(connection, dialect.nextVersion(schema.versions));
        List<String> keyColumns = List.of("connection", "kind", "key_name", "key_value", "ord", "id");
        // Not one statement that does either: a row that another transaction has made meanwhile must be noticed.
        try (PreparedStatement fresh = connection.prepareStatement("INSERT INTO " + schema.rows
                        + " (ord, version, names, body, connection, kind, id) VALUES (" + Dialect.marks(7) + ")");
                PreparedStatement present = connection.prepareStatement(
                        "UPDATE " + schema.rows
                                + " SET ord = ?, version = ?, names = ?, body = ? WHERE connection = ? AND kind = ? AND id = ?");
                PreparedStatement gone = connection.prepareStatement(
                        "DELETE FROM " + schema.rows + " WHERE connection = ? AND kind = ? AND id = ?");
                PreparedStatement oldKeys = connection.prepareStatement(
                        "DELETE FROM " + schema.keys + " WHERE " + String.join(" = ? AND ", keyColumns) + " = ?");
                PreparedStatement newKeys = connection.prepareStatement("INSERT INTO " + schema.keys + " ("
                        + String.join(", ", keyColumns) + ") VALUES (" + Dialect.marks(keyColumns.size()) + ")")) {
            for (Delete delete : commit.deletes()) {
                Known row = known.get(delete.id());
                if (row != null) {
                    set(
                            gone,
                            delete.id().connection(),
                            delete.id().kind(),
                            List.of(delete.id().id()));
                    gone.addBatch();
                    addKeys(oldKeys, delete.id(), row.order(), parse(row.names()));
                }
            }
            for (Put put : commit.puts()) {
                Row row = put.row();
                RowId id = row.rowId();
                String keys = names.toJson(new TreeMap<>(row.keys()));
                Known before = known.get(id);
                boolean same = before != null
                        && before.order().equals(row.order())
                        && before.names().equals(keys);
                if (!same) {
                    if (before != null) {
                        addKeys(oldKeys, id, before.order(), parse(before.names()));
                    }
                    addKeys(newKeys, id, row.order(), row.keys());
                }
                PreparedStatement statement = before == null ? fresh : present;
                statement.setString(1, row.order());
                statement.setLong(2, version);
                statement.setString(3, keys);
                statement.setString(4, row.body());
                statement.setString(5, row.connection());
                statement.setString(6, row.kind());
                statement.setString(7, row.id());
                statement.addBatch();
            }
            oldKeys.executeBatch();
            gone.executeBatch();
            fresh.executeBatch();
            present.executeBatch();
            newKeys.executeBatch();
        }
    }

    private static void addKeys(PreparedStatement statement, RowId id, String order, Map<String, String> keys)
            throws SQLException {
        for (Map.Entry<String, String> key : keys.entrySet()) {
            statement.setString(1, id.connection());
            statement.setString(2, id.kind());
            statement.setString(3, key.getKey());
            statement.setString(4, indexed(key.getValue()));
            statement.setString(5, order);
            statement.setString(6, id.id());
            statement.addBatch();
        }
    }

    /** A value as it stands in the index; PostgreSQL takes no NUL. */
    private static String indexed(String value) {
        if (value.length() <= Schema.LONGEST_VALUE && value.indexOf(0) < 0) {
            return value;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return value.substring(0, Math.min(value.length(), Schema.LONGEST_VALUE))
                            .replace("\0", "") + "#" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> parse(String json) {
        try {
            Map<String, String> parsed = names.fromJson(json);
            return parsed == null ? Map.of() : parsed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Row> find(String connection, String kind, Collection<String> ids) {
        List<String> distinct = List.copyOf(new LinkedHashSet<>(ids));
        if (distinct.isEmpty()) {
            return List.of();
        }
        return reading("looking up rows", open -> {
            List<Row> found = new ArrayList<>();
            for (List<String> some : inParts(distinct, IDS_AT_ONCE)) {
                String sql = "SELECT " + ROW_COLUMNS + " FROM " + dialect.rowsOfIds(schema.rows, some.size());
                try (PreparedStatement statement = open.prepareStatement(sql)) {
                    statement.setString(1, connection);
                    statement.setString(2, kind);
                    dialect.setIds(statement, 3, some);
                    read(statement, found);
                }
            }
            return found;
        });
    }

    @Override
    public List<Row> scan(Query query, @Nullable Row after, int limit) {
        return reading("reading rows", connection -> {
            if (after == null) {
                return page(connection, new Condition(query), limit);
            }
            if (query.connection() == null) {
                return page(connection, new Condition(query).after(after), limit);
            }
            // Each of these is one range of an index; together they are none.
            List<Row> rows = page(connection, new Condition(query).besides(after), limit);
            if (rows.size() < limit) {
                rows.addAll(page(connection, new Condition(query).beyond(after), limit - rows.size()));
            }
            return rows;
        });
    }

    private List<Row> page(Connection connection, Condition condition, int limit) throws SQLException {
        String sql = "SELECT " + ROW_COLUMNS + condition.from(schema) + condition.order() + " LIMIT " + limit;
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            condition.set(statement);
            read(statement, rows);
        }
        return rows;
    }

    @Override
    public long count(Query query) {
        return reading("counting rows", connection -> {
            Condition condition = new Condition(query);
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT COUNT(*)" + condition.from(schema))) {
                condition.set(statement);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return result.getLong(1);
                }
            }
        });
    }

    @Override
    public int trim(Query query, int limit) {
        while (true) {
            List<Row> oldest = scan(query, null, limit);
            List<Delete> deletes = oldest.stream()
                    .map(row -> new Delete(row.rowId(), row.version()))
                    .toList();
            // If somebody has changed one of them, they are looked at anew.
            if (commit(new Commit(List.of(), deletes, null)) instanceof CommitResult.Done) {
                return oldest.size();
            }
        }
    }

    private void read(PreparedStatement statement, List<Row> rows) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(new Row(
                        result.getString(1),
                        result.getString(2),
                        result.getString(3),
                        result.getString(4),
                        Map.copyOf(parse(result.getString(6))),
                        result.getString(7),
                        result.getLong(5)));
            }
        }
    }

    private static void set(PreparedStatement statement, String connection, String kind, List<String> others)
            throws SQLException {
        statement.setString(1, connection);
        statement.setString(2, kind);
        for (int i = 0; i < others.size(); i++) {
            statement.setString(i + 3, others.get(i));
        }
    }

    private static List<List<String>> inParts(List<String> ids, int size) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += size) {
            parts.add(ids.subList(from, Math.min(ids.size(), from + size)));
        }
        return parts;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Which rows a query means, as a condition on the rows, or on the keys that lead to them. */
    private static final class Condition {
        private final Map<String, List<String>> parts = new LinkedHashMap<>();
        private final boolean byKey;
        private final boolean ofOneConnection;
        private final String place;

        Condition(Query query) {
            ofOneConnection = query.connection() != null;
            byKey = query.key() != null;
            place = byKey ? "k" : "r";
            add(place + ".kind = ?", query.kind());
            if (query.connection() != null) {
                add(place + ".connection = ?", query.connection());
            }
            if (query.key() != null) {
                add("k.key_name = ?", query.key());
                add("k.key_value = ?", indexed(String.valueOf(query.value())));
            }
            if (query.from() != null) {
                add(place + ".ord >= ?", query.from());
            }
            if (query.before() != null) {
                add(place + ".ord < ?", query.before());
            }
        }

        /** What comes after this row, of whatever connection. */
        Condition after(Row row) {
            add(place + ".ord >= ?", row.order());
            add(
                    "(p.ord > ? OR (p.ord = ? AND (p.connection > ? OR (p.connection = ? AND p.id > ?))))"
                            .replace("p.", place + "."),
                    row.order(),
                    row.order(),
                    row.connection(),
                    row.connection(),
                    row.id());
            return this;
        }

        /** What comes after this row of the same connection, and has the same order. */
        Condition besides(Row row) {
            add(place + ".ord = ?", row.order());
            add(place + ".id > ?", row.id());
            return this;
        }

        /** What has a greater order than this row. */
        Condition beyond(Row row) {
            add(place + ".ord > ?", row.order());
            return this;
        }

        private void add(String part, String... values) {
            // A part may come twice, with another value.
            parts.merge(part, List.of(values), (one, other) -> one.get(0).compareTo(other.get(0)) >= 0 ? one : other);
        }

        String from(Schema schema) {
            String tables = byKey
                    ? schema.keys + " k JOIN " + schema.rows
                            + " r ON r.connection = k.connection AND r.kind = k.kind AND r.id = k.id"
                    : schema.rows + " r";
            return " FROM " + tables + " WHERE " + String.join(" AND ", parts.keySet());
        }

        /** As the columns of the index follow each other, those that are the same in all rows included: H2 asks for that. */
        String order() {
            String columns = !ofOneConnection
                    ? "p.ord, p.connection, p.id"
                    : byKey
                            ? "p.connection, p.kind, p.key_name, p.key_value, p.ord, p.id"
                            : "p.connection, p.kind, p.ord, p.id";
            return " ORDER BY " + columns.replace("p.", place + ".");
        }

        void set(PreparedStatement statement) throws SQLException {
            int place = 1;
            for (List<String> values : parts.values()) {
                for (String value : values) {
                    statement.setString(place++, value);
                }
            }
        }
    }

    // Leases

    private record Held(String owner, long fence, long until, boolean released) {}

    private @Nullable Held held(Connection connection, String name) throws SQLException {
        String sql =
                "SELECT owner, fence, until_ms, released FROM " + schema.leases + " WHERE connection = ? FOR UPDATE";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next()
                        ? new Held(result.getString(1), result.getLong(2), result.getLong(3), result.getBoolean(4))
                        : null;
            }
        }
    }

    private long now(Connection connection) throws SQLException {
        return number(connection, dialect.now());
    }

    private boolean isHeld(Connection connection, Lease lease) throws SQLException {
        Held held = held(connection, lease.connection());
        return held != null && isCurrent(held, lease) && now(connection) < held.until();
    }

    private static boolean isCurrent(@Nullable Held held, Lease lease) {
        return held != null && !held.released() && held.fence() == lease.fence();
    }

    @Override
    public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
        return transaction("taking a lease", open -> {
            Held held = held(open, connection);
            long now = now(open);
            boolean free = held == null || held.released() || held.owner().equals(owner) || now >= held.until();
            if (!free) {
                return Optional.empty();
            }
            long fence = held == null ? 1 : held.fence() + 1;
            long until = now + ttl.toMillis();
            String sql = held == null
                    ? "INSERT INTO " + schema.leases
                            + " (owner, fence, until_ms, released, connection) VALUES (?, ?, ?, ?, ?)"
                    : "UPDATE " + schema.leases
                            + " SET owner = ?, fence = ?, until_ms = ?, released = ? WHERE connection = ?";
            try (PreparedStatement statement = open.prepareStatement(sql)) {
                statement.setString(1, owner);
                statement.setLong(2, fence);
                statement.setLong(3, until);
                statement.setBoolean(4, false);
                statement.setString(5, connection);
                statement.executeUpdate();
            }
            boolean takenOver = held != null && !held.released();
            return Optional.of(new Lease(connection, owner, fence, Instant.ofEpochMilli(until), takenOver));
        });
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration ttl) {
        return transaction("prolonging a lease", connection -> {
            if (!isCurrent(held(connection, lease.connection()), lease)) {
                return Optional.empty();
            }
            long until = now(connection) + ttl.toMillis();
            update(connection, "until_ms", until, lease);
            return Optional.of(new Lease(
                    lease.connection(), lease.owner(), lease.fence(), Instant.ofEpochMilli(until), lease.takenOver()));
        });
    }

    @Override
    public void release(Lease lease) {
        transaction("ending a lease", connection -> {
            if (isCurrent(held(connection, lease.connection()), lease)) {
                update(connection, "released", true, lease);
            }
            return true;
        });
    }

    private void update(Connection connection, String column, Object value, Lease lease) throws SQLException {
        String sql = "UPDATE " + schema.leases + " SET " + column + " = ? WHERE connection = ? AND fence = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value);
            statement.setString(2, lease.connection());
            statement.setLong(3, lease.fence());
            statement.executeUpdate();
        }
    }

    /** Collects what a store is made of. */
    public static final class Builder {
        private final DataSource dataSource;
        private String prefix = "ledgerbridge_";
        private boolean create;

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /**
         * What the names of all tables begin with, a schema included if it is not the connection's own; {@code ledgerbridge_} by
         * default. Letters, digits and underscores.
         */
        public Builder tablePrefix(String prefix) {
            this.prefix = valid(prefix);
            return this;
        }

        private static String valid(String prefix) {
            if (!prefix.matches("([A-Za-z]\\w*\\.)?[A-Za-z]\\w*")) {
                throw new IllegalArgumentException(
                        "a table prefix has letters, digits and underscores, but was '" + prefix + "'");
            }
            return prefix;
        }

        /** Has missing tables made and older ones brought up to date. By default the store only looks whether they fit. */
        public Builder createTables() {
            this.create = true;
            return this;
        }

        /**
         * Opens the store.
         *
         * @throws IllegalStateException if the tables are missing, older or newer; it says what to do
         * @throws JdbcStoreException if the database cannot be reached
         */
        public JdbcSyncStore build() {
            return new JdbcSyncStore(this);
        }
    }
}
