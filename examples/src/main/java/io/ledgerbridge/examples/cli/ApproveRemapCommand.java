package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.SyncEngine;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Says that another mapping is meant. */
@Command(
        name = "approve-remap",
        mixinStandardHelpOptions = true,
        description = {
            "Says that another mapping is meant, which a sync holds back because it may write many records anew. The next syncs"
                    + " do so: what lists tell at once, what only details tell one call each.",
            "For instance: ledgerbridge approve-remap"
        })
final class ApproveRemapCommand extends ConnectionCommand {

    ApproveRemapCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    int answer(SyncEngine engine, boolean asJson, PrintWriter to) {
        long records = engine.approveRemap();
        if (asJson) {
            to.println(Reports.json(new Reports.JsonRemap(engine.connection(), records)));
        } else if (records == 0) {
            to.println("No other mapping waits to be approved.");
        } else {
            to.println("The mapping is approved; the next syncs write up to " + records + " records anew.");
        }
        return 0;
    }
}
