package io.ledgerbridge.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** Answers inside the process; waiting goes through the fake's clock, the read time-out included. */
final class InMemoryFront implements Interceptor {

    private static final Map<String, MediaType> TYPES = Map.of(
            FakeAnswer.JSON, MediaType.get(FakeAnswer.JSON),
            FakeAnswer.HTML, MediaType.get(FakeAnswer.HTML));

    private final FakeService service;

    InMemoryFront(FakeService service) {
        this.service = service;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!service.answersFor(request.url())) {
            return chain.proceed(request);
        }
        try {
            FakeAnswer answer = service.answer(read(request));
            Duration readTimeout = Duration.ofMillis(chain.readTimeoutMillis());
            boolean tooLate = !readTimeout.isZero() && answer.delay().compareTo(readTimeout) > 0;
            service.time.sleep(tooLate ? readTimeout : answer.delay());
            if (tooLate) {
                throw new SocketTimeoutException("timeout");
            }
            if (answer.dropped()) {
                throw new SocketException("Connection reset");
            }
            return response(request, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            service.answered();
        }
    }

    private static FakeRequest read(Request request) throws IOException {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(pair -> headers.put(pair.getFirst().toLowerCase(Locale.ROOT), pair.getSecond()));
        Buffer body = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(body);
        }
        return new FakeRequest(request.method(), request.url(), headers, body.readUtf8());
    }

    private static Response response(Request request, FakeAnswer answer) {
        Response.Builder response = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(answer.status())
                .message("")
                .body(ResponseBody.create(
                        answer.body(), TYPES.get(answer.headers().getOrDefault("Content-Type", ""))));
        answer.headers().forEach(response::header);
        return response.build();
    }
}
