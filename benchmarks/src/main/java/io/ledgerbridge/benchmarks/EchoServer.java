package io.ledgerbridge.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Answers batch upserts by saying them back, with as little work as possible: what is measured is the client. Prints its
 * port and runs until its input ends.
 */
public final class EchoServer {

    private static final String STAMPS =
            "\"createdAt\":\"2026-09-14T06:11:02.417Z\",\"updatedAt\":\"2026-09-14T06:11:03.020Z\",\"archived\":false";

    private EchoServer() {}

    public static void main(String[] arguments) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    socket.setTcpNoDelay(true);
                    daemon(() -> serve(socket));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        System.out.println(server.getLocalPort());
        System.in.read();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            OutputStream out = socket.getOutputStream();
            while (true) {
                out.write(answer(request(in)));
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    /** The body of the next request. */
    private static String request(InputStream in) throws IOException {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static byte[] answer(String body) {
        StringBuilder results = new StringBuilder(body.length() * 2)
                .append("{\"status\":\"COMPLETE\",\"startedAt\":\"2026-09-14T06:11:02.100Z\",\"completedAt\":")
                .append("\"2026-09-14T06:11:02.460Z\",\"results\":[");
        String mark = "\"properties\":{";
        int id = 0;
        for (int from = body.indexOf(mark); from >= 0; from = body.indexOf(mark, from + 1)) {
            int end = body.indexOf('}', from);
            results.append(id == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(55_512_345_000L + id++)
                    .append("\",\"new\":true,")
                    .append(body, from, end + 1)
                    .append(',')
                    .append(STAMPS)
                    .append('}');
        }
        byte[] json = results.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\nContent-Length: "
                        + json.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] answer = new byte[head.length + json.length];
        System.arraycopy(head, 0, answer, 0, head.length);
        System.arraycopy(json, 0, answer, head.length, json.length);
        return answer;
    }
}
