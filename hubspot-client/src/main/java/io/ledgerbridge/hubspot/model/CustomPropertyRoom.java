package io.ledgerbridge.hubspot.model;

import java.util.Map;

/**
 * How many properties of their own the users of an account may define, and have.
 *
 * @param byObjectTypeId for each type, by its id such as {@code 0-53}
 */
public record CustomPropertyRoom(Room overall, Map<String, Room> byObjectTypeId) {

    /** A limit and what is used of it. */
    public record Room(int limit, int usage) {

        public int left() {
            return Math.max(0, limit - usage);
        }
    }

    /** How many more fit on a type. */
    public int leftOn(String objectTypeId) {
        Room room = byObjectTypeId.get(objectTypeId);
        return room == null ? overall.left() : Math.min(overall.left(), room.left());
    }
}
