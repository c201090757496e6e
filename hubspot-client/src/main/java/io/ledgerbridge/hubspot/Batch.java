package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.Outcome.Failed;
import io.ledgerbridge.hubspot.Outcome.Unknown;
import io.ledgerbridge.hubspot.internal.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One batch of any size on its way: split by 100, and settled until each input has exactly one outcome. How one call is made,
 * what its answer says and what may be repeated is {@link Operation}'s.
 */
final class Batch<I, T extends Crm> {

    static final int SIZE = 100;
    private static final int LOCKED = 423;

    /** One input and, once it is known, what became of it. */
    static final class Slot<I, T extends Crm> {
        final int place;
        final String name;
        I input;

        @Nullable
        Outcome<T> outcome;

        /** By which HubSpot's support knows the call that has decided on it. */
        String correlationId = "";

        /** Whether it was sent and may have been written, and has not been read back since. */
        boolean uncertain;

        /** How many times it was read back. */
        int rounds;

        /** An equal input, whose outcome is this one's too. */
        @Nullable
        Slot<I, T> sameAs;

        Slot(int place, String name, I input) {
            this.place = place;
            this.name = name;
            this.input = input;
        }

        /** Marks the input in a call, so that the answer can name it. */
        String trace() {
            return "i" + place;
        }

        boolean isOpen() {
            return outcome == null && sameAs == null;
        }

        void fail(Problem problem) {
            outcome = new Failed<>(problem);
        }
    }

    private final Operation<I, T> operation;
    private final List<Slot<I, T>> slots = new ArrayList<>();
    private final Set<String> dropped = new LinkedHashSet<>();

    /** Properties that the definitions were asked about, and those of them that cannot be written. */
    private final Set<String> asked = new HashSet<>();

    private final Set<String> unwritable = new HashSet<>();
    private @Nullable HubSpotException stoppedBy;

    /** Whether HubSpot has decided on any input. */
    private boolean told;

    private Batch(Operation<I, T> operation, List<I> inputs) {
        this.operation = operation;
        for (int i = 0; i < inputs.size(); i++) {
            slots.add(new Slot<>(i, operation.name(inputs.get(i), i), inputs.get(i)));
        }
    }

    /**
     * Settles every input.
     *
     * @throws HubSpotException if it is certain that nothing was written, and the same would happen to every input
     */
    static <I, T extends Crm> BatchResult<T> run(Operation<I, T> operation, List<I> inputs) {
        Batch<I, T> batch = new Batch<>(operation, inputs);
        batch.run();
        List<String> names = new ArrayList<>(batch.slots.size());
        List<Outcome<T>> outcomes = new ArrayList<>(batch.slots.size());
        List<String> correlationIds = new ArrayList<>(batch.slots.size());
        for (Slot<I, T> slot : batch.slots) {
            Outcome<T> outcome = slot.sameAs == null ? slot.outcome : slot.sameAs.outcome;
            names.add(slot.name);
            outcomes.add(Objects.requireNonNull(outcome, "every input has an outcome"));
            correlationIds.add(slot.sameAs == null ? slot.correlationId : slot.sameAs.correlationId);
        }
        return new BatchResult<>(names, outcomes, correlationIds, batch.dropped, batch.stoppedBy);
    }

    private void run() {
        operation.checkBeforeSending(slots);
        unwritable.addAll(operation.unwritable().names());
        for (List<Slot<I, T>> call : calls(slots)) {
            try {
                if (!settleWithout(unwritable, call)) {
                    settle(call);
                }
            } catch (HubSpotException e) {
                stop(e);
                return;
            }
        }
    }

    /** Inputs of one call: at most 100, and none that HubSpot would take for the same. */
    private List<List<Slot<I, T>>> calls(List<Slot<I, T>> some) {
        List<List<Slot<I, T>>> calls = new ArrayList<>();
        Deque<Slot<I, T>> waiting = new ArrayDeque<>(open(some));
        while (!waiting.isEmpty()) {
            List<Slot<I, T>> call = new ArrayList<>();
            List<Slot<I, T>> later = new ArrayList<>();
            Set<Object> alike = new HashSet<>();
            while (call.size() < SIZE && !waiting.isEmpty()) {
                Slot<I, T> slot = waiting.remove();
                Object likeness = operation.likeness(slot.input);
                (likeness == null || alike.add(likeness) ? call : later).add(slot);
            }
            calls.add(call);
            for (int i = later.size() - 1; i >= 0; i--) {
                waiting.addFirst(later.get(i));
            }
        }
        return calls;
    }

