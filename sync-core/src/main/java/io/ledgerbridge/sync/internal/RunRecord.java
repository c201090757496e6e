package io.ledgerbridge.sync.internal;

import io.ledgerbridge.sync.SyncReport;
import io.ledgerbridge.sync.SyncReport.Calls;
import io.ledgerbridge.sync.SyncReport.Problem;
import io.ledgerbridge.sync.SyncStatus.LastRun;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the store keeps of a run when it has ended. */
final class RunRecord {

    /** Name of the checkpoint that holds the latest. */
    static final String LAST = "lastRun";

    private static final String RUN = "run";
    private static final String STARTED_AT = "startedAt";
    private static final String SECONDS = "seconds";
    private static final String STATUS = "status";
    private static final String ZOHO_CALLS = "zohoCalls";
    private static final String HUBSPOT_CALLS = "hubSpotCalls";
    private static final String BACKLOG_ENDS_AT = "backlogEndsAt";
    private static final String REMAP = "remapToApprove";
    /** Before the kind that a fingerprint of the mapping is of. */
    private static final String MAPPING = "mapping.";

    private static final String PROBLEM = "problem";
    private static final String MESSAGE = "message";
    private static final String NEXT = "next";

    private RunRecord() {}

    /** Most runs find nothing; only the latest of those is kept, as the last run. */
    static boolean isWorthKeeping(SyncReport report) {
        return report.status() != SyncReport.Status.COMPLETE
                || report.streams().values().stream()
                        .anyMatch(counts -> counts.created() + counts.updated() + counts.archived() > 0);
    }

    /** @param mapping that the run had, by kind */
    static Map<String, String> of(SyncReport report, Instant startedAt, Map<String, String> mapping) {
        Map<String, String> record = new HashMap<>();
        record.put(RUN, report.runId());
        record.put(STARTED_AT, startedAt.toString());
        record.put(SECONDS, String.valueOf(report.duration().toSeconds()));
        record.put(STATUS, report.status().name());
        record.put(ZOHO_CALLS, String.valueOf(report.calls().zoho()));
        record.put(HUBSPOT_CALLS, String.valueOf(report.calls().hubspot()));
        if (report.backlogEndsAt() != null) {
            record.put(BACKLOG_ENDS_AT, report.backlogEndsAt().toString());
        }
        if (report.remapToApprove() > 0) {
            record.put(REMAP, String.valueOf(report.remapToApprove()));
            mapping.forEach((kind, fingerprint) -> record.put(MAPPING + kind, fingerprint));
        }
        Problem problem = report.problem();
        if (problem != null) {
            record.put(PROBLEM, problem.code());
            record.put(MESSAGE, problem.message());
            record.put(NEXT, problem.next());
        }
        return record;
    }

    /** Null if nothing is kept. */
    static @Nullable LastRun read(Map<String, String> record) {
        if (record.isEmpty()) {
            return null;
        }
        String code = record.get(PROBLEM);
        return new LastRun(
                record.getOrDefault(RUN, ""),
                Instant.parse(record.getOrDefault(STARTED_AT, "")),
                Duration.ofSeconds(number(record, SECONDS)),
                SyncReport.Status.valueOf(record.getOrDefault(STATUS, "")),
                new Calls(number(record, ZOHO_CALLS), number(record, HUBSPOT_CALLS)),
                code == null
                        ? null
                        : new Problem(code, record.getOrDefault(MESSAGE, ""), record.getOrDefault(NEXT, "")));
    }

    static @Nullable Instant backlogEndsAt(Map<String, String> record) {
        String text = record.get(BACKLOG_ENDS_AT);
        return text == null ? null : Instant.parse(text);
    }

    /** The mapping that the run has held back. */
    static Map<String, String> mappingToApprove(Map<String, String> record) {
        Map<String, String> mapping = new HashMap<>();
        record.forEach((name, value) -> {
            if (name.startsWith(MAPPING)) {
                mapping.put(name.substring(MAPPING.length()), value);
            }
        });
        return mapping;
    }

    static long remapToApprove(Map<String, String> record) {
        return number(record, REMAP);
    }

    private static long number(Map<String, String> record, String name) {
        return Long.parseLong(record.getOrDefault(name, "0"));
    }
}
