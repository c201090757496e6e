package io.ledgerbridge.examples.cli;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.ledgerbridge.sync.SyncPlan;
import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.SyncReport.Counts;
import io.ledgerbridge.sync.SyncReport.Remark;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.SyncStatus;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Reports for people and for programs. */
final class Reports {

    private static final int REMARKS_SHOWN = 20;
    private static final List<String> STREAMS = List.of("customers", "contacts", "invoices", "lineItems", "payments");

    /** The report as programs read it. Its names are public. */
    public record Json(
            String runId,
            String status,
            Map<String, Counts> streams,
            Map<String, String> off,
            long pendingDetails,
            @Nullable String backlogEndsAt,
            long deferredDetails,
            Map<String, Integer> deletionsToApprove,
            long remapToApprove,
            boolean parked,
            @Nullable String resumesAt,
            SyncReport.@Nullable Problem problem,
            SyncReport.Calls calls,
            double seconds) {}

    /** Two reports of the demo. */
    public record JsonDemo(Json first, Json second) {}

    /** The runs of the demo under real limits, in their order. */
    public record JsonRuns(List<Json> runs) {}

    /** How a connection stands, as programs read it. Its names are public. */
    public record JsonStatus(
            String connection,
            @Nullable String lastPass,
            @Nullable JsonLastRun lastRun,
            long pendingDetails,
            @Nullable String backlogEndsAt,
            long deferredDetails,
            long owed,
            long quarantined,
            long deletionsToApprove,
            long remapToApprove,
            @Nullable String parkedUntil) {}

    /** The latest run in it. */
    public record JsonLastRun(
            String runId,
            String startedAt,
            double seconds,
            String status,
            SyncReport.Calls calls,
            SyncReport.@Nullable Problem problem) {}

    /** What a sync would do. */
    public record JsonPlan(
            String connection,
            Map<String, Counts> streams,
            Map<String, String> off,
            List<String> properties,
            long unfetchedDetails,
            @Nullable String backlogEndsAt,
            Map<String, Integer> deletionsToApprove,
            long remapToApprove,
            SyncReport.Calls remapCalls,
            SyncReport.@Nullable Problem problem,
            SyncReport.Calls calls) {}

    /** How many deletions were approved. */
    public record JsonApproval(String connection, long approvedDeletions) {}

    /** How many records may be written anew. */
    public record JsonRemap(String connection, long approvedRecords) {}

    /** That the next sync rebuilds all links. */
    public record JsonRebuild(String connection, boolean rebuildsLinks) {}

    /** Connections of the registry, as programs read them. Their names are public. */
    public record JsonConnections(List<JsonConnection> connections) {}

    /** One of them. */
    public record JsonConnection(
            String connection,
            String organization,
            String dataCenter,
            String hubSpotAccount,
            boolean paused,
            String registeredAt,
            List<String> shares) {}

    /** What was done to a connection. */
    public record JsonDone(String connection, String done) {}

    /** How many secrets were sealed with the newest key. */
    public record JsonRotation(int sealedAnew, boolean oldKeysForgotten) {}

    /** One run of a service. */
    public record JsonRun(String connection, Json report) {}

    private static final Moshi MOSHI = new Moshi.Builder().build();

    private Reports() {}

    static String json(SyncReport report) {
        JsonAdapter<Json> adapter = MOSHI.adapter(Json.class).serializeNulls();
        return adapter.toJson(shape(report));
    }

    static String json(SyncReport first, SyncReport second) {
        JsonAdapter<JsonDemo> adapter = MOSHI.adapter(JsonDemo.class).serializeNulls();
        return adapter.toJson(new JsonDemo(shape(first), shape(second)));
    }

    static String json(List<SyncReport> runs) {
        JsonAdapter<JsonRuns> adapter = MOSHI.adapter(JsonRuns.class).serializeNulls();
        return adapter.toJson(new JsonRuns(runs.stream().map(Reports::shape).toList()));
    }

    static String json(SyncStatus status) {
        SyncStatus.LastRun last = status.lastRun();
        JsonLastRun lastRun = last == null
                ? null
                : new JsonLastRun(
                        last.runId(),
                        last.startedAt().toString(),
                        last.duration().toSeconds(),
                        last.status().name(),
                        last.calls(),
                        last.problem());
        JsonAdapter<JsonStatus> adapter = MOSHI.adapter(JsonStatus.class).serializeNulls();
        return adapter.toJson(new JsonStatus(
                status.connection(),
                text(status.lastPass()),
                lastRun,
                status.pendingDetails(),
                text(status.backlogEndsAt()),
                status.deferredDetails(),
                status.owed(),
                status.quarantined(),
                status.deletionsToApprove(),
                status.remapToApprove(),
                text(status.parkedUntil())));
    }

