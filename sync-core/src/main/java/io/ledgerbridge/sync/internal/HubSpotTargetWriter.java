package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.AssociationType;
import io.ledgerbridge.hubspot.AssociationTypes;
import io.ledgerbridge.hubspot.BatchResult;
import io.ledgerbridge.hubspot.Contacts;
import io.ledgerbridge.hubspot.Crm;
import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.NewRecord;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.hubspot.Problem;
import io.ledgerbridge.hubspot.Properties;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.hubspot.RecordId;
import io.ledgerbridge.hubspot.RecordUpdate;
import io.ledgerbridge.hubspot.RecordUpsert;
import io.ledgerbridge.hubspot.Search;
import io.ledgerbridge.hubspot.Selection;
import io.ledgerbridge.hubspot.model.Account;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.hubspot.model.Provisioning;
import io.ledgerbridge.sync.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The writing edge. A batch that ended early is an exception here: the engine repeats it whole, which does no harm. */
public final class HubSpotTargetWriter implements TargetWriter {

    /** Characters of a search that its values may take; the rest is for everything else. */
    private static final int SEARCHED_AT_ONCE = 2_000;

    private final HubSpot hubspot;

    public HubSpotTargetWriter(HubSpot hubspot) {
        this.hubspot = hubspot;
    }

    @Override
    public Account account() {
        return hubspot.account().get();
    }

    @Override
    public Map<String, Boolean> enablement() {
        return hubspot.account().enablement();
    }

    @Override
    public Provisioning provision(Kind kind, String group, String groupLabel, List<PropertyDefinition> needed) {
        return hubspot.properties(kind.target()).ensure(group, groupLabel, needed);
    }

    @Override
    public Map<String, PropertyDefinition> definitions(Kind kind) {
        return hubspot.properties(kind.target()).list();
    }

    @Override
    public void describe(Kind kind, String property, String description) {
        hubspot.properties(kind.target()).describe(property, description);
    }

    @Override
    public void archiveProperty(Kind kind, String property) {
        hubspot.properties(kind.target()).archive(property);
    }

    @Override
    public Map<String, CrmRecord<?>> read(Kind kind, List<String> ids, List<String> properties) {
        return read(kind.target(), ids, properties);
    }

    private <T extends Crm> Map<String, CrmRecord<?>> read(
            ObjectType<T> type, List<String> ids, List<String> properties) {
        return found(
                hubspot.objects(type).read(ids.stream().map(type::record).toList(), Selection.ofNames(properties)));
    }

    @Override
    public Map<String, CrmRecord<?>> readByKey(Kind kind, List<String> keys) {
        return found(hubspot.objects(kind.target()).readBy(BooksProperties.KEY, keys, selection(kind)));
    }

    @Override
    public Map<String, CrmRecord<?>> findAmongAll(Kind kind, Set<String> keys) {
        Map<String, CrmRecord<?>> found = new LinkedHashMap<>();
        Selection selection = Selection.of(BooksProperties.KEY, BooksProperties.VERSION);
        for (CrmRecord<?> record : hubspot.objects(kind.target()).list(selection)) {
            String key = record.text(BooksProperties.KEY.name()).orElse("");
            if (keys.contains(key)) {
                found.putIfAbsent(key, record);
            }
            if (found.size() == keys.size()) {
                break;
            }
        }
        return found;
    }

    /** What tells of a record whose link was lost. */
    private static Selection selection(Kind kind) {
        return kind == Kind.INVOICE
                ? Selection.of(BooksProperties.VERSION, BooksProperties.TAX)
                : Selection.of(BooksProperties.VERSION);
    }

    @Override
    public Map<String, CrmRecord<?>> readByEmail(List<String> emails) {
        Selection selection = Selection.of(BooksProperties.KEY, BooksProperties.VERSION);
        return found(hubspot.contacts().readBy(Contacts.EMAIL, emails, selection));
    }

    @Override
    public Map<String, List<String>> companiesBy(Property<String> property, List<String> values) {
        Map<String, List<String>> byValue = new LinkedHashMap<>();
        for (List<String> some : thatFitIntoOneSearch(values)) {
            Search search = Search.all()
                    .andIn(property, some)
                    .andUnknown(BooksProperties.KEY)
                    .selecting(Selection.of(property));
            for (CrmRecord<?> company : hubspot.companies().search(search)) {
                String value = company.text(property.name()).orElse("").strip().toLowerCase(Locale.ROOT);
                byValue.computeIfAbsent(value, v -> new ArrayList<>())
                        .add(company.id().value());
            }
        }
        return byValue;
    }

    /** The body of a search has at most 3,000 characters. */
    private static List<List<String>> thatFitIntoOneSearch(List<String> values) {
        List<List<String>> searches = new ArrayList<>();
        int room = 0;
        for (String value : values) {
            int length = JsonText.quoted(value).length() + 1;
            if (length > room) {
                searches.add(new ArrayList<>());
                room = SEARCHED_AT_ONCE;
            }
            searches.get(searches.size() - 1).add(value);
            room -= length;
        }
        return searches;
    }

    @Override
    public BatchResult<?> upsert(Kind kind, Map<String, Map<String, String>> valuesByKey) {
        List<RecordUpsert> inputs = new ArrayList<>();
        valuesByKey.forEach((key, values) -> inputs.add(new RecordUpsert(key, Properties.ofEncoded(values))));
        return hubspot.objects(kind.target())
                .upsert(BooksProperties.KEY, inputs)
                .orThrow();
    }

