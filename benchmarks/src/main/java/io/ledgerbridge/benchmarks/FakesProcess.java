package io.ledgerbridge.benchmarks;

import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.LoopbackServer;
import io.ledgerbridge.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Both fakes in a process of their own, so that their memory is not in the way. They end when their input does. */
public final class FakesProcess implements AutoCloseable {

    private final Process process;
    final String zohoUrl;
    final String clientId;
    final String clientSecret;
    final String refreshToken;
    final String organizationId;
    final String hubSpotUrl;
    final String accessToken;

    private FakesProcess(Process process, String[] settings) {
        this.process = process;
        zohoUrl = settings[0];
        clientId = settings[1];
        clientSecret = settings[2];
        refreshToken = settings[3];
        organizationId = settings[4];
        hubSpotUrl = settings[5];
        accessToken = settings[6];
    }

    /** Starts the process and waits until its books are filled. */
    static FakesProcess start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx4g",
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakesProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the process of the fakes ended before it was ready");
        }
        return new FakesProcess(process, line.split(" "));
    }

    @Override
    public void close() {
        process.destroy();
    }

    public static void main(String[] arguments) {
        TimeSource time = TimeSource.system();
        FakeZohoBooks books = LargeCompany.withLines().books(time);
        FakeHubSpot account = FakeHubSpot.builder(time).withoutLimits().build();
        try (LoopbackServer zoho = books.start();
                LoopbackServer hubspot = account.start()) {
            System.out.println(String.join(
                    " ",
                    zoho.url(),
                    books.clientId(),
                    books.clientSecret(),
                    books.refreshToken(),
                    books.organizationId(),
                    hubspot.url(),
                    account.accessToken()));
            untilInputEnds();
        }
        System.exit(0);
    }

    private static void untilInputEnds() {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            while (input.readLine() != null) {
                // Nobody says anything.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
