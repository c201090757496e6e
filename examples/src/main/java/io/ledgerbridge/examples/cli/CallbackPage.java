package io.ledgerbridge.examples.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The page to which the browser comes back when access was granted, on this machine alone. */
final class CallbackPage implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String PATH = "/callback";
    private static final int OK = 200;

    private final HttpServer server;
    private final CompletableFuture<String> callback = new CompletableFuture<>();

    private CallbackPage(HttpServer server) {
        this.server = server;
    }

    static CallbackPage open(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            CallbackPage page = new CallbackPage(server);
            server.createContext(PATH, page::answer);
            server.start();
            return page;
        } catch (IOException e) {
            throw new BadSetting("The port " + port + " cannot be used; name another with --callback-port, and register"
                    + " its address with the Zoho client.");
        }
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + PATH;
    }

    /** The first request counts; whether it is forged is seen by its state. */
    private void answer(HttpExchange exchange) throws IOException {
        byte[] page = "Ledgerbridge has its answer; you may close this page, and read on in the terminal."
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(OK, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
        callback.complete(exchange.getRequestURI().toString());
    }

    /** Path and query of the browser's request. */
    String awaitCallback() throws InterruptedException {
        try {
            return TimeSource.system().await(callback, LONGEST);
        } catch (TimeoutException | ExecutionException e) {
            throw new BadSetting("Nobody came back from the browser within " + LONGEST.toMinutes()
                    + " minutes; nothing was connected.");
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
