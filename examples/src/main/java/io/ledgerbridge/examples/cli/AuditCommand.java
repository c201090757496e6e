package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.AuditEntry.Decision;
import io.ledgerbridge.sync.AuditQuery;
import io.ledgerbridge.sync.SyncEngine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what was decided, when and why. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what was decided, when and why: of a record, a run, a time, an outcome. Makes no call.",
            "For instance: ledgerbridge audit invoices 46000000012345"
        })
final class AuditCommand extends ConnectionCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "STREAM", description = "Decisions on one stream only.")
    private @Nullable String stream;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "And on this record of Zoho Books only.")
    private @Nullable String record;

    @Option(names = "--run", paramLabel = "ID", description = "Decisions of this run only.")
    private @Nullable String runId;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "At this time or later, such as 2026-03-02 or 2026-03-02T06:00:00Z.")
    private @Nullable String from;

    @Option(names = "--before", paramLabel = "TIME", description = "Before this time.")
    private @Nullable String before;

    @Option(
            names = "--decision",
            paramLabel = "OUTCOME",
            split = ",",
            description = "With one of these outcomes: ${COMPLETION-CANDIDATES}.")
    private List<Decision> decisions = List.of();

    @Option(names = "--last", paramLabel = "N", defaultValue = "50", description = "Show the last N, 50 by default.")
    private int last;

    @Option(names = "--changes", description = "Show what changed, from what to what.")
    private boolean changes;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write all of them into a new file, as JSON Lines, instead of showing some.")
    private @Nullable Path export;

    private AuditQuery query = AuditQuery.all();

    AuditCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    void check() {
        if (last < 1) {
            throw new BadSetting("--last expects a number from 1 on, but was " + last + ".");
        }
        query = new AuditQuery(
                stream, record, runId, time("--from", from), time("--before", before), Set.copyOf(decisions));
    }

    private static @Nullable Instant time(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new BadSetting(
                    option + " expects a day or a time in UTC, such as 2026-03-02 or 2026-03-02T06:00:00Z, but was '"
                            + text + "'.");
        }
    }

    @Override
    int answer(SyncEngine engine, boolean asJson, PrintWriter to) {
        if (export != null) {
            long entries = export(engine, export);
            to.println(
                    asJson
                            ? Records.json(new Records.JsonExport(engine.connection(), entries))
                            : entries + " entries are in " + export + ".");
        } else if (asJson) {
            try {
                engine.audit().export(query, to);
            } catch (IOException e) {
                throw new BadSetting("The entries cannot be printed: " + e.getMessage() + ".");
            }
        } else {
            print(engine, to);
        }
        return 0;
    }

    private long export(SyncEngine engine, Path file) {
        if (Files.exists(file)) {
            throw new BadSetting("The file " + file + " is there already; give --export another one.");
        }
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            return engine.audit().export(query, writer);
        } catch (IOException e) {
            throw new BadSetting("The file " + file + " cannot be written: " + e.getMessage() + ".");
        }
    }

    private void print(SyncEngine engine, PrintWriter to) {
        Deque<AuditEntry> shown = new ArrayDeque<>();
        long[] all = {0};
        engine.audit().forEach(query, entry -> {
            all[0]++;
            shown.addLast(entry);
            if (shown.size() > last) {
                shown.removeFirst();
            }
        });
        if (shown.isEmpty()) {
            to.println("Nothing was decided that fits.");
            return;
        }
        Records.print(shown, changes, to);
        if (all[0] > shown.size()) {
            to.println("The last " + shown.size() + " of " + all[0] + "; more with --last, all with --export.");
        }
    }
}
