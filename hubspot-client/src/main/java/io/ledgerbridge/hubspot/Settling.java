package io.ledgerbridge.hubspot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Batches whose inputs are done or refused and give no records back: associations and definitions. All may be repeated, so a
 * call that is refused is halved until those at fault stand alone, and what an answer does not mention is sent again.
 */
final class Settling {

    private Settling() {}

    /** What an answer tells of inputs: done, or refused with a reason. */
    record Told<I>(Set<I> done, Map<I, Problem> refused) {}

    /**
     * Sends all, so many a call.
     *
     * @return those that were refused; what is in no answer at last is refused as {@link Problem#UNKNOWN}
     */
    static <I> Map<I, Problem> settle(List<I> inputs, int size, Function<List<I>, Told<I>> sending) {
        Map<I, Problem> refused = new LinkedHashMap<>();
        split(inputs, size).forEach(part -> settle(part, sending, refused));
        return refused;
    }

    private static <I> void settle(List<I> batch, Function<List<I>, Told<I>> sending, Map<I, Problem> refused) {
        Told<I> told = new Told<>(Set.of(), Map.of());
        try {
            told = sending.apply(batch);
        } catch (HubSpotRequestException | HubSpotNotFoundException | HubSpotConflictException e) {
            if (Records.isAboutType(e)) {
                throw e;
            }
            if (batch.size() == 1) {
                refused.put(batch.get(0), Operation.problem(e, false));
                return;
            }
        }
        refused.putAll(told.refused());
        List<I> rest = new ArrayList<>(batch);
        rest.removeAll(told.done());
        rest.removeAll(told.refused().keySet());
        if (rest.isEmpty()) {
            return;
        }
        if (batch.size() == 1) {
            refused.put(rest.get(0), Problem.ours(Problem.UNKNOWN, "HubSpot's answer does not mention it.", true));
        } else if (rest.size() == batch.size()) {
            settle(rest.subList(0, rest.size() / 2), sending, refused);
            settle(rest.subList(rest.size() / 2, rest.size()), sending, refused);
        } else {
            settle(rest, sending, refused);
        }
    }

    static <E> List<List<E>> split(List<E> all, int size) {
        List<List<E>> parts = new ArrayList<>();
        for (int start = 0; start < all.size(); start += size) {
            parts.add(all.subList(start, Math.min(all.size(), start + size)));
        }
        return parts;
    }
}
