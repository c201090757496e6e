package io.ledgerbridge.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.internal.Tally.Decision;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecisionTableTest {

    @Test
    void eachIdCountsOnceInItsWeightiestDecision() {
        Random random = new Random(3);
        DecisionTable table = new DecisionTable();
        Map<String, Decision> plain = new HashMap<>();
        for (int i = 0; i < 300_000; i++) {
            // As ids of Zoho Books are: long numbers that differ in their last digits, some with a suffix.
            String id = 2_000_000_000_000_000_000L + random.nextInt(150_000) + (i % 10 == 0 ? ":self" : "");
            Decision decision = Decision.values()[random.nextInt(Decision.values().length)];
            table.decide(id, decision);
            plain.merge(id, decision, (one, other) -> one.compareTo(other) <= 0 ? one : other);
        }
        assertThat(table.size()).isEqualTo(plain.size());
        for (Decision decision : Decision.values()) {
            assertThat((long) table.count(decision))
                    .as("%s", decision)
                    .isEqualTo(plain.values().stream().filter(decision::equals).count());
        }
    }
}
