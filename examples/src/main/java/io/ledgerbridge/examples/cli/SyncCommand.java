package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.Selection;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Syncs one organisation. */
@Command(name = "sync", mixinStandardHelpOptions = true, description = "Brings HubSpot up to date.")
final class SyncCommand extends RunningCommand {

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

    @Mixin
    private SelectionOptions options = new SelectionOptions();

    private @Nullable Duration time;

    SyncCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal) {
        super("Sync", environment, out, err, terminal);
    }

    @Override
    void check() {
        time = limit == null ? null : Settings.duration("--for", limit);
    }

    @Override
    SyncEngine.Builder prepared(SyncEngine.Builder engine) {
        SyncEngine.Builder prepared = super.prepared(engine);
        Selection selection = options.selection();
        // A registered connection has its own; see select.
        return selection.equals(Selection.everything()) ? prepared : prepared.select(selection);
    }

    @Override
    SyncReport run(SyncEngine engine) {
        if (takeOver) {
            engine.takeOver();
        }
        return time == null ? engine.run() : engine.runFor(time);
    }
}