    @Override
    public Map<String, Made> create(Kind kind, List<Child> children) {
        return switch (kind) {
            case CONTACT -> create(ObjectType.CONTACTS, AssociationTypes.CONTACT_TO_COMPANY, children);
            case LINE_ITEM -> create(ObjectType.LINE_ITEMS, AssociationTypes.LINE_ITEM_TO_INVOICE, children);
            case PAYMENT -> create(ObjectType.PAYMENTS, AssociationTypes.PAYMENT_TO_COMPANY, children);
            default -> throw new IllegalArgumentException(kind + " has no parent");
        };
    }

    private <T extends Crm, P extends Crm> Map<String, Made> create(
            ObjectType<T> type, AssociationType<T, P> parent, List<Child> children) {
        List<NewRecord<T>> records = children.stream()
                .map(child -> NewRecord.<T>of(Properties.ofEncoded(child.values()))
                        .associated(parent, parent.to().record(child.parent())))
                .toList();
        BatchResult<T> result = hubspot.objects(type).create(records);
        Map<String, Made> made = new LinkedHashMap<>();
        for (Child child : children) {
            String name = "#" + (made.size() + 1);
            made.put(child.name(), new Made(result.of(name), result.correlationId(name)));
        }
        return made;
    }

    @Override
    public BatchResult<?> update(Kind kind, Map<String, Map<String, String>> valuesById) {
        return update(kind.target(), valuesById);
    }

    private <T extends Crm> BatchResult<T> update(ObjectType<T> type, Map<String, Map<String, String>> valuesById) {
        List<RecordUpdate<T>> inputs = new ArrayList<>();
        valuesById.forEach(
                (id, values) -> inputs.add(new RecordUpdate<>(type.record(id), Properties.ofEncoded(values))));
        return hubspot.objects(type).update(inputs).orThrow();
    }

    @Override
    public Map<String, Problem> archive(Kind kind, List<String> ids) {
        return archive(kind.target(), ids);
    }

    private <T extends Crm> Map<String, Problem> archive(ObjectType<T> type, List<String> ids) {
        List<RecordId<T>> records = ids.stream().map(type::record).toList();
        return hubspot.objects(type).archive(records).orThrow().failed();
    }

    @Override
    public Map<Pair, Problem> associate(Relation relation, List<Pair> pairs) {
        return associate(relation.from().target(), relation.to().target(), pairs);
    }

    private <F extends Crm, T extends Crm> Map<Pair, Problem> associate(
            ObjectType<F> from, ObjectType<T> to, List<Pair> pairs) {
        Map<Pair, Problem> refused = new LinkedHashMap<>();
        hubspot.associations()
                .associate(typed(from, to, pairs))
                .forEach((pair, problem) ->
                        refused.put(new Pair(pair.from().value(), pair.to().value()), problem));
        return refused;
    }

    @Override
    public Map<String, List<String>> associated(Relation relation, Kind of, List<String> ids) {
        return associated(of.target(), relation.other(of).target(), ids);
    }

    private <F extends Crm, T extends Crm> Map<String, List<String>> associated(
            ObjectType<F> from, ObjectType<T> to, List<String> ids) {
        Map<String, List<String>> associated = new LinkedHashMap<>();
        hubspot.associations()
                .read(ids.stream().map(from::record).toList(), to)
                .forEach((record, others) -> associated.put(
                        record.value(),
                        others.stream().map(other -> other.record().value()).toList()));
        return associated;
    }

    @Override
    public Map<Pair, Problem> dissociate(Relation relation, List<Pair> pairs) {
        return dissociate(relation.from().target(), relation.to().target(), pairs);
    }

    private <F extends Crm, T extends Crm> Map<Pair, Problem> dissociate(
            ObjectType<F> from, ObjectType<T> to, List<Pair> pairs) {
        Map<Pair, Problem> refused = new LinkedHashMap<>();
        hubspot.associations().dissociate(typed(from, to, pairs)).forEach((pair, problem) -> {
            if (!problem.category().equals("OBJECT_NOT_FOUND")) {
                refused.put(new Pair(pair.from().value(), pair.to().value()), problem);
            }
        });
        return refused;
    }

    @Override
    public Duration longestAttempt() {
        return hubspot.longestAttempt()
                .orElseThrow(() -> new IllegalArgumentException(
                        "calls of the HubSpot client may take for ever; give its HTTP client a time-out"));
    }

    @Override
    public long calls() {
        return hubspot.pacing().calls();
    }

    private static <F extends Crm, T extends Crm> List<io.ledgerbridge.hubspot.Pair<F, T>> typed(
            ObjectType<F> from, ObjectType<T> to, List<Pair> pairs) {
        return pairs.stream()
                .map(pair -> io.ledgerbridge.hubspot.Pair.of(from.record(pair.from()), to.record(pair.to())))
                .toList();
    }

    /** What is neither found nor missing for certain must not look missing: it would be made again. */
    private static Map<String, CrmRecord<?>> found(BatchResult<?> read) {
        read.orThrow();
        read.failed().values().stream().findFirst().ifPresent(problem -> {
            throw new SyncException(
                    "hubspot.read",
                    "HubSpot does not tell whether some records exist: " + problem.message(),
                    "Run again later; what was done is kept.");
        });
        return new LinkedHashMap<>(read.records());
    }
}