    static String json(String connection, SyncPlan plan) {
        return MOSHI.adapter(JsonPlan.class)
                .serializeNulls()
                .toJson(new JsonPlan(
                        connection,
                        plan.streams(),
                        plan.off(),
                        plan.properties(),
                        plan.unfetchedDetails(),
                        text(plan.backlogEndsAt()),
                        plan.deletionsToApprove(),
                        plan.remapToApprove(),
                        plan.remapCalls(),
                        plan.problem(),
                        plan.calls()));
    }

    static void print(SyncPlan plan, PrintWriter out) {
        out.println("What a sync would do, by " + plan.calls().zoho() + " calls to Zoho Books and "
                + plan.calls().hubspot() + " to HubSpot:");
        print(plan.streams(), out);
        plan.off().forEach((stream, reason) -> out.println(stream + " are off: " + reason));
        if (!plan.properties().isEmpty()) {
            out.println("It would make " + plan.properties().size() + " properties in HubSpot:");
            out.println("  " + String.join("\n  ", plan.properties()));
        }
        if (plan.unfetchedDetails() > 0) {
            out.println(
                    plan.unfetchedDetails() + " details are not looked into, such as lines of invoices: one call each"
                            + (plan.backlogEndsAt() == null ? "" : ",\n  until about " + plan.backlogEndsAt()));
        }
        plan.deletionsToApprove()
                .forEach((stream, records) -> out.println(records + " " + stream
                        + " are gone from Zoho Books; nothing is removed before this is approved"));
        if (plan.remapToApprove() > 0) {
            out.println("The mapping is another one, and would write up to " + plan.remapToApprove()
                    + " records anew, after approve-remap:\n  about "
                    + plan.remapCalls().zoho() + " calls to Zoho Books and "
                    + plan.remapCalls().hubspot() + " to HubSpot, details as backlog");
        }
    }

    static String json(JsonApproval approval) {
        return MOSHI.adapter(JsonApproval.class).toJson(approval);
    }

    static String json(JsonRemap remap) {
        return MOSHI.adapter(JsonRemap.class).toJson(remap);
    }

    static String json(JsonRebuild rebuild) {
        return MOSHI.adapter(JsonRebuild.class).toJson(rebuild);
    }

    static String json(JsonConnections connections) {
        return MOSHI.adapter(JsonConnections.class).toJson(connections);
    }

    static String json(JsonDone done) {
        return MOSHI.adapter(JsonDone.class).toJson(done);
    }

    static String json(JsonRotation rotation) {
        return MOSHI.adapter(JsonRotation.class).toJson(rotation);
    }

    static String json(String connection, SyncReport report) {
        return MOSHI.adapter(JsonRun.class).serializeNulls().toJson(new JsonRun(connection, shape(report)));
    }

