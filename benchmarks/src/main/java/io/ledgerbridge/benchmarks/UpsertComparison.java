package io.ledgerbridge.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * CPU time that a record costs a client, ours and HubSpot's own for Node, through the same echo server in one run. Each is a
 * process of its own and is measured from outside, after its warm-up. Ends with 1 if the target is missed.
 */
public final class UpsertComparison {

    private static final int WARM_UP = 50_000;
    private static final int LOAD = 500_000;
    private static final int AT_ONCE = 6;
    private static final double TARGET = 2.0 / 3;
    private static final int ROUNDS = 5;

    private UpsertComparison() {}

    /** CPU and wall-clock time of a load; allocation only of ours. */
    private record Cost(Duration cpu, Duration wall, String allocated) {
        double micros() {
            return cpu.toNanos() / 1_000.0 / LOAD;
        }
    }

    /** Where the packages of Node are installed; rounds, if not three. */
    public static void main(String[] arguments) throws Exception {
        Path modules = Path.of(arguments[0]);
        Path script = Path.of(arguments[1]);
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : ROUNDS;
        List<Double> ratios = new ArrayList<>();
        System.out.printf(
                "%-34s %14s %14s %16s%n", "upserting companies", "CPU/record", "records/s", "allocated/record");
        for (int round = 0; round < rounds; round++) {
            Cost node = measure(List.of("node", script.toString()), modules);
            Cost ours = measure(java("UpsertLoad"), modules);
            tell("HubSpot's client for Node", node);
            tell("Ledgerbridge", ours);
            ratios.add(ours.micros() / node.micros());
        }
        ratios.sort(null);
        double median = ratios.get(ratios.size() / 2);
        boolean met = median <= TARGET;
        System.out.printf(
                "%-62s %14.2f   target <= %.2f%s%n",
                "CPU time per record, ours to Node's, median of " + rounds, median, TARGET, met ? "" : "   MISSED");
        System.exit(met ? 0 : 1);
    }

    private static void tell(String who, Cost cost) {
        System.out.printf(
                "%-34s %11.2f µs %14.0f %16s%n",
                who, cost.micros(), LOAD * 1e9 / cost.wall().toNanos(), cost.allocated());
    }

    private static List<String> java(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                UpsertComparison.class.getPackageName() + "." + name));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Cost measure(List<String> command, Path modules) throws IOException {
        Process server = start(java("EchoServer"), modules);
        try (BufferedReader told = server.inputReader(StandardCharsets.UTF_8)) {
            List<String> full = new ArrayList<>(command);
            full.addAll(List.of(
                    "http://127.0.0.1:" + told.readLine(),
                    String.valueOf(AT_ONCE),
                    String.valueOf(WARM_UP),
                    String.valueOf(LOAD)));
            return measure(start(full, modules));
        } finally {
            server.destroyForcibly();
        }
    }

    private static Cost measure(Process client) throws IOException {
        try (BufferedReader told = client.inputReader(StandardCharsets.UTF_8)) {
            expect(told, "ready");
            Duration cpuBefore = cpu(client);
            long before = System.nanoTime();
            go(client);
            String done = expect(told, "done");
            Duration wall = Duration.ofNanos(System.nanoTime() - before);
            Duration cpu = cpu(client).minus(cpuBefore);
            return new Cost(cpu, wall, done.equals("done") ? "-" : done.substring("done ".length()) + " bytes");
        } finally {
            client.destroyForcibly();
        }
    }

    private static String expect(BufferedReader told, String beginning) throws IOException {
        String line = told.readLine();
        if (line == null || !line.startsWith(beginning)) {
            throw new IllegalStateException("the client said '" + line + "' instead of '" + beginning + "'");
        }
        return line;
    }

    private static void go(Process client) throws IOException {
        client.getOutputStream().write('\n');
        client.getOutputStream().flush();
    }

    private static Duration cpu(Process process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this system does not tell the CPU time of a process"));
    }

    private static Process start(List<String> command, Path modules) throws IOException {
        if (!Files.isDirectory(modules)) {
            throw new IllegalArgumentException("no packages of Node at " + modules);
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("NODE_PATH", modules.toString());
        return builder.start();
    }
}
