package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.ConnectionRegistry;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Ends a pause. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Lets a paused connection run again.")
final class ResumeCommand extends OneConnectionCommand {

    ResumeCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out, "resumed");
    }

    @Override
    void change(ConnectionRegistry registry, String connection) {
        registry.setPaused(connection, false);
    }
}
