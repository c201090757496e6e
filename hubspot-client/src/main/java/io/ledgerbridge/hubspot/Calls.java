package io.ledgerbridge.hubspot;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import io.ledgerbridge.hubspot.HubSpotException.Details;
import io.ledgerbridge.hubspot.internal.Wire;
import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.rest.internal.Retrier;
import io.ledgerbridge.rest.internal.RollingWindow;
import io.ledgerbridge.rest.internal.TryAgain;
import io.ledgerbridge.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Call;
import retrofit2.Response;

/**
 * The one path from a Retrofit call to a value: pacing, retries, and errors by what a caller can do. Every call that goes
 * through here may be repeated without doing harm.
 */
final class Calls {

    private static final Logger log = LoggerFactory.getLogger(Calls.class);

    private static final Duration BURST_WINDOW = Duration.ofSeconds(10);
    private static final Duration RECORD_LOCK = Duration.ofSeconds(2);
    private static final Duration LONGEST_MOVE = Duration.ofMinutes(5);
    private static final int LOCKED = 423;
    private static final int MOVING = 477;

    private final TimeSource time;
    private final HubSpotPacing pacing;
    private final Retrier retrier;
    private final Moshi moshi;

    Calls(TimeSource time, HubSpotPacing pacing, Retrier retrier, Moshi moshi) {
        this.time = time;
        this.pacing = pacing;
        this.retrier = retrier;
        this.moshi = moshi;
    }

    <T> T execute(HubSpotPacing.Lane lane, Supplier<Call<T>> call) {
        return executeMaybeEmpty(lane, call)
                .orElseThrow(() -> new HubSpotRequestException(
                        "HubSpot gave an empty answer to " + path(call.get()) + ".", new Details(0, null, null, null)));
    }

    /** For calls that are answered with 204. */
    <T> Optional<T> executeMaybeEmpty(HubSpotPacing.Lane lane, Supplier<Call<T>> call) {
        try {
            return retrier.call(number -> attempt(lane, call.get()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubSpotUnavailableException("interrupted while calling HubSpot", Details.cause(e));
        }
    }

    private <T> Optional<T> attempt(HubSpotPacing.Lane lane, Call<T> call) throws TryAgain, InterruptedException {
        Response<T> response;
        try (RollingWindow.Permit permit = pacing.enter(lane, time)) {
            response = call.execute();
        } catch (IOException e) {
            throw TryAgain.backingOff(new HubSpotUnavailableException(
                    "HubSpot gave no usable answer to " + path(call) + ": " + e.getMessage(), Details.cause(e)));
        } catch (JsonDataException e) {
            throw new HubSpotRequestException(
                    "HubSpot answered " + path(call) + " in an unknown shape: " + e.getMessage(), Details.cause(e));
        }
        if (response.isSuccessful()) {
            return Optional.ofNullable(response.body());
        }
        throw refusal(lane, call, response);
    }

    private TryAgain refusal(HubSpotPacing.Lane lane, Call<?> call, Response<?> response) throws TryAgain {
        Wire.Error error = error(response);
        int status = response.code();
        String message = error == null || error.message() == null ? "" : error.message();
        Details details = new Details(
                status, error == null ? null : error.category(), error == null ? null : error.correlationId(), null);
        String what =
                "HubSpot answered " + path(call) + " with status " + status + (message.isEmpty() ? "" : ": " + message);
        Duration asked = Http.retryAfter(response.headers().get("Retry-After"));
        return switch (status) {
            case 401 ->
                throw new HubSpotAuthenticationException(
                        what + " Give a valid access token (private app, service key or OAuth).", details);
            case 403 -> throw permission(what, error, details);
            case 404 -> throw new HubSpotNotFoundException(what, details);
            case 429 -> limited(lane, error, asked, what, details);
            case LOCKED ->
                TryAgain.after(asked == null ? RECORD_LOCK : asked, new HubSpotUnavailableException(what, details));
            case MOVING -> moving(asked, what, details);
            default -> {
                if (status >= 500 && status != 501) {
                    yield TryAgain.backingOff(new HubSpotUnavailableException(what, details));
                }
                throw new HubSpotRequestException(what, details);
            }
        };
    }

    private static HubSpotPermissionException permission(String what, Wire.@Nullable Error error, Details details) {
        Set<String> scopes = new TreeSet<>();
        if (error != null) {
            addScopes(error, scopes);
            if (error.errors() != null) {
                error.errors().forEach(nested -> addScopes(nested, scopes));
            }
        }
        String advice = scopes.isEmpty()
                ? " Add the scope that this call needs to the app or service key."
                : " Add the scope " + String.join(" or ", scopes) + " to the app or service key.";
        return new HubSpotPermissionException(what + advice, scopes, details);
    }

    private static void addScopes(Wire.Error error, Set<String> scopes) {
        scopes.addAll(error.context("requiredGranularScopes"));
        scopes.addAll(error.context("requiredScopes"));
        scopes.addAll(error.context("missingScopes"));
    }

    /** Only the day's limit is worth giving up for; the others end by themselves. */
    private TryAgain limited(
            HubSpotPacing.Lane lane,
            Wire.@Nullable Error error,
            @Nullable Duration asked,
            String what,
            Details details) {
        String policy = error == null || error.policyName() == null ? "" : error.policyName();
        if (policy.equals("DAILY")) {
            throw new HubSpotLimitException(
                    what + " The account's calls return at midnight in its time zone.", details);
        }
        Duration usual = policy.equals("SECONDLY") ? Duration.ofSeconds(1) : BURST_WINDOW;
        Duration pause = asked == null ? usual : asked;
        log.info("{} Waiting {} s.", what, pause.toSeconds());
        pacing.pause(lane, time, pause);
        return TryAgain.after(pause, new HubSpotUnavailableException(what, details));
    }

    private static TryAgain moving(@Nullable Duration asked, String what, Details details) {
        HubSpotUnavailableException failure = new HubSpotUnavailableException(
                what + " The account is being moved to another data centre"
                        + (asked == null ? "." : "; HubSpot asks to wait " + asked.toMinutes() + " minutes."),
                details);
        if (asked != null && asked.compareTo(LONGEST_MOVE) > 0) {
            throw failure;
        }
        return asked == null ? TryAgain.backingOff(failure) : TryAgain.after(asked, failure);
    }

    private Wire.@Nullable Error error(Response<?> response) {
        try {
            return response.errorBody() == null
                    ? null
                    : moshi.adapter(Wire.Error.class)
                            .fromJson(response.errorBody().string());
        } catch (IOException | JsonDataException e) {
            return null;
        }
    }

    private static String path(Call<?> call) {
        return call.request().method() + " " + call.request().url().encodedPath();
    }
}
