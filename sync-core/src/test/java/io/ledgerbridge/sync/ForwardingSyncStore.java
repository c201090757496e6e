package io.ledgerbridge.sync;

import io.ledgerbridge.sync.spi.SyncStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does everything with another store, for those that change a little of it. */
public abstract class ForwardingSyncStore implements SyncStore {

    private final SyncStore inner;

    protected ForwardingSyncStore(SyncStore inner) {
        this.inner = inner;
    }

    @Override
    public CommitResult commit(Commit commit) {
        return inner.commit(commit);
    }

    @Override
    public List<Row> find(String connection, String kind, Collection<String> ids) {
        return inner.find(connection, kind, ids);
    }

    @Override
    public List<Row> scan(Query query, @Nullable Row after, int limit) {
        return inner.scan(query, after, limit);
    }

    @Override
    public long count(Query query) {
        return inner.count(query);
    }

    @Override
    public int trim(Query query, int limit) {
        return inner.trim(query, limit);
    }

    @Override
    public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
        return inner.acquire(connection, owner, ttl);
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration ttl) {
        return inner.renew(lease, ttl);
    }

    @Override
    public void release(Lease lease) {
        inner.release(lease);
    }

    @Override
    public boolean isDurable() {
        return inner.isDurable();
    }
}
