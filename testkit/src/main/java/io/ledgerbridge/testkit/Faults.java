package io.ledgerbridge.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with the next requests. A request meets the first fault that is meant for it, in the order in which they
 * were asked for.
 */
public final class Faults {

    enum Kind {
        NONE,
        RATE_LIMITED,
        DROPPED_BEFORE,
        DROPPED_AFTER,
        HTML_502,
        STATUS,
        SLOW,
        NO_OP
    }

    record Fault(Kind kind, int code, Duration delay, Predicate<String> which) {}

    private final Deque<Fault> pending = new ArrayDeque<>();
    private Predicate<String> which = line -> true;

    private final Map<String, Integer> met = new TreeMap<>();

    Faults() {}

    /** How often each kind of fault met each kind of request, as {@code DROPPED_AFTER POST /crm/...}. */
    public synchronized Map<String, Integer> met() {
        return new TreeMap<>(met);
    }

    synchronized void meets(Fault fault, String request) {
        met.merge(fault.kind() + " " + request, 1, Integer::sum);
    }

    /** Restricts the faults added from now on to requests whose {@code METHOD path} contains this text. */
    public synchronized Faults matching(String part) {
        which = line -> line.contains(part);
        return this;
    }

    /** Lets that many requests pass before the faults that are added after this. */
    public Faults passing(int requests) {
        return add(requests, Kind.NONE, 0, Duration.ZERO);
    }

    /** Forgets all faults that have not happened. */
    public synchronized void none() {
        pending.clear();
        which = line -> true;
    }

    /** Answers 429 as a burst does. */
    public Faults rateLimited(int times) {
        return add(times, Kind.RATE_LIMITED, 0, Duration.ZERO);
    }

    /** Answers 429 with this reason: 44, 45 or 1070 of Zoho Books. */
    public Faults rateLimited(int times, int code) {
        return add(times, Kind.RATE_LIMITED, code, Duration.ZERO);
    }

    /** Breaks the connection; the request had no effect. */
    public Faults droppedBeforeApplying(int times) {
        return add(times, Kind.DROPPED_BEFORE, 0, Duration.ZERO);
    }

    /** Does what was asked, then breaks the connection: the caller cannot know. */
    public Faults droppedAfterApplying(int times) {
        return add(times, Kind.DROPPED_AFTER, 0, Duration.ZERO);
    }

    /** Answers as an edge proxy that does not reach its origin. */
    public Faults htmlBadGateway(int times) {
        return add(times, Kind.HTML_502, 502, Duration.ZERO);
    }

    /** Answers with this status and no effect. */
    public Faults answering(int status, int times) {
        return add(times, Kind.STATUS, status, Duration.ZERO);
    }

    /** Answers late. */
    public Faults slow(Duration delay, int times) {
        return add(times, Kind.SLOW, 0, delay);
    }

    /** Answers a batch with neither results nor errors, and does nothing. */
    public Faults silentNoOp(int times) {
        return add(times, Kind.NO_OP, 0, Duration.ZERO);
    }

    private synchronized Faults add(int times, Kind kind, int code, Duration delay) {
        for (int i = 0; i < times; i++) {
            pending.add(new Fault(kind, code, delay, which));
        }
        return this;
    }

    /** The fault for this request, which is used up by it. */
    synchronized @Nullable Fault next(String line) {
        Iterator<Fault> faults = pending.iterator();
        while (faults.hasNext()) {
            Fault fault = faults.next();
            if (fault.which().test(line)) {
                faults.remove();
                return fault;
            }
        }
        return null;
    }
}
