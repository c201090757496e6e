package io.ledgerbridge.benchmarks;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.Together;
import io.ledgerbridge.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/** The HubSpot client: its limiter, and how large it is. */
final class HubSpotFigures {

    private static final Instant START = Instant.parse("2026-03-02T04:45:30Z");
    private static final int PLAN = 190;
    private static final int AT_ONCE = 10;
    private static final int MINUTES = 10;

    private final Targets targets;

    HubSpotFigures(Targets targets) {
        this.targets = targets;
    }

    void print() throws Exception {
        limiter();
        jars();
        lines();
    }

    /** Ten simulated minutes, 10 threads, 20 to 400 ms of latency, a plan that the client has to learn. */
    private void limiter() throws Exception {
        VirtualTime time = VirtualTime.startingAt(START);
        FakeHubSpot account =
                FakeHubSpot.builder(time).requestsPer10Seconds(PLAN).build();
        HubSpot hubspot = HubSpot.builder(AccessToken.of(account.accessToken()))
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(Simulation.latency(time))
                        .addInterceptor(account.interceptor())
                        .build())
                .timeSource(time)
                .random(new Random(1))
                .build();
        Instant end = START.plus(Duration.ofMinutes(MINUTES));
        AtomicInteger answered = new AtomicInteger();
        Together.run(time, AT_ONCE, number -> {
            while (true) {
                hubspot.account().enablement();
                if (!time.now().isBefore(end)) {
                    return;
                }
                answered.incrementAndGet();
            }
        });
        double used = answered.get() / (MINUTES * 6.0 * PLAN);
        long refused = account.traffic().count(call -> call.status() == 429);
        targets.tell(
                "HubSpot: share of " + PLAN + " calls in 10 s used in 10 minutes",
                String.format("%.1f %%", used * 100),
                ">= 95 %",
                used >= 0.95);
        targets.tell("HubSpot: answers with status 429", String.valueOf(refused), "0", refused == 0);
    }

    /** What an application gets that uses the client alone: the jars of its run-time class path. */
    private void jars() throws IOException {
        List<String> others =
                List.of("testkit", "zoho", "logback", "jmh", "jopt", "commons-math", "datafaker", "benchmarks");
        long bytes = 0;
        for (String element : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            String name = Path.of(element).getFileName().toString();
            if (element.endsWith(".jar") && others.stream().noneMatch(name::contains)) {
                bytes += Files.size(Path.of(element));
            }
        }
        double megabytes = bytes / 1e6;
        targets.tell(
                "HubSpot: jar with its run-time dependencies",
                String.format("%.2f MB", megabytes),
                "< 5 MB",
                megabytes < 5);
    }

    private void lines() throws IOException {
        Path sources = Path.of("hubspot-client/src/main/java");
        if (!Files.isDirectory(sources)) {
            return;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> all = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(HubSpotFigures::linesOf)
                    .toList();
            long code = all.stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("*") && !line.startsWith("/"))
                    .count();
            targets.tell(
                    "HubSpot: lines of code (" + all.size() + " with comments and blank ones)",
                    String.valueOf(code),
                    "< 6000",
                    code < 6_000);
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
