package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.HubSpotException.Failure;
import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.internal.Wire;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Associations between records, in batches of any number. Their direction is in the types of the ids, so that it cannot be
 * mixed up. HubSpot counts these calls apart from others.
 *
 * <p>All of this may be repeated, and is: a pair that is associated already stays so. A call that fails for good throws; those
 * before it have been carried out.
 */
public final class Associations {

    private static final int PAIRS = 2_000;
    private static final int READS = 1_000;
    private static final int ARCHIVED_FROM = 100;

    private final Access access;

    Associations(Access access) {
        this.access = access;
    }

    /**
     * A record that is associated.
     *
     * @param types how; a pair can be associated in several ways
     */
    public record Associated<F extends Crm, T extends Crm>(RecordId<T> record, Set<AssociationType<F, T>> types) {}

    /**
     * Associates pairs in the default way, which needs no number and holds in both directions, 2,000 a call.
     *
     * @param pairs all between the same two types
     * @return the pairs that were refused, with the reason; none if all are associated now
     */
    public <F extends Crm, T extends Crm> Map<Pair<F, T>, Problem> associate(Collection<Pair<F, T>> pairs) {
        return settle(pairs, (batch, ends) -> (api, v) -> api.associate(v, ends.from(), ends.to(), wire(batch, null)));
    }

    /**
     * Associates pairs as these types. They <em>replace</em> what types of this direction a pair had, so name all that it is
     * to have.
     *
     * @return the pairs that were refused, with the reason
     */
    @SafeVarargs
    public final <F extends Crm, T extends Crm> Map<Pair<F, T>, Problem> label(
            Collection<Pair<F, T>> pairs, AssociationType<F, T>... types) {
        List<Wire.Spec> specs = specs(types);
        return settle(pairs, (batch, ends) -> (api, v) -> api.label(v, ends.from(), ends.to(), wire(batch, specs)));
    }

    /**
     * Removes every association between the records of each pair.
     *
     * @return the pairs that were refused, with the reason
     */
    public <F extends Crm, T extends Crm> Map<Pair<F, T>, Problem> dissociate(Collection<Pair<F, T>> pairs) {
        List<List<Pair<F, T>>> parts = Settling.split(List.copyOf(byFrom(pairs).values()), ARCHIVED_FROM).stream()
                .map(ofMany -> ofMany.stream().flatMap(List::stream).toList())
                .toList();
        return removed(parts, (batch, ends) -> {
            List<Wire.Unpair> inputs = new ArrayList<>();
            byFrom(batch)
                    .forEach((from, ofOne) -> inputs.add(new Wire.Unpair(
                            new Wire.Id(from),
                            ofOne.stream()
                                    .map(pair -> new Wire.Id(pair.to().value()))
                                    .toList())));
            return (api, v) -> api.dissociate(v, ends.from(), ends.to(), new Wire.Unpairs(inputs));
        });
    }

    private static <F extends Crm, T extends Crm> Map<String, List<Pair<F, T>>> byFrom(Collection<Pair<F, T>> pairs) {
        return new LinkedHashSet<>(pairs)
                .stream()
                        .collect(Collectors.groupingBy(
                                pair -> pair.from().value(), LinkedHashMap::new, Collectors.toList()));
    }

    /**
     * Removes these types from pairs and leaves others. Removing the type without a label removes all that have one too.
     *
     * @return the pairs that were refused, with the reason
     */
    @SafeVarargs
    public final <F extends Crm, T extends Crm> Map<Pair<F, T>, Problem> unlabel(
            Collection<Pair<F, T>> pairs, AssociationType<F, T>... types) {
        List<Wire.Spec> specs = specs(types);
        return removed(
                Settling.split(List.copyOf(new LinkedHashSet<>(pairs)), PAIRS),
                (batch, ends) -> (api, v) -> api.unlabel(v, ends.from(), ends.to(), wire(batch, specs)));
    }

