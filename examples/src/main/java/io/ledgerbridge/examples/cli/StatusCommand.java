package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.SyncEngine;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Tells how the connection stands. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells what is left to do, how many calls that needs, and how the last sync went. Makes no call.")
final class StatusCommand extends ConnectionCommand {

    StatusCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    int answer(SyncEngine engine, boolean asJson, PrintWriter to) {
        if (asJson) {
            to.println(Reports.json(engine.status()));
        } else {
            Reports.print(engine.status(), to);
        }
        return 0;
    }
}
