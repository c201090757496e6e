package io.ledgerbridge.testkit;

import io.ledgerbridge.time.TimeSource;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/** What both fakes share: one function from request to answer, two fronts, faults and a count of what came in. */
abstract class FakeService {

    final TimeSource time;
    private final Traffic traffic = new Traffic();
    private final Faults faults = new Faults();
    private Duration latency = Duration.ZERO;
    private @Nullable Predicate<String> hookedLine;
    private @Nullable Runnable hook;

    FakeService(TimeSource time) {
        this.time = time;
    }

    /** What came in so far. */
    public final Traffic traffic() {
        return traffic;
    }

    /** Makes the next requests fail. */
    public final Faults nextRequests() {
        return faults;
    }

    /** Every answer takes that long; nothing by default. */
    public final void latency(Duration latency) {
        this.latency = latency;
    }

    /** Runs once, right before the first request whose method, path and query contain this text is answered. */
    public final synchronized void before(String part, Runnable hook) {
        this.hookedLine = line -> line.contains(part);
        this.hook = hook;
    }

    /** The in-memory front: an interceptor that answers what is meant for this service and lets the rest pass. */
    public final Interceptor interceptor() {
        return new InMemoryFront(this);
    }

    /** The loopback front: a server on a free port of 127.0.0.1. */
    public final LoopbackServer start() {
        return LoopbackServer.start(this);
    }

    /** Whether a request to this address is for this service. */
    abstract boolean answersFor(HttpUrl url);

    abstract String template(FakeRequest request);

    abstract FakeAnswer handle(FakeRequest request);

    abstract FakeAnswer rateLimited(int code);

    FakeAnswer silentNoOp(FakeRequest request) {
        return FakeAnswer.json(200, Json.object());
    }

    /** The answer with the faults applied; the front does the waiting. */
    final FakeAnswer answer(FakeRequest request) {
        traffic.entered();
        String line = request.line() + "?" + request.url().query();
        Runnable due = null;
        synchronized (this) {
            if (hook != null && hookedLine != null && hookedLine.test(line)) {
                due = hook;
                hook = null;
            }
        }
        if (due != null) {
            due.run();
        }
        Faults.Fault fault = faults.next(line);
        if (fault != null) {
            faults.meets(fault, request.method() + " " + template(request));
        }
        FakeAnswer answer = fault == null ? handle(request) : faulty(fault, request);
        Duration delay = answer.delay().plus(latency);
        traffic.record(new Traffic.Call(
                time.now(),
                request.method(),
                template(request),
                String.valueOf(request.url().query()),
                answer.status()));
        return answer.with(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(time.now().atOffset(ZoneOffset.UTC)))
                .delayed(delay);
    }

    /** The front has delivered the answer. */
    final void answered() {
        traffic.left();
    }

    private FakeAnswer faulty(Faults.Fault fault, FakeRequest request) {
        return switch (fault.kind()) {
            case NONE -> handle(request);
            case RATE_LIMITED -> rateLimited(fault.code());
            case DROPPED_BEFORE -> FakeAnswer.connectionDropped();
            case DROPPED_AFTER -> {
                handle(request);
                yield FakeAnswer.connectionDropped();
            }
            case HTML_502 -> FakeAnswer.html(502);
            case STATUS -> FakeAnswer.empty(fault.code());
            case SLOW -> handle(request).delayed(fault.delay());
            case NO_OP -> silentNoOp(request);
        };
    }
}
