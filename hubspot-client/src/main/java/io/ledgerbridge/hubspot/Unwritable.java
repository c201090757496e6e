package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Properties of one type that cannot be written, as the account's definitions say: those that an administrator has removed,
 * or that are read only. The definitions are asked when a refusal names a property, not before.
 */
final class Unwritable {

    /** After that a property that was made again, or made writable, is tried again. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final ObjectType<?> type;
    private final Supplier<Map<String, PropertyDefinition>> definitions;
    private final TimeSource time;
    private final Events events;
    private final Map<String, Long> until = new HashMap<>();

    Unwritable(
            ObjectType<?> type, Supplier<Map<String, PropertyDefinition>> definitions, TimeSource time, Events events) {
        this.type = type;
        this.definitions = definitions;
        this.time = time;
        this.events = events;
    }

    /** Names that are not to be sent now. */
    synchronized Set<String> names() {
        until.values().removeIf(end -> end - time.nanoTime() <= 0);
        return Set.copyOf(until.keySet());
    }

    /**
     * Asks the definitions about properties that a refusal has named.
     *
     * @return those that the definitions do not have or do not let be written
     */
    Set<String> confirm(Set<String> named) {
        Map<String, PropertyDefinition> existing;
        try {
            existing = definitions.get();
        } catch (HubSpotException e) {
            // Nothing is confirmed, so the inputs are refused one by one.
            return Set.of();
        }
        Set<String> confirmed = new LinkedHashSet<>();
        for (String name : named) {
            PropertyDefinition definition = existing.get(name);
            if (definition == null || definition.readOnly()) {
                confirmed.add(name);
                events.dropped(new HubSpotListener.DroppedProperty(
                        type,
                        name,
                        definition == null
                                ? "the account has no such property; make it again, or leave it out"
                                : "it is read only; leave it out"));
            }
        }
        synchronized (this) {
            confirmed.forEach(name -> until.put(name, time.nanoTime() + REMEMBERED.toNanos()));
        }
        return confirmed;
    }
}
