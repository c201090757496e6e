package io.ledgerbridge.hubspot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to read of records. Without a selection HubSpot gives a default set of properties, which differs by type. Names that
 * a type does not have are ignored by HubSpot. Immutable.
 *
 * @param properties names of properties; none for the default set
 * @param associations types of which associated ids are read; {@code get}, {@code find} and {@code list} only
 * @param archived whether records of the recycle bin are read, instead of those that are not in it
 */
public record Selection(Set<String> properties, List<ObjectType<?>> associations, boolean archived) {

    /** HubSpot's default properties. */
    public static final Selection DEFAULT = new Selection(Set.of(), List.of(), false);

    public Selection {
        properties = Collections.unmodifiableSet(new LinkedHashSet<>(properties));
        associations = List.copyOf(associations);
    }

    public static Selection of(Property<?>... properties) {
        return ofNames(Stream.of(properties).map(Property::name).toList());
    }

    public static Selection ofNames(Collection<String> properties) {
        return new Selection(new LinkedHashSet<>(properties), List.of(), false);
    }

    /** With the ids of associated records of these types: at most the first hundred or so, see {@link Associations#read}. */
    public Selection withAssociations(ObjectType<?>... types) {
        List<ObjectType<?>> more = new ArrayList<>(associations);
        more.addAll(List.of(types));
        return new Selection(properties, more, archived);
    }

    /** Of the recycle bin. */
    public Selection inRecycleBin() {
        return new Selection(properties, associations, true);
    }

    Selection and(String property) {
        Set<String> more = new LinkedHashSet<>(properties);
        more.add(property);
        return new Selection(more, associations, archived);
    }

    @Nullable
    String propertiesParameter() {
        return properties.isEmpty() ? null : String.join(",", properties);
    }

    @Nullable
    String associationsParameter() {
        return associations.isEmpty()
                ? null
                : associations.stream().map(ObjectType::path).collect(Collectors.joining(","));
    }

    @Nullable
    Boolean archivedParameter() {
        return archived ? true : null;
    }
}
