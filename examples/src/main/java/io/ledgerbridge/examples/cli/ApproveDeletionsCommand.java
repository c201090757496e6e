package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.SyncEngine;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Says that many deletions at once are meant. */
@Command(
        name = "approve-deletions",
        mixinStandardHelpOptions = true,
        description =
                "Says that the deletions which a sync holds back because they are so many are meant. The next sync"
                        + " carries them out, each after Zoho Books has confirmed it.")
final class ApproveDeletionsCommand extends ConnectionCommand {

    ApproveDeletionsCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    int answer(SyncEngine engine, boolean asJson, PrintWriter to) {
        long approved = engine.approveDeletions();
        if (asJson) {
            to.println(Reports.json(new Reports.JsonApproval(engine.connection(), approved)));
        } else if (approved == 0) {
            to.println("No deletions wait to be approved.");
        } else {
            to.println(approved + " deletions are approved; the next sync carries them out.");
        }
        return 0;
    }
}
