package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.AuditQuery;
import io.ledgerbridge.sync.Replay;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes records once more. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Reads records anew from Zoho Books, one call each, and writes them to HubSpot with everything that comes with"
                    + " them, whatever HubSpot has.",
            "For instance: ledgerbridge replay invoices 46000000012345"
        })
final class ReplayCommand extends RunningCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "STREAM",
            description = "customers, contacts, invoices, lineItems, payments or creditNotes.")
    private @Nullable String stream;

    @Parameters(index = "1..*", paramLabel = "ID", description = "Ids of records in Zoho Books.")
    private List<String> ids = List.of();

    @Option(names = "--run", paramLabel = "ID", description = "The records that this run has decided on.")
    private @Nullable String runId;

    @Option(names = "--quarantined", description = "The records in quarantine; with STREAM those of one stream.")
    private boolean quarantined;

    @Option(
            names = "--containing",
            paramLabel = "TEXT",
            description = "With --quarantined: those whose reason has this text.")
    private String containing = "";

    @Option(
            names = "--from-payload",
            description = "Write what the quarantine holds of them, without reading Zoho Books.")
    private boolean fromPayload;

    @Option(names = "--force", description = "With --from-payload: also where a newer version is known.")
    private boolean force;

    ReplayCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, boolean terminal) {
        super("Replay", environment, out, err, terminal);
    }

    @Override
    void check() {
        int ways = (ids.isEmpty() ? 0 : 1) + (runId == null ? 0 : 1) + (quarantined ? 1 : 0);
        if (ways != 1) {
            throw new BadSetting("Give either a stream with ids, or --run, or --quarantined. See replay --help.");
        }
        if ((force && !fromPayload) || (!containing.isEmpty() && !quarantined)) {
            throw new BadSetting("--force needs --from-payload, and --containing needs --quarantined.");
        }
    }

    @Override
    SyncReport run(SyncEngine engine) {
        Replay replay = Settings.checked("STREAM", this::chosen);
        Replay from = fromPayload ? replay.fromPayload() : replay;
        return engine.replay(force ? from.forced() : from);
    }

    private Replay chosen() {
        if (runId != null) {
            return Replay.decided(AuditQuery.ofRun(runId));
        }
        if (quarantined) {
            return Replay.quarantined(one -> (stream == null || one.stream().equals(stream))
                    && one.reason().contains(containing));
        }
        return Replay.records(String.valueOf(stream), ids);
    }
}
