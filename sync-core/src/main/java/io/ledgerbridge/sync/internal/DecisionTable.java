package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.internal.Tally.Decision;
import java.util.Arrays;

/**
 * The weightiest decision on each of many ids, in nine bytes of a table for each. Ids are told apart by 64 bits of a hash: that two of
 * a million have the same is less likely than one in ten million, and would be one too few in a count.
 */
final class DecisionTable {

    private static final Decision[] DECISIONS = Decision.values();
    private static final byte NONE = -1;
    private static final int SMALLEST = 64;

    private long[] hashes = new long[SMALLEST];
    private byte[] weights = none(SMALLEST);
    private final int[] counts = new int[DECISIONS.length];
    private int size;

    private static byte[] none(int slots) {
        byte[] weights = new byte[slots];
        Arrays.fill(weights, NONE);
        return weights;
    }

    /** A decision that weighs less than the one before changes nothing. */
    void decide(String id, Decision decision) {
        if ((size + 1) * 4 > hashes.length * 3) {
            grow();
        }
        long hash = hash(id);
        int slot = slot(hash);
        byte before = weights[slot];
        if (before == NONE) {
            hashes[slot] = hash;
            size++;
        } else if (before <= decision.ordinal()) {
            return;
        } else {
            counts[before]--;
        }
        weights[slot] = (byte) decision.ordinal();
        counts[decision.ordinal()]++;
    }

    int size() {
        return size;
    }

    int count(Decision decision) {
        return counts[decision.ordinal()];
    }

    private void grow() {
        long[] oldHashes = hashes;
        byte[] oldWeights = weights;
        hashes = new long[oldHashes.length * 2];
        weights = none(hashes.length);
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldWeights[i] != NONE) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                weights[slot] = oldWeights[i];
            }
        }
    }

    /** Where this hash is, or where it belongs. */
    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) (hash ^ hash >>> 32) & mask;
        while (weights[slot] != NONE && hashes[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static long hash(String id) {
        long hash = id.length();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
