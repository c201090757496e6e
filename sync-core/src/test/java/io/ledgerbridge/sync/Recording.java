package io.ledgerbridge.sync;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Lease;
import io.ledgerbridge.sync.spi.SyncStore.Put;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import okhttp3.Interceptor;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * What an engine does in one run, as seen from outside: its calls, and what its store holds at each boundary. With that, other
 * services and another store can be brought to where a kill at a boundary leaves them, and no engine has to work its way there.
 */
final class Recording {

    /**
     * A call.
     *
     * @param boundaries how many were passed when it was sent
     */
    record Sent(int boundaries, Instant at, Request request) {}

    /** A lease, by the clock of the scenario; a database has another one. */
    record Held(String connection, String owner, Instant until) {}

    /** What there is when the engine has come to a boundary and does not pass it. */
    record Left(String where, Instant at, List<Row> rows, Optional<Held> lease) {

        /** Fills an empty store, whose clock shows when the boundary was reached. */
        void fill(SyncStore store) {
            store.commit(new Commit(
                    rows.stream().map(row -> new Put(row, SyncStore.ANY)).toList(), List.of(), null));
            lease.ifPresent(held -> store.acquire(held.connection(), held.owner(), Duration.between(at, held.until())));
        }
    }

    private final TimeSource time;
    private final SyncStore store;
    private final Killer killer;
    private final IntPredicate boundaries;
    private final List<Sent> sent = new ArrayList<>();
    private final Map<Integer, Left> left = new HashMap<>();
    private final Left beginning;
    private @Nullable Held held;

    /**
     * Of a run that is about to begin.
     *
     * @param boundaries at which of them the store is looked at
     */
    Recording(TimeSource time, SyncStore store, Killer killer, IntPredicate boundaries) {
        this.time = time;
        this.store = store;
        this.killer = killer;
        this.boundaries = boundaries;
        beginning = look("before the run");
        killer.tell(this::reached);
    }

    private Left look(String where) {
        List<Row> rows = new ArrayList<>();
        for (String kind : Fixture.KINDS) {
            rows.addAll(store.scan(Query.of(kind), null, Integer.MAX_VALUE));
        }
        return new Left(where, time.now(), rows, Optional.ofNullable(held));
    }

    private void reached(String where) {
        int boundary = killer.reached();
        if (boundaries.test(boundary)) {
            left.put(boundary, look(where));
        }
    }

    /** Stands between the killer and the services. */
    Interceptor interceptor() {
        return chain -> {
            sent.add(new Sent(killer.reached(), time.now(), chain.request()));
            return chain.proceed(chain.request());
        };
    }

    /** Stands between the killer and the store. */
    SyncStore watching() {
        return new ForwardingSyncStore(store) {
            @Override
            public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
                return remember(super.acquire(connection, owner, ttl), ttl);
            }

            @Override
            public Optional<Lease> renew(Lease lease, Duration ttl) {
                return remember(super.renew(lease, ttl), ttl);
            }

            @Override
            public void release(Lease lease) {
                super.release(lease);
                held = null;
            }

            private Optional<Lease> remember(Optional<Lease> given, Duration ttl) {
                held = given.map(lease -> new Held(
                                lease.connection(), lease.owner(), time.now().plus(ttl)))
                        .orElse(null);
                return given;
            }
        };
    }

    /** Every call of the run, in order. */
    List<Sent> sent() {
        return sent;
    }

    /** Calls that a kill at this boundary leaves carried out. */
    List<Sent> sentBefore(int boundary) {
        return sent.stream().filter(call -> call.boundaries() <= boundary).toList();
    }

    Left beginning() {
        return beginning;
    }

    Left at(int boundary) {
        return left.get(boundary);
    }
}
