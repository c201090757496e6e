package io.ledgerbridge.examples.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Has a connection wait until it is resumed. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Pauses a connection, in all processes; a run stops before its next batch, within half a minute.")
final class PauseCommand extends RegistryCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the connection; see connections.")
    private String name = "";

    PauseCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    void answer(Registered registered, boolean asJson, PrintWriter to) {
        registered.registry().setPaused(name, true);
        done(name, "paused", asJson, to);
    }
}
