package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.CrmRecord;
import io.ledgerbridge.hubspot.LineItems;
import io.ledgerbridge.hubspot.Outcome;
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
import java.util.Optional;
import java.util.Set;
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
     */
    record Wanted(String key, String mark, @Nullable String parent) {}

    private final Run run;
    private final Map<Kind, Map<String, List<CrmRecord<?>>>> children = new EnumMap<>(Kind.class);
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
        Set<String> parents = new LinkedHashSet<>();
        wanted.forEach(one -> Optional.ofNullable(one.parent()).ifPresent(parents::add));
        Map<String, List<CrmRecord<?>>> byParent = childrenOf(kind, parents);
        Map<String, CrmRecord<?>> found = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Wanted one : wanted) {
            byParent.getOrDefault(String.valueOf(one.parent()), List.of()).stream()
                    .filter(child -> mark(kind, child).equals(one.mark()))
                    .filter(child -> isFree(kind, child))
                    .filter(child -> taken.add(child.id().value()))
                    .findFirst()
                    .ifPresent(child -> found.put(one.key(), child));
        }
        return found;
    }

    /** As {@link #find}, whatever was known of their parents: a record that was there may have been deleted. */
    Map<String, CrmRecord<?>> findAnew(Kind kind, List<Wanted> wanted) {
        Map<String, List<CrmRecord<?>>> known = children.computeIfAbsent(kind, k -> new HashMap<>());
        wanted.forEach(one -> Optional.ofNullable(one.parent()).ifPresent(known::remove));
        return find(kind, wanted);
    }

    /** What a record that shall be written is known by. */
    String mark(Kind kind, String key, Map<String, String> values) {
        return run.identity(kind) == Identity.POSITION
                ? place(values.getOrDefault(LineItems.POSITION.name(), ""))
                : key;
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

    private String property(Kind kind) {
        return run.identity(kind) == Identity.POSITION ? LineItems.POSITION.name() : BooksProperties.KEY.name();
    }

    /** A place says less than a key: the line that stood there may have moved. */
    private boolean isFree(Kind kind, CrmRecord<?> child) {
        return run.identity(kind) != Identity.POSITION
                || run.ledger
                        .byTarget(kind, child.id().value())
                        .map(line -> Relinking.isPlaceholder(line.sourceId())
                                || !line.fact(Facts.MADE).isEmpty())
                        .orElse(true);
    }

    /** Ids of the records that these were, or shall be, made under, by source id. */
    Map<String, String> parents(Kind kind, Collection<Link> links) {
        Optional<Relation> relation = Relation.toParent(kind);
        if (relation.isEmpty() || run.identity(kind) == Identity.UNIQUE_KEY) {
            return Map.of();
        }
        Set<String> ids = new HashSet<>();
        links.forEach(link -> ids.add(parentId(link)));
        Map<String, Link> known = run.ledger.links(relation.get().other(kind), ids);
        Map<String, String> parents = new HashMap<>();
        for (Link link : links) {
            Link parent = known.get(parentId(link));
            if (parent != null && parent.targetId() != null) {
                parents.put(link.sourceId(), parent.targetId());
            }
        }
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
        List<String> properties = List.of(property(kind), BooksProperties.VERSION.name());
        Map<String, CrmRecord<?>> records = all.isEmpty() ? Map.of() : run.target.read(kind, all, properties);
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
    Map<String, Outcome<?>> create(Kind kind, List<TargetWriter.Child> some) {
        Map<String, List<CrmRecord<?>>> before = new HashMap<>();
        Map<String, List<CrmRecord<?>>> known = children.computeIfAbsent(kind, k -> new HashMap<>());
        for (TargetWriter.Child child : some) {
            List<CrmRecord<?>> present = known.remove(child.parent());
            if (present != null) {
                before.put(child.parent(), new ArrayList<>(present));
            }
        }
        Map<String, Outcome<?>> outcomes = run.target.create(kind, some);
        for (TargetWriter.Child child : some) {
            if (outcomes.get(child.name()) instanceof Outcome.Created<?> made) {
                before.computeIfPresent(child.parent(), (parent, present) -> {
                    present.add(made.record());
                    return present;
                });
            } else {
                before.remove(child.parent());
            }
        }
        before.forEach((parent, present) -> remember(kind, parent, present));
        return outcomes;
    }
}
