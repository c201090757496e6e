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
final class Settling<I> {

    private static final int GIVING_UP = 20;

    private final Function<List<I>, Told<I>> sending;
    private final Map<I, Problem> refused = new LinkedHashMap<>();

    /** How many inputs were refused last, each alone, for the same reason. */
    private int alike;

    private String reason = "";

    private Settling(Function<List<I>, Told<I>> sending) {
        this.sending = sending;
    }

    /** What an answer tells of inputs: done, or refused with a reason. */
    record Told<I>(Set<I> done, Map<I, Problem> refused) {}

    /**
     * Sends all, part by part. When many in a row were refused alone for the same reason, the rest would be too: it is not sent.
     *
     * @return those that were refused; what is in no answer at last is refused as {@link Problem#UNKNOWN}
     */
    static <I> Map<I, Problem> settle(List<List<I>> parts, Function<List<I>, Told<I>> sending) {
        Settling<I> settling = new Settling<>(sending);
        parts.forEach(settling::settle);
        return settling.refused;
    }

    private void settle(List<I> batch) {
        if (alike == GIVING_UP) {
            batch.forEach(input -> refused.put(
                    input,
                    Problem.ours(
                            Problem.NOT_SENT,
                            "It was not sent, since the " + GIVING_UP + " before it were all refused: " + reason,
                            true)));
            return;
        }
        Told<I> told = new Told<>(Set.of(), Map.of());
        try {
            told = sending.apply(batch);
        } catch (HubSpotRequestException | HubSpotNotFoundException | HubSpotConflictException e) {
            if (Records.isAboutType(e) || !Operation.ABOUT_INPUTS.contains(e.status())) {
                throw e;
            }
            if (batch.size() == 1) {
                refused.put(batch.get(0), Operation.problem(e, false));
                alike = e.error().words().equals(reason) ? alike + 1 : 1;
                reason = e.error().words();
                return;
            }
        }
        alike = told.done().isEmpty() ? alike : 0;
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
            settle(rest.subList(0, rest.size() / 2));
            settle(rest.subList(rest.size() / 2, rest.size()));
        } else {
            settle(rest);
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
