package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.jdbc.CuttingDataSource;
import io.ledgerbridge.jdbc.Database;
import io.ledgerbridge.jdbc.VirtualTimeStore;
import io.ledgerbridge.sync.CrashScenario.Account;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.time.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The crash scenario and storms of the engine, with what it remembers in a database. */
@ParameterizedClass
@MethodSource("databases")
class EngineOnDatabaseTest {

    private static final boolean LONG_PROFILE = Boolean.getBoolean("ledgerbridge.crashEverywhere");
    private static final int SAMPLE = LONG_PROFILE ? 8 : 120;
    private static final int STORMS = LONG_PROFILE ? 40 : 3;

    @Parameter
    private Database database;

    private final List<VirtualTimeStore> stores = Collections.synchronizedList(new ArrayList<>());

    static List<Database> databases() {
        return Database.available();
    }

    @AfterEach
    void end() {
        stores.forEach(VirtualTimeStore::drop);
    }

    private SyncStore newStore(VirtualTime time) {
        VirtualTimeStore store = new VirtualTimeStore(database, database.pool(), time);
        stores.add(store);
        return store;
    }

    /** In each its own boundaries. */
    private CrashScenario scenario(int number) {
        return new CrashScenario(Account.COMMON, this::newStore, boundary -> boundary % SAMPLE == 41 * number % SAMPLE);
    }

    @Test
    void theStoreSurvives() {
        scenario(0).surviving();
    }

    @Test
    void theStoreIsRestoredFromABackupThatIsOlderThanTheRun() {
        scenario(1).restored();
    }

    @Test
    void theStoreIsLost() {
        scenario(2).lost();
    }

    /** Storms in which the connection to the database is lost too, at any statement of any transaction. */
    @Test
    void stormsInWhichTheDatabaseIsLostToo() {
        Map<Long, String> failures = new ConcurrentHashMap<>();
        AtomicInteger cuts = new AtomicInteger();
        LongStream.range(0, STORMS).parallel().forEach(seed -> {
            Unreliable memory = new Unreliable(seed);
            try {
                new Storm(seed, memory).forgetting().rage();
                cuts.addAndGet(memory.source.cuts());
            } catch (RuntimeException | AssertionError e) {
                String what = String.valueOf(e);
                failures.put(seed, what.substring(0, Math.min(600, what.length())));
            }
        });
        assertThat(new TreeMap<>(failures)).isEmpty();
        assertThat(cuts).hasValueGreaterThan(5 * STORMS);
    }

    private final class Unreliable implements Storm.Memory {
        private final CuttingDataSource source = new CuttingDataSource(database.pool());
        private final long seed;

        Unreliable(long seed) {
            this.seed = seed;
        }

        @Override
        public SyncStore newStore(VirtualTime time) {
            VirtualTimeStore store = new VirtualTimeStore(database, source, time);
            stores.add(store);
            source.cutNowAndThen(new Random(seed), 250);
            return store;
        }

        @Override
        public boolean isUnreliable() {
            return true;
        }

        @Override
        public void calmDown() {
            source.cutNoMore();
        }
    }
}