    static void print(List<JsonConnection> connections, PrintWriter out) {
        TextTable table = TextTable.forColumns(
                Help.defaultColorScheme(Ansi.OFF),
                new Column(26, 0, Overflow.WRAP),
                new Column(16, 1, Overflow.WRAP),
                new Column(4, 1, Overflow.WRAP),
                new Column(14, 1, Overflow.WRAP),
                new Column(9, 1, Overflow.WRAP),
                new Column(28, 1, Overflow.WRAP));
        table.addRowValues("connection", "organisation", "DC", "HubSpot", "state", "shares");
        connections.forEach(one -> table.addRowValues(
                one.connection(),
                one.organization(),
                one.dataCenter(),
                one.hubSpotAccount(),
                one.paused() ? "paused" : "active",
                String.join(", ", one.shares())));
        out.print(table);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    static void print(SyncStatus status, PrintWriter out) {
        out.println("Connection " + status.connection());
        SyncStatus.LastRun last = status.lastRun();
        if (last == null) {
            out.println("  has not been synced yet");
            return;
        }
        out.println("  last sync: " + last.status() + ", begun " + last.startedAt() + ", "
                + last.duration().toSeconds() + " s, " + last.calls().zoho() + " calls to Zoho Books, "
                + last.calls().hubspot() + " to HubSpot");
        if (last.problem() != null) {
            out.println("  problem: " + last.problem().message());
            out.println("  next: " + last.problem().next());
        }
        out.println("  lists read completely: " + (status.lastPass() == null ? "not yet" : status.lastPass()));
        out.println("  details pending: " + status.pendingDetails() + ", one call each"
                + (status.backlogEndsAt() == null ? "" : "; they end about " + status.backlogEndsAt()));
        out.println("  details that wait for calls that would expire: " + status.deferredDetails());
        out.println("  associations, statuses and company figures owed: " + status.owed());
        out.println("  quarantined: " + status.quarantined());
        out.println("  deletions to approve: " + status.deletionsToApprove()
                + (status.deletionsToApprove() == 0 ? "" : "; see approve-deletions"));
        if (status.remapToApprove() > 0) {
            out.println("  another mapping would write up to " + status.remapToApprove()
                    + " records anew; see approve-remap");
        }
        if (status.parkedUntil() != null) {
            out.println("  the day's calls are spent until " + status.parkedUntil());
        }
    }

    /** The same shape for a run that could not begin. */
    static String json(SyncReport.Problem problem) {
        Map<String, Counts> streams = new LinkedHashMap<>();
        STREAMS.forEach(stream -> streams.put(stream, new Counts(0, 0, 0, 0, 0, 0, 0)));
        JsonAdapter<Json> adapter = MOSHI.adapter(Json.class).serializeNulls();
        return adapter.toJson(new Json(
                "",
                Status.FAILED.name(),
                streams,
                Map.of(),
                0,
                null,
                0,
                Map.of(),
                0,
                false,
                null,
                problem,
                new SyncReport.Calls(0, 0),
                0));
    }

    private static Json shape(SyncReport report) {
        return new Json(
                report.runId(),
                report.status().name(),
                report.streams(),
                report.off(),
                report.pendingDetails(),
                text(report.backlogEndsAt()),
                report.deferredDetails(),
                report.deletionsToApprove(),
                report.remapToApprove(),
                report.parked(),
                text(report.resumesAt()),
                report.problem(),
                report.calls(),
                report.duration().toMillis() / 1000.0);
    }

    static void print(String title, SyncReport report, PrintWriter out) {
        out.println(title + ": " + report.status() + " in "
                + report.duration().toMillis() / 1000.0 + " s, "
                + report.calls().zoho() + " calls to Zoho Books, "
                + report.calls().hubspot() + " to HubSpot");
        print(report.streams(), out);
        report.off().forEach((stream, reason) -> out.println(stream + " are off: " + reason));
        if (report.pendingDetails() > 0) {
            out.println(report.pendingDetails() + " details are pending, one call each"
                    + (report.backlogEndsAt() == null ? "" : "; they end about " + report.backlogEndsAt()));
        }
        if (report.deferredDetails() > 0) {
            out.println(
                    report.deferredDetails() + " details wait for calls that would expire; only payments have changed");
        }
        report.deletionsToApprove()
                .forEach((stream, records) -> out.println(records + " " + stream
                        + " are gone from Zoho Books; nothing is removed before this is approved"));
        if (report.remapToApprove() > 0) {
            out.println("The mapping is another one, and would write up to " + report.remapToApprove()
                    + " records anew; nothing is rewritten before this is approved: approve-remap");
        }
        if (report.resumesAt() != null) {
            out.println("The day's calls are spent; the sync goes on at " + report.resumesAt());
        }
        printRemarks(report.remarks(), out);
        if (report.problem() != null) {
            out.println("Problem: " + report.problem().message());
            out.println("Next: " + report.problem().next());
        }
        out.flush();
    }

    private static void print(Map<String, Counts> streams, PrintWriter out) {
        TextTable table = TextTable.forColumns(
                Help.defaultColorScheme(Ansi.OFF),
                new Column(12, 0, Overflow.SPAN),
                new Column(9, 1, Overflow.SPAN),
                new Column(9, 1, Overflow.SPAN),
                new Column(9, 1, Overflow.SPAN),
                new Column(11, 1, Overflow.SPAN),
                new Column(13, 1, Overflow.SPAN),
                new Column(9, 1, Overflow.SPAN),
                new Column(10, 1, Overflow.SPAN));
        table.addRowValues("", "seen", "created", "updated", "unchanged", "quarantined", "skipped", "archived");
        streams.forEach((stream, counts) -> table.addRowValues(
                stream,
                "" + counts.seen(),
                "" + counts.created(),
                "" + counts.updated(),
                "" + counts.unchanged(),
                "" + counts.quarantined(),
                "" + counts.skipped(),
                "" + counts.archived()));
        out.print(table);
    }

    private static void printRemarks(List<Remark> remarks, PrintWriter out) {
        remarks.stream()
                .limit(REMARKS_SHOWN)
                .forEach(remark -> out.println("  " + remark.stream() + " " + remark.record() + " " + remark.decision()
                        + ": " + remark.reason()));
        if (remarks.size() > REMARKS_SHOWN) {
            out.println("  and " + (remarks.size() - REMARKS_SHOWN) + " more");
        }
    }

    /** 0 complete, 1 partial, 3 nothing could be done. */
    static int exitCode(SyncReport report) {
        return switch (report.status()) {
            case COMPLETE -> 0;
            case PARTIAL, DECISION_NEEDED -> 1;
            case FAILED -> 3;
        };
    }
}
