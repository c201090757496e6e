package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How often a run asks its store: of many connections most find nothing to do, and share a database. */
class StoreCallsTest {

    private static final int AT_MOST = 16;

    private final Fixture fixture = Fixture.withCurrencies();
    private final List<String> asked = new ArrayList<>();
    private final SyncStore telling = new ForwardingSyncStore(fixture.store) {
        @Override
        public CommitResult commit(Commit commit) {
            asked.add("commit "
                    + commit.puts().stream()
                            .map(put -> put.row().kind() + " " + put.row().id())
                            .toList());
            return super.commit(commit);
        }

        @Override
        public List<Row> find(String connection, String kind, Collection<String> ids) {
            asked.add("find " + kind + " " + ids);
            return super.find(connection, kind, ids);
        }

        @Override
        public List<Row> scan(Query query, @Nullable Row after, int limit) {
            asked.add("scan " + query);
            return super.scan(query, after, limit);
        }

        @Override
        public long count(Query query) {
            asked.add("count " + query);
            return super.count(query);
        }

        @Override
        public int trim(Query query, int limit) {
            asked.add("trim " + query);
            return super.trim(query, limit);
        }

        @Override
        public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
            asked.add("acquire");
            return super.acquire(connection, owner, ttl);
        }

        @Override
        public Optional<Lease> renew(Lease lease, Duration ttl) {
            asked.add("renew");
            return super.renew(lease, ttl);
        }

        @Override
        public void release(Lease lease) {
            asked.add("release");
            super.release(lease);
        }
    };

    @Test
    void aRunThatFindsNothingAsksLittle() {
        fixture.addCustomerWithInvoice();
        SyncEngine engine = fixture.newEngine(builder -> builder.store(telling));
        engine.run();
        fixture.pass(Duration.ofMinutes(30));
        engine.run();
        fixture.pass(Duration.ofMinutes(30));
        asked.clear();

        assertThat(engine.run().status()).isEqualTo(Status.COMPLETE);

        assertThat(asked).as("%s", asked).hasSizeLessThanOrEqualTo(AT_MOST);
        assertThat(fixture.store.count(SyncStore.Query.of("run")))
                .as("reports that are kept: that of the run that found something")
                .isEqualTo(1);
    }
}
