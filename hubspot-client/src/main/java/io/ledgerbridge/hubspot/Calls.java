package io.ledgerbridge.hubspot;

import com.squareup.moshi.JsonDataException;
import io.ledgerbridge.hubspot.HubSpotException.Failure;
import io.ledgerbridge.hubspot.HubSpotPacing.Lane;
import io.ledgerbridge.hubspot.internal.Wire;
import io.ledgerbridge.rest.internal.BoundedBodies;
import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.rest.internal.Retrier;
import io.ledgerbridge.rest.internal.RollingWindow;
import io.ledgerbridge.rest.internal.TryAgain;
import io.ledgerbridge.rest.internal.UnusableBodyException;
import io.ledgerbridge.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Headers;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Response;

/** The one path from a Retrofit call to a value: pacing, repetitions where they are safe, and errors by what a caller can do. */
final class Calls {

    private static final Duration BURST_WINDOW = Duration.ofSeconds(10);
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final Duration RECORD_LOCK = Duration.ofSeconds(2);
    private static final int ATTEMPTS_WITHOUT_JSON = 3;
    private static final int LOCKED = 423;
    private static final int MOVING = 477;

    private final TimeSource time;
    private final HubSpotPacing pacing;
    private final boolean background;
    private final Retrier retrier;
    private final Duration longestWait;
    private final Supplier<AccessToken> token;
    private final Events events;
    private final Runnable check;
    private final ThreadLocal<String> correlationId = ThreadLocal.withInitial(() -> "");

    Calls(
            TimeSource time,
            HubSpotPacing pacing,
            boolean background,
            Retrier retrier,
            Duration longestWait,
            Supplier<AccessToken> token,
            Events events,
            Runnable check) {
        this.time = time;
        this.pacing = pacing;
        this.background = background;
        this.retrier = retrier;
        this.longestWait = longestWait;
        this.token = token;
        this.events = events;
        this.check = check;
    }

    TimeSource time() {
        return time;
    }

    Events events() {
        return events;
    }

    /** By which HubSpot's support knows the latest call of this thread that went well; empty if its answer did not say. */
    String correlationId() {
        return correlationId.get();
    }

    /** Waits between calls that belong together. */
    void sleep(Duration duration) {
        try {
            time.sleep(duration);
        } catch (InterruptedException e) {
            throw interrupted(e, false);
        }
    }

    private static HubSpotUnavailableException interrupted(InterruptedException e, boolean mayHaveHappened) {
        Thread.currentThread().interrupt();
        return new HubSpotUnavailableException(
                "Interrupted while calling HubSpot.", Failure.NOT_SENT.because(e), mayHaveHappened);
    }

    /** A call that may be repeated without doing harm, and is answered with a body. */
    <A> A repeatable(Lane lane, Supplier<Call<A>> call) {
        return repeatableMaybeEmpty(lane, call).orElseThrow(() -> empty(call.get()));
    }

    /** A call that may be repeated without doing harm, and may be answered with 204. */
    <A> Optional<A> repeatableMaybeEmpty(Lane lane, Supplier<Call<A>> call) {
        return run(lane, call, Repeats.ALWAYS);
    }

    /** A call that must not be repeated once it may have been carried out. */
    <A> A once(Lane lane, Supplier<Call<A>> call) {
        return run(lane, call, Repeats.NEVER).orElseThrow(() -> empty(call.get()));
    }

    /** The same for a call about one record: a lock refuses all of it, so that it may be repeated. */
    <A> A onceAlone(Lane lane, Supplier<Call<A>> call) {
        return run(lane, call, Repeats.WHEN_LOCKED).orElseThrow(() -> empty(call.get()));
    }

    private static HubSpotUnavailableException empty(Call<?> call) {
        Failure failure = Failure.of(
                call.request().method(), Redaction.path(call.request().url()), 1);
        return new HubSpotUnavailableException(failure.told() + " was answered without a body.", failure, true);
    }

    private <A> Optional<A> run(Lane lane, Supplier<Call<A>> call, Repeats repeats) {
        Course course = new Course();
        try {
            return retrier.call(number -> attempt(lane, call.get(), new Attempt(number, repeats, course)));
        } catch (HubSpotException e) {
            if (course.mayHaveHappened) {
                e.setMayHaveHappened();
            }
            throw e;
        } catch (InterruptedException e) {
            throw interrupted(e, course.mayHaveHappened);
        }
    }

    /** When a call that may have been carried out is sent again. */
    private enum Repeats {
        ALWAYS,
        WHEN_LOCKED,
        NEVER
    }

    /** What the attempts of a call have in common. */
    private static final class Course {
        boolean mayHaveHappened;
        boolean tokenChanged;
    }

