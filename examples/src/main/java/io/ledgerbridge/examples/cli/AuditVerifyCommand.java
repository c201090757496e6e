package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.AuditTrail.Verification;
import io.ledgerbridge.sync.SyncEngine;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Recomputes the chain of the audit trail. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Recomputes the audit trail from its oldest entry to its newest: whether one was changed, moved or removed.",
            "For instance: ledgerbridge audit verify"
        })
final class AuditVerifyCommand extends ConnectionCommand {

    AuditVerifyCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    int answer(SyncEngine engine, boolean asJson, PrintWriter to) {
        Verification found = engine.audit().verify();
        if (asJson) {
            to.println(Records.json(engine.connection(), found));
        } else if (found.isIntact()) {
            to.println(found.entries() + " entries are as they were written."
                    + (found.unsealed() == 0
                            ? ""
                            : " Of " + found.unsealed()
                                    + " only the chain could be checked: they were sealed with a key"
                                    + " that is not kept. Registered connections keep theirs."));
        } else {
            to.println("The trail is broken at entry " + found.broken() + ": " + found.reason() + ".");
        }
        return found.isIntact() ? 0 : 1;
    }
}
