package io.ledgerbridge.hubspot;

import io.ledgerbridge.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.ByteString;

/** A server that answers what a test says, in the order it says it, and a client of it on a virtual clock. */
final class Server implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-02T04:45:30Z");
    static final String TOKEN = "pat-eu1-secret";

    /** A request with its body, which can be read once only. */
    record Request(String line, String body, RecordedRequest raw) {}

    final VirtualTime time = VirtualTime.startingAt(START);
    private final MockWebServer server = new MockWebServer();
    private final Deque<Function<Request, MockResponse>> answers = new LinkedBlockingDeque<>();
    private final List<Request> requests = new ArrayList<>();

    Server() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
        server.setServerSocketFactory(new NoDelayServerSockets());
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers leave at once instead of waiting for an acknowledgement, 40 ms a call. */
    private static final class NoDelayServerSockets extends ServerSocketFactory {
        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public Socket accept() throws IOException {
                    Socket socket = super.accept();
                    socket.setTcpNoDelay(true);
                    return socket;
                }
            };
        }

        @Override
        public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException("bound later");
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException("bound later");
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException("bound later");
        }
    }

    private synchronized MockResponse answer(RecordedRequest raw) {
        ByteString body = raw.getBody();
        String query = raw.getUrl().encodedQuery();
        Request request = new Request(
                raw.getMethod() + " " + raw.getUrl().encodedPath() + (query == null ? "" : "?" + query),
                body == null ? "" : body.utf8(),
                raw);
        requests.add(request);
        Function<Request, MockResponse> prepared = answers.poll();
        return prepared == null ? json(501, "{\"message\":\"no answer was prepared\"}") : prepared.apply(request);
    }

    static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json;charset=UTF-8")
                .body(body)
                .build();
    }

    Server answer(int status, String body) {
        return answer(json(status, body));
    }

    Server answer(MockResponse response) {
        return answer(request -> response);
    }

    Server answer(Function<Request, MockResponse> response) {
        answers.add(response);
        return this;
    }

    /** The request has arrived, and its answer never does. */
    Server dropTheAnswer() {
        return answer(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized Request last() {
        return requests.get(requests.size() - 1);
    }

    Duration waited() {
        return Duration.between(START, time.now());
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    HubSpot.Builder builder() {
        return HubSpot.builder(AccessToken.of(TOKEN))
                .endpoint(url())
                .timeSource(time)
                .random(new Random(1));
    }

    HubSpot client() {
        return builder().build();
    }

    @Override
    public void close() {
        server.close();
    }
}
