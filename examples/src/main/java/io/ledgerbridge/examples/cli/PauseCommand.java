package io.ledgerbridge.examples.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Has a connection wait until it is resumed. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Pauses a connection, in all processes; a run stops before its next batch, within half a minute.")
final class PauseCommand extends OneConnectionCommand {

    PauseCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    String change(Registered registered, String connection) {
        registered.registry().setPaused(connection, true);
        return "paused";
    }
}