    /** One try, and what may follow when it fails. */
    private record Attempt(int number, Repeats repeats, Course course) {

        /**
         * For a call that may have been carried out.
         *
         * @throws HubSpotUnavailableException at once, if repeating it could do harm
         */
        HubSpotUnavailableException lost(String told, Failure failure) {
            course.mayHaveHappened = true;
            if (repeats != Repeats.ALWAYS) {
                throw new HubSpotUnavailableException(
                        told + " It may have been carried out all the same: look before doing it again.",
                        failure,
                        true);
            }
            return new HubSpotUnavailableException(told, failure, true);
        }
    }

    private <A> Optional<A> attempt(Lane lane, Call<A> call, Attempt attempt) throws TryAgain, InterruptedException {
        Response<A> response = null;
        Request request;
        Failure failure = Failure.NOT_SENT;
        long start = 0;
        try (RollingWindow.Permit permit = pacing.enter(lane, time, background)) {
            check.run();
            request = call.request();
            failure = Failure.of(request.method(), Redaction.path(request.url()), attempt.number());
            start = time.nanoTime();
            response = call.execute();
        } catch (UnusableBodyException | JsonDataException e) {
            throw unusable(e, failure, attempt);
        } catch (BoundedBodies.TooLongException e) {
            throw attempt.lost(failure.told() + ": " + e.getMessage() + ".", failure.because(e));
        } catch (IOException e) {
            throw lost(e, failure, attempt);
        } finally {
            if (response == null && failure.attempts() > 0) {
                called(failure, "", start);
            }
        }
        pacing.answered(lane, time, response.headers());
        String answered = response.headers().get("X-HubSpot-Correlation-Id");
        if (response.isSuccessful()) {
            correlationId.set(answered == null ? "" : answered);
            called(failure.answered(response.code(), ErrorBody.NONE), answered, start);
            return Optional.ofNullable(response.body());
        }
        ErrorBody error = error(response, request, answered);
        failure = failure.answered(response.code(), error);
        called(failure, error.correlationId(), start);
        String sentToken = response.raw().request().header("Authorization");
        throw refusal(lane, response.headers(), failure, error, sentToken, attempt);
    }

    private void called(Failure failure, @Nullable String correlationId, long start) {
        events.called(new HubSpotListener.Call(
                failure.method(),
                failure.path(),
                failure.status(),
                failure.error().category(),
                correlationId == null ? "" : correlationId,
                failure.attempts(),
                Duration.ofNanos(time.nanoTime() - start)));
    }

    private TryAgain unusable(Exception e, Failure failure, Attempt attempt) {
        String told = failure.told() + " was answered with " + e.getMessage() + ".";
        HubSpotUnavailableException lost = attempt.lost(told, failure.because(e));
        if (attempt.number() >= ATTEMPTS_WITHOUT_JSON) {
            throw lost;
        }
        return TryAgain.backingOff(lost);
    }

    private TryAgain lost(IOException e, Failure failure, Attempt attempt) {
        String told = failure.told() + " got no usable answer: " + e.getMessage() + ".";
        boolean neverSent = e instanceof ConnectException
                || e instanceof UnknownHostException
                || e instanceof NoRouteToHostException
                || e instanceof SSLHandshakeException;
        return TryAgain.backingOff(
                neverSent
                        ? new HubSpotUnavailableException(told, failure.because(e), false)
                        : attempt.lost(told, failure.because(e)));
    }

    private TryAgain refusal(
            Lane lane, Headers headers, Failure failure, ErrorBody error, @Nullable String sentToken, Attempt attempt) {
        Duration asked = Http.retryAfter(headers.get("Retry-After"));
        int status = failure.status();
        return switch (status) {
            case 401 -> unauthorized(failure, sentToken, attempt);
            case 403 -> throw permission(failure);
            case 404 -> missing(failure, error, attempt);
            case 429 -> limited(lane, headers, asked, failure, error);
            case LOCKED -> locked(asked, failure, attempt);
            case MOVING -> moving(asked, failure);
            default -> {
                if (status >= 500 && status != 501) {
                    yield TryAgain.backingOff(attempt.lost(failure.told() + ".", failure));
                }
                if (status < 400) {
                    throw new HubSpotRequestException(
                            failure.told() + ", a redirection to another address, which is not followed with a token.",
                            failure);
                }
                if (status == 409 || !error.ownerId().isEmpty()) {
                    throw new HubSpotConflictException(failure.told() + ".", failure);
                }
                throw new HubSpotRequestException(failure.told() + "." + advice(failure), failure);
            }
        };
    }

    /** Only HubSpot can tell that a record does not exist: a gateway's 404 is no answer. */
    private static TryAgain missing(Failure failure, ErrorBody error, Attempt attempt) {
        if (error.isReadable()) {
            throw new HubSpotNotFoundException(failure.told() + ".", failure);
        }
        return TryAgain.backingOff(attempt.lost(failure.told() + ", which does not come from HubSpot.", failure));
    }

