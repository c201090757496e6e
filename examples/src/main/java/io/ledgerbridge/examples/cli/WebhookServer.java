package io.ledgerbridge.examples.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.WebhookHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A page on this machine that Zoho's webhooks reach through a proxy, which ends TLS. */
final class WebhookServer implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int NO_BODY = -1;
    private static final int STOP_AT_ONCE = 0;

    private final HttpServer server;
    private final ExecutorService threads;

    private WebhookServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** @param port 0 for any that is free */
    static WebhookServer start(int port, WebhookHandler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, handler));
            server.start();
            return new WebhookServer(server, threads);
        } catch (IOException e) {
            throw new BadSetting("--webhook-port: the port " + port + " cannot be used: " + e.getMessage() + ".");
        }
    }

    private static void answer(HttpExchange exchange, WebhookHandler handler) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            // One byte more than is allowed tells that it is too much; the rest is not read.
            byte[] read = body.readNBytes(WebhookHandler.DEFAULT_LARGEST_BODY + 1);
            int status = handler.handle(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    read);
            exchange.sendResponseHeaders(status, NO_BODY);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(STOP_AT_ONCE);
        threads.shutdown();
    }
}
