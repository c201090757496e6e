package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.Outcome;
import io.ledgerbridge.hubspot.Problem;
import org.jspecify.annotations.Nullable;

/** What an outcome means for what is still owed. */
final class Outcomes {

    private Outcomes() {}

    /** Whether the same write may well succeed later: it was not sent, or nobody knows what became of it. */
    static boolean mayComeTrue(Outcome<?> outcome) {
        return outcome instanceof Outcome.Unknown
                || (outcome instanceof Outcome.Failed<?> failed
                        && failed.problem().retryable());
    }

    /** Whether it was refused because another one of its call was at fault, as far as is known. */
    static boolean isRefusedTogether(@Nullable Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?> failed
                && failed.problem().category().equals(Problem.REFUSED_TOGETHER);
    }

    /** Whether HubSpot has no such record. */
    static boolean isGone(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?> failed
                && failed.problem().category().equals("OBJECT_NOT_FOUND");
    }

    /** In words, for a report. */
    static String reason(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?> failed ? failed.problem().message() : "no answer";
    }
}
