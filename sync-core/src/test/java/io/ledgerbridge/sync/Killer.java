package io.ledgerbridge.sync;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Kills an engine at one of its boundaries: before a call is sent, after it was carried out, before and after a commit. From
 * then on every call of that engine to the network or to its store fails, as after {@code kill -9}.
 */
final class Killer {

    private static final int NEVER = -1;

    /** Not an exception, so that nothing in the engine or its clients takes it for a failure to deal with. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(String where) {
            super("killed " + where, null, false, false);
        }
    }

    private int at = NEVER;
    private int reached;
    private boolean dead;
    private String where = "";
    private Consumer<String> witness = place -> {};

    /** Kills at the boundary with this number, counted from now. */
    void killAt(int boundary) {
        at = boundary;
        reached = 0;
    }

    /** Boundaries since {@link #killAt} was called, or from the beginning. */
    int reached() {
        return reached;
    }

    /** Tells somebody of each boundary, before it is passed. */
    void tell(Consumer<String> witness) {
        this.witness = witness;
    }

    boolean isDead() {
        return dead;
    }

    /** Where it killed. */
    String where() {
        return where;
    }

    private void boundary(String place) {
        alive();
        witness.accept(place);
        if (reached++ == at) {
            dead = true;
            where = place;
            throw new Killed(place);
        }
    }

    private void alive() {
        if (dead) {
            throw new Killed(where);
        }
    }

    Interceptor interceptor() {
        return new Interceptor() {
            @Override
            public Response intercept(Chain chain) throws IOException {
                String call =
                        chain.request().method() + " " + chain.request().url().encodedPath();
                boundary("before " + call);
                Response response = chain.proceed(chain.request());
                boundary("after " + call);
                return response;
            }
        };
    }

    /** What the engine has planned for later does not happen. */
    TimeSource guarding(TimeSource time) {
        return new ForwardingTimeSource(time) {
            @Override
            public Scheduled schedule(Duration delay, Runnable task) {
                return super.schedule(delay, () -> {
                    if (!dead) {
                        task.run();
                    }
                });
            }
        };
    }

    SyncStore guarding(SyncStore store) {
        return new SyncStore() {
            @Override
            public CommitResult commit(Commit commit) {
                boundary("before a commit");
                CommitResult result = store.commit(commit);
                boundary("after a commit");
                return result;
            }

            @Override
            public List<Row> find(String connection, String kind, Collection<String> ids) {
                alive();
                return store.find(connection, kind, ids);
            }

            @Override
            public List<Row> scan(Query query, @Nullable Row after, int limit) {
                alive();
                return store.scan(query, after, limit);
            }

            @Override
            public long count(Query query) {
                alive();
                return store.count(query);
            }

            @Override
            public int trim(Query query, int limit) {
                alive();
                return store.trim(query, limit);
            }

            @Override
            public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
                alive();
                return store.acquire(connection, owner, ttl);
            }

            @Override
            public Optional<Lease> renew(Lease lease, Duration ttl) {
                alive();
                return store.renew(lease, ttl);
            }

            @Override
            public void release(Lease lease) {
                alive();
                store.release(lease);
            }
        };
    }
}
