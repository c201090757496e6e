package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.Batch.Slot;
import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.Outcome.Archived;
import io.ledgerbridge.hubspot.Outcome.Created;
import io.ledgerbridge.hubspot.Outcome.Failed;
import io.ledgerbridge.hubspot.Outcome.Found;
import io.ledgerbridge.hubspot.Outcome.Missing;
import io.ledgerbridge.hubspot.Outcome.Unknown;
import io.ledgerbridge.hubspot.Outcome.Updated;
import io.ledgerbridge.hubspot.internal.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The five kinds of batches. */
final class Operations {

    private static final String ADDITIONAL_EMAILS = "hs_additional_emails";

    private Operations() {}

    /** Writes by a key or an id: what is sent twice does no harm. */
    private abstract static class Write<I, T extends Crm> extends Operation<I, T> {

        Write(Access access, ObjectType<T> type, Unwritable unwritable) {
            super(access, type, unwritable);
        }

        abstract Wire.Input wire(Slot<I, T> slot);

        Wire.BatchAnswer call(String operation, List<Slot<I, T>> slots) {
            Wire.Inputs request = new Wire.Inputs(slots.stream().map(this::wire).toList());
            return access.call((api, v) -> api.batchWrite(v, type.path(), operation, request));
        }
    }

    static final class Upsert<T extends Crm> extends Write<RecordUpsert, T> {

        private final String key;

        Upsert(Access access, ObjectType<T> type, Unwritable unwritable, String key) {
            super(access, type, unwritable);
            this.key = key;
        }

        @Override
        String name(RecordUpsert input, int place) {
            return input.key();
        }

        @Override
        Properties properties(RecordUpsert input) {
            return input.properties();
        }

        @Override
        RecordUpsert with(RecordUpsert input, Properties properties) {
            return new RecordUpsert(input.key(), properties);
        }

        @Override
        String key() {
            return key;
        }

        @Override
        String sameness(RecordUpsert input, String name) {
            return key.equals(Contacts.EMAIL.name()) ? Batch.normal(name) : name;
        }

        @Override
        Wire.Input wire(Slot<RecordUpsert, T> slot) {
            return new Wire.Input(slot.name, key, slot.trace(), slot.input.properties(), List.of());
        }

        @Override
        Wire.BatchAnswer send(List<Slot<RecordUpsert, T>> slots) {
            return call("upsert", slots);
        }

        @Override
        List<String> namesOf(Wire.RecordAnswer result) {
            return namesUnder(key, result);
        }

        @Override
        Outcome<T> outcome(CrmRecord<T> record, Wire.RecordAnswer result) {
            return result.isNew() ? new Created<>(record) : new Updated<>(record);
        }
    }

    static final class Update<T extends Crm> extends Write<RecordUpdate<T>, T> {

        Update(Access access, ObjectType<T> type, Unwritable unwritable) {
            super(access, type, unwritable);
        }

        @Override
        String name(RecordUpdate<T> input, int place) {
            return input.id().value();
        }

        @Override
        Properties properties(RecordUpdate<T> input) {
            return input.properties();
        }

        @Override
        RecordUpdate<T> with(RecordUpdate<T> input, Properties properties) {
            return new RecordUpdate<>(input.id(), properties);
        }

        /** HubSpot refuses a whole call for an update without a property. */
        @Override
        boolean needsProperties() {
            return true;
        }

        @Override
        Wire.Input wire(Slot<RecordUpdate<T>, T> slot) {
            return new Wire.Input(slot.name, null, slot.trace(), slot.input.properties(), List.of());
        }

        @Override
        Wire.BatchAnswer send(List<Slot<RecordUpdate<T>, T>> slots) {
            return call("update", slots);
        }

        @Override
        List<String> namesOf(Wire.RecordAnswer result) {
            return List.of(result.id());
        }

        @Override
        Outcome<T> outcome(CrmRecord<T> record, Wire.RecordAnswer result) {
            return new Updated<>(record);
        }
    }

    static final class Archive<T extends Crm> extends Operation<RecordId<T>, T> {

        Archive(Access access, ObjectType<T> type, Unwritable unwritable) {
            super(access, type, unwritable);
        }

        @Override
        String name(RecordId<T> input, int place) {
            return input.value();
        }

        @Override
        Wire.BatchAnswer send(List<Slot<RecordId<T>, T>> slots) {
            Wire.Ids request = new Wire.Ids(
                    slots.stream().map(slot -> new Wire.Id(slot.name)).toList());
            return access.callMaybeEmpty(Lane.GENERAL, (api, v) -> api.batchArchive(v, type.path(), request))
                    .orElse(Wire.BatchAnswer.EMPTY);
        }