    /** A token that was replaced meanwhile is worth one more attempt. */
    private TryAgain unauthorized(Failure failure, @Nullable String sentToken, Attempt attempt) {
        HubSpotAuthenticationException dead = new HubSpotAuthenticationException(
                failure.told() + ". Give a valid access token (private app, service key or OAuth).", failure);
        if (!attempt.course().tokenChanged && !token.get().header().equals(sentToken)) {
            attempt.course().tokenChanged = true;
            return TryAgain.after(Duration.ZERO, dead);
        }
        throw dead;
    }

    private static HubSpotPermissionException permission(Failure failure) {
        String scopes = failure.error().missingScopes().isEmpty()
                ? "the scope that this call needs"
                : "the scope " + String.join(" or ", failure.error().missingScopes());
        return new HubSpotPermissionException(
                failure.told() + ". Add " + scopes + " in HubSpot, under Settings > Integrations, to the private app or"
                        + " service key of this token.",
                failure);
    }

    private static String advice(Failure failure) {
        if (failure.status() == 414) {
            return " Ask for fewer properties, or read by batch.";
        }
        return failure.error().says(ErrorBody.Sign.REQUIRED_PROPERTIES)
                ? " The account requires a value for "
                        + String.join(", ", failure.error().properties())
                        + ": give one, or make the property optional in HubSpot."
                : "";
    }

    /** Only the day's limit is worth giving up for; the others end by themselves. None was carried out. */
    private TryAgain limited(Lane lane, Headers headers, @Nullable Duration asked, Failure failure, ErrorBody error) {
        if (error.isAboutDay()) {
            Instant until = pacing.spent(lane, time, asked);
            String zone = pacing.knowsZone()
                    ? ""
                    : "; the day ends at midnight in the account's time zone, which account().get() tells";
            throw new HubSpotLimitException(
                    failure.told() + ". Calls may be made again at " + until + zone + ".", until, failure);
        }
        Integer interval = Http.count(headers.get("X-HubSpot-RateLimit-Interval-Milliseconds"));
        Duration usual = error.policy().equals("SECONDLY") || (error.policy().isEmpty() && lane == Lane.SEARCH)
                ? A_SECOND
                : interval == null ? BURST_WINDOW : Duration.ofMillis(interval);
        Duration pause = asked == null ? usual : asked;
        if (pause.compareTo(longestWait) > 0) {
            throw new HubSpotUnavailableException(
                    failure.told() + ". HubSpot asks to wait " + pause.toMinutes() + " minutes.",
                    failure,
                    false,
                    pause);
        }
        pacing.pause(lane, time, pause);
        events.paused(new HubSpotListener.Pause(lane.toString(), error.policy(), pause), failure.told() + ".");
        return TryAgain.after(pause, new HubSpotUnavailableException(failure.told() + ".", failure, false));
    }

    /** Locks last about two seconds. Whether others of the same batch were written is not documented. */
    private static TryAgain locked(@Nullable Duration asked, Failure failure, Attempt attempt) {
        Duration usual = RECORD_LOCK.multipliedBy(attempt.number());
        Duration wait = asked == null || asked.compareTo(RECORD_LOCK) < 0 ? usual : asked;
        String told = failure.told() + ".";
        return TryAgain.after(
                wait,
                attempt.repeats() == Repeats.WHEN_LOCKED
                        ? new HubSpotUnavailableException(told, failure, false)
                        : attempt.lost(told, failure));
    }

    /** The account was not reached, so nothing was carried out. */
    private TryAgain moving(@Nullable Duration asked, Failure failure) {
        HubSpotUnavailableException moving = new HubSpotUnavailableException(
                failure.told() + ". The account is being moved to another data centre"
                        + (asked == null ? "." : "; HubSpot asks to wait " + asked.toMinutes() + " minutes."),
                failure,
                false,
                asked);
        if (asked != null && asked.compareTo(longestWait) > 0) {
            throw moving;
        }
        return asked == null ? TryAgain.backingOff(moving) : TryAgain.after(asked, moving);
    }

    private static ErrorBody error(Response<?> response, Request request, @Nullable String correlationId) {
        try {
            String body =
                    response.errorBody() == null ? "" : response.errorBody().string();
            Wire.Error error = Wire.error(body);
            return error == null
                    ? ErrorBody.NONE
                    : ErrorBody.of(error, Redaction.ofWhatWasSent(request), correlationId);
        } catch (IOException e) {
            throw new UncheckedIOException("Retrofit keeps the bodies of errors in memory", e);
        }
    }
}
