package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.PlanFile;
import io.ledgerbridge.sync.PlannedChange;
import io.ledgerbridge.sync.Selection;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncPlan;
import io.ledgerbridge.sync.SyncPlan.Depth;
import io.ledgerbridge.time.TimeSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a sync would do. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Says what a sync would do, and does none of it. Reads lists; details are counted, or with --details fetched and kept for"
                    + " the next sync.",
            "For instance: ledgerbridge plan --out plan.jsonl"
        })
final class PlanCommand extends ConnectionCommand {

    private static final int SHOWN = 50;

    @Option(names = "--out", paramLabel = "FILE", description = "Keep the plan in a new file, for apply.")
    private @Nullable Path out;

    @Option(
            names = "--details",
            description = "Look into details too: one call of Zoho Books each, kept for the next sync.")
    private boolean details;

    @Mixin
    private SelectionOptions options = new SelectionOptions();

    private final PrintWriter err;
    private final Progress progress;

    PlanCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal) {
        super(environment, out);
        this.err = err;
        this.progress = new Progress(err, TimeSource.system(), terminal);
    }

    @Override
    void check() {
        if (out != null && Files.exists(out)) {
            throw new BadSetting("The file " + out + " is there already; give --out another one.");
        }
    }

    @Override
    SyncEngine.Builder prepared(SyncEngine.Builder engine) {
        Selection selection = options.selection();
        SyncEngine.Builder prepared = engine.listener(progress);
        return selection.equals(Selection.everything()) ? prepared : prepared.select(selection);
    }

    @Override
    int answer(SyncEngine engine, boolean asJson, PrintWriter to) {
        Depth depth = details ? Depth.DETAILS : Depth.HEADERS;
        List<PlannedChange> shown = new ArrayList<>();
        long[] all = {0};
        SyncPlan plan = out == null
                ? engine.plan(depth, change -> {
                    all[0]++;
                    if (shown.size() < SHOWN) {
                        shown.add(change);
                    }
                })
                : written(engine, depth, out);
        progress.endLine();
        if (asJson) {
            to.println(Reports.json(engine.connection(), plan));
        } else {
            Records.printPlanned(shown, to);
            if (all[0] > shown.size()) {
                to.println("and " + (all[0] - shown.size()) + " more; --out keeps all");
            }
            Reports.print(plan, to);
            if (out != null) {
                to.println("The plan is in " + out + "; look at it, then: ledgerbridge apply " + out);
            }
        }
        if (plan.problem() != null) {
            err.println(plan.problem().message() + " " + plan.problem().next());
            err.flush();
            return 1;
        }
        return 0;
    }

    private static SyncPlan written(SyncEngine engine, Depth depth, Path file) {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            return PlanFile.write(engine, depth, writer);
        } catch (IOException e) {
            throw new BadSetting("The file " + file + " cannot be written: " + e.getMessage() + ".");
        }
    }
}
