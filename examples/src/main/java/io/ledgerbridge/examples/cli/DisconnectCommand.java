package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.ConnectionRegistry;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Ends a connection. */
@Command(
        name = "disconnect",
        mixinStandardHelpOptions = true,
        description =
                "Forgets a connection and its credentials. Links and audit trail stay in the store, records in HubSpot.")
final class DisconnectCommand extends OneConnectionCommand {

    DisconnectCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out, "disconnected");
    }

    @Override
    void change(ConnectionRegistry registry, String connection) {
        if (!registry.remove(connection)) {
            throw new IllegalArgumentException("there is no connection " + connection + "; see connections");
        }
    }
}
