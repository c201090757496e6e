package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.Batch.Slot;
import io.ledgerbridge.hubspot.internal.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One kind of batch: how a call is made, how its answer is told apart by input, and what may be repeated. */
abstract class Operation<I, T extends Crm> {

    /** Statuses of refusals that may be one input's fault. */
    static final Set<Integer> ABOUT_INPUTS = Set.of(400, 404, 409, 422);

    final Access access;
    final ObjectType<T> type;
    private final Unwritable unwritable;

    Operation(Access access, ObjectType<T> type, Unwritable unwritable) {
        this.access = access;
        this.type = type;
        this.unwritable = unwritable;
    }

    Unwritable unwritable() {
        return unwritable;
    }

    String correlationId() {
        return access.calls().correlationId();
    }

    // Inputs

    /** How the caller knows an input. */
    abstract String name(I input, int place);

    /** What two inputs about the same record have in common. */
    String sameness(I input, String name) {
        return name;
    }

    /** What HubSpot must not see twice in one call; null if there is nothing of this kind. */
    @Nullable
    Object likeness(I input) {
        return null;
    }

    Properties properties(I input) {
        return Properties.none();
    }

    /** In what two inputs about the same record must agree. */
    Object content(I input) {
        return properties(input);
    }

    I with(I input, Properties properties) {
        return input;
    }

    /** Whether an input without a property is not worth sending. */
    boolean needsProperties() {
        return false;
    }

    /** The same input twice is sent once; the same name with other values not at all, since nobody knows which is meant. */
    void checkBeforeSending(List<Slot<I, T>> slots) {
        Map<String, Slot<I, T>> firsts = new HashMap<>(slots.size() * 2);
        Map<Slot<I, T>, List<Slot<I, T>>> same = new LinkedHashMap<>();
        for (Slot<I, T> slot : slots) {
            Slot<I, T> first = firsts.putIfAbsent(sameness(slot.input, slot.name), slot);
            if (first != null) {
                same.computeIfAbsent(first, one -> new ArrayList<>(List.of(one)))
                        .add(slot);
            }
        }
        same.forEach(this::settleSame);
    }

    private void settleSame(Slot<I, T> first, List<Slot<I, T>> same) {
        boolean differ = same.stream().anyMatch(slot -> !content(slot.input).equals(content(first.input)));
        for (Slot<I, T> slot : same) {
            if (differ) {
                slot.fail(Problem.ours(
                        Problem.DUPLICATE_INPUT,
                        same.size() + " inputs of the batch have the same key or id and different values; none of them"
                                + " was sent. Merge them into one.",
                        false));
            } else if (slot != first) {
                slot.sameAs = first;
            }
        }
    }

    // Calls

    /** Sends some inputs in one call, as often as is safe. */
    abstract Wire.BatchAnswer send(List<Slot<I, T>> slots);

    boolean writes() {
        return true;
    }

    /** Whether inputs may be sent again after their call was refused or has not mentioned them. */
    boolean mayBeBisected() {
        return true;
    }

    /** Whether a lost answer can be made up for by {@link #readBack}. */
    boolean readsBack(List<Slot<I, T>> slots) {
        return false;
    }

    /** Gives an outcome to inputs that are there; those that are not stay open and may be sent again. */
    void readBack(List<Slot<I, T>> slots) {
        throw new UnsupportedOperationException("only some operations read back");
    }

    /** Whether a refusal has nothing to do with the inputs, so that all would be refused. */
    boolean concernsAll(HubSpotException refusal) {
        boolean aboutKey = !key().isEmpty()
                && refusal.properties().contains(key())
                && (refusal.code().equals(ErrorBody.PROPERTY_DOES_NOT_EXIST)
                        || refusal.code().equals(ErrorBody.READ_ONLY_VALUE));
        return aboutKey
                || Records.isAboutType(refusal)
                || refusal.error().says(ErrorBody.Sign.NON_UNIQUE_KEY)
                || !ABOUT_INPUTS.contains(refusal.status());
    }

    /** The property by which records are told apart; empty without one. It is never left out. */
    String key() {
        return "";
    }

    /** A chance to look again at an input that was refused. */
    void failed(Slot<I, T> slot) {}

    /** Decides on inputs that an answer has left out; false if this operation has no way to. */
    boolean decideUnmentioned(List<Slot<I, T>> rest) {
        return false;
    }

