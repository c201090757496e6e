package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.Selection;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Chooses what a registered connection syncs. */
@Command(
        name = "select",
        mixinStandardHelpOptions = true,
        description = {
            "Chooses which records a registered connection syncs from now on; without options all of them. What is synced and is"
                    + " not selected any more stays in HubSpot as it is.",
            "For instance: ledgerbridge select acme --since 2025-01-01"
        })
final class SelectCommand extends OneConnectionCommand {

    @Mixin
    private SelectionOptions options = new SelectionOptions();

    SelectCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    String change(Registered registered, String connection) {
        Selection selection = options.selection();
        ConnectionRegistry registry = registered.registry();
        registry.select(connection, selection);
        return "selecting " + selection;
    }
}
