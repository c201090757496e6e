package io.ledgerbridge.sync;

import io.ledgerbridge.sync.CrashScenario.Account;
import io.ledgerbridge.sync.spi.SyncStore;
import org.junit.jupiter.api.Test;

/** R1 to R3 wherever the process is killed. The usual build samples the rarer accounts, the long profile kills everywhere. */
class CrashTest {

    private static final boolean EVERYWHERE = Boolean.getBoolean("ledgerbridge.crashEverywhere");
    private static final int SAMPLE = 24;
    private static final int COMPARED = 7;

    private static CrashScenario scenario(Account account) {
        return new CrashScenario(
                account,
                SyncStore::inMemory,
                boundary -> account == Account.COMMON || EVERYWHERE || boundary % SAMPLE == account.ordinal());
    }

    @Test
    void aProcessThatIsKilledLeavesWhatIsRecorded() {
        new CrashScenario(Account.COMMON, SyncStore::inMemory, boundary -> EVERYWHERE || boundary % SAMPLE == COMPARED)
                .leftByAnEngineThatIsKilled();
    }

    @Test
    void theStoreSurvives() {
        scenario(Account.COMMON).surviving();
    }

    @Test
    void theStoreSurvivesWhereKeysAreNotUnique() {
        scenario(Account.WITHOUT_UNIQUE_KEYS).surviving();
    }

    @Test
    void theStoreSurvivesWhereLinesHaveNoKeys() {
        scenario(Account.WITHOUT_LINE_PROPERTIES).surviving();
    }

    @Test
    void theStoreIsRestoredFromABackupThatIsOlderThanTheRun() {
        scenario(Account.COMMON).restored();
    }

    @Test
    void theStoreIsLost() {
        scenario(Account.COMMON).lost();
    }

    @Test
    void theStoreIsLostWhereKeysAreNotUnique() {
        scenario(Account.WITHOUT_UNIQUE_KEYS).lost();
    }

    @Test
    void theStoreIsLostWhereLinesHaveNoKeys() {
        scenario(Account.WITHOUT_LINE_PROPERTIES).lost();
    }
}
