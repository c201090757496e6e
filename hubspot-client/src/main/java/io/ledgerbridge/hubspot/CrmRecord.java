package io.ledgerbridge.hubspot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as HubSpot shows it. {@code toString} tells its id and no value.
 *
 * @param properties by name, all text; those that were asked for or written, and some that HubSpot computes
 * @param createdAt null if the answer does not tell
 * @param updatedAt null if the answer does not tell
 * @param url where people see it; null if the answer does not tell
 * @param associations ids of associated records by type, for types that were asked for
 */
public record CrmRecord<T extends Crm>(
        RecordId<T> id,
        Map<String, @Nullable String> properties,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        boolean archived,
        @Nullable String url,
        Map<ObjectType<?>, List<String>> associations) {

    /** The value; empty if it has none or was not asked for. */
    public <V> Optional<V> find(Property<V> property) {
        return text(property.name()).map(property::decode);
    }

    /**
     * The value.
     *
     * @throws NoSuchElementException if it has none or was not asked for
     */
    public <V> V get(Property<V> property) {
        return find(property)
                .orElseThrow(() -> new NoSuchElementException(id + " has no " + property
                        + (properties.containsKey(property.name()) ? "" : ", which was not asked for")));
    }

    /** The value as HubSpot wrote it; empty if it has none or was not asked for. */
    public Optional<String> text(String property) {
        String value = properties.get(property);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** Associated records of a type that was asked for, in HubSpot's order. */
    public <O extends Crm> List<RecordId<O>> associated(ObjectType<O> type) {
        return associations.getOrDefault(type, List.of()).stream()
                .map(type::record)
                .toList();
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
