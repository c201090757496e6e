package io.ledgerbridge.zohobooks;

import com.squareup.moshi.JsonDataException;
import io.ledgerbridge.rest.internal.BoundedBodies;
import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.rest.internal.Retrier;
import io.ledgerbridge.rest.internal.RollingWindow;
import io.ledgerbridge.rest.internal.TryAgain;
import io.ledgerbridge.rest.internal.UnusableBodyException;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.Tokens.Session;
import io.ledgerbridge.zohobooks.ZohoBooksException.Failure;
import io.ledgerbridge.zohobooks.internal.Answer;
import io.ledgerbridge.zohobooks.internal.LenientJson;
import io.ledgerbridge.zohobooks.internal.WireConverter;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Call;
import retrofit2.Response;

/** The one path from a Retrofit call to a value: token, pacing, retries, and errors by the code of their envelope. */
final class Calls {

    private static final Logger log = LoggerFactory.getLogger(ZohoBooks.class);

    private static final int MINUTE_LIMIT = 44;
    private static final int DAY_LIMIT = 45;
    private static final int CONCURRENCY_LIMIT = 1070;
    private static final int INTERNAL_ERROR = 1000;
    private static final int NO_SUCH_RECORD = 1002;
    private static final int NOT_OF_THIS_ORGANIZATION = 6041;

    private static final int ATTEMPTS_WITHOUT_JSON = 3;
    private static final Duration UNTIL_THE_NEXT_MINUTE = Duration.ofSeconds(60);
    private static final Duration UNTIL_CALLS_HAVE_ENDED = Duration.ofSeconds(2);
    private static final Duration AFTER_AN_UNKNOWN_LIMIT = Duration.ofSeconds(30);
    private static final Duration DENIED_FOR = Duration.ofMinutes(10);
    private static final Duration DAY_WITHOUT_RESET = Duration.ofHours(1);

    private final TimeSource time;
    private final ZohoPacing pacing;
    private final boolean background;
    private final Retrier retrier;
    private final Duration longestWait;
    private final Tokens tokens;
    private final Events events;
    private final Map<String, Long> deniedUntil = new ConcurrentHashMap<>();
    private final ThreadLocal<Session> session = new ThreadLocal<>();

    Calls(
            TimeSource time,
            ZohoPacing pacing,
            boolean background,
            Retrier retrier,
            Duration longestWait,
            Tokens tokens,
            Events events) {
        this.time = time;
        this.pacing = pacing;
        this.background = background;
        this.retrier = retrier;
        this.longestWait = longestWait;
        this.tokens = tokens;
        this.events = events;
    }

    TimeSource time() {
        return time;
    }

    Events events() {
        return events;
    }

    /** A value with the clock of the service. */
    record Answered<A>(A answer, String path, @Nullable Instant at) {}

    /** Token and address for the request that the current thread sends right now. */
    Session sessionOfThisCall() {
        Session now = session.get();
        if (now == null) {
            throw new IllegalStateException("a call is only ever sent from here");
        }
        return now;
    }

    /** A call that may be repeated: it reads. */
    <A extends Answer> Answered<A> answer(Supplier<Call<A>> call) {
        return run(call, true);
    }

    /** A call that must not be repeated once it may have been carried out: there is no key that tells a repetition. */
    <A extends Answer> Answered<A> create(Supplier<Call<A>> call) {
        return run(call, false);
    }

    /**
     * A deletion, which may be repeated.
     *
     * @return false if the record did not exist when it was asked for the first time
     */
    boolean delete(Supplier<Call<Answer.Plain>> call) {
        try {
            run(call, true);
            return true;
        } catch (ZohoNotFoundException e) {
            return e.attempts() > 1;
        }
    }

