package io.ledgerbridge.examples.cli;

import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.time.TimeSource;
import io.ledgerbridge.zohobooks.ZohoBooks;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Syncs one organisation. */
@Command(name = "sync", mixinStandardHelpOptions = true, description = "Brings HubSpot up to date.")
final class SyncCommand implements Callable<Integer> {

    @Mixin
    private Settings settings = new Settings();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Begin no further work after this time, for instance 30m or 2h.")
    private @Nullable String limit;

    @Option(
            names = "--take-over",
            description =
                    "Take the HubSpot account from another installation that keeps it in step. Stop that one first.")
    private boolean takeOver;

    @Option(names = "--json", description = "Print the report as one JSON document.")
    private boolean json;

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;

    SyncCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal) {
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Duration time = limit == null ? null : Settings.duration("--for", limit);
        Progress progress = new Progress(err, TimeSource.system(), terminal);
        try (ZohoBooks zoho = settings.zoho(environment);
                HubSpot hubspot = settings.hubspot(environment, true);
                Memory memory = settings.memory(environment)) {
            SyncEngine engine = settings.engine(zoho, hubspot, memory, environment)
                    .listener(progress)
                    .build();
            if (takeOver) {
                engine.takeOver();
            }
            SyncReport report = time == null ? engine.run() : engine.runFor(time);
            progress.endLine();
            if (json) {
                out.println(Reports.json(report));
            } else {
                Reports.print("Sync", report, out);
            }
            if (report.problem() != null && json) {
                err.println(report.problem().message() + " " + report.problem().next());
            }
            return Reports.exitCode(report);
        }
    }
}
