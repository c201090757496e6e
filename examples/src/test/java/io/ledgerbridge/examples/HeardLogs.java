package io.ledgerbridge.examples;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hears what all tests log, on every level; {@code logback-test.xml} names it. */
public final class HeardLogs extends AppenderBase<ILoggingEvent> {

    static final Queue<ILoggingEvent> EVENTS = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
        EVENTS.add(event);
    }
}