        /** What the answer, which is empty as a rule, does not refuse is archived. */
        @Override
        boolean take(Wire.BatchAnswer answer, List<Slot<RecordId<T>, T>> sent) {
            boolean told = super.take(answer, sent);
            if (told) {
                sent.stream().filter(Slot::isOpen).forEach(slot -> slot.outcome = new Archived<>(slot.input));
            }
            return told;
        }

        @Override
        List<String> namesOf(Wire.RecordAnswer result) {
            return List.of(result.id());
        }

        @Override
        Outcome<T> outcome(CrmRecord<T> record, Wire.RecordAnswer result) {
            return new Archived<>(record.id());
        }
    }

    /** Reads by id, or by a key. */
    static final class Read<T extends Crm> extends Operation<String, T> {

        private final @Nullable String key;
        private final Selection selection;
        private final Set<Integer> askedTwice = new HashSet<>();

        Read(Access access, ObjectType<T> type, Unwritable unwritable, @Nullable String key, Selection selection) {
            super(access, type, unwritable);
            if (!selection.associations().isEmpty() || selection.archived()) {
                throw new IllegalArgumentException(
                        "a batch reads neither associations nor the recycle bin; read associations with"
                                + " associations().read, archived records with get or list");
            }
            this.key = key;
            Selection named = key == null ? selection : selection.and(key);
            this.selection = Contacts.EMAIL.name().equals(key) ? named.and(ADDITIONAL_EMAILS) : named;
        }

        @Override
        String name(String input, int place) {
            return input;
        }

        @Override
        String sameness(String input, String name) {
            return Contacts.EMAIL.name().equals(key) ? Batch.normal(name) : name;
        }

        @Override
        boolean writes() {
            return false;
        }

        @Override
        Wire.BatchAnswer send(List<Slot<String, T>> slots) {
            Wire.ReadRequest request = new Wire.ReadRequest(
                    key,
                    List.copyOf(selection.properties()),
                    slots.stream().map(slot -> new Wire.Id(slot.name)).toList());
            return access.call((api, v) -> api.batchRead(v, type.path(), request));
        }

        /** Not mentioned is not missing: asked once more together, then one by one. */
        @Override
        boolean decideUnmentioned(List<Slot<String, T>> rest) {
            boolean firstTime = rest.stream().allMatch(slot -> askedTwice.add(slot.place));
            if (!firstTime || rest.size() == 1) {
                rest.forEach(this::readAlone);
            }
            return true;
        }

        private void readAlone(Slot<String, T> slot) {
            try {
                slot.outcome = Records.find(access, type, slot.name, key, selection)
                        .<Outcome<T>>map(Found::new)
                        .orElseGet(Missing::new);
            } catch (HubSpotRequestException | HubSpotConflictException e) {
                slot.fail(problem(e, false));
            }
        }

        @Override
        List<String> namesOf(Wire.RecordAnswer result) {
            return key == null ? List.of(result.id()) : namesUnder(key, result);
        }

        @Override
        Outcome<T> outcome(CrmRecord<T> record, Wire.RecordAnswer result) {
            return new Found<>(record);
        }

        @Override
        Outcome<T> outcome(Problem problem) {
            return problem.category().equals("OBJECT_NOT_FOUND") ? new Missing<>() : new Failed<>(problem);
        }
    }

    /** Creates. Without a key nothing is sent twice; with one, what may be there is read back first. */
    static final class Create<T extends Crm> extends Operation<NewRecord<T>, T> {

        private static final int ROUNDS = 3;
        private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);

        private final @Nullable String key;

        Create(Access access, ObjectType<T> type, Unwritable unwritable, @Nullable String key) {
            super(access, type, unwritable);
            this.key = key;
        }