    // Answers

    /** The names under which a result may have been asked for. */
    abstract List<String> namesOf(Wire.RecordAnswer result);

    abstract Outcome<T> outcome(CrmRecord<T> record, Wire.RecordAnswer result);

    /** What an error of the answer means for an input. */
    Outcome<T> outcome(Problem problem) {
        return new Outcome.Failed<>(problem);
    }

    /**
     * Gives outcomes to the inputs that an answer mentions, in whatever order and by whatever mark. What was written counts
     * before what was refused.
     *
     * @return whether it is known of every error which input it is about
     */
    boolean take(Wire.BatchAnswer answer, List<Slot<I, T>> sent) {
        Marks<I, T> marks = new Marks<>(sent);
        List<Wire.RecordAnswer> strangers = new ArrayList<>();
        for (Wire.RecordAnswer result : answer.results()) {
            CrmRecord<T> record = Records.find(type, result);
            if (record == null) {
                continue;
            }
            List<Slot<I, T>> slots =
                    result.objectWriteTraceId() == null ? List.of() : marks.byTrace(result.objectWriteTraceId());
            if (slots.isEmpty()) {
                slots = marks.byNames(namesOf(result));
            }
            if (slots.isEmpty()) {
                strangers.add(result);
            }
            slots.forEach(slot -> slot.outcome = outcome(record, result));
        }
        List<ErrorBody> unnamed = new ArrayList<>();
        for (Wire.Error error : answer.errors()) {
            ErrorBody body = ErrorBody.of(error, Redaction.ofValues(submitted(sent)));
            List<Slot<I, T>> named = open(named(error, marks));
            if (named.isEmpty()) {
                unnamed.add(body);
            }
            named.forEach(slot -> slot.outcome = outcome(problem(body)));
        }
        takeStrangers(strangers, sent);
        return takeUnnamed(unnamed, sent);
    }

    /** Results without a mark: belonging to the only input, or, of creations, to the only one that they are like. */
    private void takeStrangers(List<Wire.RecordAnswer> strangers, List<Slot<I, T>> sent) {
        if (strangers.size() == 1 && sent.size() == 1 && writes()) {
            give(sent.get(0), strangers.get(0));
        } else if (isToldByLikeness()) {
            for (Wire.RecordAnswer result : strangers) {
                List<Slot<I, T>> like = open(sent).stream()
                        .filter(slot -> Likeness.fits(properties(slot.input), result.properties()))
                        .toList();
                boolean mutual = like.size() == 1
                        && strangers.stream()
                                        .filter(other ->
                                                Likeness.fits(properties(like.get(0).input), other.properties()))
                                        .count()
                                == 1;
                if (mutual) {
                    give(like.get(0), result);
                }
            }
        }
    }

    /** An error that names no input is that of the one whose value it quotes, or of the last one left. */
    private boolean takeUnnamed(List<ErrorBody> unnamed, List<Slot<I, T>> sent) {
        boolean all = true;
        for (ErrorBody body : unnamed) {
            List<Slot<I, T>> left = open(sent);
            if (!body.conflictingValue().isEmpty()) {
                left = suspects(body.properties(), body.conflictingValue(), left);
            }
            if (left.size() == 1) {
                left.get(0).outcome = outcome(problem(body));
            }
            all &= left.size() == 1;
        }
        return all;
    }

    /** Whether only what was sent tells whose a result is. */
    boolean isToldByLikeness() {
        return false;
    }

    private static <I, T extends Crm> List<Slot<I, T>> open(List<Slot<I, T>> slots) {
        return slots.stream().filter(Slot::isOpen).toList();
    }

    private void give(Slot<I, T> slot, Wire.RecordAnswer result) {
        slot.outcome = outcome(Objects.requireNonNull(Records.find(type, result)), result);
    }

    /** One error may name several inputs, by trace id or by id, or none. */
    private List<Slot<I, T>> named(Wire.Error error, Marks<I, T> marks) {
        List<Slot<I, T>> named = new ArrayList<>();
        error.context("objectWriteTraceId").forEach(trace -> named.addAll(marks.byTrace(trace)));
        return named.isEmpty() ? marks.byNames(error.context("ids")) : named;
    }

