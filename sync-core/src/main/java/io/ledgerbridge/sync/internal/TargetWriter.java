package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.hubspot.Problem;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.hubspot.model.Provisioning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the engine writes to, and reads back from. Values are encoded already. */
public interface TargetWriter {

    Account account();

    /** How long a call that was sent may still be on its way. */
    Duration longestAttempt();

    /** Whether object types are switched on, by their id. */
    Map<String, Boolean> enablement();

    /** Makes what is missing and tells what differs. */
    Provisioning provision(Kind kind, String group, String groupLabel, List<PropertyDefinition> needed);

    /** The properties that a kind has, by name. */
    Map<String, PropertyDefinition> definitions(Kind kind);

    /** Changes what HubSpot tells people about a property. */
    void describe(Kind kind, String property, String description);

    /** Moves a property to the recycle bin, and with it what records have in it. */
    void archiveProperty(Kind kind, String property);

    Map<String, CrmRecord<?>> read(Kind kind, List<String> ids, List<String> properties);

    Map<String, CrmRecord<?>> readByKey(Kind kind, List<String> keys);

    /** Those with these keys, by key; looks through all records of the kind, 100 a call. */
    Map<String, CrmRecord<?>> findAmongAll(Kind kind, Set<String> keys);

    Map<String, CrmRecord<?>> readByEmail(List<String> emails);

    /** Ids of companies without a key whose property has one of these values, by that value in lower case. */
    Map<String, List<String>> companiesBy(Property<String> property, List<String> values);

    /** Values by key. */
    BatchResult<?> upsert(Kind kind, Map<String, Map<String, String>> valuesByKey);

    /** Makes records under others, once: what an answer does not tell of is not sent again. By the name of the record. */
    Map<String, Made> create(Kind kind, List<Child> children);

    /**
     * A record to be made.
     *
     * @param name tells it from the others of the call
     * @param parent id of the record that it is associated with from the beginning
     */
    record Child(String name, Map<String, String> values, String parent) {}

    /**
     * What became of a record that should be made.
     *
     * @param correlationId by which HubSpot's support knows the call; may be empty
     */
    record Made(Outcome<?> outcome, String correlationId) {}

    /** Values by record id. */
    BatchResult<?> update(Kind kind, Map<String, Map<String, String>> valuesById);

    /** Answers the ids that HubSpot does not archive, with the reason; what is gone already counts as archived. */
    Map<String, Problem> archive(Kind kind, List<String> ids);

    Map<Pair, Problem> associate(Relation relation, List<Pair> pairs);

    /** What records of one side of a relation are associated with, by their id. */
    Map<String, List<String>> associated(Relation relation, Kind of, List<String> ids);

    /** Answers the pairs that were refused; those that are not there any more count as separated. */
    Map<Pair, Problem> dissociate(Relation relation, List<Pair> pairs);

    long calls();
}
