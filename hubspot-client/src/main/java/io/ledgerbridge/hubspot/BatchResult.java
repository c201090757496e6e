package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.Outcome.Created;
import io.ledgerbridge.hubspot.Outcome.Failed;
import io.ledgerbridge.hubspot.Outcome.Found;
import io.ledgerbridge.hubspot.Outcome.Missing;
import io.ledgerbridge.hubspot.Outcome.Unknown;
import io.ledgerbridge.hubspot.Outcome.Updated;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of a batch: exactly one for each input, in the order of the inputs.
 *
 * <p>A batch does not throw once something may have been written. If it had to end early, because the token died or the
 * day's calls were spent, what was not sent has {@link Problem#NOT_SENT}, and {@link #stoppedBy} tells why.
 */
public final class BatchResult<T extends Crm> {

    private final List<String> names;
    private final List<Outcome<T>> outcomes;
    private final List<String> correlationIds;
    private final Set<String> droppedProperties;
    private final @Nullable HubSpotException stoppedBy;
    private volatile @Nullable Map<String, Integer> places;

    BatchResult(
            List<String> names,
            List<Outcome<T>> outcomes,
            List<String> correlationIds,
            Set<String> droppedProperties,
            @Nullable HubSpotException stoppedBy) {
        this.names = names;
        this.outcomes = List.copyOf(outcomes);
        this.correlationIds = List.copyOf(correlationIds);
        this.droppedProperties = Set.copyOf(droppedProperties);
        this.stoppedBy = stoppedBy;
    }

    /** These outcomes by the names of their inputs, as a batch would have had them: for tests and trial runs of callers. */
    public static <T extends Crm> BatchResult<T> of(Map<String, Outcome<T>> byName) {
        return new BatchResult<>(
                List.copyOf(byName.keySet()),
                List.copyOf(byName.values()),
                Collections.nCopies(byName.size(), ""),
                Set.of(),
                null);
    }

    /** Made when it is first asked for; two threads that ask at once make the same. */
    private Map<String, Integer> places() {
        Map<String, Integer> known = places;
        if (known == null) {
            known = new HashMap<>(names.size() * 2);
            for (int i = 0; i < names.size(); i++) {
                known.putIfAbsent(names.get(i), i);
            }
            places = known;
        }
        return known;
    }

    /** In the order of the inputs. */
    public List<Outcome<T>> outcomes() {
        return outcomes;
    }

    /**
     * The outcome of one input.
     *
     * @param name the value of the key where there is one, the record id for others, {@code #1}, {@code #2}, ... for creations
     *     without a key
     * @throws NoSuchElementException if no input has this name
     */
    public Outcome<T> of(String name) {
        return outcomes.get(place(name));
    }

    /**
     * By which HubSpot's support knows the call that has decided on one input; empty if the answer did not say, or nothing was
     * decided.
     *
     * @param name as for {@link #of(String)}
     */
    public String correlationId(String name) {
        return correlationIds.get(place(name));
    }

    private int place(String name) {
        Integer place = places().get(name);
        if (place == null) {
            throw new NoSuchElementException("the batch had no input of this name");
        }
        return place;
    }

    /** The outcome of the input with this id. */
    public Outcome<T> of(RecordId<T> id) {
        return of(id.value());
    }

    /** Records that were created, updated or found, by the name of their input. */
    public Map<String, CrmRecord<T>> records() {
        Map<String, CrmRecord<T>> records = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            CrmRecord<T> record = record(outcomes.get(i));
            if (record != null) {
                records.put(names.get(i), record);
            }
        }
        return records;
    }

    /** Names of the inputs that were refused or not sent, with the reason. */
    public Map<String, Problem> failed() {
        Map<String, Problem> failed = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (outcomes.get(i) instanceof Failed<T> one) {
                failed.put(names.get(i), one.problem());
            }
        }
        return failed;
    }

    /** Names of the inputs that may have been written or not: read them back. */
    public List<String> unknown() {
        return names(Unknown.class::isInstance);
    }

    /** Names of the inputs that do not exist. */
    public List<String> missing() {
        return names(Missing.class::isInstance);
    }

    /** Whether no input has failed and none is unknown. */
    public boolean isComplete() {
        return outcomes.stream().noneMatch(outcome -> outcome instanceof Failed || outcome instanceof Unknown);
    }

    /** Properties that the account's definitions do not have or do not let be written; they were left out everywhere. */
    public Set<String> droppedProperties() {
        return droppedProperties;
    }

    /** What ended the batch before every input was sent; empty if it went through. */
    public Optional<HubSpotException> stoppedBy() {
        return Optional.ofNullable(stoppedBy);
    }

    /**
     * This result, if the batch went through.
     *
     * @throws HubSpotException what ended the batch early; the outcomes are lost with it
     */
    public BatchResult<T> orThrow() {
        if (stoppedBy != null) {
            throw stoppedBy;
        }
        return this;
    }

    private List<String> names(Predicate<Outcome<T>> which) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (which.test(outcomes.get(i))) {
                found.add(names.get(i));
            }
        }
        return Collections.unmodifiableList(found);
    }

    private static <T extends Crm> @Nullable CrmRecord<T> record(Outcome<T> outcome) {
        if (outcome instanceof Created<T> created) {
            return created.record();
        }
        if (outcome instanceof Updated<T> updated) {
            return updated.record();
        }
        return outcome instanceof Found<T> found ? found.record() : null;
    }

    /** Counts outcomes; tells no names, which may be e-mail addresses. */
    @Override
    public String toString() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        outcomes.forEach(outcome -> counts.merge(outcome.getClass().getSimpleName(), 1, Integer::sum));
        return "BatchResult" + counts;
    }
}
