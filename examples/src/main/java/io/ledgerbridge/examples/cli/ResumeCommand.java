package io.ledgerbridge.examples.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Ends a pause. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Lets a paused connection run again.")
final class ResumeCommand extends OneConnectionCommand {

    ResumeCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    String change(Registered registered, String connection) {
        registered.registry().setPaused(connection, false);
        return "resumed";
    }
}
