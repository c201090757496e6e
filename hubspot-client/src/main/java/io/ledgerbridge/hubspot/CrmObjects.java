package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.Outcome.Refused;
import io.ledgerbridge.hubspot.Outcome.Unknown;
import io.ledgerbridge.hubspot.Outcome.Written;
import io.ledgerbridge.hubspot.internal.HubSpotApi;
import io.ledgerbridge.hubspot.internal.Wire;
import io.ledgerbridge.hubspot.model.CrmRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records of one type, in batches of any size: they are split by 100, and every input gets its own outcome, whatever the
 * order and completeness of HubSpot's answers. All operations here may be repeated without doing harm.
 */
public final class CrmObjects {

    private static final int BATCH = 100;
    private static final String ADDITIONAL_EMAILS = "hs_additional_emails";

    private final Calls calls;
    private final HubSpotApi api;
    private final ApiVersion version;
    private final ObjectType type;

    CrmObjects(Calls calls, HubSpotApi api, ApiVersion version, ObjectType type) {
        this.calls = calls;
        this.api = api;
        this.version = version;
        this.type = type;
    }

    /**
     * Creates or updates by a unique property.
     *
     * @throws IllegalArgumentException if two inputs have the same key: the second would overwrite the first
     */
    public BatchResult upsert(Property<String> key, List<RecordInput> inputs) {
        return write("upsert", key.name(), inputs);
    }

    /** Updates by record id. An id that no longer exists is refused with {@code OBJECT_NOT_FOUND}. */
    public BatchResult update(List<RecordInput> inputs) {
        return write("update", null, inputs);
    }

