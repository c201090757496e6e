package io.ledgerbridge.examples.cli;

import com.squareup.moshi.Moshi;
import io.ledgerbridge.sync.AuditEntry;
import io.ledgerbridge.sync.AuditEntry.Decision;
import io.ledgerbridge.sync.AuditTrail.Verification;
import io.ledgerbridge.sync.PlannedChange;
import io.ledgerbridge.sync.QuarantinedRecord;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** What is told of single records, for people and for programs. */
final class Records {

    /** Records in quarantine, as programs read them. Their names are public. */
    public record JsonQuarantine(String connection, List<JsonQuarantined> quarantine) {}

    /** One of them. */
    public record JsonQuarantined(
            String stream,
            String record,
            String version,
            String reason,
            String next,
            Map<String, String> payload,
            int attempts,
            @Nullable String triedAgainAt) {}

    /** What recomputing the audit trail has found. */
    public record JsonVerification(
            String connection,
            boolean intact,
            long entries,
            long unsealed,
            @Nullable Long broken,
            String reason) {}

    /** How many entries were written into a file. */
    public record JsonExport(String connection, long entries) {}

    private static final Moshi MOSHI = new Moshi.Builder().build();

    private Records() {}

    static String json(String connection, List<QuarantinedRecord> quarantine) {
        List<JsonQuarantined> all = quarantine.stream()
                .map(one -> new JsonQuarantined(
                        one.stream(),
                        one.record(),
                        one.version(),
                        one.reason(),
                        one.next(),
                        one.payload(),
                        one.attempts(),
                        one.triedAgainAt() == null ? null : one.triedAgainAt().toString()))
                .toList();
        return MOSHI.adapter(JsonQuarantine.class).serializeNulls().toJson(new JsonQuarantine(connection, all));
    }

    static String json(String connection, Verification found) {
        return MOSHI.adapter(JsonVerification.class)
                .serializeNulls()
                .toJson(new JsonVerification(
                        connection,
                        found.isIntact(),
                        found.entries(),
                        found.unsealed(),
                        found.broken(),
                        found.reason()));
    }

    static String json(JsonExport export) {
        return MOSHI.adapter(JsonExport.class).toJson(export);
    }

    static void print(List<QuarantinedRecord> quarantine, PrintWriter out) {
        TextTable table = TextTable.forColumns(
                Help.defaultColorScheme(Ansi.OFF),
                new Column(10, 0, Overflow.WRAP),
                new Column(22, 1, Overflow.WRAP),
                new Column(67, 1, Overflow.WRAP));
        table.addRowValues("stream", "record", "reason, and what to do");
        quarantine.forEach(one -> {
            table.addRowValues(one.stream(), one.record(), one.reason());
            table.addRowValues(
                    "",
                    "",
                    "-> " + one.next() + (one.triedAgainAt() == null ? "" : " Next at " + one.triedAgainAt() + "."));
        });
        out.print(table);
    }

    /** What would be done. */
    static void printPlanned(List<PlannedChange> planned, PrintWriter out) {
        if (planned.isEmpty()) {
            return;
        }
        TextTable table = TextTable.forColumns(
                Help.defaultColorScheme(Ansi.OFF),
                new Column(12, 0, Overflow.WRAP),
                new Column(11, 1, Overflow.WRAP),
                new Column(22, 1, Overflow.WRAP),
                new Column(54, 1, Overflow.WRAP));
        table.addRowValues("would be", "stream", "record", "reason or changed values");
        planned.forEach(one -> table.addRowValues(
                one.decision().name().toLowerCase(Locale.ROOT),
                one.stream(),
                one.record(),
                one.reason().isEmpty() ? changes(one) : one.reason()));
        out.print(table);
    }

    /** A new record has many values, of which the names are enough. */
    private static String changes(PlannedChange planned) {
        if (planned.decision() == Decision.CREATED) {
            return planned.changes().size() == 1 ? "1 value" : planned.changes().size() + " values";
        }
        return new TreeMap<>(planned.changes())
                .entrySet().stream()
                        .map(change -> change.getKey() + ": "
                                + (change.getValue().before() == null
                                        ? "-"
                                        : change.getValue().before()) + " -> "
                                + change.getValue().after())
                        .collect(Collectors.joining(", "));
    }

    static void print(Collection<AuditEntry> entries, boolean withChanges, PrintWriter out) {
        TextTable table = TextTable.forColumns(
                Help.defaultColorScheme(Ansi.OFF),
                new Column(20, 0, Overflow.WRAP),
                new Column(12, 1, Overflow.WRAP),
                new Column(11, 1, Overflow.WRAP),
                new Column(22, 1, Overflow.WRAP),
                new Column(34, 1, Overflow.WRAP));
        table.addRowValues("time", "decision", "stream", "record", "reason or changed values");
        entries.forEach(entry -> {
            table.addRowValues(
                    entry.at().toString().substring(0, 19) + "Z",
                    entry.decision().name(),
                    entry.stream(),
                    entry.record(),
                    told(entry));
            if (withChanges && entry.payload() != null) {
                new TreeMap<>(entry.payload().changes())
                        .forEach((name, change) -> table.addRowValues(
                                "",
                                "",
                                "",
                                "",
                                name + ": " + (change.before() == null ? "-" : change.before()) + " -> "
                                        + change.after()));
            }
        });
        out.print(table);
    }

    private static String told(AuditEntry entry) {
        if (entry.payload() == null) {
            return "(redacted)";
        }
        return entry.payload().reason().isEmpty()
                ? entry.payload().changes().keySet().stream().sorted().collect(Collectors.joining(", "))
                : entry.payload().reason();
    }
}