    /**
     * What records are associated with, 1,000 a call.
     *
     * @return an entry for each record, empty for one that has none of this type or does not exist
     */
    public <F extends Crm, T extends Crm> Map<RecordId<F>, List<Associated<F, T>>> read(
            Collection<RecordId<F>> records, ObjectType<T> to) {
        Map<RecordId<F>, List<Associated<F, T>>> associated = new LinkedHashMap<>();
        records.forEach(record -> associated.put(record, new ArrayList<>()));
        if (!records.isEmpty()) {
            ObjectType<F> from = records.iterator().next().type();
            if (records.stream().anyMatch(record -> !record.type().equals(from))) {
                throw new IllegalArgumentException("records of one type at a time have their associations read");
            }
            List<Wire.AssociatedInput> open = associated.keySet().stream()
                    .map(record -> new Wire.AssociatedInput(record.value(), null))
                    .toList();
            while (!open.isEmpty()) {
                open = read(from, to, open, associated);
            }
        }
        associated.replaceAll((record, list) -> List.copyOf(list));
        return associated;
    }

    /** Reads one round and answers what has another page. */
    private <F extends Crm, T extends Crm> List<Wire.AssociatedInput> read(
            ObjectType<F> from,
            ObjectType<T> to,
            List<Wire.AssociatedInput> open,
            Map<RecordId<F>, List<Associated<F, T>>> associated) {
        List<Wire.AssociatedInput> more = new ArrayList<>();
        for (List<Wire.AssociatedInput> batch : Settling.split(open, READS)) {
            Wire.Results<Wire.AssociatedOfOne> answer = access.call(
                    Lane.ASSOCIATIONS,
                    (api, v) -> api.associated(v, from.path(), to.path(), new Wire.AssociatedRequest(batch)));
            Map<String, String> asked = new HashMap<>();
            batch.forEach(input -> asked.put(input.id(), String.valueOf(input.after())));
            for (Wire.AssociatedOfOne one : answer.results()) {
                String id = one.from() == null ? null : Wire.text(one.from().id());
                if (id == null || !asked.containsKey(id)) {
                    continue;
                }
                List<Associated<F, T>> list = associated.computeIfAbsent(from.record(id), record -> new ArrayList<>());
                one.to().forEach(other -> add(list, from, to, other));
                String after = one.after();
                if (after != null && !after.equals(asked.get(id))) {
                    more.add(new Wire.AssociatedInput(id, after));
                }
            }
            answerForRefused(answer.errors());
        }
        return more;
    }

    /** A record without associations may come as an error; anything else must not look like none. */
    private static void answerForRefused(List<Wire.Error> errors) {
        for (Wire.Error error : errors) {
            String category = error.category();
            if (!category.equals("OBJECT_NOT_FOUND") && !category.contains("NO_ASSOCIATIONS")) {
                ErrorBody body = ErrorBody.of(error, Redaction.OF_NOTHING);
                String sub = body.subCategory().isEmpty() ? "" : ", " + body.subCategory();
                if (!sub.contains("NO_ASSOCIATIONS")) {
                    throw new HubSpotRequestException(
                            "HubSpot did not tell the associations of some records (" + category + sub + "): "
                                    + body.words(),
                            Failure.NOT_SENT.answered(207, body));
                }
            }
        }
    }

    private static <F extends Crm, T extends Crm> void add(
            List<Associated<F, T>> list, ObjectType<F> from, ObjectType<T> to, Wire.Associated one) {
        String id = Wire.text(one.toObjectId());
        if (id == null || !RecordId.isNumber(id)) {
            return;
        }
        Set<AssociationType<F, T>> types = one.associationTypes().stream()
                .map(label -> type(from, to, label))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        list.add(new Associated<>(to.record(id), types));
    }

    /** The types that the account has between two object types, those of its users among them. */
    public <F extends Crm, T extends Crm> List<AssociationType<F, T>> types(ObjectType<F> from, ObjectType<T> to) {
        Wire.Results<Wire.Label> answer =
                access.call(Lane.ASSOCIATIONS, (api, v) -> api.labels(v, from.path(), to.path()));
        return answer.results().stream()
                .map(label -> type(from, to, label))
                .filter(Objects::nonNull)
                .toList();
    }

    private static <F extends Crm, T extends Crm> @Nullable AssociationType<F, T> type(
            ObjectType<F> from, ObjectType<T> to, Wire.Label label) {
        return label.typeId() == null
                ? null
                : new AssociationType<>(
                        from,
                        to,
                        label.typeId(),
                        label.category() == null ? AssociationType.HUBSPOT_DEFINED : label.category(),
                        label.label());
    }

    // Pairs that are written

