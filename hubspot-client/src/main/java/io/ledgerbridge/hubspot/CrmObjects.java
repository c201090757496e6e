package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.internal.Wire;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records of one type.
 *
 * <p>Single operations return or throw. Batches take any number of inputs and return one {@link Outcome} for each: they are
 * split by 100; a refused call is halved until the inputs at fault stand alone (one bad record among 100 costs 14 more calls
 * at most, 2 where the refusal names it); inputs that an answer does not mention are asked about again. A batch throws only
 * while it is certain that nothing was written; what ends it later is {@link BatchResult#stoppedBy}.
 *
 * <p>A property that HubSpot refuses as unknown or read only is left out, with a warning, if the account's definitions agree
 * (see {@link BatchResult#droppedProperties}).
 *
 * <p>Calls of one batch follow each other. For more speed run batches in threads, of other records in each: a record that is
 * written twice at once answers 423.
 */
public final class CrmObjects<T extends Crm> {

    private final Access access;
    private final ObjectType<T> type;
    private final Unwritable unwritable;

    CrmObjects(Access access, ObjectType<T> type, Unwritable unwritable) {
        this.access = access;
        this.type = type;
        this.unwritable = unwritable;
    }

    // One record

    /**
     * Reads a record.
     *
     * @throws HubSpotNotFoundException if there is none with this id
     */
    public CrmRecord<T> get(RecordId<T> id, Selection selection) {
        return Records.read(access, type, id.value(), null, selection);
    }

    /** Reads a record if it is there. */
    public Optional<CrmRecord<T>> find(RecordId<T> id, Selection selection) {
        return Records.find(access, type, id.value(), null, selection);
    }

    /**
     * Reads the record that has a value of a unique property, if there is one. It reads the primary store, so that a record
     * that was made a moment ago is found, unlike with {@link #search}.
     *
     * @param key with {@code hasUniqueValue}; contacts are found by {@link Contacts#EMAIL} too, also by an additional address
     */
    public Optional<CrmRecord<T>> find(Property<String> key, String value, Selection selection) {
        return Records.find(access, type, value, key.name(), selection);
    }

    /**
     * Creates a record with its associations in one call. It is not repeated when the answer is lost, since a second one
     * would be made: the exception then says so, {@link HubSpotUnavailableException#mayHaveHappened}.
     *
     * @throws HubSpotConflictException if a unique value is taken, with the id of the record that has it
     */
    public CrmRecord<T> create(NewRecord<T> record) {
        Wire.Input request = new Wire.Input(null, null, null, record.properties(), links(record));
        Wire.RecordAnswer answer = access.onceAlone((api, v) -> api.create(v, type.path(), request));
        return Records.require(type, answer, List.of());
    }

    /**
     * Changes a record; properties that are not set are left alone.
     *
     * @throws HubSpotNotFoundException if there is none with this id
     */
    public CrmRecord<T> update(RecordId<T> id, Properties properties) {
        if (properties.isEmpty()) {
            throw new IllegalArgumentException("there is no property to change of " + id);
        }
        Wire.Input request = new Wire.Input(null, null, null, properties, List.of());
        Wire.RecordAnswer answer = access.call((api, v) -> api.update(v, type.path(), id.value(), request));
        return Records.require(type, answer, List.of());
    }

    /**
     * Moves a record to the recycle bin, from where it can be restored for 90 days; one that is there already does no harm.
     * Archiving an invoice archives its line items too, and only draft and open invoices can be archived.
     */
    public void archive(RecordId<T> id) {
        access.callMaybeEmpty(Lane.GENERAL, (api, v) -> api.archive(v, type.path(), id.value()));
    }

    // Many records

    /** All records, page by page as they are needed, 100 a call. */
    public Listing<CrmRecord<T>> list(Selection selection) {
        return new Listing<>(() -> new Listing.Pages<>() {
            private @Nullable String after;

            @Override
            public Listing.Page<CrmRecord<T>> next() {
                Wire.Results<Wire.RecordAnswer> answer = access.call((api, v) -> api.list(
                        v,
                        type.path(),
                        Batch.SIZE,
                        after,
                        selection.propertiesParameter(),
                        selection.associationsParameter(),
                        selection.archivedParameter()));
                after = answer.after();
                return new Listing.Page<>(records(answer, selection), after);
            }
        });
    }

    /**
     * Records that match, 200 a call, four calls a second. More than the 10,000 that HubSpot gives for one query are read on
     * by id, unless the search has an order of its own.
     *
     * <p>The index lags behind: what was written seconds, at times minutes ago may be missing or old. Never search to find out
     * whether a record exists before creating it; {@link #find} and {@link #readBy} know. Archived records are never found.
     */
    public Listing<CrmRecord<T>> search(Search search) {
        return new Listing<>(() -> new SearchPages<>(access, type, search));
    }

    /** Reads by id: {@link Outcome.Found} or {@link Outcome.Missing}. */
    public BatchResult<T> read(List<RecordId<T>> ids, Selection selection) {
        return Batch.run(
                new Operations.Read<>(access, type, unwritable, null, selection),
                ids.stream().map(RecordId::value).toList());
    }

    /**
     * Reads by the values of a unique property: {@link Outcome.Found} or {@link Outcome.Missing}.
     *
     * @param key as for {@link #find}
     * @param selection the key is read with it, so {@link Selection#DEFAULT} means the key alone
     */
    public BatchResult<T> readBy(Property<String> key, List<String> values, Selection selection) {
        return Batch.run(new Operations.Read<>(access, type, unwritable, key.name(), selection), values);
    }

    /**
     * Creates many: {@link Outcome.Created}. Nothing is sent twice. Where an answer was lost, its inputs are
     * {@link Outcome.Unknown} and the batch ends; where a call was refused as a whole, they are {@link Outcome.Failed}, all but
     * those that are certainly at fault with {@link Problem#REFUSED_TOGETHER}. Where there is a unique property,
     * {@link #createOnce} does better.
     */
    public BatchResult<T> create(List<NewRecord<T>> records) {
        return Batch.run(new Operations.Create<>(access, type, unwritable, null), records);
    }

    /**
     * Creates those that do not exist yet: {@link Outcome.Created}, or {@link Outcome.Found} for those that do, which are left
     * as they are. They are read by the key before, and again whenever it is not certain what became of them, so that none is
     * made twice. Records that are read hold the key alone.
     *
     * @param key a unique property that every record has
     */
    public BatchResult<T> createOnce(Property<String> key, List<NewRecord<T>> records) {
        return Batch.run(new Operations.Create<>(access, type, unwritable, key.name()), records);
    }

    /**
     * Changes by record id: {@link Outcome.Updated}. An id that no longer exists fails with {@code OBJECT_NOT_FOUND}; one that
     * was merged answers with the record that survived.
     */
    public BatchResult<T> update(List<RecordUpdate<T>> updates) {
        return Batch.run(new Operations.Update<>(access, type, unwritable), updates);
    }

    /**
     * Creates or changes by a unique property: {@link Outcome.Created} or {@link Outcome.Updated}.
     *
     * @param key with {@code hasUniqueValue}: one that you have defined, or {@link Contacts#EMAIL}, with which HubSpot wants the
     *     whole contact
     */
    public BatchResult<T> upsert(Property<String> key, List<RecordUpsert> records) {
        return Batch.run(new Operations.Upsert<>(access, type, unwritable, key.name()), records);
    }

    /** Moves to the recycle bin: {@link Outcome.Archived}, also for those that are gone already. See {@link #archive(RecordId)}. */
    public BatchResult<T> archive(List<RecordId<T>> ids) {
        return Batch.run(new Operations.Archive<>(access, type, unwritable), ids);
    }

    static List<Wire.Link> links(NewRecord<?> record) {
        return record.associations().stream()
                .map(association -> new Wire.Link(
                        association.to().value(),
                        association.type().category(),
                        association.type().typeId()))
                .toList();
    }

    private List<CrmRecord<T>> records(Wire.Results<Wire.RecordAnswer> answer, Selection selection) {
        return answer.results().stream()
                .map(result -> Records.require(type, result, selection.associations()))
                .toList();
    }
}