    /** Inputs that must be at fault, by what a refusal says; none if it does not tell. */
    List<Slot<I, T>> suspects(HubSpotException refusal, List<Slot<I, T>> sent) {
        return suspects(refusal.properties(), refusal.error().conflictingValue(), sent);
    }

    private List<Slot<I, T>> suspects(Set<String> names, String conflictingValue, List<Slot<I, T>> sent) {
        return sent.stream()
                .filter(slot -> names.stream().anyMatch(name -> {
                    String value = properties(slot.input).encoded(name);
                    return value != null && (conflictingValue.isEmpty() || conflictingValue.equalsIgnoreCase(value));
                }))
                .toList();
    }

    private Set<String> submitted(List<Slot<I, T>> sent) {
        Set<String> values = new LinkedHashSet<>();
        for (Slot<I, T> slot : sent) {
            values.addAll(properties(slot.input).encoded().values());
            if (!RecordId.isNumber(slot.name)) {
                values.add(slot.name);
            }
        }
        return values;
    }

    /** Of creations that were refused together: one that is certainly at fault is told apart from the others. */
    Problem problemOfOne(HubSpotException refusal, Slot<I, T> slot, List<Slot<I, T>> suspects) {
        boolean certain =
                suspects.size() == 1 || !refusal.error().conflictingValue().isEmpty();
        return certain && suspects.contains(slot)
                ? problem(refusal, false)
                : Problem.ours(
                        Problem.REFUSED_TOGETHER,
                        "It was not written, since its call was refused"
                                + (certain ? " because of another input" : ", for which of its inputs is not known")
                                + ": " + refusal.getMessage(),
                        true);
    }

    /** Whether something is there already. */
    static boolean isConflict(Problem problem) {
        return problem.ownerId() != null
                || Set.of("CONFLICT", "OBJECT_ALREADY_EXISTS").contains(problem.category());
    }

    static Problem problem(ErrorBody body) {
        String words = body.words().isEmpty() ? "refused without a message" : body.words();
        return problem(body, words, body.category().matches(".*(RATE_LIMIT|INTERNAL|TIMEOUT|UNAVAILABLE|LOCK).*"));
    }

    static Problem problem(HubSpotException refusal, boolean retryable) {
        return problem(refusal.error(), String.valueOf(refusal.getMessage()), retryable);
    }

    private static Problem problem(ErrorBody body, String message, boolean retryable) {
        return new Problem(
                body.category().isEmpty() ? Problem.UNKNOWN : body.category(),
                body.code().isEmpty() ? null : body.code(),
                body.properties(),
                message,
                body.ownerId().isEmpty() ? null : body.ownerId(),
                body.correlationId().isEmpty() ? null : body.correlationId(),
                retryable);
    }

    /** The inputs of a call by the marks that an answer may use. */
    private static final class Marks<I, T extends Crm> {
        private final List<Slot<I, T>> slots;
        private final Map<String, Slot<I, T>> byName;
        private @Nullable Map<String, @Nullable Slot<I, T>> byNormalName;

        Marks(List<Slot<I, T>> slots) {
            this.slots = slots;
            this.byName = new HashMap<>(slots.size() * 2);
            slots.forEach(slot -> byName.put(slot.name, slot));
        }

        List<Slot<I, T>> byTrace(@Nullable String trace) {
            return trace == null
                    ? List.of()
                    : slots.stream().filter(slot -> slot.trace().equals(trace)).toList();
        }

        /** As it was written; in other letters only where that means one input. */
        List<Slot<I, T>> byNames(List<String> names) {
            if (names.size() == 1) {
                Slot<I, T> slot = byName.get(names.get(0));
                if (slot != null) {
                    return List.of(slot);
                }
            }
            List<Slot<I, T>> found = new ArrayList<>(names.size());
            for (String name : names) {
                Slot<I, T> slot = byName.get(name);
                slot = slot == null ? inOtherLetters(name) : slot;
                if (slot != null) {
                    found.add(slot);
                }
            }
            return found;
        }

        private @Nullable Slot<I, T> inOtherLetters(String name) {
            if (byNormalName == null) {
                byNormalName = new HashMap<>();
                for (Slot<I, T> slot : slots) {
                    String normal = Batch.normal(slot.name);
                    byNormalName.put(normal, byNormalName.containsKey(normal) ? null : slot);
                }
            }
            return byNormalName.get(Batch.normal(name));
        }
    }
}
