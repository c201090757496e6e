package io.ledgerbridge.examples.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a pause. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Lets a paused connection run again.")
final class ResumeCommand extends RegistryCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the connection; see connections.")
    private String name = "";

    ResumeCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    void answer(Registered registered, boolean asJson, PrintWriter to) {
        registered.registry().setPaused(name, false);
        done(name, "resumed", asJson, to);
    }
}
