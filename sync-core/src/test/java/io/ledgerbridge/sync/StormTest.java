package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Storms, each reproduced exactly by its seed: {@code -Dledgerbridge.storm=17} plays one of them. */
class StormTest {

    private static final int SEEDS = Integer.getInteger("ledgerbridge.storms", 100);
    private static final Integer ONE = Integer.getInteger("ledgerbridge.storm");

    @Test
    void hubSpotHoldsTheBooksInTheEnd() {
        Map<Long, String> failures = new ConcurrentHashMap<>();
        Map<String, Integer> met = new ConcurrentHashMap<>();
        LongStream seeds = ONE == null ? LongStream.range(0, SEEDS) : LongStream.of(ONE);
        seeds.parallel().forEach(seed -> {
            Storm storm = new Storm(seed);
            try {
                storm.rage();
            } catch (RuntimeException | AssertionError e) {
                String what = String.valueOf(e);
                failures.put(seed, what.substring(0, Math.min(600, what.length())) + "\n" + where(e));
                if (ONE != null) {
                    System.out.println(String.join("\n", storm.log()));
                    storm.decisionsOn(what).forEach(System.out::println);
                    storm.rowsOf(what).forEach(System.out::println);
                }
            }
            storm.faultsMet().forEach((fault, times) -> met.merge(fault, times, Integer::sum));
        });
        System.out.println(met.size() + " pairs of fault and call");
        assertThat(new TreeMap<>(failures))
                .as("%d of %d storms", failures.size(), SEEDS)
                .isEmpty();
    }

    private static List<StackTraceElement> where(Throwable failure) {
        return List.of(failure.getStackTrace()).stream()
                .filter(frame -> frame.getClassName().startsWith("io.ledgerbridge"))
                .limit(4)
                .toList();
    }
}
