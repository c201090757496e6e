package io.ledgerbridge.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts calls in a rolling window, as the vendors do. */
final class CallWindow {

    private final Duration length;
    private final Deque<Instant> calls = new ArrayDeque<>();
    private final int limit;

    CallWindow(int limit, Duration length) {
        this.limit = limit;
        this.length = length;
    }

    /** Counts this call; false if the window is full, and then the call does not count. */
    boolean admit(Instant now) {
        forgetBefore(now);
        if (calls.size() >= limit) {
            return false;
        }
        calls.addLast(now);
        return true;
    }

    int remaining(Instant now) {
        forgetBefore(now);
        return limit - calls.size();
    }

    int limit() {
        return limit;
    }

    private void forgetBefore(Instant now) {
        Instant oldest = now.minus(length);
        while (!calls.isEmpty() && !calls.getFirst().isAfter(oldest)) {
            calls.removeFirst();
        }
    }
}
