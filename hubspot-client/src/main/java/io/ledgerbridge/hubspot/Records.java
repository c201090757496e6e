package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.HubSpotException.Failure;
import io.ledgerbridge.hubspot.internal.Wire.RecordAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records from what travels. */
final class Records {

    private Records() {}

    /** Reads one record by its id, or by the value of a unique property. */
    static <T extends Crm> CrmRecord<T> read(
            Access access, ObjectType<T> type, String id, @Nullable String idProperty, Selection selection) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("the value to find a record of " + type + " by is empty");
        }
        RecordAnswer answer = access.call((api, v) -> api.get(
                v,
                type.path(),
                id,
                idProperty,
                selection.propertiesParameter(),
                selection.associationsParameter(),
                selection.archivedParameter()));
        return require(type, answer, selection.associations());
    }

    /** Reads one record if it is there. */
    static <T extends Crm> Optional<CrmRecord<T>> find(
            Access access, ObjectType<T> type, String id, @Nullable String idProperty, Selection selection) {
        try {
            return Optional.of(read(access, type, id, idProperty, selection));
        } catch (HubSpotNotFoundException e) {
            if (isAboutType(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Whether a refusal is about the type, not about a record: it is unknown, or not switched on. */
    static boolean isAboutType(HubSpotException refusal) {
        return refusal.error().says(ErrorBody.Sign.OBJECT_TYPE);
    }

    /** The record of an answer that must have one. */
    static <T extends Crm> CrmRecord<T> require(
            ObjectType<T> type, RecordAnswer answer, List<ObjectType<?>> associations) {
        CrmRecord<T> record = find(type, answer, associations);
        if (record == null) {
            throw new HubSpotRequestException("HubSpot gave a record of " + type + " without an id.", Failure.NOT_SENT);
        }
        return record;
    }

    /** The record; null if the answer has no id, so that it is none. */
    static <T extends Crm> @Nullable CrmRecord<T> find(ObjectType<T> type, RecordAnswer answer) {
        return find(type, answer, List.of());
    }

    static <T extends Crm> @Nullable CrmRecord<T> find(
            ObjectType<T> type, RecordAnswer answer, List<ObjectType<?>> associations) {
        if (!RecordId.isNumber(answer.id())) {
            return null;
        }
        return new CrmRecord<>(
                type.record(answer.id()),
                Collections.unmodifiableMap(answer.properties()),
                answer.createdAt(),
                answer.updatedAt(),
                answer.archived(),
                answer.url(),
                associations.isEmpty() ? Map.of() : byType(answer.associations(), associations));
    }

    /** HubSpot names types here in its own way, such as {@code line items} with a space. */
    private static Map<ObjectType<?>, List<String>> byType(
            Map<String, List<String>> byName, List<ObjectType<?>> associations) {
        Map<ObjectType<?>, List<String>> byType = new HashMap<>();
        List<ObjectType<?>> unnamed = new ArrayList<>(associations);
        Map<String, List<String>> others = new HashMap<>();
        byName.forEach((name, ids) -> {
            String slug = name.replace(' ', '_');
            ObjectType<?> type = associations.stream()
                    .filter(asked -> asked.slug().equals(slug) || asked.id().equals(name))
                    .findFirst()
                    .orElse(null);
            if (type == null) {
                others.put(name, ids);
            } else {
                unnamed.remove(type);
                byType.put(type, List.copyOf(ids));
            }
        });
        if (unnamed.size() == 1 && others.size() == 1) {
            byType.put(unnamed.get(0), List.copyOf(others.values().iterator().next()));
        }
        return byType;
    }
}
