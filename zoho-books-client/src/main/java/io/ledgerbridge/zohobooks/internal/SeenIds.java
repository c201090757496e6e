package io.ledgerbridge.zohobooks.internal;

import java.util.HashSet;
import java.util.Set;

/** Ids that have come already. Those of digits take 8 to 16 bytes each, so that a list may be long. */
public final class SeenIds {

    private static final int LONGEST_NUMBER = 18;

    private final Set<String> others = new HashSet<>();
    private long[] table = new long[1024];
    private int size;

    /** Whether this id is new. */
    public boolean add(String id) {
        if (id.isEmpty() || id.length() > LONGEST_NUMBER + 1 || id.charAt(0) < '1' || id.charAt(0) > '9') {
            return others.add(id);
        }
        long value;
        try {
            value = Long.parseUnsignedLong(id);
        } catch (NumberFormatException e) {
            return others.add(id);
        }
        if (size * 2 >= table.length) {
            grow();
        }
        return insert(table, value) && ++size > 0;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long value : table) {
            if (value != 0) {
                insert(larger, value);
            }
        }
        table = larger;
    }

    private static boolean insert(long[] table, long value) {
        int mask = table.length - 1;
        int slot = Long.hashCode(value * 0x9E3779B97F4A7C15L) & mask;
        while (table[slot] != 0) {
            if (table[slot] == value) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = value;
        return true;
    }
}
