package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.Associations.Pair;
import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.Contacts;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.Outcome.Problem;
import io.ledgerbridge.hubspot.Properties;
import io.ledgerbridge.hubspot.RecordInput;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.hubspot.model.CrmRecord;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import java.util.List;
import java.util.Map;

/** The writing edge. */
public final class HubSpotTargetWriter implements TargetWriter {

    private final HubSpot hubspot;

    public HubSpotTargetWriter(HubSpot hubspot) {
        this.hubspot = hubspot;
    }

    @Override
    public Account account() {
        return hubspot.account();
    }

    @Override
    public Map<String, Boolean> enablement() {
        return hubspot.enablement();
    }

    @Override
    public Map<String, PropertyDefinition> properties(Kind kind) {
        return hubspot.properties(kind.target()).list();
    }

    @Override
    public void ensureGroup(Kind kind, String name, String label) {
        hubspot.properties(kind.target()).ensureGroup(name, label);
    }

    @Override
    public Map<String, Problem> createProperties(Kind kind, String group, List<PropertyDefinition> definitions) {
        return hubspot.properties(kind.target()).create(group, definitions);
    }

    @Override
    public Map<String, CrmRecord> read(Kind kind, List<String> ids, List<String> properties) {
        return hubspot.objects(kind.target()).read(ids, properties);
    }

    @Override
    public Map<String, CrmRecord> readByKey(Kind kind, List<String> keys) {
        return hubspot.objects(kind.target()).readBy(BooksProperties.KEY, keys, List.of());
    }

    @Override
    public Map<String, CrmRecord> readByEmail(List<String> emails) {
        return hubspot.contacts().readBy(Contacts.EMAIL, emails, List.of(BooksProperties.KEY.name()));
    }

    @Override
    public BatchResult upsert(Kind kind, Map<String, Map<String, String>> valuesByKey) {
        return hubspot.objects(kind.target()).upsert(BooksProperties.KEY, inputs(valuesByKey));
    }

    @Override
    public BatchResult update(Kind kind, Map<String, Map<String, String>> valuesById) {
        return hubspot.objects(kind.target()).update(inputs(valuesById));
    }

    @Override
    public void archive(Kind kind, List<String> ids) {
        hubspot.objects(kind.target()).archive(ids);
    }

    @Override
    public Map<Pair, Problem> associate(Relation relation, List<Pair> pairs) {
        return hubspot.associations()
                .associate(relation.from().target(), relation.to().target(), pairs);
    }

    @Override
    public void dissociate(Relation relation, List<Pair> pairs) {
        hubspot.associations()
                .dissociate(relation.from().target(), relation.to().target(), pairs);
    }

    @Override
    public long calls() {
        return hubspot.pacing().calls();
    }

    private static List<RecordInput> inputs(Map<String, Map<String, String>> values) {
        return values.entrySet().stream()
                .map(entry -> new RecordInput(entry.getKey(), Properties.ofEncoded(entry.getValue())))
                .toList();
    }
}
