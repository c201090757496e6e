package io.ledgerbridge.zohobooks;

import io.ledgerbridge.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.LinkedBlockingDeque;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;

/** A server that answers what a test says, in the order it says it; tokens are numbered and always there. */
final class Wire {

    static final Instant START = Instant.parse("2026-03-02T04:45:30Z");

    final VirtualTime time = VirtualTime.startingAt(START);
    private final MockWebServer server = new MockWebServer();
    private final Deque<MockResponse> answers = new LinkedBlockingDeque<>();
    private final Deque<MockResponse> tokenAnswers = new LinkedBlockingDeque<>();
    private final Deque<RecordedRequest> api = new LinkedBlockingDeque<>();
    private final Deque<RecordedRequest> tokens = new LinkedBlockingDeque<>();
    private int nextToken = 1;
    private int apiRequests;

    Wire() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        if (request.getUrl().encodedPath().startsWith("/oauth/")) {
            tokens.add(request);
            MockResponse prepared = tokenAnswers.poll();
            return prepared != null ? prepared : json(200, token(""));
        }
        api.add(request);
        apiRequests++;
        MockResponse prepared = answers.poll();
        return prepared != null ? prepared : json(501, "{\"code\":-1,\"message\":\"no answer was prepared\"}");
    }

    /** The answer to a token request, with more members such as {@code ,"api_domain":"..."}. */
    synchronized String token(String more) {
        return "{\"access_token\":\"1000.access." + nextToken++ + "\",\"token_type\":\"Bearer\",\"expires_in\":3600"
                + more + "}";
    }

    static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json;charset=UTF-8")
                .body(body)
                .build();
    }

    Wire answer(String body) {
        return answer(200, body);
    }

    Wire answer(int status, String body) {
        return answer(json(status, body));
    }

    Wire answer(MockResponse response) {
        answers.add(response);
        return this;
    }

    Wire answerBytes(Buffer body) {
        return answer(new MockResponse.Builder().body(body).build());
    }

    Wire dropTheConnection() {
        return answer(new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseSocket())
                .build());
    }

    /** The request has arrived, and its answer never does. */
    Wire dropTheAnswer() {
        return answer(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
    }

    Wire answerToken(int status, String body) {
        tokenAnswers.add(json(status, body));
        return this;
    }

    RecordedRequest apiRequest() {
        return api.remove();
    }

    RecordedRequest tokenRequest() {
        return tokens.remove();
    }

    int tokenRequests() {
        return tokens.size();
    }

    synchronized int apiRequests() {
        return apiRequests;
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    ZohoBooks.Builder client() {
        return ZohoBooks.builder(ZohoCredentials.refreshToken("1000.CLIENT", "s3cret", "1000.r3fresh"))
                .endpoints(url(), url())
                .timeSource(time)
                .random(new Random(1));
    }

    void close() {
        server.close();
    }
}
