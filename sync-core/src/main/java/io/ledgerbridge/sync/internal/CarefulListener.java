package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.sync.SyncReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes everything on; a listener that fails is told in the log and stops nothing. */
final class CarefulListener implements SyncListener {

    private static final Logger log = LoggerFactory.getLogger(CarefulListener.class);

    private final SyncListener listener;

    CarefulListener(SyncListener listener) {
        this.listener = listener;
    }

    @Override
    public void progress(String stream, long done, long remaining) {
        carefully(() -> listener.progress(stream, done, remaining));
    }

    @Override
    public void started(String connection, String runId) {
        carefully(() -> listener.started(connection, runId));
    }

    @Override
    public void ended(String connection, SyncReport report) {
        carefully(() -> listener.ended(connection, report));
    }

    private static void carefully(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.warn("A listener failed; the run goes on", e);
        }
    }
}
