package io.ledgerbridge.sync.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract is worth something only if a store that breaks a promise fails it. */
class BadStoresTest {

    /** The present one; the contract is run for one after the other. */
    private static UnaryOperator<SyncStore> flaw = store -> store;

    /** Passes everything on; a bad store does one thing differently. */
    private abstract static class Passing implements SyncStore {
        final SyncStore good;

        Passing(SyncStore good) {
            this.good = good;
        }

        @Override
        public CommitResult commit(Commit commit) {
            return good.commit(commit);
        }

        @Override
        public List<Row> find(String connection, String kind, Collection<String> ids) {
            return good.find(connection, kind, ids);
        }

        @Override
        public List<Row> scan(Query query, @Nullable Row after, int limit) {
            return good.scan(query, after, limit);
        }

        @Override
        public long count(Query query) {
            return good.count(query);
        }

        @Override
        public int trim(Query query, int limit) {
            return good.trim(query, limit);
        }

        @Override
        public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
            return good.acquire(connection, owner, ttl);
        }

        @Override
        public Optional<Lease> renew(Lease lease, Duration ttl) {
            return good.renew(lease, ttl);
        }

        @Override
        public void release(Lease lease) {
            good.release(lease);
        }
    }

    static final class Contract extends SyncStoreContract {
        private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T10:00:00Z"));

        @Override
        protected SyncStore newStore() {
            return flaw.apply(SyncStore.inMemory(time));
        }

        @Override
        protected void pass(Duration span) {
            try {
                time.sleep(span);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Map<String, UnaryOperator<SyncStore>> flaws() {
        Map<String, UnaryOperator<SyncStore>> flaws = new HashMap<>();
        flaws.put("accepts an old fence", good -> new Passing(good) {
            @Override
            public CommitResult commit(Commit commit) {
                return good.commit(new Commit(commit.puts(), commit.deletes(), null));
            }
        });
        flaws.put("looks at the owner instead of the fence", good -> new Passing(good) {
            private final Map<String, Lease> latest = new HashMap<>();

            @Override
            public CommitResult commit(Commit commit) {
                Lease lease = commit.lease();
                Lease known = lease == null ? null : latest.get(lease.connection() + lease.owner());
                return good.commit(new Commit(commit.puts(), commit.deletes(), known == null ? lease : known));
            }

            @Override
            public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
                Optional<Lease> lease = good.acquire(connection, owner, ttl);
                lease.ifPresent(one -> latest.put(connection + owner, one));
                return lease;
            }
        });
        flaws.put("loses one of many changes", good -> new Passing(good) {
            @Override
            public CommitResult commit(Commit commit) {
                List<Put> puts = new ArrayList<>(commit.puts());
                if (puts.size() > 99) {
                    puts.remove(57);
                }
                return good.commit(new Commit(puts, commit.deletes(), commit.lease()));
            }
        });
        flaws.put("pages by position", good -> new Passing(good) {
            private int position;

            @Override
            public List<Row> scan(Query query, @Nullable Row after, int limit) {
                position = after == null ? 0 : position;
                List<Row> all = good.scan(query, null, Integer.MAX_VALUE);
                List<Row> page = all.subList(Math.min(position, all.size()), Math.min(position + limit, all.size()));
                position += page.size();
                return List.copyOf(page);
            }
        });
        flaws.put("pages by order alone", good -> new Passing(good) {
            @Override
            public List<Row> scan(Query query, @Nullable Row after, int limit) {
                return after == null
                        ? good.scan(query, null, limit)
                        : good.scan(query, null, Integer.MAX_VALUE).stream()
                                .filter(row -> row.order().compareTo(after.order()) > 0)
                                .limit(limit)
                                .toList();
            }
        });
        flaws.put("commits half", good -> new Passing(good) {
            @Override
            public CommitResult commit(Commit commit) {
                CommitResult result = good.commit(commit);
                if (result instanceof CommitResult.Changed) {
                    good.commit(new Commit(
                            commit.puts().stream()
                                    .filter(put -> put.expected() == ANY)
                                    .toList(),
                            List.of(),
                            null));
                }
                return result;
            }
        });
        flaws.put("forgets deletes", good -> new Passing(good) {
            @Override
            public CommitResult commit(Commit commit) {
                return good.commit(new Commit(commit.puts(), List.of(), commit.lease()));
            }
        });
        flaws.put("does not look at versions", good -> new Passing(good) {
            @Override
            public CommitResult commit(Commit commit) {
                return good.commit(new Commit(
                        commit.puts().stream()
                                .map(put -> new Put(put.row(), ANY))
                                .toList(),
                        commit.deletes().stream()
                                .map(delete -> new Delete(delete.id(), ANY))
                                .toList(),
                        commit.lease()));
            }
        });
        flaws.put("takes whatever is there for expected", good -> new Passing(good) {
            @Override
            public CommitResult commit(Commit commit) {
                return good.commit(new Commit(
                        commit.puts().stream()
                                .map(put -> put.expected() > 0 ? new Put(put.row(), versionOf(put)) : put)
                                .toList(),
                        commit.deletes(),
                        commit.lease()));
            }

            private long versionOf(Put put) {
                RowId id = put.row().rowId();
                return good.find(id.connection(), id.kind(), List.of(id.id())).stream()
                        .mapToLong(Row::version)
                        .findFirst()
                        .orElse(put.expected());
            }
        });
        flaws.put("keeps the keys of replaced rows", good -> new Passing(good) {
            @Override
            public CommitResult commit(Commit commit) {
                List<Put> puts = new ArrayList<>();
                for (Put put : commit.puts()) {
                    Row row = put.row();
                    Map<String, String> keys = new HashMap<>();
                    good.find(row.connection(), row.kind(), List.of(row.id())).forEach(old -> keys.putAll(old.keys()));
                    keys.putAll(row.keys());
                    puts.add(new Put(
                            Row.of(row.connection(), row.kind(), row.id(), row.order(), keys, row.body()),
                            put.expected()));
                }
                return good.commit(new Commit(puts, commit.deletes(), commit.lease()));
            }
        });
        flaws.put("compares keys without case", good -> new Passing(good) {
            @Override
            public List<Row> scan(Query query, @Nullable Row after, int limit) {
                if (query.key() == null || query.value() == null || after != null) {
                    return good.scan(query, after, limit);
                }
                String key = query.key();
                return good
                        .scan(
                                new Query(query.kind(), query.connection(), null, null, query.from(), query.before()),
                                null,
                                Integer.MAX_VALUE)
                        .stream()
                        .filter(row -> query.value().equalsIgnoreCase(row.keys().get(key)))
                        .limit(limit)
                        .toList();
            }
        });
        flaws.put("includes the end of a range", good -> new Passing(good) {
            @Override
            public List<Row> scan(Query query, @Nullable Row after, int limit) {
                return good.scan(
                        query.before() == null ? query : query.before(query.before() + "\u0000"), after, limit);
            }
        });
        flaws.put("gives a lease to two", good -> new Passing(good) {
            @Override
            public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
                Optional<Lease> lease = good.acquire(connection, owner, ttl);
                return lease.isPresent()
                        ? lease
                        : Optional.of(new Lease(connection, owner, 1, Instant.parse("2026-03-02T11:00:00Z"), false));
            }
        });
        flaws.put("never tells of a takeover", good -> new Passing(good) {
            @Override
            public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
                return good.acquire(connection, owner, ttl)
                        .map(lease -> new Lease(connection, owner, lease.fence(), lease.until(), false));
            }
        });
        flaws.put("renews what is lost", good -> new Passing(good) {
            @Override
            public Optional<Lease> renew(Lease lease, Duration ttl) {
                return Optional.of(good.renew(lease, ttl).orElse(lease));
            }
        });
        flaws.put("releases what others have", good -> new Passing(good) {
            private final Map<String, Lease> latest = new HashMap<>();

            @Override
            public Optional<Lease> acquire(String connection, String owner, Duration ttl) {
                Optional<Lease> lease = good.acquire(connection, owner, ttl);
                lease.ifPresent(one -> latest.put(connection, one));
                return lease;
            }

            @Override
            public void release(Lease lease) {
                good.release(latest.getOrDefault(lease.connection(), lease));
            }
        });
        flaws.put("begins versions anew", good -> new Passing(good) {
            private final Map<RowId, Long> counts = new HashMap<>();

            @Override
            public synchronized CommitResult commit(Commit commit) {
                List<Put> puts = commit.puts().stream()
                        .map(put -> new Put(put.row(), put.expected() > 0 ? real(put) : put.expected()))
                        .toList();
                CommitResult result = good.commit(new Commit(puts, commit.deletes(), commit.lease()));
                if (result instanceof CommitResult.Done) {
                    commit.deletes().forEach(delete -> counts.remove(delete.id()));
                    puts.forEach(put -> counts.merge(put.row().rowId(), 1L, Long::sum));
                }
                return result;
            }

            private long real(Put put) {
                RowId id = put.row().rowId();
                boolean same = counts.getOrDefault(id, 0L) == put.expected();
                return good.find(id.connection(), id.kind(), List.of(id.id())).stream()
                        .mapToLong(row -> same ? row.version() : Long.MAX_VALUE)
                        .findFirst()
                        .orElse(put.expected());
            }

            @Override
            public List<Row> find(String connection, String kind, Collection<String> ids) {
                return good.find(connection, kind, ids).stream()
                        .map(row -> new Row(
                                row.connection(),
                                row.kind(),
                                row.id(),
                                row.order(),
                                row.keys(),
                                row.body(),
                                counts.getOrDefault(row.rowId(), 0L)))
                        .toList();
            }
        });
        flaws.put("trims without order", good -> new Passing(good) {
            @Override
            public int trim(Query query, int limit) {
                List<Row> all = new ArrayList<>(good.scan(query, null, Integer.MAX_VALUE));
                List<Row> last = all.subList(Math.max(0, all.size() - limit), all.size());
                good.commit(new Commit(
                        List.of(),
                        last.stream().map(row -> new Delete(row.rowId(), ANY)).toList(),
                        null));
                return last.size();
            }
        });
        return flaws;
    }

    private static List<Event> failures(UnaryOperator<SyncStore> planted) {
        flaw = planted;
        try {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(Contract.class))
                    .execute()
                    .testEvents()
                    .failed()
                    .list();
        } finally {
            flaw = store -> store;
        }
    }

    @TestFactory
    List<DynamicTest> aBrokenPromiseIsFound() {
        List<DynamicTest> tests = new ArrayList<>();
        flaws().forEach((name, planted) -> tests.add(DynamicTest.dynamicTest(
                name, () -> assertThat(failures(planted)).as(name).isNotEmpty())));
        tests.add(DynamicTest.dynamicTest(
                "a good store passes",
                () -> assertThat(failures(store -> store)).isEmpty()));
        return tests;
    }
}