    private <F extends Crm, T extends Crm> Map<Pair<F, T>, Problem> settle(
            Collection<Pair<F, T>> pairs,
            BiFunction<List<Pair<F, T>>, Ends, Access.Making<Wire.Results<Wire.PairAnswer>>> call) {
        List<List<Pair<F, T>>> parts = Settling.split(List.copyOf(new LinkedHashSet<>(pairs)), PAIRS);
        Ends ends = Ends.of(pairs);
        return Settling.settle(
                parts, part -> told(part, access.call(Lane.ASSOCIATIONS, call.apply(part, ends)), false));
    }

    /** The answer of a removal is empty, or mentions refusals only. */
    private <F extends Crm, T extends Crm> Map<Pair<F, T>, Problem> removed(
            List<List<Pair<F, T>>> parts,
            BiFunction<List<Pair<F, T>>, Ends, Access.Making<Wire.Results<Wire.PairAnswer>>> call) {
        Ends ends = Ends.of(parts.stream().flatMap(List::stream).toList());
        return Settling.settle(
                parts,
                part -> access.callMaybeEmpty(Lane.ASSOCIATIONS, call.apply(part, ends))
                        .map(answer -> told(part, answer, true))
                        .orElse(new Settling.Told<>(Set.copyOf(part), Map.of())));
    }

    /**
     * Default associations are answered in both directions; those of the other match no pair of this one.
     *
     * @param refusalsOnly whether what is not refused is done, unless an error does not say which pair it is about
     */
    private static <F extends Crm, T extends Crm> Settling.Told<Pair<F, T>> told(
            List<Pair<F, T>> pairs, Wire.Results<Wire.PairAnswer> answer, boolean refusalsOnly) {
        Set<List<String>> doneIds = new LinkedHashSet<>();
        for (Wire.PairAnswer result : answer.results()) {
            String from = result.fromId();
            String to = result.toId();
            if (from != null && to != null) {
                doneIds.add(List.of(from, to));
            }
        }
        Map<Pair<F, T>, Problem> refused = new LinkedHashMap<>();
        boolean restIsDone = refusalsOnly;
        for (Wire.Error error : answer.errors()) {
            Problem problem = Operation.problem(ErrorBody.of(error, Redaction.OF_NOTHING));
            Set<String> from = Set.copyOf(error.context("fromObjectId"));
            Set<String> to = Set.copyOf(error.context("toObjectId"));
            List<Pair<F, T>> named = pairs.stream()
                    .filter(pair -> pairs.size() == 1
                            || (from.contains(pair.from().value())
                                    && (to.isEmpty() || to.contains(pair.to().value()))))
                    .toList();
            named.forEach(pair -> refused.put(pair, problem));
            restIsDone &= !named.isEmpty();
        }
        Set<Pair<F, T>> done = new LinkedHashSet<>(pairs);
        boolean all = restIsDone;
        done.removeIf(pair -> !doneIds.contains(ids(pair)) && (!all || refused.containsKey(pair)));
        refused.keySet().removeAll(done);
        return new Settling.Told<>(done, refused);
    }

    private static List<String> ids(Pair<?, ?> pair) {
        return List.of(pair.from().value(), pair.to().value());
    }

    private static Wire.Pairs wire(List<? extends Pair<?, ?>> pairs, @Nullable List<Wire.Spec> specs) {
        return new Wire.Pairs(pairs.stream()
                .map(pair -> new Wire.Pair(
                        new Wire.Id(pair.from().value()), new Wire.Id(pair.to().value()), specs))
                .toList());
    }

    private static List<Wire.Spec> specs(AssociationType<?, ?>[] types) {
        if (types.length == 0) {
            throw new IllegalArgumentException("at least one association type is needed");
        }
        return List.of(types).stream()
                .map(type -> new Wire.Spec(type.category(), type.typeId()))
                .toList();
    }

    /** The two types, as paths name them. */
    private record Ends(String from, String to) {
        static Ends of(Collection<? extends Pair<?, ?>> pairs) {
            Set<ObjectType<?>> from =
                    pairs.stream().map(pair -> pair.from().type()).collect(Collectors.toSet());
            Set<ObjectType<?>> to = pairs.stream().map(pair -> pair.to().type()).collect(Collectors.toSet());
            if (pairs.isEmpty()) {
                // No call will name them.
                return new Ends("", "");
            }
            if (from.size() > 1 || to.size() > 1) {
                throw new IllegalArgumentException(
                        "the pairs of one batch join the same two types, but these join " + from + " with " + to);
            }
            return new Ends(from.iterator().next().path(), to.iterator().next().path());
        }
    }
}
