package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.LineItems;
import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.sync.internal.Ledger.Changes;
import io.ledgerbridge.sync.internal.Ledger.Sending;
import io.ledgerbridge.sync.internal.RecordWriter.Desired;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds records in HubSpot that have no link: by their key where no two can have the same, else among what their parent has.
 * What parents have is remembered for the run, and forgotten as soon as it may be otherwise.
 */
final class Lookup {

    /** Of how many children is remembered what they are. */
    private static final int REMEMBERED = 20_000;

    /**
     * A record that HubSpot may have.
     *
     * @param mark what it is known by among the children of its parent: its key, or the place of a line
     * @param parent id of the record that it would have been made under; null if that is not in HubSpot
     * @param before id that it was found under once; empty if it never was
     */
    record Wanted(String key, String mark, @Nullable String parent, String before) {
        static Wanted of(Link link, String key, String mark, @Nullable Link parent) {
            return new Wanted(key, mark, parent == null ? null : parent.targetId(), link.fact(Facts.BEFORE));
        }
    }

    /** HubSpot's own property that tells who has made a record. */
    static final String SOURCE = "hs_object_source";

    private final Run run;
    private final Map<Kind, Map<String, List<CrmRecord<?>>>> children = new EnumMap<>(Kind.class);
    private final Set<String> doubted = new HashSet<>();
    private int remembered;

    Lookup(Run run) {
        this.run = run;
    }

    /** Those that are there, by key. */
    Map<String, CrmRecord<?>> find(Kind kind, List<Wanted> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        if (run.identity(kind) == Identity.UNIQUE_KEY) {
            return run.target.readByKey(kind, wanted.stream().map(Wanted::key).toList());
        }
        Map<String, CrmRecord<?>> found = whoseIdIsKnown(kind, wanted);
        Set<String> taken =
                found.values().stream().map(record -> record.id().value()).collect(Collectors.toSet());
        List<Wanted> others =
                wanted.stream().filter(one -> !found.containsKey(one.key())).toList();
        Set<String> parents = new LinkedHashSet<>();
        others.forEach(one -> Optional.ofNullable(one.parent()).ifPresent(parents::add));
        Map<String, List<CrmRecord<?>>> byParent = childrenOf(kind, parents);
        for (Wanted one : others) {
            byParent.getOrDefault(String.valueOf(one.parent()), List.of()).stream()
                    .filter(child -> mark(kind, child).equals(one.mark()))
                    .filter(child -> !taken.contains(child.id().value()) && mayBe(kind, child))
                    .findFirst()
                    .ifPresent(child -> found.put(one.key(), child));
        }
        return found;
    }

    /** Those that were found once already, wherever they are by now. */
    private Map<String, CrmRecord<?>> whoseIdIsKnown(Kind kind, List<Wanted> wanted) {
        List<String> ids = wanted.stream()
                .map(Wanted::before)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        Map<String, CrmRecord<?>> found = new HashMap<>();
        if (!ids.isEmpty()) {
            Map<String, CrmRecord<?>> records = run.target.read(kind, ids, properties(kind));
            for (Wanted one : wanted) {
                CrmRecord<?> record = records.get(one.before());
                boolean isIt = record != null
                        && (run.identity(kind) == Identity.POSITION
                                || mark(kind, record).equals(one.mark()));
                if (isIt) {
                    found.put(one.key(), record);
                }
            }
        }
        return found;
    }

    /**
     * Whether this run has tried to make the record and does not know for sure that HubSpot has not done it. The next run looks
     * for it where it may have been made; where it would be made now may be another place.
     */
    boolean isDoubted(Kind kind, String key) {
        return doubted.contains(kind + "/" + key);
    }

    /** As {@link #find}, whatever was known of their parents: a record that was there may have been deleted. */
    Map<String, CrmRecord<?>> findAnew(Kind kind, List<Wanted> wanted) {
        Map<String, List<CrmRecord<?>>> known = children.computeIfAbsent(kind, k -> new HashMap<>());
        wanted.forEach(one -> Optional.ofNullable(one.parent()).ifPresent(known::remove));
        return find(kind, wanted);
    }

    /** As what these would be found. */
    List<Wanted> wanted(Kind kind, Collection<Desired> some) {
        Map<String, Link> parents =
                parents(kind, some.stream().map(Desired::link).toList());
        return some.stream()
                .map(one -> Wanted.of(
                        one.link(),
                        one.key(),
                        mark(kind, one),
                        parents.get(one.link().sourceId())))
                .toList();
    }