    /** Ends the batch: nothing is sent any more. */
    private void stop(HubSpotException e) {
        if (!told && slots.stream().noneMatch(slot -> slot.uncertain)) {
            throw e;
        }
        stoppedBy = e;
        Problem notSent =
                Problem.ours(Problem.NOT_SENT, "It was not sent, since the batch had to end: " + e.getMessage(), true);
        for (Slot<I, T> slot : slots) {
            if (slot.isOpen() && slot.uncertain) {
                slot.outcome = new Unknown<>("It was sent, and its fate is not known.", e);
            } else if (slot.isOpen()) {
                slot.fail(notSent);
            }
        }
    }

    /** Sends some inputs, at most a call's, until all of them have an outcome. */
    private void settle(List<Slot<I, T>> some) {
        if (operation.needsProperties()) {
            failEmpty(some);
        }
        List<Slot<I, T>> sent = open(some);
        if (sent.isEmpty()) {
            return;
        }
        try {
            operation.take(send(sent), sent);
            told = true;
            String correlationId = operation.correlationId();
            sent.stream().filter(slot -> !slot.isOpen()).forEach(slot -> slot.correlationId = correlationId);
        } catch (HubSpotRequestException | HubSpotNotFoundException | HubSpotConflictException refusal) {
            refused(refusal, sent);
            return;
        } catch (HubSpotUnavailableException lost) {
            lost(lost, sent);
            return;
        }
        List<Slot<I, T>> failed = new ArrayList<>();
        for (Slot<I, T> slot : sent) {
            if (slot.outcome instanceof Failed) {
                failed.add(slot);
            }
        }
        if (!failed.isEmpty()) {
            failed.forEach(operation::failed);
            leaveOutWhatWasRefused(failed);
        }
        List<Slot<I, T>> rest = open(sent);
        if (!rest.isEmpty()) {
            unmentioned(rest, sent);
        }
    }

    private Wire.BatchAnswer send(List<Slot<I, T>> sent) {
        try {
            return operation.send(sent);
        } catch (HubSpotException e) {
            if (operation.writes() && e.mayHaveHappened()) {
                sent.forEach(slot -> slot.uncertain = true);
            }
            throw e;
        }
    }

    /** There is no answer. One locked record holds back its call, so the others go without it. */
    private void lost(HubSpotUnavailableException lost, List<Slot<I, T>> sent) {
        if (lost.mayHaveHappened() && operation.readsBack(sent)) {
            operation.readBack(sent);
            settle(sent);
        } else if (lost.status() != LOCKED) {
            throw lost;
        } else if (!operation.mayBeBisected()) {
            sent.forEach(slot -> slot.outcome = new Unknown<>("A locked record held back its call.", lost));
        } else if (sent.size() > 1) {
            halve(sent);
        } else {
            told = true;
            sent.get(0).fail(Operation.problem(lost, true));
        }
    }

    /** Nothing of the call was written: find out which input is at fault, so that the others go through. */
    private void refused(HubSpotException refusal, List<Slot<I, T>> sent) {
        if (operation.concernsAll(refusal)) {
            throw refusal;
        }
        if (settleWithout(unwritable(refusal.code(), refusal.properties()), sent)) {
            return;
        }
        if (sent.size() == 1) {
            told = true;
            sent.get(0).fail(Operation.problem(refusal, false));
            operation.failed(sent.get(0));
            return;
        }
        List<Slot<I, T>> suspects = operation.suspects(refusal, sent);
        if (!operation.mayBeBisected()) {
            told = true;
            sent.forEach(slot -> slot.fail(operation.problemOfOne(refusal, slot, suspects)));
            return;
        }
        if (!suspects.isEmpty() && suspects.size() < sent.size()) {
            List<Slot<I, T>> others = new ArrayList<>(sent);
            others.removeAll(suspects);
            settle(others);
            settle(suspects);
        } else {
            halve(sent);
        }
    }

