package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.SyncEngine;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Has every link looked up again. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description =
                "For a store that was restored from a backup: the next sync looks up every record by its key and writes"
                        + " what is not of the version that Zoho Books has.")
final class RebuildCommand extends ConnectionCommand {

    RebuildCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    int answer(SyncEngine engine, boolean asJson, PrintWriter to) {
        engine.rebuildLinks();
        to.println(
                asJson
                        ? Reports.json(new Reports.JsonRebuild(engine.connection(), true))
                        : "The next sync looks up every record by its key.");
        return 0;
    }
}
