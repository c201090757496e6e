package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.PlanFile;
import io.ledgerbridge.sync.PlannedChange;
import io.ledgerbridge.sync.Selection;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does what was planned. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what a plan says, as far as it is still so; what is another by now is told as moved. One call of Zoho Books for"
                    + " each record.",
            "For instance: ledgerbridge apply plan.jsonl --only invoices/46000000012345"
        })
final class ApplyCommand extends RunningCommand {

    @Parameters(index = "0", paramLabel = "FILE", description = "What plan --out has kept.")
    private Path file = Path.of("");

    @Option(
            names = "--only",
            paramLabel = "STREAM/ID",
            split = ",",
            description = "These customers, invoices and payments alone, with what comes with them.")
    private List<String> only = List.of();

    @Mixin
    private SelectionOptions options = new SelectionOptions();

    ApplyCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal) {
        super("Apply", environment, out, err, terminal);
    }

    @Override
    SyncEngine.Builder prepared(SyncEngine.Builder engine) {
        Selection selection = options.selection();
        SyncEngine.Builder prepared = super.prepared(engine);
        return selection.equals(Selection.everything()) ? prepared : prepared.select(selection);
    }

    @Override
    SyncReport run(SyncEngine engine) {
        Set<String> chosen = Set.copyOf(only);
        List<PlannedChange> planned = read(engine).stream()
                .filter(change -> chosen.isEmpty() || chosen.contains(change.partOf()))
                .toList();
        return engine.apply(planned);
    }

    private List<PlannedChange> read(SyncEngine engine) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return PlanFile.read(engine, reader);
        } catch (IOException e) {
            throw new BadSetting("The file " + file + " cannot be read.");
        } catch (IllegalArgumentException e) {
            throw new BadSetting(e.getMessage() + ".");
        }
    }
}