    /** Archives by record id; ids that are gone already do no harm. */
    public void archive(List<String> ids) {
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<Wire.Id> batch = wireIds(ids.subList(from, Math.min(ids.size(), from + BATCH)));
            calls.executeMaybeEmpty(
                    Lane.GENERAL, () -> api.archive(version.date(), type.slug(), new Wire.ArchiveRequest(batch)));
        }
    }

    /** Records by id; missing ones are left out. */
    public Map<String, CrmRecord> read(List<String> ids, List<String> properties) {
        return read(null, ids, properties);
    }

    /** Records by the value of a unique property (for contacts also {@code email}); missing ones are left out. */
    public Map<String, CrmRecord> readBy(Property<String> key, List<String> values, List<String> properties) {
        return read(key.name(), values, properties);
    }

    private Map<String, CrmRecord> read(@Nullable String idProperty, List<String> ids, List<String> properties) {
        Set<String> names = new LinkedHashSet<>(properties);
        if (idProperty != null) {
            names.add(idProperty);
        }
        if (Contacts.EMAIL.name().equals(idProperty)) {
            names.add(ADDITIONAL_EMAILS);
        }
        Map<String, CrmRecord> found = new LinkedHashMap<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
            Wire.ReadRequest request = new Wire.ReadRequest(idProperty, List.copyOf(names), wireIds(batch));
            Wire.BatchAnswer answer = calls.execute(Lane.GENERAL, () -> api.read(version.date(), type.slug(), request));
            Map<String, CrmRecord> byName = new HashMap<>();
            for (CrmRecord record : records(answer)) {
                namesOf(record, idProperty).forEach(name -> byName.put(name, record));
            }
            for (String id : batch) {
                CrmRecord record = byName.get(normal(id));
                if (record != null) {
                    found.put(id, record);
                }
            }
        }
        return found;
    }

    /** Under which names a record may have been asked for: a contact answers to its additional addresses too. */
    private static List<String> namesOf(CrmRecord record, @Nullable String idProperty) {
        if (idProperty == null) {
            return List.of(normal(record.id()));
        }
        List<String> names = new ArrayList<>();
        String value = record.get(idProperty);
        if (value != null) {
            names.add(normal(value));
        }
        String more = record.get(ADDITIONAL_EMAILS);
        if (more != null) {
            names.addAll(List.of(normal(more).split(";")));
        }
        return names;
    }

    private BatchResult write(String operation, @Nullable String idProperty, List<RecordInput> inputs) {
        noDuplicates(inputs);
        Map<RecordInput, Outcome> outcomes =
                Batches.settle(inputs, BATCH, batch -> send(operation, idProperty, batch), Refused::new, Unknown::new);
        Map<String, Outcome> byId = new LinkedHashMap<>();
        inputs.forEach(input -> byId.put(input.id(), outcomes.getOrDefault(input, new Unknown("not sent"))));
        return new BatchResult(byId);
    }

    private Map<RecordInput, Outcome> send(String operation, @Nullable String idProperty, List<RecordInput> inputs) {
        List<Wire.Input> wireInputs = new ArrayList<>();
        Map<String, RecordInput> byId = new HashMap<>();
        Map<String, RecordInput> byTrace = new HashMap<>();
        for (RecordInput input : inputs) {
            String trace = operation + "-" + wireInputs.size();
            Map<String, String> values = new LinkedHashMap<>(input.properties().encoded());
            if (idProperty != null) {
                values.put(idProperty, input.id());
            }
            wireInputs.add(new Wire.Input(input.id(), idProperty, trace, values));
            byId.put(normal(input.id()), input);
            byTrace.put(trace, input);
        }
        Wire.WriteRequest request = new Wire.WriteRequest(wireInputs);
        Wire.BatchAnswer answer =
                calls.execute(Lane.GENERAL, () -> api.write(version.date(), type.slug(), operation, request));
        Map<RecordInput, Outcome> told = new HashMap<>();
        for (Wire.Error error : answer.errors() == null ? List.<Wire.Error>of() : answer.errors()) {
            Refused refused = new Refused(Batches.problem(error));
            List<RecordInput> named = named(error, byTrace, byId);
            if (named.isEmpty() && inputs.size() == 1) {
                named = inputs;
            }
            named.forEach(input -> told.put(input, refused));
        }
        for (Wire.RecordAnswer result : answer.results() == null ? List.<Wire.RecordAnswer>of() : answer.results()) {
            CrmRecord record = record(result);
            String name = idProperty == null ? record.id() : record.get(idProperty);
            RecordInput input = name == null ? null : byId.get(normal(name));
            if (input != null) {
                told.put(input, new Written(record, Boolean.TRUE.equals(result.isNew())));
            }
        }
        return told;
    }

    /** One error may name several inputs, by trace id or by id. */
    private static List<RecordInput> named(
            Wire.Error error, Map<String, RecordInput> byTrace, Map<String, RecordInput> byId) {
        List<RecordInput> named = new ArrayList<>();
        error.context("objectWriteTraceId").forEach(trace -> addKnown(byTrace.get(trace), named));
        if (named.isEmpty()) {
            error.context("ids").forEach(id -> addKnown(byId.get(normal(id)), named));
        }
        return named;
    }

    private static void addKnown(@Nullable RecordInput input, List<RecordInput> named) {
        if (input != null) {
            named.add(input);
        }
    }

    private void noDuplicates(List<RecordInput> inputs) {
        Set<String> seen = new HashSet<>();
        for (RecordInput input : inputs) {
            if (!seen.add(normal(input.id()))) {
                throw new IllegalArgumentException(
                        "two inputs of one batch of " + type + " have the id '" + input.id() + "'");
            }
        }
    }

    private static List<CrmRecord> records(Wire.BatchAnswer answer) {
        return answer.results() == null
                ? List.of()
                : answer.results().stream().map(CrmObjects::record).toList();
    }

    private static CrmRecord record(Wire.RecordAnswer answer) {
        return new CrmRecord(
                answer.id() == null ? "" : answer.id(), answer.properties() == null ? Map.of() : answer.properties());
    }

    private static List<Wire.Id> wireIds(List<String> ids) {
        return ids.stream().map(Wire.Id::new).toList();
    }

    private static String normal(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
