package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.Reconciliation;
import io.ledgerbridge.sync.SyncEngine;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares both sides. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Compares invoices by currency and month, receivables by age, and each record of Zoho Books with HubSpot, and says of"
                    + " each difference why it is there. Writes nothing. Exit code 1 if there are any.",
            "For instance: ledgerbridge reconcile --only-differences"
        })
final class ReconcileCommand extends ConnectionCommand {

    @Option(names = "--only-differences", description = "Leave out the figures that agree.")
    private boolean onlyDifferences;

    ReconcileCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    int answer(SyncEngine engine, boolean asJson, PrintWriter to) {
        Reconciliation found = engine.reconcile();
        if (asJson) {
            to.println(Figures.json(engine.connection(), found));
        } else {
            Figures.print(found, onlyDifferences, to);
        }
        return found.differences().isEmpty() ? 0 : 1;
    }
}