    /** The answer has come and does not say what became of these. */
    private void unmentioned(List<Slot<I, T>> rest, List<Slot<I, T>> sent) {
        rest.forEach(slot -> slot.uncertain = operation.writes());
        if (operation.decideUnmentioned(rest)) {
            settle(rest);
        } else if (!operation.mayBeBisected() || sent.size() == 1) {
            rest.forEach(slot -> slot.outcome = new Unknown<>("HubSpot's answer does not mention it.", null));
        } else if (rest.size() < sent.size()) {
            settle(rest);
        } else {
            halve(rest);
        }
    }

    private void halve(List<Slot<I, T>> some) {
        int middle = some.size() / 2;
        settle(some.subList(0, middle));
        settle(some.subList(middle, some.size()));
    }

    /** Inputs that were refused for a property that cannot be written are sent again without it. */
    private void leaveOutWhatWasRefused(List<Slot<I, T>> failed) {
        List<Slot<I, T>> again = new ArrayList<>();
        for (Slot<I, T> slot : failed) {
            if (slot.outcome instanceof Failed<T> one && operation.mayBeBisected()) {
                Problem problem = one.problem();
                Set<String> names = unwritable(problem.code() == null ? "" : problem.code(), problem.properties());
                if (!names.isEmpty() && leaveOut(names, List.of(slot))) {
                    slot.outcome = null;
                    again.add(slot);
                }
            }
        }
        settle(again);
    }

    /** Which of the named properties the account's definitions do not let be written. */
    private Set<String> unwritable(String code, Set<String> named) {
        boolean aboutDefinitions =
                code.equals(ErrorBody.PROPERTY_DOES_NOT_EXIST) || code.equals(ErrorBody.READ_ONLY_VALUE);
        if (!aboutDefinitions || named.isEmpty() || named.contains(operation.key())) {
            return Set.of();
        }
        Set<String> unasked = new LinkedHashSet<>(named);
        unasked.removeAll(unwritable);
        unasked.removeAll(asked);
        if (!unasked.isEmpty()) {
            asked.addAll(unasked);
            unwritable.addAll(operation.unwritable().confirm(unasked));
        }
        return named.stream().filter(unwritable::contains).collect(Collectors.toSet());
    }

    /** Sends inputs without properties, which may have been all that two of them differed in; false if none has any. */
    private boolean settleWithout(Set<String> names, List<Slot<I, T>> some) {
        boolean changed = leaveOut(names, some);
        if (changed) {
            calls(some).forEach(this::settle);
        }
        return changed;
    }

    /** Takes properties out of inputs; false if no input has any of them. */
    private boolean leaveOut(Set<String> names, List<Slot<I, T>> some) {
        boolean changed = false;
        for (Slot<I, T> slot : names.isEmpty() ? List.<Slot<I, T>>of() : some) {
            Properties had = operation.properties(slot.input);
            Set<String> gone = new LinkedHashSet<>(had.encoded().keySet());
            gone.retainAll(names);
            gone.remove(operation.key());
            if (!gone.isEmpty()) {
                slot.input = operation.with(slot.input, had.without(gone));
                dropped.addAll(gone);
                changed = true;
            }
        }
        return changed;
    }

    private void failEmpty(List<Slot<I, T>> some) {
        for (Slot<I, T> slot : some) {
            if (slot.isOpen() && operation.properties(slot.input).isEmpty()) {
                slot.fail(Problem.ours("VALIDATION_ERROR", "There is no property to write.", false));
            }
        }
    }

    private static <I, T extends Crm> List<Slot<I, T>> open(List<Slot<I, T>> some) {
        List<Slot<I, T>> open = new ArrayList<>(some.size());
        for (Slot<I, T> slot : some) {
            if (slot.isOpen()) {
                open.add(slot);
            }
        }
        return open;
    }

    static String normal(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
