package io.ledgerbridge.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a fake has seen. */
public final class Traffic {

    /**
     * One call.
     *
     * @param template the path with identifiers replaced, for instance {@code /books/v3/invoices/{id}}
     */
    public record Call(Instant at, String method, String template, String query, int status) {
        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    private final List<Call> calls = new ArrayList<>();
    private final List<String> limitsBroken = new ArrayList<>();
    private int inFlight;
    private int mostInFlight;

    Traffic() {}

    /** All calls so far, oldest first. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Number of calls whose {@code METHOD template} begins so. */
    public synchronized long count(String methodAndTemplate) {
        return count(call -> call.toString().startsWith(methodAndTemplate));
    }

    public synchronized long count(Predicate<Call> which) {
        return calls.stream().filter(which).count();
    }

    /** Calls by {@code METHOD template}. */
    public synchronized Map<String, Long> byTemplate() {
        Map<String, Long> counts = new TreeMap<>();
        calls.forEach(call -> counts.merge(call.toString(), 1L, Long::sum));
        return counts;
    }

    public synchronized int mostInFlight() {
        return mostInFlight;
    }

    /** Limits that were exceeded, each with its instant. Empty for a client that paces itself well. */
    public synchronized List<String> limitsBroken() {
        return List.copyOf(limitsBroken);
    }

    /** Starts counting anew. */
    public synchronized void reset() {
        calls.clear();
        limitsBroken.clear();
        mostInFlight = inFlight;
    }

    synchronized void entered() {
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized void left() {
        inFlight--;
    }

    synchronized void record(Call call) {
        calls.add(call);
    }

    synchronized void limitBroken(Instant at, String limit) {
        limitsBroken.add(at + " " + limit);
    }
}
