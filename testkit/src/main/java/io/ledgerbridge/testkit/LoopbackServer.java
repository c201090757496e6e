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
import okhttp3.HttpUrl;

/** A fake on a real socket of 127.0.0.1, until it is closed. */
public final class LoopbackServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;
    private final FakeService service;

    private LoopbackServer(HttpServer server, ExecutorService threads, FakeService service) {
        this.server = server;
        this.threads = threads;
        this.service = service;
    }

    static LoopbackServer start(FakeService service) {
        // Without this the JDK's server holds back each answer by 40 ms; it is read when the first server is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "fake-server");
                thread.setDaemon(true);
                return thread;
            });
            LoopbackServer loopback = new LoopbackServer(server, threads, service);
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
        try {
            FakeAnswer answer = service.answer(read(exchange));
            service.time.sleep(answer.delay());
            if (!answer.dropped()) {
                write(exchange, answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            service.answered();
            exchange.close();
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
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
