package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forgets a customer. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description = {
            "Erases what is personal of a customer who wants to be forgotten from the store, with persons, invoices and payments,"
                    + " and never syncs the customer again. The audit trail stays verifiable. This cannot be undone.",
            "For instance: ledgerbridge erase 46000000012345 --yes"
        })
final class EraseCommand extends RunningCommand {

    @Parameters(index = "0", paramLabel = "CUSTOMER", description = "Id of the customer in Zoho Books.")
    private String customer = "";

    @Option(
            names = "--archive",
            description = "Archive the records in HubSpot as well; otherwise they stay as they are.")
    private boolean archive;

    @Option(names = "--yes", description = "Says that this is meant.")
    private boolean yes;

    EraseCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal) {
        super("Erase", environment, out, err, terminal);
    }

    @Override
    void check() {
        if (!yes) {
            throw new BadSetting("Erasing cannot be undone; give --yes if it is meant.");
        }
    }

    @Override
    SyncReport run(SyncEngine engine) {
        return engine.erase(customer, archive);
    }
}
