package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.internal.HubSpotApi;
import java.util.Optional;
import retrofit2.Call;

/** What every resource needs: how calls are made, which there are, and of which version. */
record Access(Calls calls, HubSpotApi api, String version) {

    /** A call, made anew for each attempt. */
    interface Making<A> {
        Call<A> of(HubSpotApi api, String version);
    }

    /** Calls that may be repeated without doing harm and are answered with a body. */
    <A> A call(Making<A> call) {
        return call(Lane.GENERAL, call);
    }

    <A> A call(Lane lane, Making<A> call) {
        return calls.repeatable(lane, () -> call.of(api, version));
    }

    /** A call that may be repeated without doing harm, and may be answered with 204. */
    <A> Optional<A> callMaybeEmpty(Lane lane, Making<A> call) {
        return calls.repeatableMaybeEmpty(lane, () -> call.of(api, version));
    }

    /** A call that must not be repeated once it may have been carried out. */
    <A> A once(Making<A> call) {
        return calls.once(Lane.GENERAL, () -> call.of(api, version));
    }

    /** The same for a call about one record: a lock refuses all of it, so that it may be repeated. */
    <A> A onceAlone(Making<A> call) {
        return calls.onceAlone(Lane.GENERAL, () -> call.of(api, version));
    }
}