    private <A extends Answer> Answered<A> run(Supplier<Call<A>> call, boolean repeatable) {
        AtomicBoolean tokenRenewed = new AtomicBoolean();
        try {
            return retrier.call(number -> attempt(call.get(), new Attempt(number, repeatable, tokenRenewed)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ZohoUnavailableException("Interrupted while calling Zoho Books.", Failure.NOT_SENT.because(e));
        }
    }

    private record Attempt(int number, boolean repeatable, AtomicBoolean tokenRenewed) {

        /** Repeats what may be repeated; the rest fails with the advice to look first. */
        TryAgain unlessCreating(ZohoUnavailableException failure) throws TryAgain {
            if (!repeatable) {
                throw new ZohoUnavailableException(
                        failure.getMessage()
                                + " It may have been carried out all the same: look before doing it again.",
                        Failure.of(failure.method(), failure.path(), failure.attempts())
                                .answered(failure.status(), failure.code(), failure.serviceMessage())
                                .because(failure));
            }
            return TryAgain.backingOff(failure);
        }
    }

    private <A extends Answer> Answered<A> attempt(Call<A> call, Attempt attempt)
            throws TryAgain, InterruptedException {
        Session current = tokens.session();
        Response<A> response = null;
        Failure failure = Failure.NOT_SENT;
        long start = 0;
        boolean sent = false;
        session.set(current);
        try (RollingWindow.Permit permit = pacing.enter(time, background)) {
            Request request = call.request();
            failure = Failure.of(request.method(), request.url().encodedPath(), attempt.number());
            start = time.nanoTime();
            sent = true;
            response = call.execute();
        } catch (UnusableBodyException e) {
            throw unusable(e, failure, attempt);
        } catch (BoundedBodies.TooLongException e) {
            throw new ZohoRequestException(failure.told() + ": " + e.getMessage() + ".", failure.because(e));
        } catch (IOException e) {
            throw attempt.unlessCreating(new ZohoUnavailableException(
                    failure.told() + " got no usable answer: " + e.getMessage() + ".", failure.because(e)));
        } catch (JsonDataException e) {
            throw new ZohoRequestException(
                    failure.told() + " was answered in a shape that this client does not know: " + e.getMessage() + ".",
                    failure.because(e));
        } finally {
            session.remove();
            if (sent && response == null) {
                called(failure, 0, 0, start);
            }
        }
        String errorText = errorText(response);
        Answer body = response.body() != null ? response.body() : WireConverter.failure(errorText);
        int code = body == null ? 0 : body.code();
        called(failure, response.code(), code, start);
        pacing.answered(time, quota(response.headers()));
        A success = response.body();
        if (success != null && code == 0) {
            return new Answered<>(success, failure.path(), date(response.headers()));
        }
        failure = failure.answered(response.code(), code, body == null ? "" : body.message());
        throw refusal(response.headers(), failure, body == null ? errorText : "", current, attempt);
    }

    private void called(Failure failure, int status, int code, long start) {
        events.called(new ZohoListener.Call(
                failure.method(),
                failure.path(),
                status,
                code,
                failure.attempts(),
                Duration.ofNanos(time.nanoTime() - start)));
    }

    private TryAgain unusable(UnusableBodyException e, Failure failure, Attempt attempt) throws TryAgain {
        ZohoUnavailableException unavailable = new ZohoUnavailableException(
                failure.told() + " was answered with " + e.getMessage() + ".", failure.because(e));
        if (attempt.number() >= ATTEMPTS_WITHOUT_JSON) {
            throw unavailable;
        }
        throw attempt.unlessCreating(unavailable);
    }

    /** By the code, which also comes with status 200, then by the status. */
    private TryAgain refusal(Headers headers, Failure failure, String noEnvelope, Session current, Attempt attempt)
            throws TryAgain {
        int status = failure.status();
        int code = status < 300 ? failure.code() : 0;
        if (status == 401 || code == 57 || code == 14) {
            return unauthorized(failure, current, attempt);
        }
        if (status == 429 || code == MINUTE_LIMIT || code == DAY_LIMIT || code == CONCURRENCY_LIMIT) {
            return limited(headers, failure, attempt);
        }
        String told = failure.told()
                + (noEnvelope.isBlank() ? "" : ", beginning with '" + LenientJson.beginning(noEnvelope) + "'");
        if ((status >= 500 && status != 501) || code == INTERNAL_ERROR) {
            return attempt.unlessCreating(new ZohoUnavailableException(told, failure));
        }
        if (status >= 300 && status < 400) {
            throw new ZohoRequestException(
                    failure.told() + ", a redirection to another address, which is not followed with a token.",
                    failure);
        }
        if (failure.code() == NOT_OF_THIS_ORGANIZATION) {
            throw new ZohoConfigurationException(
                    told + " Check the organisation id: the token's user must belong to it.", failure);
        }
        if (status == 404 || code == NO_SUCH_RECORD) {
            throw new ZohoNotFoundException(told, failure);
        }
        throw new ZohoRequestException(told, failure);
    }

    /**
     * A dead token and a missing right look alike. What was denied with a new token stays denied for a while without asking
     * for another: tokens are few, and all other calls need them.
     */
    private TryAgain unauthorized(Failure failure, Session current, Attempt attempt) {
        ZohoPermissionException denied = new ZohoPermissionException(
                failure.told() + " The token is new, so most likely it lacks the scope "
                        + Scopes.neededFor(failure.method(), failure.path()) + " (it has "
                        + Scopes.shown(current.tokens().scopes())
                        + "), or the role of its user does not allow this, or the organisation lives in another data"
                        + " centre than " + current.tokens().dataCenter() + ".",
                failure);
        String scope = Scopes.neededFor(failure.method(), failure.path());
        Long until = deniedUntil.get(scope);
        if (until != null && until - time.nanoTime() > 0) {
            throw denied;
        }
        if (attempt.tokenRenewed().getAndSet(true)) {
            deniedUntil.put(scope, time.nanoTime() + DENIED_FOR.toNanos());
            throw denied;
        }
        tokens.refused(current.accessToken());
        return TryAgain.after(Duration.ZERO, denied);
    }

    /** Refusals with one status, told apart by the code. None was carried out, so all may be repeated. */
    private TryAgain limited(Headers headers, Failure failure, Attempt attempt) {
        Duration asked = Http.retryAfter(headers.get("Retry-After"));
        return switch (failure.code()) {
            case MINUTE_LIMIT -> everyoneWaits(asked == null ? UNTIL_THE_NEXT_MINUTE : asked, failure);
            case CONCURRENCY_LIMIT -> {
                pacing.tooManyAtOnce(time);
                Duration growing = UNTIL_CALLS_HAVE_ENDED.multipliedBy(attempt.number());
                yield waits(asked == null ? growing : asked, failure);
            }
            case DAY_LIMIT -> {
                Duration reset = Http.retryAfter(headers.get("X-Rate-Limit-Reset"));
                Duration longest = reset == null ? asked : reset;
                Duration left = longest == null ? DAY_WITHOUT_RESET : longest;
                Instant until = time.now().plus(left);
                pacing.spentFor(time, left);
                throw new ZohoLimitException(
                        failure.told() + " Calls may be made again at " + until + ".", until, failure);
            }
            default ->
                everyoneWaits(
                        asked == null ? AFTER_AN_UNKNOWN_LIMIT.multipliedBy(1L << (attempt.number() - 1)) : asked,
                        failure);
        };
    }

    private TryAgain everyoneWaits(Duration pause, Failure failure) {
        pacing.pause(time, pause);
        return waits(pause, failure);
    }

    private TryAgain waits(Duration pause, Failure failure) {
        if (pause.compareTo(longestWait) > 0) {
            Instant until = time.now().plus(pause);
            throw new ZohoLimitException(failure.told() + " Calls may be made again at " + until + ".", until, failure);
        }
        log.info("{} Waiting {} s.", failure.told(), pause.toSeconds());
        return TryAgain.after(pause, new ZohoUnavailableException(failure.told(), failure));
    }

    private @Nullable ZohoQuota quota(Headers headers) {
        Integer limit = Http.count(headers.get("X-Rate-Limit-Limit"));
        Integer remaining = Http.count(headers.get("X-Rate-Limit-Remaining"));
        Duration reset = Http.retryAfter(headers.get("X-Rate-Limit-Reset"));
        return limit == null || remaining == null || reset == null
                ? null
                : new ZohoQuota(limit, remaining, time.now().plus(reset));
    }

    private static String errorText(Response<?> response) {
        try {
            return response.errorBody() == null ? "" : response.errorBody().string();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Retrofit keeps the bodies of errors in memory", e);
        }
    }

    private static @Nullable Instant date(Headers headers) {
        String date = headers.get("Date");
        try {
            return date == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
