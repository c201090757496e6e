package io.ledgerbridge.zohobooks;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import io.ledgerbridge.rest.internal.Http;
import io.ledgerbridge.rest.internal.Retrier;
import io.ledgerbridge.rest.internal.RollingWindow;
import io.ledgerbridge.rest.internal.TryAgain;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooksException.Details;
import io.ledgerbridge.zohobooks.internal.Envelopes;
import io.ledgerbridge.zohobooks.internal.TokenSource;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retrofit2.Call;
import retrofit2.Response;

/** The one path from a Retrofit call to a value: token, pacing, retries, and errors by the code of their envelope. */
final class Calls {

    private static final Logger log = LoggerFactory.getLogger(Calls.class);

    private static final int MINUTE_LIMIT = 44;
    private static final int DAY_LIMIT = 45;
    private static final int CONCURRENCY_LIMIT = 1070;

    private final TimeSource time;
    private final ZohoPacing pacing;
    private final Retrier retrier;
    private final TokenSource tokens;
    private final Moshi moshi;
    private final ThreadLocal<String> tokenOfThisCall = new ThreadLocal<>();

    Calls(TimeSource time, ZohoPacing pacing, Retrier retrier, TokenSource tokens, Moshi moshi) {
        this.time = time;
        this.pacing = pacing;
        this.retrier = retrier;
        this.tokens = tokens;
        this.moshi = moshi;
    }

    /** A value with the clock of the service. */
    record Answer<T>(T body, @Nullable Instant answeredAt) {}

    /** The token for the request that the current thread makes right now. */
    @Nullable
    String tokenOfThisCall() {
        return tokenOfThisCall.get();
    }

    <T extends Envelopes.Envelope> T execute(Supplier<Call<T>> call) {
        return answer(call).body();
    }

    <T extends Envelopes.Envelope> Answer<T> answer(Supplier<Call<T>> call) {
        boolean[] tokenRenewed = new boolean[1];
        try {
            return retrier.call(() -> attempt(call.get(), tokenRenewed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ZohoUnavailableException("interrupted while calling Zoho Books", Details.cause(e));
        }
    }

    private <T extends Envelopes.Envelope> Answer<T> attempt(Call<T> call, boolean[] tokenRenewed)
            throws TryAgain, InterruptedException {
        String token = tokens.token();
        Response<T> response;
        tokenOfThisCall.set(token);
        try (RollingWindow.Permit permit = pacing.enter(time)) {
            response = call.execute();
        } catch (IOException e) {
            throw TryAgain.backingOff(new ZohoUnavailableException(
                    "Zoho Books gave no usable answer to GET " + path(call) + ": " + e.getMessage(), Details.cause(e)));
        } catch (JsonDataException e) {
            throw new ZohoRequestException(
                    "Zoho Books answered GET " + path(call) + " in an unknown shape: " + e.getMessage(),
                    Details.cause(e));
        } finally {
            tokenOfThisCall.remove();
        }
        learnQuota(response.headers());
        Envelopes.Envelope body = response.body() != null ? response.body() : failure(response);
        int code = body == null || body.code() == null ? 0 : body.code().intValue();
        if (response.isSuccessful() && response.body() != null && code == 0) {
            return new Answer<>(response.body(), date(response.headers()));
        }
        String message = body == null ? "" : body.message();
        throw refusal(call, response, code, message, token, tokenRenewed);
    }

    private TryAgain refusal(
            Call<?> call, Response<?> response, int code, String message, String token, boolean[] tokenRenewed)
            throws TryAgain {
        int status = response.code();
        Details details = new Details(status, code, null);
        String what = "Zoho Books answered GET " + path(call) + " with status " + status
                + (code == 0 ? "" : ", code " + code) + (message.isEmpty() ? "" : ": " + message);
        if (status == 401) {
            if (!tokenRenewed[0]) {
                tokenRenewed[0] = true;
                tokens.refused(token);
                return TryAgain.after(Duration.ZERO, permission(what, details));
            }
            throw permission(what, details);
        }
        if (status == 429) {
            return limited(code, response.headers(), what, details);
        }
        if (status >= 500 && status != 501) {
            return TryAgain.backingOff(new ZohoUnavailableException(what, details));
        }
        if (code == 6041) {
            throw new ZohoConfigurationException(
                    what + " Check the organisation id: the token's user must belong to it.", details);
        }
        if (status == 404) {
            throw new ZohoNotFoundException(what, details);
        }
        throw new ZohoRequestException(what, details);
    }

    private static ZohoPermissionException permission(String what, Details details) {
        return new ZohoPermissionException(
                what
                        + " The token is new, so it lacks the scope for this, its user lacks the role, or the data centre is"
                        + " the wrong one.",
                details);
    }

    /** Three refusals with one status, told apart by the code. */
    private TryAgain limited(int code, Headers headers, String what, Details details) {
        Duration asked = Http.retryAfter(headers.get("Retry-After"));
        return switch (code) {
            case MINUTE_LIMIT -> paused(asked == null ? Duration.ofSeconds(60) : asked, what, details);
            case CONCURRENCY_LIMIT -> paused(asked == null ? Duration.ofSeconds(5) : asked, what, details);
            case DAY_LIMIT -> {
                Duration reset = Http.retryAfter(headers.get("X-Rate-Limit-Reset"));
                Instant resumesAt = time.now().plus(reset == null ? Duration.ofHours(24) : reset);
                throw new ZohoLimitException(
                        what + " Calls may be made again at " + resumesAt + ".", resumesAt, details);
            }
            default -> paused(asked == null ? Duration.ofSeconds(30) : asked, what, details);
        };
    }

    /** Everyone who shares the pacing waits, not only this call. */
    private TryAgain paused(Duration pause, String what, Details details) {
        log.info("{} Waiting {} s.", what, pause.toSeconds());
        pacing.pause(time, pause);
        return TryAgain.after(pause, new ZohoUnavailableException(what, details));
    }

    private void learnQuota(Headers headers) {
        Integer limit = Http.count(headers.get("X-Rate-Limit-Limit"));
        Integer remaining = Http.count(headers.get("X-Rate-Limit-Remaining"));
        Duration reset = Http.retryAfter(headers.get("X-Rate-Limit-Reset"));
        if (limit != null && remaining != null && reset != null) {
            pacing.learned(new ZohoQuota(limit, remaining, time.now().plus(reset)));
        }
    }

    private Envelopes.@Nullable Failure failure(Response<?> response) {
        try {
            return response.errorBody() == null
                    ? null
                    : moshi.adapter(Envelopes.Failure.class)
                            .fromJson(response.errorBody().string());
        } catch (IOException | JsonDataException e) {
            return null;
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

    private static String path(Call<?> call) {
        return call.request().url().encodedPath();
    }
}
