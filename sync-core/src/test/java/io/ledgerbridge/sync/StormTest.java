package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Storms, each reproduced exactly by its seed: {@code -Dledgerbridge.storm=17} plays one of them. */
class StormTest {

    private static final int SEEDS = Integer.getInteger("ledgerbridge.storms", 100);
    /** Seeds of the long profile that failed once, and must not again. */
    private static final long[] MENDED = {
        275, 460, 464, 672, 742, 1071, 1464, 1688, 1752, 1896, 395, 434, 599, 611, 849, 934, 965, 979, 1020, 1150, 1204,
        1286, 1325, 1337, 1480, 1578, 1582, 1802, 1_000_094, 1_000_168, 1_000_192, 1_000_269, 1_000_297, 1_000_451,
        1_000_477, 1_000_568, 1450, 1_000_204, 130, 247, 285
    };

    /** The same, of storms in which customers are erased. */
    private static final long[] MENDED_FORGETTING = {190, 202, 382, 942, 1_000_037, 1_000_446};

    /** Beside so many storms there is one on an account where keys are not unique. */
    private static final int RARE_SHARE = 3;

    /** How often each fault has to meet each stage. */
    private static final int LEAST = 20;

    private static final Integer ONE = Integer.getInteger("ledgerbridge.storm");

    @Test
    void hubSpotHoldsTheBooksInTheEnd() {
        Map<Long, String> failures = new ConcurrentHashMap<>();
        Map<String, Integer> met = new ConcurrentHashMap<>();
        // They stay as they were when they failed.
        Set<Long> mended = LongStream.of(MENDED).boxed().collect(Collectors.toSet());
        LongStream seeds = ONE == null
                ? Stream.of(
                                LongStream.range(0, SEEDS),
                                LongStream.range(Storm.RARE, Storm.RARE + SEEDS / RARE_SHARE),
                                LongStream.of(MENDED),
                                LongStream.of(MENDED_FORGETTING))
                        .flatMapToLong(some -> some)
                        .distinct()
                : LongStream.of(ONE);
        seeds.parallel().forEach(seed -> {
            Storm storm = mended.contains(seed) ? new Storm(seed) : new Storm(seed).forgetting();
            try {
                storm.rage();
            } catch (RuntimeException | AssertionError | Killer.Killed e) {
                String what = String.valueOf(e);
                failures.put(seed, what.substring(0, Math.min(600, what.length())) + "\n" + where(e));
                if (ONE != null) {
                    System.out.println(String.join("\n", storm.log()));
                    storm.decisionsOn(String.valueOf(e)).forEach(System.out::println);
                    storm.rowsOf(what).forEach(System.out::println);
                }
            }
            storm.faultsMet().forEach((fault, times) -> met.merge(fault, times, Integer::sum));
        });
        assertThat(new TreeMap<>(failures)).as("%d storms", failures.size()).isEmpty();
        if (ONE == null) {
            assertEveryFaultMetEveryStage(met);
        }
    }

    private static void assertEveryFaultMetEveryStage(Map<String, Integer> met) {
        Map<String, Integer> rare = new TreeMap<>();
        int least = Integer.MAX_VALUE;
        List<String> stages = new ArrayList<>(Storm.STAGES);
        stages.addAll(Storm.RARE_STAGES);
        for (Storm.Fault fault : Storm.Fault.values()) {
            for (String stage : stages) {
                int times = met.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(fault + " ")
                                && entry.getKey().contains(stage))
                        .mapToInt(Map.Entry::getValue)
                        .sum();
                if (Storm.canMeet(fault, stage)) {
                    least = Math.min(least, times);
                    if (times < LEAST) {
                        rare.put(fault + " at " + stage, times);
                    }
                }
            }
        }
        System.out.printf("%d storms; every fault met every stage at least %d times%n", SEEDS, least);
        assertThat(rare).as("faults that met a stage too rarely").isEmpty();
    }

    private static List<StackTraceElement> where(Throwable failure) {
        return List.of(failure.getStackTrace()).stream()
                .filter(frame -> frame.getClassName().startsWith("io.ledgerbridge"))
                .limit(4)
                .toList();
    }
}
