package io.ledgerbridge.hubspot;

import java.time.Duration;

/**
 * Hears what a client does, for metrics and for people who ask. Called on the thread that works, so answer at once; what a
 * listener throws is logged and changes nothing.
 */
public interface HubSpotListener {

    /** Every attempt, whatever came of it. */
    default void onCall(Call call) {}

    /** HubSpot has refused a call because of a limit, and it is waited for. */
    default void onPause(Pause pause) {}

    /** A property is left out of what is written, since the account's definitions do not have it or do not let it be written. */
    default void onDroppedProperty(DroppedProperty dropped) {}

    /**
     * One attempt of a call.
     *
     * @param path without values of properties
     * @param status 0 if there was no answer
     * @param category of the refusal; empty for a success
     * @param correlationId what HubSpot's support asks for; empty if the answer has none
     * @param attempt from 1
     * @param took from sending to the answer, without waiting for a free slot
     */
    record Call(
            String method,
            String path,
            int status,
            String category,
            String correlationId,
            int attempt,
            Duration took) {}

    /**
     * A wait for everyone who shares the pacing.
     *
     * @param lane {@code general}, {@code associations} or {@code search}
     * @param policy such as {@code TEN_SECONDLY_ROLLING}; empty if HubSpot did not name it
     */
    record Pause(String lane, String policy, Duration length) {}

    /**
     * A property that is not written.
     *
     * @param why in words
     */
    record DroppedProperty(ObjectType<?> type, String property, String why) {}
}