    /** What is noted of records that are about to be made, so that they are found again if no answer comes. */
    List<Sending> sendings(Kind kind, Collection<Desired> some) {
        if (run.identity(kind) == Identity.UNIQUE_KEY) {
            return some.stream().map(one -> Sending.of(one.link())).toList();
        }
        Map<String, Wanted> wanted = new HashMap<>();
        wanted(kind, some).forEach(one -> wanted.put(one.key(), one));
        return some.stream()
                .map(one -> {
                    Wanted as = Objects.requireNonNull(wanted.get(one.key()));
                    return Sending.of(one.link()).under(as.mark(), as.parent(), run.time.now());
                })
                .toList();
    }

    private String mark(Kind kind, Desired one) {
        return run.identity(kind) == Identity.POSITION
                ? place(one.values().encoded().getOrDefault(LineItems.POSITION.name(), ""))
                : one.key();
    }

    private String mark(Kind kind, CrmRecord<?> record) {
        String text = record.text(property(kind)).orElse("");
        return run.identity(kind) == Identity.POSITION ? place(text) : text;
    }

    /** HubSpot writes numbers in its own way. */
    private static String place(String text) {
        try {
            return new BigDecimal(text).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private List<String> properties(Kind kind) {
        return List.of(property(kind), BooksProperties.VERSION.name(), SOURCE);
    }

    /** Whether a record was made through the API, as ours are, as far as HubSpot says. */
    static boolean isMadeByAnIntegration(CrmRecord<?> record) {
        String source = record.text(SOURCE).orElse("");
        return source.isEmpty() || source.equals("INTEGRATION");
    }

    private String property(Kind kind) {
        return run.identity(kind) == Identity.POSITION ? LineItems.POSITION.name() : BooksProperties.KEY.name();
    }

    /** A place says less than a key: what stood there may have moved, and be known as another line, or be somebody else's. */
    private boolean mayBe(Kind kind, CrmRecord<?> child) {
        if (run.identity(kind) != Identity.POSITION) {
            return true;
        }
        boolean isFree = run.ledger
                .byTarget(kind, child.id().value())
                .map(line -> Relinking.isPlaceholder(line.sourceId()))
                .orElse(true);
        return isFree && isMadeByAnIntegration(child);
    }

    /** The records that these were, or shall be, made under, by source id; none where keys are unique. */
    Map<String, Link> parents(Kind kind, Collection<Link> links) {
        Optional<Relation> relation = Relation.toParent(kind);
        if (relation.isEmpty() || run.identity(kind) == Identity.UNIQUE_KEY) {
            return Map.of();
        }
        Set<String> ids = new HashSet<>();
        links.forEach(link -> ids.add(parentId(link)));
        Map<String, Link> known = run.ledger.links(relation.get().other(kind), ids);
        Map<String, Link> parents = new HashMap<>();
        links.forEach(link ->
                Optional.ofNullable(known.get(parentId(link))).ifPresent(one -> parents.put(link.sourceId(), one)));
        return parents;
    }

    private static String parentId(Link link) {
        return link.kind() == Kind.LINE_ITEM ? link.fact(Facts.INVOICE) : link.customerId();
    }

    private Map<String, List<CrmRecord<?>>> childrenOf(Kind kind, Set<String> parents) {
        Map<String, List<CrmRecord<?>>> known = children.computeIfAbsent(kind, k -> new HashMap<>());
        Map<String, List<CrmRecord<?>>> wanted = new HashMap<>();
        List<String> unread = new ArrayList<>();
        for (String parent : parents) {
            List<CrmRecord<?>> present = known.get(parent);
            if (present == null) {
                unread.add(parent);
            } else {
                wanted.put(parent, present);
            }
        }
        if (!unread.isEmpty()) {
            wanted.putAll(read(kind, unread));
            unread.forEach(parent -> remember(kind, parent, wanted.getOrDefault(parent, List.of())));
        }
        return wanted;
    }

    private Map<String, List<CrmRecord<?>>> read(Kind kind, List<String> parents) {
        Relation relation = Relation.toParent(kind).orElseThrow();
        Map<String, List<String>> ids = run.target.associated(relation, relation.other(kind), parents);
        List<String> all =
                ids.values().stream().flatMap(List::stream).distinct().toList();
        Map<String, CrmRecord<?>> records = all.isEmpty() ? Map.of() : run.target.read(kind, all, properties(kind));
        Map<String, List<CrmRecord<?>>> read = new LinkedHashMap<>();
        ids.forEach((parent, some) -> {
            List<CrmRecord<?>> there = new ArrayList<>();
            some.forEach(id -> Optional.ofNullable(records.get(id)).ifPresent(there::add));
            read.put(parent, there);
        });
        return read;
    }

    private void remember(Kind kind, String parent, List<CrmRecord<?>> some) {
        if (remembered > REMEMBERED) {
            children.values().forEach(Map::clear);
            remembered = 0;
        }
        children.computeIfAbsent(kind, k -> new HashMap<>()).put(parent, some);
        remembered += some.size() + 1;
    }

    /** Makes records under their parents. Until it is certain what became of them, nothing is remembered of those. */
    Map<String, TargetWriter.Made> create(Kind kind, List<TargetWriter.Child> some) {
        Map<String, List<CrmRecord<?>>> before = new HashMap<>();
        Map<String, List<CrmRecord<?>>> known = children.computeIfAbsent(kind, k -> new HashMap<>());
        for (TargetWriter.Child child : some) {
            List<CrmRecord<?>> present = known.remove(child.parent());
            if (present != null) {
                before.put(child.parent(), new ArrayList<>(present));
            }
        }
        Map<String, TargetWriter.Made> all = run.target.create(kind, some);
        for (TargetWriter.Child child : some) {
            TargetWriter.Made told = all.get(child.name());
            Outcome<?> outcome = told == null ? null : told.outcome();
            if (outcome instanceof Outcome.Created<?> made) {
                before.computeIfPresent(child.parent(), (parent, present) -> {
                    present.add(made.record());
                    return present;
                });
            } else {
                before.remove(child.parent());
                if (!(outcome instanceof Outcome.Failed)) {
                    doubted.add(kind + "/" + child.name());
                }
            }
        }
        before.forEach((parent, present) -> remember(kind, parent, present));
        return all;
    }

    /** Those of these records, under which others shall be made, that HubSpot does not have any more. */
    Set<String> missingParents(Kind kind, Set<String> parents) {
        Kind other = Relation.toParent(kind).orElseThrow().other(kind);
        Set<String> missing = new HashSet<>(parents);
        if (!missing.isEmpty()) {
            run.target
                    .read(other, List.copyOf(missing), List.of(BooksProperties.KEY.name()))
                    .keySet()
                    .forEach(missing::remove);
        }
        return missing;
    }

    /**
     * A record that was made under its parent is associated with it from then on, and whoever holds that association remembers
     * it, so that it is taken away when it is no longer true. Lines are associated once more, as all lines are.
     *
     * @param parent id of the record that it was made under
     */
    Link madeUnder(String parent, Link made, Changes changes) {
        if (made.kind() == Kind.PAYMENT) {
            return made.withRelated(Relation.PAYMENT_COMPANY, List.of(parent));
        }
        if (made.kind() == Kind.CONTACT) {
            run.ledger.byTarget(Kind.CUSTOMER, parent).map(changes::latest).ifPresent(customer -> {
                Set<String> contacts = new LinkedHashSet<>(customer.related(Relation.CONTACT_COMPANY));
                if (contacts.add(made.requireTarget())) {
                    changes.put(customer.withRelated(Relation.CONTACT_COMPANY, List.copyOf(contacts)));
                }
            });
        }
        return made;
    }

    /**
     * Records that were on their way when nobody heard of them any more, as {@link #find}. Of whose parent was deleted since, nothing
     * is found under it, so all records of the kind are looked through: that is rare, and a duplicate would be for good.
     */
    Map<String, CrmRecord<?>> findSent(Kind kind, List<Wanted> sent) {
        Map<String, CrmRecord<?>> found = new HashMap<>(find(kind, sent));
        if (run.identity(kind) != Identity.KEY || kind == Kind.LINE_ITEM) {
            // Lines go with their invoice.
            return found;
        }
        Map<String, Set<String>> keysByParent = new HashMap<>();
        for (Wanted one : sent) {
            if (one.parent() != null && !found.containsKey(one.key())) {
                keysByParent
                        .computeIfAbsent(one.parent(), parent -> new HashSet<>())
                        .add(one.key());
            }
        }
        keysByParent.keySet().retainAll(missingParents(kind, keysByParent.keySet()));
        Set<String> keys = new HashSet<>();
        keysByParent.values().forEach(keys::addAll);
        if (!keys.isEmpty()) {
            found.putAll(run.target.findAmongAll(kind, keys));
        }
        return found;
    }
}
