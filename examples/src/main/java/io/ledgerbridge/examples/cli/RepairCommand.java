package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.Reconciliation.Cause;
import io.ledgerbridge.sync.Reconciliation.Difference;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes differences vanish. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = {
            "Compares both sides as reconcile does, and makes the chosen differences vanish: what was changed, deleted or not"
                    + " fetched is written once more from Zoho Books; foreign duplicates are archived in HubSpot if they are"
                    + " chosen by their cause.",
            "For instance: ledgerbridge repair --cause changed_in_hubspot"
        })
final class RepairCommand extends RunningCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "STREAM", description = "Of one stream only.")
    private @Nullable String stream;

    @Parameters(index = "1..*", paramLabel = "ID", description = "And of these records of Zoho Books only.")
    private List<String> ids = List.of();

    @Option(
            names = "--cause",
            paramLabel = "CAUSE",
            split = ",",
            description = "With one of these causes: ${COMPLETION-CANDIDATES}.")
    private List<Cause> causes = List.of();

    @Option(names = "--all", description = "All that can be repaired but foreign duplicates.")
    private boolean all;

    RepairCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal) {
        super("Repair", environment, out, err, terminal);
    }

    @Override
    void check() {
        if (!all && causes.isEmpty() && stream == null) {
            throw new BadSetting("Choose what to repair: --all, --cause, or a stream with ids. See repair --help.");
        }
    }

    @Override
    SyncReport run(SyncEngine engine) {
        List<Difference> chosen =
                engine.reconcile().differences().stream().filter(this::isChosen).toList();
        return engine.repair(chosen);
    }

    private boolean isChosen(Difference difference) {
        boolean isMeant = causes.isEmpty()
                ? difference.cause() != Cause.FOREIGN_DUPLICATE
                : Set.copyOf(causes).contains(difference.cause());
        return isMeant
                && difference.isRepairable()
                && (stream == null || difference.stream().equals(stream))
                && (ids.isEmpty() || ids.contains(difference.record()));
    }
}