        @Override
        String name(NewRecord<T> input, int place) {
            if (key == null) {
                return "#" + (place + 1);
            }
            String value = input.properties().encoded(key);
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("the new record #" + (place + 1) + " of " + type + " has no " + key
                        + ", by which it could be found again");
            }
            return value;
        }

        @Override
        String key() {
            return key == null ? "" : key;
        }

        @Override
        String sameness(NewRecord<T> input, String name) {
            return Contacts.EMAIL.name().equals(key) ? Batch.normal(name) : name;
        }

        @Override
        boolean isToldByLikeness() {
            return key == null;
        }

        /**
         * HubSpot merges identical inputs of a call into one record, so they go into different calls; so do those that differ in
         * their associations alone, since nothing in an answer would tell them apart.
         */
        @Override
        Object likeness(NewRecord<T> input) {
            return input.properties();
        }

        @Override
        Properties properties(NewRecord<T> input) {
            return input.properties();
        }

        @Override
        Object content(NewRecord<T> input) {
            return input;
        }

        @Override
        NewRecord<T> with(NewRecord<T> input, Properties properties) {
            return new NewRecord<>(properties, input.associations());
        }

        @Override
        void checkBeforeSending(List<Slot<NewRecord<T>, T>> slots) {
            if (key != null) {
                super.checkBeforeSending(slots);
                find(slots, Found::new);
            }
        }

        @Override
        Wire.BatchAnswer send(List<Slot<NewRecord<T>, T>> slots) {
            Wire.Inputs request = new Wire.Inputs(slots.stream()
                    .map(slot -> new Wire.Input(
                            null, null, slot.trace(), slot.input.properties(), CrmObjects.links(slot.input)))
                    .toList());
            return access.once((api, v) -> api.batchWrite(v, type.path(), "create", request));
        }

        @Override
        boolean mayBeBisected() {
            return key != null;
        }

        @Override
        boolean readsBack(List<Slot<NewRecord<T>, T>> slots) {
            return key != null && slots.stream().allMatch(slot -> slot.rounds < ROUNDS);
        }

        @Override
        void readBack(List<Slot<NewRecord<T>, T>> slots) {
            slots.forEach(slot -> slot.rounds++);
            access.calls().sleep(BETWEEN_ROUNDS.multipliedBy(slots.get(0).rounds));
            find(slots, Created::new);
            slots.forEach(slot -> slot.uncertain = false);
        }

        private void find(List<Slot<NewRecord<T>, T>> slots, Function<CrmRecord<T>, Outcome<T>> found) {
            List<Slot<NewRecord<T>, T>> open =
                    slots.stream().filter(Slot::isOpen).toList();
            List<Outcome<T>> there = read(open);
            for (int i = 0; i < open.size(); i++) {
                Outcome<T> outcome = there.get(i);
                if (outcome instanceof Found<T> one) {
                    open.get(i).outcome = found.apply(one.record());
                } else if (outcome instanceof Failed<T> failed && open.get(i).uncertain) {
                    open.get(i).outcome = new Unknown<>(
                            "It cannot be read back: " + failed.problem().message(), null);
                } else if (!(outcome instanceof Missing)) {
                    open.get(i).outcome = outcome;
                }
            }
        }

        private List<Outcome<T>> read(List<Slot<NewRecord<T>, T>> slots) {
            Operation<String, T> reading = new Read<>(access, type, unwritable(), key, Selection.DEFAULT);
            return Batch.run(reading, slots.stream().map(slot -> slot.name).toList())
                    .orThrow()
                    .outcomes();
        }

        /** Never sent again unread. */
        @Override
        boolean decideUnmentioned(List<Slot<NewRecord<T>, T>> rest) {
            if (readsBack(rest)) {
                readBack(rest);
            } else {
                rest.forEach(slot -> slot.outcome = new Unknown<>("HubSpot's answers do not mention it.", null));
            }
            return true;
        }

        /** Somebody else was faster with the same key: then the record is there. */
        @Override
        void failed(Slot<NewRecord<T>, T> slot) {
            if (key != null && slot.outcome instanceof Failed<T> failed && isConflict(failed.problem())) {
                Outcome<T> there = read(List.of(slot)).get(0);
                if (there instanceof Found) {
                    slot.outcome = there;
                }
            }
        }

        @Override
        List<String> namesOf(Wire.RecordAnswer result) {
            return key == null ? List.of() : namesUnder(key, result);
        }

        @Override
        Outcome<T> outcome(CrmRecord<T> record, Wire.RecordAnswer result) {
            return new Created<>(record);
        }
    }

    /** A contact answers to its additional addresses too. */
    private static List<String> namesUnder(String key, Wire.RecordAnswer result) {
        String value = result.properties().get(key);
        if (!key.equals(Contacts.EMAIL.name())) {
            return value == null ? List.of() : List.of(value);
        }
        List<String> names = new ArrayList<>();
        if (value != null) {
            names.add(value);
        }
        String more = result.properties().get(ADDITIONAL_EMAILS);
        if (more != null) {
            names.addAll(List.of(more.split(";")));
        }
        return names;
    }
}
