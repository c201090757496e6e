package io.ledgerbridge.examples.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a connection. */
@Command(
        name = "disconnect",
        mixinStandardHelpOptions = true,
        description =
                "Forgets a connection and its credentials. Links and audit trail stay in the store, records in HubSpot.")
final class DisconnectCommand extends RegistryCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the connection; see connections.")
    private String name = "";

    DisconnectCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    void answer(Registered registered, boolean asJson, PrintWriter to) {
        if (!registered.registry().remove(name)) {
            throw new IllegalArgumentException("there is no connection " + name + "; see connections");
        }
        done(name, "disconnected", asJson, to);
    }
}
