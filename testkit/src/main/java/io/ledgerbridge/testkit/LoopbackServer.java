package io.ledgerbridge.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import okhttp3.HttpUrl;

/** A fake, or many of them, on a real socket of 127.0.0.1, until it is closed. */
public final class LoopbackServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;
    private final Function<FakeRequest, FakeService> services;

    private LoopbackServer(HttpServer server, ExecutorService threads, Function<FakeRequest, FakeService> services) {
        this.server = server;
        this.threads = threads;
        this.services = services;
    }

    static LoopbackServer start(FakeService service) {
        return start(request -> service);
    }

    /** @param services who answers a request */
    static LoopbackServer start(Function<FakeRequest, FakeService> services) {
        // Without this the JDK's server holds back each answer by 40 ms; it is read when the first server is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "fake-server");
                thread.setDaemon(true);
                return thread;
            });
            LoopbackServer loopback = new LoopbackServer(server, threads, services);
            server.createContext("/", loopback::handle);
            server.setExecutor(threads);
            server.start();
            return loopback;
        } catch (IOException e) {
            throw new UncheckedIOException("the fake server could not be started on the loopback interface", e);
        }
    }

    /** The address to give to a client, for instance {@code http://127.0.0.1:40231}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            FakeRequest request = read(exchange);
            FakeService service = services.apply(request);
            try {
                FakeAnswer answer = service.answer(request);
                service.time.sleep(answer.delay());
                if (!answer.dropped()) {
                    write(exchange, answer);
                }
            } finally {
                service.answered();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FakeRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        HttpUrl url = HttpUrl.get(url() + exchange.getRequestURI());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new FakeRequest(exchange.getRequestMethod(), url, headers, body);
    }

    private static void write(HttpExchange exchange, FakeAnswer answer) throws IOException {
        byte[] body = answer.body().toByteArray();
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
