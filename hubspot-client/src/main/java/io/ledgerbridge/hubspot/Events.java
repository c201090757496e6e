package io.ledgerbridge.hubspot;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener, and the log what an operator should know. */
final class Events {

    private static final Logger log = LoggerFactory.getLogger(HubSpot.class);

    private final HubSpotListener listener;

    Events(HubSpotListener listener) {
        this.listener = listener;
    }

    void called(HubSpotListener.Call call) {
        log.debug("{} {}: status {}, attempt {}", call.method(), call.path(), call.status(), call.attempt());
        tell(hearer -> hearer.onCall(call));
    }

    void paused(HubSpotListener.Pause pause, String told) {
        log.info(
                "{} Calls of the lane {} wait {} s.",
                told,
                pause.lane(),
                pause.length().toSeconds());
        tell(hearer -> hearer.onPause(pause));
    }

    void dropped(HubSpotListener.DroppedProperty dropped) {
        log.warn("The property {} of {} is not written: {}", dropped.property(), dropped.type(), dropped.why());
        tell(hearer -> hearer.onDroppedProperty(dropped));
    }

    private void tell(Consumer<HubSpotListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            log.warn("the listener failed", e);
        }
    }
}
