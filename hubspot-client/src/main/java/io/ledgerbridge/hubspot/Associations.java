package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.Outcome.Problem;
import io.ledgerbridge.hubspot.internal.HubSpotApi;
import io.ledgerbridge.hubspot.internal.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Default associations between records, which need no type id and hold in both directions. */
public final class Associations {

    private static final int BATCH = 2_000;
    private static final int ARCHIVE_BATCH = 100;

    private final Calls calls;
    private final HubSpotApi api;
    private final ApiVersion version;

    Associations(Calls calls, HubSpotApi api, ApiVersion version) {
        this.calls = calls;
        this.api = api;
        this.version = version;
    }

    /** Two record ids, in the direction of the call. */
    public record Pair(String from, String to) {}

    /**
     * Associates pairs, 2,000 a call. Pairs that are associated already stay so.
     *
     * @return the pairs that were refused, with the reason
     */
    public Map<Pair, Problem> associate(ObjectType from, ObjectType to, List<Pair> pairs) {
        Map<Pair, Optional<Problem>> outcomes = Batches.settle(
                List.copyOf(new LinkedHashSet<>(pairs)),
                BATCH,
                batch -> send(from, to, batch),
                Optional::of,
                why -> Optional.of(new Problem("UNKNOWN", null, null, why, null, null)));
        Map<Pair, Problem> refused = new LinkedHashMap<>();
        outcomes.forEach((pair, outcome) -> outcome.ifPresent(problem -> refused.put(pair, problem)));
        return refused;
    }

    /** Removes every association between the records of each pair. */
    public void dissociate(ObjectType from, ObjectType to, List<Pair> pairs) {
        Map<String, List<Wire.Id>> byFrom = new LinkedHashMap<>();
        pairs.forEach(pair ->
                byFrom.computeIfAbsent(pair.from(), id -> new ArrayList<>()).add(new Wire.Id(pair.to())));
        List<Wire.Unpair> inputs = byFrom.entrySet().stream()
                .map(entry -> new Wire.Unpair(new Wire.Id(entry.getKey()), entry.getValue()))
                .toList();
        for (int start = 0; start < inputs.size(); start += ARCHIVE_BATCH) {
            Wire.UnpairRequest request =
                    new Wire.UnpairRequest(inputs.subList(start, Math.min(inputs.size(), start + ARCHIVE_BATCH)));
            calls.executeMaybeEmpty(
                    Lane.ASSOCIATIONS, () -> api.dissociate(version.date(), from.slug(), to.slug(), request));
        }
    }

    private Map<Pair, Optional<Problem>> send(ObjectType from, ObjectType to, List<Pair> pairs) {
        Wire.PairRequest request = new Wire.PairRequest(pairs.stream()
                .map(pair -> new Wire.Pair(new Wire.Id(pair.from()), new Wire.Id(pair.to())))
                .toList());
        Wire.PairsAnswer answer =
                calls.execute(Lane.ASSOCIATIONS, () -> api.associate(version.date(), from.slug(), to.slug(), request));
        Map<Pair, Optional<Problem>> told = new HashMap<>();
        if (answer.results() != null) {
            // Both directions are answered; the reverse ones match no pair of this direction.
            for (Wire.PairAnswer result : answer.results()) {
                if (result.from() != null && result.to() != null) {
                    told.put(new Pair(result.from().id(), result.to().id()), Optional.empty());
                }
            }
            told.keySet().retainAll(pairs);
        }
        if (answer.errors() != null) {
            for (Wire.Error error : answer.errors()) {
                Optional<Problem> problem = Optional.of(Batches.problem(error));
                pairs.stream()
                        .filter(pair -> pairs.size() == 1
                                || (error.context("fromObjectId").contains(pair.from())
                                        && error.context("toObjectId").contains(pair.to())))
                        .forEach(pair -> told.put(pair, problem));
            }
        }
        return told;
    }
}
