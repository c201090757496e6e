package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.QuarantinedRecord;
import io.ledgerbridge.sync.SyncEngine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what could not be written. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the records that could not be written, why, and what to do about it. Makes no call.",
            "For instance: ledgerbridge quarantine invoices --containing currency"
        })
final class QuarantineCommand extends ConnectionCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "STREAM", description = "Those of one stream only.")
    private @Nullable String stream;

    @Option(names = "--containing", paramLabel = "TEXT", description = "Those whose reason has this text.")
    private String containing = "";

    QuarantineCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    int answer(SyncEngine engine, boolean asJson, PrintWriter to) {
        List<QuarantinedRecord> found = engine.quarantine().stream()
                .filter(one -> stream == null || one.stream().equals(stream))
                .filter(one -> one.reason().contains(containing))
                .toList();
        if (asJson) {
            to.println(Records.json(engine.connection(), found));
        } else if (found.isEmpty()) {
            to.println("Nothing is in quarantine" + (stream == null && containing.isEmpty() ? "." : " that fits."));
        } else {
            Records.print(found, to);
            to.println(found.size() + (found.size() == 1 ? " record" : " records")
                    + ". When the reason is gone: ledgerbridge replay --quarantined");
        }
        return 0;
    }
}
